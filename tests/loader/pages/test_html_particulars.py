# ruff: noqa: E501 - a page or a tag stands on a line of its own
"""What an HTML page says of itself, wherever and however it says it."""

import json
from datetime import date
from pathlib import Path

import pytest

from loader.articles import Article, split
from loader.pages import Page, read

PROSE = (
    "The ferry company will sell two of its oldest boats in the spring, after a winter in which "
    "neither of them left the harbour for more than a day at a time.",
    "“Nobody wants to cross in a boat that leaks,” said Greta Holm, who has run the ticket office "
    "at the pier for nineteen years. “We tell people to bring boots.”",
    "The islanders fear that the last evening crossing will go with the boats, and have asked the "
    "county for a promise in writing before the sale is signed.",
    "A spokesman for the county said that the budget allowed for one crossing more than in the "
    "past year, and that the new timetable would hang in every shop by March.",
)
HEADLINE = "Island ferries to be sold after leaky winter"
LINKS = (
    '<nav><a href="/">Home</a> <a href="/islands">Islands</a> <a href="/weather">Weather</a></nav>'
)


def html(
    head: str = "",
    under: str = "",
    *,
    ld: object = None,
    title: str = HEADLINE,
    tail: str = "",
    above: str = "",
) -> str:
    script = "" if ld is None else f'<script type="application/ld+json">{json.dumps(ld)}</script>'
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in PROSE)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:type" content="article">{head}{script}</head><body>{LINKS}{above}<main>'
        f"<article><h1>{HEADLINE}</h1>{under}{body}{tail}</article></main></body></html>"
    )


def meta(**tags: str) -> str:
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())


def article(source: str, tmp_path: Path) -> Article:
    (tmp_path / "page.html").write_text(source, encoding="utf-8")
    (page,) = read([tmp_path])
    assert isinstance(page, Page), page
    (found,) = split(page)
    return found


def authors(source: str, tmp_path: Path) -> list[str]:
    return [byline.name for byline in article(source, tmp_path).bylines]


NEWS = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE}


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Tove Marklund, Political Correspondent", ["Tove Marklund"]),
        ("Tove Marklund, Chief Reporter", ["Tove Marklund"]),
        ("Tove Marklund - Business Editor", ["Tove Marklund"]),
        ("Tove Marklund (Deputy Editor)", ["Tove Marklund"]),
        ("Senior Reporter Tove Marklund", ["Tove Marklund"]),
        ("Pier Post Staff", []),
        ("Staff", []),
        ("Newsroom", []),
        ("editor", []),
        ("webmaster", []),
        ("t.marklund@pierpost.example", []),
        ("t.marklund@pierpost.example (Tove Marklund)", ["Tove Marklund"]),
        ("Tove Marklund &lt;tove@pierpost.example&gt;", ["Tove Marklund"]),
        ("https://facebook.example/tove.marklund", []),
        ("Tove Marklund, MD", ["Tove Marklund"]),
        ("Dr. Tove Marklund, Ph.D.", ["Tove Marklund"]),
        ("Asa Finch, Sr.", ["Asa Finch Sr."]),
        ("Asa Finch, III", ["Asa Finch III"]),
        ("Asa Finch, Jr. and Tove Marklund", ["Asa Finch Jr.", "Tove Marklund"]),
        ("TOVE MARKLUND", ["Tove Marklund"]),
        ("SEAN O’BRADY", ["Sean O’Brady"]),
        ("ANGUS MCTAVISH", ["Angus McTavish"]),
        ("ELS VAN DE VELDE", ["Els van de Velde"]),
        ("By Tove Marklund", ["Tove Marklund"]),
        ("Written by Tove Marklund for The Pier Post", ["Tove Marklund"]),
        ("Tove Marklund in Malmo", ["Tove Marklund"]),
        ("Tove Marklund in Malmo, Asa Finch in Leeds", ["Tove Marklund", "Asa Finch"]),
        ("Tove Marklund, for the Pier Post", ["Tove Marklund"]),
        ("Tove Marklund, Malmo", ["Tove Marklund"]),
        ("Marklund, Tove", ["Tove Marklund"]),
        ("Marklund, Tove; Finch, Asa", ["Tove Marklund", "Asa Finch"]),
        ("van de Velde, Els", ["Els van de Velde"]),
        ("Marklund, T.", ["T. Marklund"]),
        ("Tove Marklund | Asa Finch", ["Tove Marklund", "Asa Finch"]),
        ("Tove Marklund / Asa Finch", ["Tove Marklund", "Asa Finch"]),
        (
            "Tove Marklund, Asa Finch, and Els van de Velde",
            ["Tove Marklund", "Asa Finch", "Els van de Velde"],
        ),
        ("Tove Marklund &amp; Asa Finch", ["Tove Marklund", "Asa Finch"]),
        ("tove-marklund", []),
        ("tove_marklund", []),
        ("tmarklund", []),
        ("Reuters", []),
        ("Associated Press", []),
        ("The Pier Post", []),
        ("Pier Post", []),
        ("pier post", []),
    ],
)
def test_an_author_field_names_people_and_nothing_else(
    tmp_path: Path, field: str, names: list[str]
) -> None:
    site = '<meta property="og:site_name" content="Pier Post">'
    assert authors(html(site + f'<meta name="author" content="{field}">'), tmp_path) == names


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Organization", "name": "Harbour Wire Service"}, []),
        (
            [
                {"@type": "Person", "name": "Tove Marklund"},
                {"@type": "Person", "name": "Night Desk Editor"},
            ],
            ["Tove Marklund"],
        ),
        ({"@type": ["Person"], "name": "Marklund, Tove"}, ["Tove Marklund"]),
        ({"@type": "NewsMediaOrganization", "name": "Tove Marklund"}, []),
        (["Tove Marklund", "Asa Finch"], ["Tove Marklund", "Asa Finch"]),
        (
            {"@type": "Person", "name": ["Tove Marklund", "Asa Finch"]},
            ["Tove Marklund", "Asa Finch"],
        ),
        ("Tove Marklund and Asa Finch", ["Tove Marklund", "Asa Finch"]),
    ],
)
def test_an_author_in_json_ld_is_a_person(tmp_path: Path, author: object, names: list[str]) -> None:
    assert authors(html(ld=NEWS | {"author": author}), tmp_path) == names


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<![CDATA[", "]]>"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/* <![CDATA[ */ ", " /* ]]> */"),
        ("<!--\n", "\n-->"),
        ("\n\n  ", ";"),
    ],
)
def test_json_ld_is_read_in_any_wrapping(tmp_path: Path, before: str, after: str) -> None:
    said = json.dumps(
        NEWS
        | {"author": {"@type": "Person", "name": "Tove Marklund"}, "datePublished": "2021-11-09"}
    )
    script = f'<script type="application/ld+json">{before}{said[:-1]},}}{after}</script>'
    found = article(html(script), tmp_path)
    assert [byline.name for byline in found.bylines] == ["Tove Marklund"]
    assert found.published == date(2021, 11, 9)


def test_nodes_of_a_graph_are_found_by_their_identifiers(tmp_path: Path) -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "@id": "#a", "headline": HEADLINE, "author": [{"@id": "#p"}, {"@id": "#q"}],
             "publisher": {"@id": "#o"}},
            {"@type": "Person", "@id": "#p", "name": "Tove Marklund"},
            {"@type": "Organization", "@id": "#q", "name": "Harbour Wire"},
            {"@type": "Organization", "@id": "#o", "name": "Pier Post"},
            {"@type": "WebPage", "@id": "#w", "datePublished": "2021-11-09T10:00:00+01:00"},
        ]
    }  # fmt: skip
    found = article(html(ld=graph), tmp_path)
    assert [byline.name for byline in found.bylines] == ["Tove Marklund"]
    assert (found.outlet, found.published) == ("Pier Post", date(2021, 11, 9))


@pytest.mark.parametrize(
    ("head", "under", "names"),
    [
        (meta(author="Pier Post"), "<p><b>Tove Marklund</b></p>", ["Tove Marklund"]),
        (meta(author="Pier Post"), "<div>Tove Marklund</div>", ["Tove Marklund"]),
        (meta(author="The Pier Post"), '<div class="article-byline">By Tove Marklund</div>', ["Tove Marklund"]),
        ("", '<span class="author-name">TOVE MARKLUND</span>', ["Tove Marklund"]),
        ("", '<a rel="author" href="/tove">Tove Marklund</a>', ["Tove Marklund"]),
        ("", '<p>Words: Tove Marklund · Photographs: Asa Finch</p>', []),
        (meta(author="Tove Marklund"), '<p class="byline">By Tove Marklund and Asa Finch</p>', ["Tove Marklund", "Asa Finch"]),
        (meta(author="Tove Marklund"), "<p>By Asa Finch, Tove Marklund and Els van de Velde</p>",
         ["Tove Marklund", "Asa Finch", "Els van de Velde"]),
        (meta(author="Tove Marklund"), '<div itemscope itemtype="https://schema.org/Comment"><meta itemprop="author" content="Ann Angry"></div>',
         ["Tove Marklund"]),
        (meta(author="Tove Marklund", byl="By TOVE MARKLUND"), "", ["Tove Marklund"]),
        (meta(author="Tove Marklund", **{"parsely-author": "tove.marklund"}), "", ["Tove Marklund"]),
    ],
)  # fmt: skip
def test_the_visible_byline_fills_up_the_metadata(
    tmp_path: Path, head: str, under: str, names: list[str]
) -> None:
    site = '<meta property="og:site_name" content="Pier Post">'
    assert sorted(authors(html(site + head, under), tmp_path)) == sorted(names)


DAY = date(2021, 11, 9)


@pytest.mark.parametrize(
    ("head", "under"),
    [
        (meta(date="9 November 2021"), ""),
        (meta(pubdate="Tue, 09 Nov 2021 23:10:00 -0800"), ""),
        (meta(publish_date="11/09/2021"), ""),
        (meta(date="09.11.2021"), ""),
        (meta(**{"article:published_time": "Nov 9, 2021 4:05 AM PST"}), ""),
        (meta(**{"article:published_time": "1636416000"}), ""),
        (meta(story_posted_at="November 9, 2021"), ""),
        (meta(firstPublishedDate="2021-11-09T08:00:00Z"), ""),
        (meta(**{"article:modified_time": "2021-11-12", "dc.date.created": "2021-11-09"}), ""),
        ("", "<p>Tuesday, 9th November 2021</p>"),
        ("", '<div class="meta"><span>By Tove Marklund</span> | <span>Nov. 9, 2021, 6:15 p.m.</span></div>'),
        ("", '<div class="pub-info"><div><b>Published:</b> 9 Nov 2021</div></div>'),
        ("", "<ul><li>Nov 9, 2021</li><li>3 min read</li></ul>"),
        ("", '<time datetime="2021-11-09T08:00">yesterday</time>'),
        ("", '<time>9 Nov 2021 08:00 GMT</time>'),
        ("", '<p><time datetime="Tue Nov 09 2021 08:00:00 GMT+0100 (CET)">a while ago</time></p>'),
        ("", '<p>Updated <time class="updated" datetime="2021-11-12">12 Nov</time>, first <time datetime="2021-11-09">9 Nov</time></p>'),
        ("", '<span itemprop="datePublished" content="2021-11-09">Tuesday</span>'),
        ("", f'<p>{PROSE[2]}</p><p>{PROSE[3]}</p><abbr class="published" title="2021-11-09">Tuesday</abbr>'),
        ('<link rel="canonical" href="https://pier.example/2021/11/09/ferries">', ""),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_found_wherever_it_stands(
    tmp_path: Path, head: str, under: str
) -> None:
    ticker = (
        '<div class="ticker"><time datetime="2025-06-01">1 June 2025</time> Storm warning</div>'
    )
    footer = '<section class="related-stories"><h3>Related</h3><time datetime="2025-05-05">5 May</time></section>'
    assert article(html(head, under, above=ticker, tail=footer), tmp_path).published == DAY


@pytest.mark.parametrize(
    "head",
    [
        meta(date="November 2021"),
        meta(**{"article:modified_time": "2021-11-09"}),
        meta(**{"event:start_date": "2021-11-09", "expires": "2021-11-09"}),
        meta(author="Tove Marklund"),
    ],
)
def test_what_is_no_day_of_publication_is_none(tmp_path: Path, head: str) -> None:
    found = article(
        html(head, tail="<p>© 1999-2021 Pier Post. Page built 9 November 2021</p>"), tmp_path
    )
    assert found.published is None or found.published_guessed


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("{} | The Pier Post", "Pier Post"),
        ("{} – PIER POST", "The Pier Post"),
        ("{} — PierPost.example", "Pier Post"),
        ("{} - Islands - Pier Post", "Pier Post"),
        ("{} | Weather | Pier Post", "Pier Post"),
        ("{} -- Pier Post", "Pier Post"),
        ("{} | Pier Post Online", "Pier Post"),
        ("{} :: News :: Pier Post", "pierpost.example"),
        ("{} | Opinion", "Pier Post"),
        ("Pier Post: {}", "Pier Post"),
    ],
)
@pytest.mark.parametrize("shown", [True, False])
def test_outlet_and_section_are_no_part_of_the_title(
    tmp_path: Path, title: str, outlet: str, *, shown: bool
) -> None:
    head = (
        f'<meta property="og:title" content="{title.format(HEADLINE)}">'
        f'<meta property="og:site_name" content="{outlet}"><meta name="author" content="Tove Marklund">'
    )
    source = html(head, title="page")
    if not shown:
        source = source.replace(f"<h1>{HEADLINE}</h1>", "")
    assert article(source, tmp_path).title == HEADLINE


def test_a_title_for_search_engines_yields_to_what_the_reader_sees(tmp_path: Path) -> None:
    ld = NEWS | {"headline": "Ferry sale explained: dates, prices and what islanders should know"}
    head = f'<meta property="og:title" content="{HEADLINE} - Pier Post">'
    assert (
        article(html(head, ld=ld | {"publisher": {"name": "Pier Post"}}), tmp_path).title
        == HEADLINE
    )


def test_a_title_that_is_escaped_twice_is_text(tmp_path: Path) -> None:
    source = html(ld=NEWS | {"headline": "Salt &amp;amp; rust: the ferries&amp;#8217; last winter"})
    source = source.replace(f"<h1>{HEADLINE}</h1>", "")
    assert article(source, tmp_path).title == "Salt & rust: the ferries’ last winter"


@pytest.mark.parametrize("platform", ["MSN", "Blogger", "WordPress.com", "Medium", "YouTube"])
def test_a_platform_is_no_outlet(tmp_path: Path, platform: str) -> None:
    ld = NEWS | {"publisher": {"@type": "Organization", "name": platform}}
    found = article(html('<meta property="og:site_name" content="Pier Post">', ld=ld), tmp_path)
    assert found.outlet == "Pier Post"
    assert article(html(ld=ld), tmp_path).outlet != platform


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="https://pier.example/ferries">',
            "https://pier.example/ferries",
        ),
        (
            '<base href="https://pier.example/news/"><link rel="canonical" href="ferries">',
            "https://pier.example/news/ferries",
        ),
        ('<link rel="canonical" href="/ferries">', None),
        ('<meta property="og:url" content="//pier.example/ferries">', None),
    ],
)
def test_an_address_is_absolute_or_absent(tmp_path: Path, head: str, url: str | None) -> None:
    assert article(html(head), tmp_path).page.url == url


def bare(heading: str, title: str, between: str = "") -> str:
    """A page without any metadata but its window's title."""
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in PROSE)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{LINKS}<div>{heading}{body}{between}{body.replace('boat', 'barge')}</div></body></html>"
    )


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<h1>{HEADLINE}</h1>", f"{HEADLINE} | Pier Gazette"),
        (f"<h1>Pier Gazette</h1><h2>{HEADLINE}</h2>", f"Pier Gazette: {HEADLINE}"),
        (f"<h3>{HEADLINE}</h3>", f"The Pier Gazette » {HEADLINE}"),
        ("<h1>Leaky ferries</h1>", "Leaky ferries - Pier Gazette"),
    ],
)
@pytest.mark.parametrize(
    "between",
    [
        "<h2>A long winter</h2>",
        "<h2>By Greta Holm</h2><p>March 3, 2021</p>",
        "<pre><code>crossings = 3\nBy.each(boats)</code></pre>",
        "<ul><li>One boat stays</li><li>Two are sold</li></ul>",
        "<p><b>Correction:</b> An earlier version named another pier.</p><h3>Updates</h3>",
    ],
)
def test_a_page_whose_window_bears_its_headline_is_one_article(
    tmp_path: Path, heading: str, title: str, between: str
) -> None:
    found = article(bare(heading, title, between), tmp_path)
    assert found.title in {HEADLINE, "Leaky ferries"}
    assert PROSE[-1].replace("boat", "barge") in found.text


@pytest.mark.parametrize(
    "title", ["Pier Gazette", "Latest news | Pier Gazette", "Politics | Pier Gazette"]
)
def test_a_page_that_lists_stories_is_not_one_of_them(tmp_path: Path, title: str) -> None:
    stories = "".join(
        f'<div class="card"><h2><a href="/{number}">Boat {number} sold for scrap at last</a></h2>'
        f"<p>{PROSE[number % 4]}</p></div>"
        for number in range(6)
    )
    (tmp_path / "front.html").write_text(
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>{LINKS}'
        f"<h1>{title.split(' |')[0]}</h1>{stories}</body></html>",
        encoding="utf-8",
    )
    (page,) = read([tmp_path])
    assert isinstance(page, Page)
    assert page.metadata
    assert not page.metadata.single


@pytest.mark.parametrize(
    ("names", "title", "url", "outlet"),
    [
        (
            ("Where boats come first", "The Pier Gazette"),
            "",
            "https://piergazette.example/1",
            "The Pier Gazette",
        ),
        (("碼頭報", "Pier Gazette"), "", "https://piergazette.example/1", "Pier Gazette"),
        (
            ("碼頭報",),
            f"{HEADLINE} - Pier Gazette",
            "https://www.piergazette.example/1",
            "Pier Gazette",
        ),
        (("Pier Media Holding", "Ferry Times"), f"{HEADLINE} | Ferry Times", "", "Ferry Times"),
        ((HEADLINE, "Ferry Times"), "", "", "Ferry Times"),
        (("Pier Gazette", "Ferry Times"), "", "", "Pier Gazette"),
    ],
)
def test_the_outlet_is_the_name_that_address_and_titles_know(
    tmp_path: Path, names: tuple[str, ...], title: str, url: str, outlet: str
) -> None:
    publisher, *site = names
    head = "".join(f'<meta property="og:site_name" content="{name}">' for name in site)
    head += f'<link rel="canonical" href="{url}">' if url else ""
    ld = NEWS | {"publisher": {"@type": "Organization", "name": publisher}}
    assert article(html(head, ld=ld, title=title or HEADLINE), tmp_path).outlet == outlet


@pytest.mark.parametrize(
    ("time", "path", "day"),
    [
        ("2023-11-09T01:30:00Z", "2023/11/08", date(2023, 11, 8)),
        ("2023-11-08T22:30:00+00:00", "2023/11/09", date(2023, 11, 9)),
        ("2023-11-09T01:30:00-05:00", "2023/11/08", date(2023, 11, 9)),
        ("2023-11-09T01:30:00Z", "2023/11/01", date(2023, 11, 9)),
        ("2023-11-09T01:30:00Z", "story", date(2023, 11, 9)),
    ],
)
def test_a_time_in_utc_is_of_the_day_that_the_outlet_counts(
    tmp_path: Path, time: str, path: str, day: date
) -> None:
    head = f'<link rel="canonical" href="https://pier.example/{path}/ferries/">'
    assert article(html(head, ld=NEWS | {"datePublished": time}), tmp_path).published == day


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (
            "By Tove Marklund and Anders Vik Monday, March 3, 2021, 04:05 pm PT",
            ["Tove Marklund", "Anders Vik"],
        ),
        ("By TOVE MARKLUND and ANDERS VIK Associated Press", ["Tove Marklund", "Anders Vik"]),
        ("Reuters, Washington, Nov 20 2019, 11:06am ist", []),
        ("pieradmin", []),
        ("KWCHCK", []),
        ("by Tove", ["Tove"]),
        ("Xiaoying You", ["Xiaoying You"]),
    ],
)
def test_a_visible_byline_names_people_and_nothing_else(
    tmp_path: Path, byline: str, names: list[str]
) -> None:
    under = f'<div class="byline">{byline}</div>'
    assert authors(html(under=under, ld=NEWS | {"author": "Pier Gazette"}), tmp_path) == names


def test_two_names_on_a_line_under_the_headline_are_its_authors(tmp_path: Path) -> None:
    ld = NEWS | {"author": "Pier Gazette", "publisher": "Pier Gazette"}
    source = html(under="<p>Tove Marklund/Anders Vik</p>", ld=ld)
    assert authors(source, tmp_path) == ["Tove Marklund", "Anders Vik"]


@pytest.mark.parametrize(
    ("under", "day", "guessed"),
    [
        ('<p><time datetime="2021-03-03">3 March</time></p>', date(2021, 3, 3), False),
        ('<div class="entry-date">3 March 2021</div>', date(2021, 3, 3), None),
        ("<p>Nobody has dated it.</p>", None, False),
    ],
)
def test_a_guessed_day_is_marked(
    tmp_path: Path, under: str, day: date | None, *, guessed: bool | None
) -> None:
    found = article(html(under=under), tmp_path)
    assert found.published == day
    assert guessed is None or found.published_guessed is guessed


def test_a_day_in_the_foot_of_a_page_is_a_guess(tmp_path: Path) -> None:
    found = article(html(tail="<div>Copyright 2021. Printed on 3 March 2021.</div>"), tmp_path)
    assert found.published_guessed is (found.published is not None)
