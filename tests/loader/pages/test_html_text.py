# ruff: noqa: E501 - a paragraph or a tag stands on a line of its own
"""The text of an HTML page: all of the article, once, and nothing else."""

import json
from pathlib import Path

import pytest
from lxml import html

from loader.pages import Page, read
from loader.pages.blocks import blocks_of, completed

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


@pytest.mark.parametrize(
    "parts",
    [
        '<div class="text">{}</div><div class="ad"></div><div class="text">{}</div>',
        '<div class="teaser-content"><div class="body">{}</div></div><div class="body">{}</div>',
        '<div class="story read-more">{}</div><div class="ad"></div><div class="story read-more">{}</div>',
        '<div class="chunk"><div class="grid body">{}</div></div>'
        '<div class="chunk"><div class="grid body">{}</div></div>',
    ],
)
def test_the_paragraphs_of_an_article_are_found_in_every_container(
    tmp_path: Path, parts: str
) -> None:
    many = [*PROSE, *(" ".join(text.split()[::-1]) for text in PROSE)]
    text = text_of(parts.format(paragraphs(*many[:4]), paragraphs(*many[4:])), tmp_path)
    places = [text.find(each) for each in many]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<a href="/2"><div><h3>Baker wins</h3><p>{}</p></div></a>'),
        ("", '<ul><li><a href="/2"><p>{}</p></a></li></ul>'),
        ('<div class="breaking"><a href="/2"><h2>Now</h2><p>{}</p></a></div>', ""),
    ],
)
def test_a_link_that_holds_a_story_is_no_part_of_another(
    tmp_path: Path, before: str, after: str
) -> None:
    other = "The bakers of the valley have won the county's cup for the third time in eleven years."
    text = text_of(before.format(other) + paragraphs(*PROSE) + after.format(other), tmp_path)
    assert other not in text
    assert PROSE[-1] in text


@pytest.mark.parametrize(
    "block",
    [
        '<div class="author__biography"><p>{}</p></div>',
        '<section class="about-the-author"><h4>Ines Calder</h4><p>{}</p></section>',
        '<div class="signup-box"><h4>By mail</h4><p>{} Enter your e-mail address.</p></div>',
        '<div class="offer"><p><strong>Read on with a trial</strong></p><p>{}</p></div>',
    ],
)
def test_notes_on_authors_and_offers_are_no_text(tmp_path: Path, block: str) -> None:
    note = "She has written about orchards for eleven years and lives in the valley with two goats."
    signed = '<meta name="author" content="Ines Calder">'
    text = text_of(paragraphs(*PROSE) + block.format(note), tmp_path, signed)
    assert note not in text
    assert PROSE[-1] in text


def test_tables_that_lay_out_a_page_hold_paragraphs(tmp_path: Path) -> None:
    body = "".join(f"<p>{each}</p>" for each in PROSE)
    text = text_of(f"<table><tr><td>{body}</td></tr></table>", tmp_path)
    assert "\n\n".join(PROSE) in text
    assert "|" not in text


STANDFIRST = "Two storms took a third of the pears, and nobody will pay for the nets this year"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("", '<p class="standfirst">{}</p>'),
        ("", '<div class="article__dek">{}</div>'),
        ("", '<p class="sub-title" itemprop="description">{}</p>'),
        ("", "<h2>{}</h2>"),
        ('<meta property="og:description" content="{}">', '<span class="x"><p>{}</p></span>'),
    ],
)
def test_the_standfirst_stands_under_the_headline(tmp_path: Path, head: str, line: str) -> None:
    described = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Wardens count trees"}</script>'
    text = text_of(
        f"<header>{line.format(STANDFIRST)}</header>{paragraphs(*PROSE)}"
        if not line.startswith("<h2")
        else line.format(STANDFIRST) + paragraphs(*PROSE),
        tmp_path,
        head.format(STANDFIRST) + described,
    )
    assert text.startswith(f"Wardens count trees\n\n{STANDFIRST}\n\n{PROSE[0]}")
    assert text.count(STANDFIRST) == 1


def test_a_list_of_other_stories_that_names_this_one_is_no_text() -> None:
    others = "".join(
        f"<li>Boat {number}: The harbour has sold one of its boats for less than it cost.</li>"
        for number in range(5)
    )
    ticker = f"<ul>{others}<li>Wardens count trees: {PROSE[0]}</li></ul>"
    body = f"<body><div>{ticker}<div>{paragraphs(*PROSE)}</div></div></body>"
    blocks = blocks_of(html.document_fromstring(body), frozenset())
    assert completed(PROSE[:3], blocks) == list(PROSE)
