"""What stands beside the prose, a label, a dateline, a line of the head, is said by nobody."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from loader.articles import split
from loader.extract.components.openings import openings
from loader.extract.pipeline import annotate
from loader.pages import Page

Find = Callable[[str], list[tuple[str | None, str]]]
BODY = "The harbor of Odda will close in June, the mayor said on Monday."

OPENINGS = {
    "LIVE: Harbor to close": "LIVE: ",
    "BREAKING: LIVE: Harbor to close": "BREAKING: LIVE: ",
    "UPDATE 2-Chipmaker plans to cut jobs": "UPDATE 2-",
    "Exclusive-Chipmaker plans to cut jobs": "Exclusive-",
    "Opinion | The harbor deserves better": "Opinion | ",
    "[Updated] Harbor to close": "[Updated] ",
    "The Latest: Mayor urges calm": "The Latest: ",
    "KYIV — The drought goes on": "KYIV — ",
    "KYIV, March 3 (Reuters) - The drought goes on": "KYIV, March 3 (Reuters) - ",
    "(Reuters) - The drought goes on": "(Reuters) - ",
    "(AFP) — Rain stays away": "(AFP) — ",
    "WATCH: KYIV (AP) -- The drought goes on": "WATCH: KYIV (AP) -- ",
    "FLINT, Mich., Oct. 4 (UPI) — The drought goes on": "FLINT, Mich., Oct. 4 (UPI) — ",
    "KYIV, Sep 3 (Reuters) - The drought goes on": "KYIV, Sep 3 (Reuters) - ",
    "LONDON/PARIS, 3 March (Reuters) - The drought goes on": "LONDON/PARIS, 3 March (Reuters) - ",
    "Kyiv (AFP) — The drought goes on": "Kyiv (AFP) — ",
    "KYIV, March 3: The drought goes on": "KYIV, March 3: ",
    "PortNews.Net - The drought goes on": "PortNews.Net - ",
    "harbour.org — the drought goes on": "",
    "DEAR AUNT MARGE: The drought goes on": "DEAR AUNT MARGE: ",
    "Dear Stuck in Odda: The drought goes on": "Dear Stuck in Odda: ",
    "Hello Ann: The drought goes on": "Hello Ann: ",
    # Not one of them.
    "Dearborn: The drought goes on": "",
    "NATO — which has many members — said so": "",
    "ORTIZ: The pier is safe": "",
    "Live music: the mayor says yes": "",
    "Watching the sea, he said no": "",
    "Poll: Most voters want the harbor": "",
}

HEADLINES: dict[str, list[tuple[str | None, str]]] = {
    "LIVE: Harbor will close in June, says Ortiz": [("Ortiz", "Harbor will close in June")],
    "BREAKING: Ortiz says the harbor will close": [("Ortiz", "the harbor will close")],
    "EXCLUSIVE: Seoul: The North Has Halted Shipments": [
        ("Seoul", "The North Has Halted Shipments")
    ],
    "EXPLAINER: Why the drought matters": [],
    "OPINION: The harbor deserves better": [],
    "Photos: Floods in the north": [],
}

LEADS = {
    "PortNews.Net - The drought will last, scientists said.": (
        "scientists",
        "The drought will last",
    ),
    "KYIV: The drought will last, scientists said.": ("scientists", "The drought will last"),
    "KYIV, March 3 (Reuters) - The drought will last, scientists said.": (
        "scientists",
        "The drought will last",
    ),
    "UPDATE: Scientists said the drought will last.": ("Scientists", "the drought will last"),
}

HEADS = {
    "label before a date": "PUBLISHED: 10:12 GMT, 3 March 2023 | UPDATED: 11:15 GMT, 3 March 2023",
    "date run into its time": "PUBLISHED Fri, Mar 3 202310:12 AM EST",
    "byline with a role": "Ann Lee, Political Editor\n\n3 March 2023",
    "byline with a place": "Ann Lee reporting from Odda\n\n3 March 2023",
    "byline of a network": "Ann Lee · CBC News\n\nLast Updated: March 3, 2023",
    "labels on their own lines": "WRITTEN BY\n\nAnn Lee\n\nPUBLISHED ON\n\nMarch 3, 2023",
    "desk": "Text by: NEWS WIRES\n\nIssued on: 03/03/2023 - 10:12",
    "buttons": "Share this article\n\n1.2k shares\n\nSave\n\nGift article\n\n3 min read",
    "picture": "Image source, Getty Images\n\nImage caption, A street in Odda",
    "topics": "Topics: Ports, Trade\n\nFiled Under: Ports",
    "bio": "Ann Lee\n\nAnn Lee is a reporter covering ports.\n\nMarch 3, 2023",
}


@pytest.fixture(scope="module")
def find(nlp: Language) -> Find:
    """Return source and content of what a page states, its articles cut first."""

    def find_in(text: str) -> list[tuple[str | None, str]]:
        page = Page(name="page.txt", location="page.txt", sha256="0" * 64, text=text)
        return [
            (
                article.text[slice(*each.source)] if each.source else None,
                " ".join(article.text[slice(*span)] for span in each.content),
            )
            for article, doc in annotate(nlp, split(page))
            for each in doc._.attributions
        ]

    return find_in


@pytest.mark.parametrize(("line", "opening"), OPENINGS.items())
def test_labels_and_datelines_are_told_from_the_text_behind_them(line: str, opening: str) -> None:
    assert "".join(line[start:end] for start, end in openings(line)) == opening


@pytest.mark.parametrize(("title", "expected"), HEADLINES.items())
def test_a_label_before_a_headline_says_nothing(
    find: Find, title: str, expected: list[tuple[str | None, str]]
) -> None:
    text = f"{title}\n\nThe harbor of Odda was opened in June. It has a pier and two cranes."
    assert find(text) == expected


@pytest.mark.parametrize(("lead", "expected"), LEADS.items())
def test_a_dateline_before_a_lead_is_no_source(
    find: Find, lead: str, expected: tuple[str, str]
) -> None:
    assert find(f"Drought goes on\n\n{lead}") == [expected]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_lines_of_the_head_are_no_statements(find: Find, head: str) -> None:
    found = find(f"Harbor to close in June\n\n{head}\n\n{BODY}")
    assert found == [("the mayor", "The harbor of Odda will close in June")]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_lines_of_the_head_are_no_prose(head: str) -> None:
    text = f"Harbor to close in June\n\n{head}\n\n{BODY}"
    (article,) = split(Page(name="page.txt", location="page.txt", sha256="", text=text))
    told = [*article.head, *article.noise, article.title_span, article.subtitle_span]
    lines = [line for line in head.split("\n\n") if line]
    for line in lines:
        at = article.text.index(line)
        assert any(span is not None and span[0] <= at < span[1] for span in told)


def test_headlines_that_bars_part_say_nothing(find: Find) -> None:
    found = find(
        "The mayor spoke. Board opposes new pier | Senators call for safer harbors | Union asks "
        "council to act on the pier | Ortiz denounces the sale MORE (D) of the boats."
    )
    assert found == []


@pytest.mark.parametrize(
    ("title", "speaks"),
    [
        ("Harbor chaos: floods close the pier as rain goes on", False),
        ("Clean water at last: the town has a new pump", False),
        ("Sylvania strike: the town has a new pump", False),
        ("Estonia quarrel: the town has a new pump", False),
        ("Estonia: the town has a new pump", True),
        ("Lena Ortiz: Queen of the Harbour", False),
        ("Lena Ortiz: A Farmer With a Mission", False),
        ("Lena Ortiz: A Good Place to Rest", False),
        ("Lena Ortiz: No deal without a pump", True),
        ("Lena Ortiz on the river: the town has a new pump", True),
        ("Lena Ortiz: the town has a new pump", True),
        ("Report: the town has a new pump", True),
        ("Police: the town has a new pump", True),
        ("Experts: the town needs a new pump", True),
    ],
)
def test_only_who_can_speak_stands_before_a_colon(find: Find, title: str, speaks: bool) -> None:
    assert bool(find(f"{title}\n\nIt rained for two days in May, and the river rose.")) is speaks


@pytest.mark.parametrize("label", ["RELATED PHOTOS", "READ MORE", "WATCH", "PHOTO GALLERY"])
def test_labels_of_teasers_do_not_speak(find: Find, label: str) -> None:
    assert not find(f"The river rose in May.\n\n{label}: A garden wedding in the hills")
