"""Pages cut into articles: what every article is and says about itself."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.articles import Article, split
from loader.pages import Page, PageMetadata

PROSE = (
    "The minister said on Monday that the harbour would open again before the winter, and that "
    "the workers who had been sent home would be paid for the days they had lost."
)
MORE = (
    "Nobody at the port authority would say how many ships had gone elsewhere, but the cranes "
    "along the eastern quay stood still for the ninth day in a row."
)
OTHER = (
    "Astronomers have found a galaxy so faint that it escaped every earlier survey of the sky, "
    "and they believe that thousands more of its kind are waiting to be seen."
)


def page(text: str, metadata: PageMetadata | None = None) -> Page:
    return Page(name="page", location="page", sha256="", text=text, metadata=metadata)


def only(text: str, metadata: PageMetadata | None = None) -> Article:
    (article,) = split(page(text, metadata))
    return article


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("by Ann Lee", ["Ann Lee"]),
        ("BY ANN LEE", ["Ann Lee"]),
        ("Written by: Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bo O’Day", ["Ann Lee", "Bo O’Day"]),
        ("By Ann Lee, Bo Day and Cy van den Berg, CNN", ["Ann Lee", "Bo Day", "Cy van den Berg"]),
        ("By Ann Lee, Senior Correspondent", ["Ann Lee"]),
        ("By Dr. Ann B. Lee, PhD", ["Ann B. Lee"]),
        ("By Ann Lee in Geneva", ["Ann Lee"]),
        ("By Ann Lee in Geneva and Bo Day", ["Ann Lee", "Bo Day"]),
        ("By Ann Lee in Geneva, Bo Day in Rome and Cy Fox", ["Ann Lee", "Bo Day", "Cy Fox"]),
        ("By Ann Lee in Austin and New York", ["Ann Lee"]),
        ("Ann Lee at Harbour Park\nMarch 20, 2023", ["Ann Lee"]),
        ("Ann Lee and Bo Day\nHarbour correspondents", ["Ann Lee", "Bo Day"]),
        ("Ann Lee\nann.lee@example.org", ["Ann Lee"]),
        ("Ann Lee\nAnn Lee is a port analyst and the author of Quays", ["Ann Lee"]),
        ("\nAnn Lee", ["Ann Lee"]),
        ("Ann Lee Published March 20, 2023", ["Ann Lee"]),
        ("Our Correspondent Published March 20, 2023", []),
        ("Edited by Ann Lee", []),
        ("By Ann Lee | March 20, 2023", ["Ann Lee"]),
        ("Ann Lee\nMarch 20, 2023", ["Ann Lee"]),
        ("March 20, 2023\nAnn Lee, Staff Writer", ["Ann Lee"]),
        ("Analysis by Ann Lee, CNN\nUpdated 3:15 PM ET, Mon March 20, 2023", ["Ann Lee"]),
        ("By Reuters Staff", []),
        ("Posted by admin on March 20, 2023", []),
    ],
)
def test_a_byline_names_the_authors(head: str, authors: list[str]) -> None:
    article = only(f"Harbour Opens Again After the Long Strike\n{head}\n\n{PROSE}\n\n{MORE}")
    assert [byline.name for byline in article.bylines] == authors
    assert article.title == "Harbour Opens Again After the Long Strike"
    assert article.text.endswith(MORE)


@pytest.mark.parametrize(
    ("title", "core", "authors"),
    [
        ("The Harbour Question by Ann Lee", "The Harbour Question", ["Ann Lee"]),
        ("Is the strike over? by A.B. Lee", "Is the strike over?", ["A.B. Lee"]),
        ("Harbour seized by Ukrainian Forces", "Harbour seized by Ukrainian Forces", []),
        ("Harbour plan rejected by Joe Biden", "Harbour plan rejected by Joe Biden", []),
    ],
)
def test_a_byline_at_the_end_of_a_title_is_no_part_of_it(
    title: str, core: str, authors: list[str]
) -> None:
    article = only(f"{title}\n\n{PROSE}\n\n{MORE}")
    assert article.title == core
    assert [byline.name for byline in article.bylines] == authors


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("March 20, 2023", date(2023, 3, 20), None),
        ("March 20, 2023Updated: March 21, 2023", date(2023, 3, 20), date(2023, 3, 21)),
        ("20 March 2023", date(2023, 3, 20), None),
        ("20/03/2023March 20, 2023", date(2023, 3, 20), None),
        ("20-Mar-2023 • 4 hrs ago", date(2023, 3, 20), None),
        ("Published On 20 Mar 202320 Mar 2023", date(2023, 3, 20), None),
        ("Harbour Magazine, 20 March 2023", date(2023, 3, 20), None),
        ("2023-03-20", date(2023, 3, 20), None),
        ("2023-03-20T10:11:12+01:00", date(2023, 3, 20), None),
        ("20/03/2023", date(2023, 3, 20), None),
        ("20.03.2023, 15:30", date(2023, 3, 20), None),
        ("Monday, 20th March 2023 15:30 GMT", date(2023, 3, 20), None),
        ("Published: Mar. 20, 2023 at 10:15 a.m. EDT", date(2023, 3, 20), None),
        ("First published on Mon 20 Mar 2023 06.00 GMT", date(2023, 3, 20), None),
        (
            "Updated 3:15 PM ET, Mon March 20, 2023",
            date(2023, 3, 20),
            date(2023, 3, 20),
        ),
        ("31 February 2023", None, None),
    ],
)
def test_a_date_line_dates_the_article(
    line: str, published: date | None, modified: date | None
) -> None:
    article = only(f"Harbour Opens Again After the Long Strike\n\n{line}\n\n{PROSE}\n\n{MORE}")
    assert (article.published, article.modified) == (published, modified)


def test_a_caption_gives_neither_date_nor_author() -> None:
    caption = "Cranes in the harbour on Feb. 10, 2021. (Bo Day/AFP via Getty Images)"
    article = only(f"Harbour Opens Again After the Strike\n\n{PROSE}\n\n{caption}\n\n{MORE}")
    assert article.published is None
    assert article.bylines == ()
    assert [article.text[start:end] for start, end in article.noise] == [caption]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"Harbour opens again, minister says | CNN\n\n{PROSE}\n\n{MORE}", "CNN"),
        (f"Harbour opens again, minister says - BBC News\n\n{PROSE}\n\n{MORE}", "BBC"),
        (f"VSquare: Harbour opens again, minister says\n\n{PROSE}\n\n{MORE}", "VSquare"),
        (f"Harbour opens again\n\nODESA, March 3 (Reuters) - {PROSE}\n\n{MORE}", "Reuters"),
        (
            f"Harbour opens again today\nBy Ann Lee, The Guardian\n\n{PROSE}\n\n{MORE}",
            "The Guardian",
        ),
        (
            f"Harbour opens again\n\n{PROSE}\n\n“Yes,” he told Asia Times.\n\n{MORE}\n\n"
            "“No,” she told Asia Times.",
            "Asia Times",
        ),
        (f"Harbour opens again, minister says\n\n{PROSE}\n\n{MORE}", None),
        (f"Opinion | The harbour question\n\n{PROSE}\n\n{MORE}", None),
        (f"NATIONAL\nHarbour opens again, minister says\n\n{PROSE}\n\n{MORE}", None),
    ],
)
def test_the_outlet_is_named_by_suffix_prefix_dateline_or_byline(
    text: str, outlet: str | None
) -> None:
    assert only(text).outlet == outlet


def test_promotions_and_page_headings_belong_to_no_article() -> None:
    text = (
        f"World news\n\nHarbour opens again\nBy Ann Lee\n\n{PROSE}\n\nSign up for our newsletter"
        "\n\n"
        f"A Faint Galaxy Is Found\nBy Bo Day\n\n{OTHER}\n\nFollow us on Twitter"
    )
    first, second = split(page(text))
    assert first.text == f"Harbour opens again\nBy Ann Lee\n\n{PROSE}"
    assert second.text == f"A Faint Galaxy Is Found\nBy Bo Day\n\n{OTHER}"


def test_excerpts_end_at_their_teaser() -> None:
    text = (
        f"Harbour opens again, minister says\n\n{PROSE}… Continue reading\n\n"
        f"Astronomers find a galaxy, faint and far\n\n{OTHER} […] Read more »"
    )
    first, second = split(page(text))
    assert (first.kind, second.kind) == ("excerpt", "excerpt")
    assert [first.text[start:end] for start, end in first.noise] == ["… Continue reading"]
    assert [second.text[start:end] for start, end in second.noise] == ["[…] Read more »"]


def test_a_lone_title_glued_to_an_article_is_its_own() -> None:
    video = "Why the Harbour Strike Is a Far Bigger Deal Than You Think | Unpacked"
    first = f"Harbour opens again\nBy Ann Lee\n{PROSE}\n{MORE}"
    text = f"{first}\n{video}\n\nFaint Galaxy by Bo Day\n\n{OTHER}"
    kinds = [(article.kind, article.title) for article in split(page(text))]
    assert kinds == [
        ("article", "Harbour opens again"),
        ("title", video),
        ("article", "Faint Galaxy"),
    ]


def test_subheads_do_not_cut_an_article() -> None:
    text = (
        f"Harbour opens again, minister says\nBy Ann Lee\nMarch 20, 2023\n\n{PROSE}\n\n"
        f"A Costly Strike\n\n{MORE}\n\nWhat comes next?\n\n{PROSE}\n\n1. The cranes\n\n{MORE}"
    )
    assert only(text).text == text


def test_an_article_may_have_a_standfirst_and_no_title() -> None:
    standfirst = "Many forget who paid for the strike. The harbour remembers it well."
    article = only(f"{standfirst}\nby Ann Lee\n\n\n{PROSE}\n{MORE}")
    assert (article.title, article.subtitle) == (None, standfirst)
    assert [byline.name for byline in article.bylines] == ["Ann Lee"]


def test_text_that_fits_no_pattern_is_kept() -> None:
    assert only("harbour, strike;\nminister").text == "harbour, strike;\nminister"
    assert split(page("  \n\u200b\n ")) == ()


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    words = f"{PROSE} {MORE}".split()
    wrapped = "\n".join(" ".join(words[i : i + 9]) for i in range(0, len(words), 9))
    article = only(f"Harbour opens again\nBy Ann Lee\n\n{wrapped}\n\n{wrapped}")
    assert article.title == "Harbour opens again"
    assert article.noise == ()


def test_the_metadata_of_a_single_article_wins() -> None:
    said = PageMetadata(
        title="Harbour opens", authors=("Ann Lee",), published=date(2023, 3, 20), single=True
    )
    first = f"Harbour opens\n\nBy Somebody Else\nMay 1, 2020\n\n{PROSE}"
    text = f"{first}\n\nFaint Galaxy by Bo Day\n\n{OTHER}"
    article = only(text, said)
    assert article.text == text
    assert (article.title, article.published) == ("Harbour opens", date(2023, 3, 20))
    assert [(byline.name, byline.span) for byline in article.bylines] == [("Ann Lee", None)]


_SIGNS = "\n|\n\n|\r\n|\u2028|\xa0|\u200b|e\u0301|😀|👩\u200d🚀|שלום|\u202eabc\u202c|\ufeff|“|”"
_LINES = (
    "By Ann Lee|by שלום כהן|March 20, 2023|Photo: AP|… Continue reading|***|1. |Q: Why?|"
    "Harbour Opens Again After the Strike"
)
_ODD = st.sampled_from([*_SIGNS.split("|"), *_LINES.split("|"), PROSE, MORE, OTHER, "News | CNN"])


@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.one_of(_ODD, st.text(max_size=12)), max_size=30))
def test_every_offset_points_at_the_text_it_claims(parts: list[str]) -> None:
    text = "".join(parts)
    articles = split(page(text))
    assert articles == split(page(text))
    end = 0
    for article in articles:
        assert end <= article.span[0] < article.span[1] <= len(text)
        end = article.span[1]
        assert article.text == text[slice(*article.span)]
        if article.title is not None and article.title_span is not None:
            assert article.text[slice(*article.title_span)] == article.title
        if article.subtitle is not None and article.subtitle_span is not None:
            assert article.text[slice(*article.subtitle_span)] == article.subtitle
        for byline in article.bylines:
            assert byline.span is not None
            assert (
                byline.name.split()[-1].casefold() in article.text[slice(*byline.span)].casefold()
            )
        for start, stop in (*article.noise, *article.head):
            assert 0 <= start < stop <= len(article.text)
        assert list(article.noise) == sorted(article.noise)
    covered = sum(article.span[1] - article.span[0] for article in articles)
    assert covered > 0 or not any(part.isalpha() for part in parts) or len(text) < 400


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n" * 5_000,
        "a\n" * 400_000,
        "Harbour Opens Again After the Strike\n" * 25_000,
        f"Harbour Opens Again\nBy Ann Lee\nMarch 20, 2023\n{PROSE}\n" * 4_000,
        "(" * 1_000_000,
        "By " * 300_000,
        ("By A. " * 40 + "\n") * 4_000,
        ("“Ann Lee, " * 30 + "\n") * 3_000,
        ("photo / AP (" * 40 + "\n") * 2_000,
        ("1 2 3 4 Mar 5 2020 " * 15 + "\n") * 3_000,
        ("* " * 300 + "x\n") * 1_500,
        "… " * 400_000,
    ],
    ids=range(12),
)
def test_pathological_text_is_split_in_linear_time(text: str) -> None:
    before = time.process_time()
    split(page(text[:300_000]))
    assert time.process_time() - before < 8
