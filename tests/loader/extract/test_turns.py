"""Who speaks in transcripts, interviews, live reports and press releases."""

import pytest
from spacy.language import Language

from loader.articles import split
from loader.extract.components.turns import turns
from loader.extract.pipeline import annotate
from loader.pages import Page

INTRO = "Marisa Oduya is a professor of soil science at Brookfield University in Ghana."
BY_LABEL = f"""Dust in the rain

By Colin Baxter

{INTRO}

Q: Where does the dust come from?

A: It blows over from dry lakes. I have measured it for twenty years.

Q: Can it be stopped?

A: Only by water. The lakes must be filled again.
"""
BY_DOT = BY_LABEL.replace("Q:", "Q.").replace("A:", "A.")
BY_WORD = BY_LABEL.replace("Q:", "Question:").replace("A:", "Answer:")
BY_NAME = BY_LABEL.replace("Q:", "Coast Review:").replace("A:", "Marisa Oduya:")
BY_SURNAME = BY_LABEL.replace("Q:", "Baxter:").replace("A:", "Oduya:")
BY_INITIALS = BY_LABEL.replace("Q:", "CR:").replace("A:", "MO:")
BY_QUESTION = BY_LABEL.replace("Q: ", "").replace("A: ", "").replace(
    "Dust in the rain", "Dust in the rain: an interview with Marisa Oduya"
)  # fmt: skip
INTERVIEWS = (BY_LABEL, BY_DOT, BY_WORD, BY_NAME, BY_SURNAME, BY_INITIALS, BY_QUESTION)

TRANSCRIPT = """Coast Radio
Transcript: The ferry that never came

HELGE STRAND, HOST:

A ferry was ordered for Port Ellis ten years ago. Our reporter Ruth Amadi has looked for it.

RUTH AMADI, BYLINE: Hello, Helge.

STRAND: So where is the ferry now?

AMADI: Still in the yard. The council says it will sail before the winter.

(SOUNDBITE OF HAMMERING)

OLSEN: They owe me a year of wages.

STRAND: Thank you, Ruth.
"""


def said(nlp: Language, text: str) -> dict[str, str | None]:
    """What each statement of the page says, with whom it was resolved to."""
    articles = split(Page(name="page", location="page", sha256="", text=text))
    assert len(articles) == 1
    ((article, doc),) = annotate(nlp, articles)
    return {
        " ".join(article.text[a:b] for a, b in each.content): speaker.agent.name
        if speaker and speaker.agent
        else None
        for each, speaker in zip(doc._.attributions, doc._.speakers, strict=True)
    }


@pytest.mark.parametrize("text", INTERVIEWS)
def test_answers_are_statements_of_the_one_who_answers(nlp: Language, text: str) -> None:
    found = said(nlp, text)
    for part in ("blows over from dry lakes", "lakes must be filled again"):
        assert [who for what, who in found.items() if part in what] == ["Marisa Oduya"]
    assert not any("?" in what for what in found)


def test_speakers_of_a_transcript_are_joined_over_short_and_long_names(nlp: Language) -> None:
    found = said(nlp, TRANSCRIPT)
    by_part = {
        part: who
        for part in ("was ordered for Port Ellis", "Still in the yard", "a year of wages")
        for what, who in found.items()
        if part in what
    }
    assert by_part == {
        "was ordered for Port Ellis": "Helge Strand",
        "Still in the yard": "Ruth Amadi",
        "a year of wages": "Olsen",
    }
    assert any(what.startswith("it will sail") for what in found)


@pytest.mark.parametrize(
    "text",
    [
        "Two sheds\n\nPros: It is cheap.\n\nCons: It leaks.\n\nPros: Dry.\n\nCons: Dear.",
        "The dam\n\nWho owns it?\n\nThe council does.\n\nWhat does it cost?\n\nA lot.\n\n"
        "When was it built?\n\nIt was built in 1960.",
        "Kiosk opens\n\nThe kiosk opened.\n\nDate: 4 May\n\nVenue: The quay\n\nTickets: None",
    ],
)
def test_boxes_lists_and_explainers_are_read_as_prose(text: str) -> None:
    assert turns(text) == ()


@pytest.mark.parametrize(
    "poster", ["Ruth Amadi @ruthamadi", "Ruth Amadi (@ruthamadi)", "Ruth Amadi @ruthamadi · 2h"]
)
def test_an_embedded_post_is_its_writers(nlp: Language, poster: str) -> None:
    text = (
        "Ferry strike live\n\n14:02\n\nThe port has closed its gates for the day.\n\n13:40\n\n"
        f"{poster}\nHundreds are waiting in the rain\n1:38 PM · Jun 4, 2024\n\n13:05\n\n"
        "Talks go on behind closed doors in the town hall."
    )
    found = said(nlp, text)
    assert [who for what, who in found.items() if "waiting in the rain" in what] == ["Ruth Amadi"]


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("OBAN, Scotland, May 4, 2021 /PRNewswire/ -- Lumen Quillon (NYSE: LMN) today announced",
         "Lumen Quillon"),
        ("OBAN, Fife--(BUSINESS WIRE)--Tarbet Vale, a maker of lamps, announced", "Tarbet Vale"),
        ("OBAN, May 04, 2021 (GLOBE NEWSWIRE) -- Ostrel Inc. announced", "Ostrel Inc."),
    ],
)  # fmt: skip
def test_the_company_of_a_release_is_the_one_that_issued_it(
    nlp: Language, opening: str, name: str
) -> None:
    text = (
        f"New lamps for old lighthouses\n\n{opening} that it has repaired forty lamps.\n\n"
        "“We are glad,” said Moira Tennant, who heads the Corrie Lighthouse Institute.\n\n"
        "The company said that the work would go on until October."
    )
    found = said(nlp, text)
    assert {who for what, who in found.items() if "forty" in what or "October" in what} == {name}
