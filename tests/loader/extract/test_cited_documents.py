"""Documents as sources: which one a phrase means, and how the article knows it."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Read = Callable[..., Doc]

NAMED: list[tuple[str, list[str]]] = [
    ("A leaked Water Board memo shows that the dam is weak.", ["leaked Water Board memo"]),
    ("According to a 2019 study of river fish, eels are rare.", ["2019 study of river fish"]),
    ("The indictment of the mayor says he took bribes.", ["indictment of the mayor"]),
    ("“It will break,” a secret cable said.", ["secret cable"]),
    # Articles and clauses are not of the name, nor is when it came out.
    ("A classified audit that was published on Monday says it leaks.", ["classified audit"]),
    ("A harbour survey released by the mayor found that eels are rare.", ["harbour survey"]),
    ("An internal report on Tuesday said the dam was weak.", ["internal report"]),
    ("Even the new, highly classified audit says it leaks.", ["highly classified audit"]),
    ("Other U.N. resolutions say the border is closed.", ["U.N. resolutions"]),
    # The same document in other words, shorter or fuller, before or behind.
    (
        "A leaked memo of the Water Board says the dam is weak. The memo says it was built badly.",
        ["leaked memo of the Water Board", "leaked memo of the Water Board"],
    ),
    (
        "Secret files show that the dam is weak. The leaked secret files say it was built badly.",
        ["leaked secret files", "leaked secret files"],
    ),
    (
        "Ruth Ames held up a stolen letter. The letter says the dam is weak.",
        ["stolen letter"],
    ),
    (
        "A leaked memo says the dam is weak. It also says it was built badly.",
        ["leaked memo", "leaked memo"],
    ),
    (
        "Leaked transcripts show that the dam is weak. They say it was built badly.",
        ["Leaked transcripts", "Leaked transcripts"],
    ),
    (
        "A harbour survey and a river survey came. The river survey says eels are rare.",
        ["river survey"],
    ),
    # Who spoke in between is somebody else.
    (
        "A leaked memo says the dam is weak. Ruth Ames said it was strong. The memo says it leaks.",
        ["leaked memo", "Ruth Ames", "leaked memo"],
    ),
    # An outlet's is the outlet's.
    ("A recent Politico report says prices fell.", ["Politico"]),
    (
        "A poll by CNN found that eels are loved. The poll says cats are not.",
        ["CNN", "CNN"],
    ),
]

UNNAMED: list[tuple[str, list[str]]] = [
    ("Reports say the dam is weak.", ["nobody"]),
    ("A new report says the dam is weak.", ["nobody"]),
    ("Two reports say the dam is weak.", ["nobody"]),
    ("The report says the dam is weak.", ["nobody"]),
    ("Documents show that the dam is weak.", ["nobody"]),
    # Which of two it is stays open.
    (
        "A harbour survey and a river survey came. The survey says eels are rare.",
        ["nobody"],
    ),
    (
        "A leaked memo says the dam is weak. A memo came late. The memo says it leaks.",
        ["leaked memo", "nobody"],
    ),
    (
        "A leaked memo says the dam is weak. Another memo says it leaks.",
        ["leaked memo", "nobody"],
    ),
    # What a name is made of is no document.
    ("The newspaper’s editorial board said the dam was weak.", ["nobody"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[t[:40] for t, _ in NAMED])
def test_a_document_is_known_by_its_own_words(read: Read, text: str, expected: list[str]) -> None:
    assert _sources(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), UNNAMED, ids=[t[:40] for t, _ in UNNAMED])
def test_what_is_told_apart_from_nothing_has_no_name(
    read: Read, text: str, expected: list[str]
) -> None:
    assert _sources(read(text)) == expected


def test_a_headline_means_the_only_document_of_its_kind(read: Read) -> None:
    title = "Memo says dam is weak"
    text = f"{title}\n\nA leaked Water Board memo shows that the dam is weak."
    assert set(_sources(read(text, title=title))) == {"leaked Water Board memo"}


def test_a_document_keeps_its_country(read: Read) -> None:
    (speaker,) = read("Leaked Kenyan court filings show that the dam is weak.")._.speakers
    assert speaker.agent.type == "Document"
    assert speaker.country == "KE"


@pytest.mark.parametrize(
    ("text", "description", "affiliation"),
    [
        (
            "A leaked memo obtained by Reuters shows that the dam is weak.",
            "obtained by Reuters",
            None,
        ),
        (
            "A 2019 report by the Coral Research Centre says eels are rare.",
            None,
            "Coral Research Centre",
        ),
        ("A Coral Research Centre study says eels are rare.", None, "Coral Research Centre"),
        ("A leaked memo says the dam is weak.", None, None),
    ],
)
def test_a_document_is_cited_with_what_is_told_of_it(
    read: Read, text: str, description: str | None, affiliation: str | None
) -> None:
    (citation,) = read(text)._.citations
    assert (citation.agent.type, citation.role) == ("Document", "document")
    assert citation.description == description
    assert (citation.affiliation.name if citation.affiliation else None) == affiliation


def test_other_forms_of_its_name_are_kept(read: Read) -> None:
    doc = read("Leaked board files show it leaks. The board files say it will break.")
    (document,) = doc._.documents
    assert (document.name, document.forms) == ("Leaked board files", ("board files",))


def _sources(doc: Doc) -> list[str]:
    return [
        speaker.agent.name if speaker is not None and speaker.agent is not None else "nobody"
        for speaker in doc._.speakers
    ]
