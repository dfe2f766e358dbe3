# ruff: noqa: E501 - a paragraph or a tag stands on a line of its own
"""The text of an HTML page: all of the article, once, and nothing else."""

import json
from pathlib import Path

import pytest

from loader.pages import Page, read

PROSE = (
    "The orchard wardens of Tallow Hill will count every tree this autumn, after two storms took a third of the crop.",
    "“We found pears in the church tower,” said Ines Calder, who keeps the parish books. “Nobody could say how.”",
    "Growers want the county to pay for stakes and nets, which cost them more last year than the pickers did.",
    "The county says that it has no money for nets, but that it will lend its lorries in the first week of October.",
    "A first count is expected before the frost, and the wardens have asked every household to open its gate.",
)


def text_of(body: str, tmp_path: Path, head: str = "") -> str:
    (tmp_path / "page.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Wardens count trees</title>{head}</head>'
        f"<body><main><article><h1>Wardens count trees</h1>{body}</article></main></body></html>",
        encoding="utf-8",
    )
    (page,) = read([tmp_path])
    assert isinstance(page, Page), page
    return page.text


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


@pytest.mark.parametrize(
    "mark",
    ["<!-- -->", "<!-- ad slot 3 --><b></b>", "<?php echo 1 ?>", "<!--[if IE]>x<![endif]-->"],
)
def test_a_comment_inside_a_paragraph_costs_no_text(tmp_path: Path, mark: str) -> None:
    body = [
        text.replace(" and ", f" {mark}and ", 1).replace(" the ", f" the{mark} ", 1)
        for text in PROSE
    ]
    text = text_of(paragraphs(*body), tmp_path)
    for each in PROSE:
        assert each in text


@pytest.mark.parametrize(
    "block",
    [
        '<section class="related"><h3>Related</h3><h2>Baker wins</h2><p>{}</p></section>',
        "<aside><h3>More from the valley</h3><p>{}</p></aside>",
        '<div class="most-popular-list"><p>{}</p></div>',
        "<div><h4>You might also like</h4><ul><li>{}</li></ul></div>",
        '<div id="taboola-below"><p>{}</p></div>',
        "<section><h2>Top stories</h2><div><p>{}</p></div></section>",
    ],
)
def test_teasers_of_other_stories_are_left_out(tmp_path: Path, block: str) -> None:
    teaser = (
        "BAKERY: The old ovens are lit again, and the first loaves were gone before the bells rang."
    )
    text = text_of(paragraphs(*PROSE) + block.format(teaser), tmp_path)
    assert "ovens" not in text
    assert PROSE[-1] in text


@pytest.mark.parametrize(
    "block",
    [
        '<div class="regwall"><p>Subscribe to read on. Already have an account? Log in.</p><p>“Worth every penny,” says Bo Reader of York.</p></div>',
        "<section><p>Sign up for our letter.</p><p>“Best thing in my inbox,” said Bo Reader.</p></section>",
        '<div class="subscription-box"><h3>Unlock this article</h3><p>“I read it daily,” says Bo Reader.</p></div>',
    ],
)
def test_an_offer_of_subscription_is_no_text(tmp_path: Path, block: str) -> None:
    text = text_of(paragraphs(*PROSE[:3]) + block, tmp_path)
    assert "Bo Reader" not in text
    assert PROSE[2] in text


def test_an_article_in_a_block_of_such_a_name_is_kept(tmp_path: Path) -> None:
    text = text_of(f'<div class="paywall promo related">{paragraphs(*PROSE)}</div>', tmp_path)
    for each in PROSE:
        assert each in text


def test_a_table_of_the_article_is_text(tmp_path: Path) -> None:
    table = "<table><tr><th>Farm</th><th>Trees lost</th></tr><tr><td>Upper Mill</td><td>41</td></tr><tr><td>Gate End</td><td>17</td></tr></table>"
    text = text_of(paragraphs(*PROSE[:3]) + table + paragraphs(*PROSE[3:]), tmp_path)
    assert "Upper Mill" in text
    assert "17" in text
    assert PROSE[4] in text


def test_a_body_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    text = text_of(paragraphs(*PROSE) + f'<div class="print">{paragraphs(*PROSE)}</div>', tmp_path)
    for each in PROSE:
        assert text.count(each) == 1


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_the_body_in_json_ld_counts_where_the_page_shows_a_stub(tmp_path: Path, shown: int) -> None:
    ld = {
        "@type": "NewsArticle",
        "headline": "Wardens count trees",
        "articleBody": "\n\n".join(PROSE),
    }
    head = f'<script type="application/ld+json">{json.dumps(ld)}</script>'
    text = text_of(paragraphs(*PROSE[:shown]), tmp_path, head)
    for each in PROSE:
        assert text.count(each) == 1


@pytest.mark.parametrize(
    "post",
    [
        '<blockquote class="twitter-tweet"><p lang="en">{} <a href="https://t.co/x">pic.twitter.com/x</a></p>&mdash; Ines Calder (@icalder) <a href="#">October 3, 2022</a></blockquote>',
        '<blockquote class="bluesky-embed"><p>{}</p>&mdash; Ines Calder 🍐 (<a href="#">@calder.bsky.social</a>) <a href="#">Oct 3, 2022</a></blockquote>',
        "<figure><blockquote><p>“{}”</p>— Ines Calder (@icalder) 3 October 2022</blockquote></figure>",
    ],
)
def test_an_embedded_post_is_a_quotation_of_its_writer(tmp_path: Path, post: str) -> None:
    words = "Nobody counts the pears that fall at night."
    text = text_of(paragraphs(*PROSE[:3]) + post.format(words) + paragraphs(*PROSE[3:]), tmp_path)
    assert f"“{words}” — Ines Calder\n" in text
    assert "2022" not in text


def test_reading_a_page_takes_time_linear_in_its_length(tmp_path: Path) -> None:
    deep = "<div class=related>" * 200 + paragraphs(*PROSE) * 300 + "</div>" * 200
    assert PROSE[0] in text_of(deep, tmp_path)
