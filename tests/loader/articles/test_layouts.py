# ruff: noqa: E501 - a line of a page stands on a line of its own
"""Bylines, kickers, releases, newsletters and transcripts as pages really have them."""

from datetime import date

import pytest

from loader.articles import Article, split
from loader.pages import Page

PROSE = (
    "The lighthouse at Corrie Head will be dark for a month while its lamp is taken to the mainland, "
    "the harbour trust said on Friday.\n\n"
    "“We have had calls from three captains already,” said Moira Tennant, who chairs the trust. “They "
    "will have to steer by the church.”\n\n"
    "The trust expects the lamp to come back before the herring do, in the last week of October."
)
TITLE = "Lighthouse goes dark for repairs"


def only(text: str) -> Article:
    (article,) = split(Page(name="page", location="page", sha256="", text=text))
    return article


def blanked(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.noise]


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("BY MOIRA TENNANT AND HAMISH O'DELL", ["Moira Tennant", "Hamish O'Dell"]),
        ("By MOIRA TENNANT, HAMISH VAN DER MEER AND ILSE AL-SAYED",
         ["Moira Tennant", "Hamish van der Meer", "Ilse al-Sayed"]),
        ("BY MOIRA TENNANT WITH HAMISH ODELL", ["Moira Tennant", "Hamish Odell"]),
        ("By MOIRA TENNANT and HAMISH ODELL, STAFF REPORTERS", ["Moira Tennant", "Hamish Odell"]),
        ("BY FIONA MCRAE & HAMISH ODELL", ["Fiona McRae", "Hamish Odell"]),
        ("By Senior Reporter Moira Tennant", ["Moira Tennant"]),
        ("by Political Editor Moira Tennant and Hamish Odell", ["Moira Tennant", "Hamish Odell"]),
        ("By Contributing Writer Moira Tennant, Coast News Service", ["Moira Tennant"]),
        ("By Asa Finch Jr.", ["Asa Finch Jr."]),
        ("By Asa Finch III and Moira Tennant", ["Asa Finch III", "Moira Tennant"]),
    ],
)  # fmt: skip
def test_a_byline_names_all_of_its_authors(byline: str, authors: list[str]) -> None:
    article = only(f"{TITLE}\n\n{byline}\nMay 4, 2021\n\n{PROSE}")
    assert [each.name for each in article.bylines] == authors
    assert article.title == TITLE


@pytest.mark.parametrize(
    "byline", ["By Moira Tennant", "BY MOIRA TENNANT", "By Moira Tennant | May 4, 2021"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_byline_may_stand_above_the_headline(byline: str, gap: str) -> None:
    article = only(f"{byline}{gap}{TITLE}\n\n{PROSE}")
    assert article.title == TITLE
    assert [each.name for each in article.bylines] == ["Moira Tennant"]


@pytest.mark.parametrize("title", ["Salt", "Dark coast", "Herring"])
def test_a_word_above_a_byline_is_a_headline(title: str) -> None:
    article = only(f"{title}\n\nBy Moira Tennant\n\n{PROSE}")
    assert article.title == title


def test_a_heading_above_the_only_article_is_its_title() -> None:
    assert only(f"Local news\n\n{PROSE}").title == "Local news"


def test_a_heading_without_an_article_is_one() -> None:
    assert (
        only("The morning letter\n\nReply to this email to tell us.").title == "The morning letter"
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("04.05.2021", date(2021, 5, 4)),
        ("4.5.2021", date(2021, 5, 4)),
        ("04.05.2021, 10:30", date(2021, 5, 4)),
        ("25.05.2021", date(2021, 5, 25)),
        ("05/04/2021", date(2021, 5, 4)),
        ("Published 4 May 2021 10:30 NZST", date(2021, 5, 4)),
        ("4 May 2021, 10:30 SAST", date(2021, 5, 4)),
        ("Posted May 4, 2021 at 10:30 a.m. AKDT", date(2021, 5, 4)),
    ],
)
def test_a_day_is_read_as_it_is_written(line: str, day: date) -> None:
    assert only(f"{TITLE}\n\nBy Moira Tennant\n{line}\n\n{PROSE}").published == day


@pytest.mark.parametrize("outlet", ["The Corrie Herald", "Coastal Times", "Radio Corrie"])
def test_a_line_between_byline_and_date_is_the_outlet(outlet: str) -> None:
    article = only(f"Opinion\n\n{TITLE}\n\nBy Moira Tennant\n{outlet}\nMay 4, 2021\n\n{PROSE}")
    assert (article.title, article.outlet) == (TITLE, outlet)


@pytest.mark.parametrize(
    "kicker",
    ["Explainer:", "Transcript:", "Q&A:", "Fact check:", "Storm in Norway live:", "WATCH:",
     "Harbour strike latest:", "Podcast |", "Obituary:", "Election live updates:"],
)  # fmt: skip
def test_what_kind_of_text_a_headline_announces_is_not_read(kicker: str) -> None:
    article = only(f"{kicker} {TITLE.lower()}\n\nBy Moira Tennant\nMay 4, 2021\n\n{PROSE}")
    assert article.title == f"{kicker} {TITLE.lower()}"
    assert blanked(article)[0] == kicker


@pytest.mark.parametrize("source", ["Report:", "Trust:", "Tennant:", "Study:"])
def test_a_source_before_a_colon_is_read(source: str) -> None:
    article = only(f"{source} {TITLE}\n\nBy Moira Tennant\nMay 4, 2021\n\n{PROSE}")
    assert blanked(article) == []


@pytest.mark.parametrize(
    "dateline",
    [
        "CORRIE, Scotland, May 4, 2021 /PRNewswire/ -- ",
        "CORRIE, Scotland--(BUSINESS WIRE)--",
        "Corrie, Scotland, May 04, 2021 (GLOBE NEWSWIRE) -- ",
        "May 4, 2021 /CNW/ - ",
    ],
)
def test_the_dateline_of_a_release_is_not_read(dateline: str) -> None:
    text = (
        f"FOR IMMEDIATE RELEASE\n\n{TITLE}\n\n{dateline}Lumen Marine (NYSE: LMN) said that it would "
        f"repair the lamp.\n\n{PROSE}\n\nAbout Lumen Marine\n\nLumen Marine makes lamps, and is the "
        "leading maker of lamps for lighthouses in the world.\n\nMedia Contact: Bo Press, 555 0100\n"
    )
    article = only(text)
    assert {dateline.strip(), "(NYSE: LMN)", "About Lumen Marine"} <= {
        each.strip() for each in blanked(article)
    }
    assert "leading maker" in "".join(blanked(article))
    assert article.title == TITLE


def test_an_article_about_something_is_no_release() -> None:
    article = only(f"{TITLE}\n\n{PROSE}\n\nAbout Moira Tennant\n\n{PROSE}")
    assert blanked(article) == []


@pytest.mark.parametrize(
    "line",
    [
        "View this email in your browser",
        "Forwarded this newsletter? Sign up here",
        "Was this message forwarded to you? Subscribe",
        "That’s it for today. See you tomorrow.",
        "Reply to this message and tell us what you see from your window.",
        "Unsubscribe | Update your preferences | 4 Quay St, Corrie",
        "Manage your subscriptions",
        "You’re receiving this because you signed up at corrie.example",
    ],
)
def test_what_a_newsletter_says_of_itself_is_not_read(line: str) -> None:
    text = f"The Corrie Morning\n\n{line}\n\n1. {TITLE}\n\n{PROSE}\n\n{line}"
    for article in split(Page(name="page", location="page", sha256="", text=text)):
        assert line not in (article.title or "")
        start = article.text.find(line)
        assert start < 0 or any(a <= start and start + len(line) <= b for a, b in article.noise)


@pytest.mark.parametrize(
    "line", ["(SOUNDBITE OF FOGHORN)", "[Applause]", "(LAUGHTER)", "[CROSSTALK]", "(Music playing)"]
)
def test_stage_directions_are_not_read(line: str) -> None:
    article = only(f"{TITLE}\n\nMay 4, 2021\n\n{PROSE}\n\n{line}\n\n{PROSE}")
    assert blanked(article) == [line]


@pytest.mark.parametrize(
    ("credit", "authors"),
    [
        ("Moira Tennant reported from Oban and Hamish Odell from Wick.",
         ["Moira Tennant", "Hamish Odell"]),
        ("Moira Tennant and Ilse Brand reported from Oban. Editing by Jo Fox.",
         ["Moira Tennant", "Ilse Brand"]),
        ("(Reporting by Moira Tennant in Oban and Hamish Odell; editing by Jo Fox)",
         ["Moira Tennant", "Hamish Odell"]),
        ("Moira Tennant reported from Oban, Ilse Brand from Wick and Hamish Odell from Tain.",
         ["Moira Tennant", "Ilse Brand", "Hamish Odell"]),
    ],
)  # fmt: skip
def test_a_credit_at_the_end_names_the_authors(credit: str, authors: list[str]) -> None:
    article = only(f"{TITLE}\n\n{PROSE}\n\n{credit}")
    assert [each.name for each in article.bylines] == authors


@pytest.mark.parametrize(
    "line",
    ["FOR IMMEDIATE RELEASE: 4 May 2021", "Press release, 4 May 2021", "For release 4 May 2021"],
)
def test_a_line_that_announces_a_release_is_no_headline(line: str) -> None:
    text = f"{line}\n\n{TITLE}\n\n{PROSE}\n\nENDS\n\nNotes to editors\n\nThe trust was founded in 1911."
    article = only(text)
    assert (article.title, article.published) == (TITLE, date(2021, 5, 4))
    assert "The trust was founded in 1911." in blanked(article)


@pytest.mark.parametrize("ticker", ["(CPH: LMN)", "(Nasdaq Helsinki: LMN1V)", "(TSX: LM.A)"])
def test_a_ticker_is_not_read(ticker: str) -> None:
    article = only(f"{TITLE}\n\nLumen Marine {ticker} said so.\n\n{PROSE}")
    assert [each.strip() for each in blanked(article)] == [ticker]


@pytest.mark.parametrize("number", ["1. {}|2. {}", "{}|{}"])
def test_the_pieces_of_a_newsletter_share_its_name_and_day(number: str) -> None:
    one, two = number.split("|")
    text = (
        f"The Corrie Herald\n\nView in browser\n\nGood morning! It is Tuesday, 4 May 2021.\n\n"
        f"{one.format(TITLE)}\n\n{PROSE}\n\n{two.format('Herring are late')}\n\n{PROSE}\n\n"
        "That’s all for today.\n\nUnsubscribe | Manage preferences"
    )
    found = split(Page(name="page", location="page", sha256="", text=text))
    assert [each.title for each in found] == [TITLE, "Herring are late"]
    for each in found:
        assert (each.outlet, each.published) == ("The Corrie Herald", date(2021, 5, 4))
        assert each.title_span
        assert each.text[slice(*each.title_span)] == each.title


def test_the_times_of_a_live_report_are_not_read() -> None:
    article = only(
        f"{TITLE} - live\n\n4 May 2021\n\n14:02\n\n{PROSE}\n\n13:40\n\nMoira Tennant @moira\n"
        f"The lamp is out\n1:38 PM · May 4, 2021\n\n13:05\n\n{PROSE}"
    )
    assert {"14:02", "13:40", "1:38 PM · May 4, 2021"} <= set(blanked(article))
    assert not article.bylines
