"""Who said what: a sentence a case, with the source, cue, content and flags it must give."""

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from loader.extract.components.annotations import Attribution
from loader.extract.components.attribution import reading

Find = Callable[..., tuple[str, tuple[Attribution, ...]]]
Expected = tuple[str | None, str | None, tuple[str, ...], str]

SENTENCES: dict[str, tuple[str, list[Expected]]] = {
    "quotation split by its cue": (
        "“We will rebuild,” said Mayor Lena Ortiz, “and we will do it fast.”",
        [
            (
                "Mayor Lena Ortiz",
                "said",
                ("“We will rebuild,”", "“and we will do it fast.”"),
                "direct",
            )
        ],
    ),
    "follow-up in the same paragraph": (
        "“We will rebuild the harbor,” Mayor Lena Ortiz said. “It will take two years.”",
        [
            (
                "Mayor Lena Ortiz",
                "said",
                ("“We will rebuild the harbor,”", "“It will take two years.”"),
                "direct",
            )
        ],
    ),
    "colon before the quotation": (
        "Lena Ortiz said: “We will rebuild the harbor.”",
        [("Lena Ortiz", "said", ("“We will rebuild the harbor.”",), "direct")],
    ),
    "quotation over two paragraphs": (
        "“The first bridge failed,” Ortiz said. “Everybody knew.\n\n“The second is worse.”",
        [
            (
                "Ortiz",
                "said",
                ("“The first bridge failed,”", "“Everybody knew.", "“The second is worse.”"),
                "direct",
            )
        ],
    ),
    "floating follow-up": (
        "“The first bridge failed,” Ortiz said.\n\n“Everybody knew about the second one, too.”",
        [
            ("Ortiz", "said", ("“The first bridge failed,”",), "direct"),
            (None, None, ("“Everybody knew about the second one, too.”",), "direct carried"),
        ],
    ),
    "quotation in a quotation": (
        "“My mother told me, ‘Never sell the farm,’ and I listened,” Ortiz said.",
        [
            (
                "Ortiz",
                "said",
                ("“My mother told me, ‘Never sell the farm,’ and I listened,”",),
                "direct",
            )
        ],
    ),
    "single marks and a possessive": (
        "'The port is open,' said Ortiz. 'The dockers' union agreed.'",
        [("Ortiz", "said", ("'The port is open,'", "'The dockers' union agreed.'"), "direct")],
    ),
    "question and answer in a paragraph": (
        "“Is the pier safe?” the reporter asked. “It is,” Ortiz said.",
        [
            ("the reporter", "asked", ("“Is the pier safe?”",), "direct question"),
            ("Ortiz", "said", ("“It is,”",), "direct"),
        ],
    ),
    "quotation over three paragraphs before its cue": (
        "“The pier is safe.\n\n“It is old.\n\n“It will hold,” Ortiz said.",
        [
            (
                "Ortiz",
                "said",
                ("“The pier is safe.", "“It is old.", "“It will hold,”"),
                "direct",
            )
        ],
    ),
    "quotation that a quotation opens": (
        "“‘Never sell the farm,’ my mother said,” Ortiz recalled.",
        [("Ortiz", "recalled", ("“‘Never sell the farm,’ my mother said,”",), "direct")],
    ),
    "cue before its subject and a colon": (
        "“Yes,” said Stone. Said Ortiz: “The pier is safe.”",
        [
            ("Stone", "said", ("“Yes,”",), "direct"),
            ("Ortiz", "Said", ("“The pier is safe.”",), "direct"),
        ],
    ),
    "missing closing mark at the end": (
        "Ortiz said: “The pier is safe.",
        [("Ortiz", "said", ("“The pier is safe.",), "direct")],
    ),
    "angle marks": (
        "«The port is open», Ortiz said.",
        [("Ortiz", "said", ("«The port is open»",), "direct")],
    ),
    "two single marks for a double one": (
        "''The port is open,'' Ortiz said. ''It is busy.''",
        [("Ortiz", "said", ("''The port is open,''", "''It is busy.''"), "direct")],
    ),
    "missing closing mark": (
        "“The port is open, Ortiz said on Monday.",
        [("Ortiz", "said", ("“The port is open,",), "direct")],
    ),
    "mark without an opening one": (
        "Ortiz said the port is open” and left.",
        [("Ortiz", "said", ("the port is open” and left",), "")],
    ),
    "words that lead into a quotation": (
        "Ortiz said the plan was a “wake-up call” for the whole coast.",
        [("Ortiz", "said", ("the plan was a “wake-up call” for the whole coast",), "mixed")],
    ),
    "cue in the middle": (
        "The harbor, Ortiz said, will reopen in June.",
        [("Ortiz", "said", ("The harbor", "will reopen in June"), "")],
    ),
    "cue in brackets": (
        "The pier (Ortiz says) is safe.",
        [("Ortiz", "says", ("The pier", "is safe"), "")],
    ),
    "cue before a semicolon": (
        "The pier is safe, Ortiz insists; Stone left.",
        [("Ortiz", "insists", ("The pier is safe",), "")],
    ),
    "inverted cue": (
        "The pier is safe, said Ortiz.",
        [("Ortiz", "said", ("The pier is safe",), "")],
    ),
    "cue at the end of two clauses": (
        "The harbor will reopen in June, but the ferry is lost, officials said.",
        [("officials", "said", ("The harbor will reopen in June, but the ferry is lost",), "")],
    ),
    "cue behind a dash": (
        "The port is open -- for now, Ortiz said.",
        [("Ortiz", "said", ("The port is open -- for now",), "")],
    ),
    "according to, in front": (
        "According to the coast guard, two boats sank off the cape.",
        [("the coast guard", "According to", ("two boats sank off the cape",), "")],
    ),
    "according to, behind": (
        "Two boats sank off the cape, according to the coast guard.",
        [("the coast guard", "according to", ("Two boats sank off the cape",), "")],
    ),
    "to somebody": (
        "To Lena Ortiz, a retired captain, the harbor is lost.",
        [("Lena Ortiz, a retired captain", "To", ("the harbor is lost",), "")],
    ),
    "as somebody put it": (
        "As Ortiz put it, the harbor is a museum.",
        [("Ortiz", "put", ("the harbor is a museum",), "")],
    ),
    "as claimed, of the sentence before": (
        "The harbor is closed. This decision, as claimed by Ortiz, will cost jobs.",
        [("Ortiz", "claimed", ("The harbor is closed",), "")],
    ),
    "in somebody's view": (
        "In her view, the harbor is lost.",
        [("her", "view", ("the harbor is lost",), "")],
    ),
    "by an estimate": (
        "By one estimate, a thousand ships were lost.",
        [("one estimate", "estimate", ("a thousand ships were lost",), "hedged")],
    ),
    "to a pronoun": (
        "To her, the harbor is a museum.",
        [("her", "To", ("the harbor is a museum",), "")],
    ),
    "reportedly": (
        "The company reportedly sold its last ship in June.",
        [(None, "reportedly", ("The company", "sold its last ship in June"), "hedged")],
    ),
    "reportedly, in a clause of time": (
        "The halt, after Seoul reportedly sold its last ship, surprised the crew.",
        [(None, "reportedly", ("Seoul", "sold its last ship"), "hedged")],
    ),
    "allegedly, with an adjective": (
        "The pier is allegedly unsafe.",
        [(None, "allegedly", ("The pier is", "unsafe"), "hedged")],
    ),
    "passive without anybody": (
        "The pier is said to be safe.",
        [(None, "is said", ("The pier", "to be safe"), "")],
    ),
    "according to, around a statement": (
        "According to Ortiz, Stone said the pier was safe.",
        [
            ("Ortiz", "According to", ("Stone said the pier was safe",), ""),
            ("Stone", "said", ("the pier was safe",), "child"),
        ],
    ),
    "somebody's claim": (
        "Ortiz’s claim that the pier is safe is false.",
        [("Ortiz", "claim", ("the pier is safe",), "")],
    ),
    "time before the clause": (
        "Ortiz said Monday that the pier was safe.",
        [("Ortiz", "said", ("the pier was safe",), "")],
    ),
    "place of the saying before the clause": (
        "The ministry said in a statement that the pier was safe.",
        [("The ministry", "said", ("the pier was safe",), "")],
    ),
    "that of a relative clause": (
        "Ortiz wrote in a book about the harbor that the pier was lost.",
        [("Ortiz", "wrote", ("the pier was lost",), "")],
    ),
    "addressee before the clause": (
        "Ortiz told reporters in the capital that the pier was safe.",
        [("Ortiz", "told", ("the pier was safe",), "")],
    ),
    "reason behind the clause": (
        "Ortiz said the pier was closed, because its planks were rotten.",
        [("Ortiz", "said", ("the pier was closed, because its planks were rotten",), "")],
    ),
    "participle with the subject before": (
        "She argued that the pier is safe, adding that the harbor is old.",
        [
            ("She", "argued", ("the pier is safe",), ""),
            ("She", "adding", ("the harbor is old",), ""),
        ],
    ),
    "participle behind a quotation": (
        "Ortiz said: “The pier is safe,” adding that the harbor is old.",
        [
            ("Ortiz", "said", ("“The pier is safe,”",), "direct"),
            ("Ortiz", "adding", ("the harbor is old",), ""),
        ],
    ),
    "relative clause": (
        "Ortiz, who said the pier was safe, resigned.",
        [("Ortiz, who", "said", ("the pier was safe",), "")],
    ),
    "noun with a light verb": (
        "The minister issued a warning that the dam would fail.",
        [("The minister", "issued a warning", ("the dam would fail",), "")],
    ),
    "noun with a preposition": (
        "The bank expressed concern about rising debt.",
        [("The bank", "expressed concern", ("rising debt",), "")],
    ),
    "adjective": (
        "Critics are confident that the law will fall.",
        [("Critics", "are confident", ("the law will fall",), "")],
    ),
    "nobody's allegation": (
        "Allegations of fraud followed the vote.",
        [(None, "Allegations", ("fraud",), "")],
    ),
    "object": (
        "Ortiz called the plan a mistake.",
        [("Ortiz", "called", ("the plan a mistake",), "")],
    ),
    "noun of a relative clause": (
        "A blast that Ortiz described as an accident hurt two people.",
        [("Ortiz", "described as", ("A blast", "an accident"), "")],
    ),
    "object with a particle": (
        "Ortiz laid out a plan for the harbor.",
        [("Ortiz", "laid out", ("a plan for the harbor",), "")],
    ),
    "words that stand for a content": (
        "Ortiz said as much in June.",
        [("Ortiz", "said", ("as much",), "")],
    ),
    "who holds a view": (
        "Ortiz is a supporter of the plan.",
        [("Ortiz", "supporter", ("the plan",), "")],
    ),
    "adjective with a question": (
        "The residents were not sure if the pier would hold.",
        [("The residents", "were not sure", ("the pier would hold",), "denied")],
    ),
    "preposition": (
        "Ortiz railed against the plan.",
        [("Ortiz", "railed against", ("the plan",), "")],
    ),
    "passive without an agent": (
        "The judge was accused of hiding evidence.",
        [(None, "was accused", ("The judge", "of hiding evidence"), "")],
    ),
    "passive with an agent": (
        "The mayor was praised by the governor for her courage.",
        [("the governor", "was praised", ("The mayor", "for her courage"), "")],
    ),
    "infinitives in a row": (
        "Ortiz promised to rebuild the pier and to lower the fees.",
        [("Ortiz", "promised", ("to rebuild the pier and to lower the fees",), "")],
    ),
    "denial": (
        "The minister denied that troops had crossed the border.",
        [("The minister", "denied", ("troops had crossed the border",), "denied")],
    ),
    "refusal": (
        "The governor refused to say whether talks would go on.",
        [("The governor", "refused", ("to say whether talks would go on",), "denied")],
    ),
    "negative content": (
        "Ortiz said there are no plans to close the port.",
        [("Ortiz", "said", ("there are no plans to close the port",), "negative")],
    ),
    "denying cue": (
        "Ortiz did not say that the pier was safe.",
        [("Ortiz", "did not say", ("the pier was safe",), "denied")],
    ),
    "vow never to": (
        "Ortiz vowed never to sell the pier.",
        [("Ortiz", "vowed", ("never to sell the pier",), "negative")],
    ),
    "hedged by the cue": (
        "Officials believe the pier is safe.",
        [("Officials", "believe", ("the pier is safe",), "hedged")],
    ),
    "hedged content": (
        "Ortiz said the storm might destroy the pier.",
        [("Ortiz", "said", ("the storm might destroy the pier",), "hedged")],
    ),
    "hedged by the speaker": (
        "“I think the pier will hold,” Ortiz said.",
        [("Ortiz", "said", ("“I think the pier will hold,”",), "direct hedged")],
    ),
    "the month is no hedge": (
        "Ortiz said the pier opened in May.",
        [("Ortiz", "said", ("the pier opened in May",), "")],
    ),
    "reported question": (
        "Ortiz asked whether the harbor would reopen.",
        [("Ortiz", "asked", ("the harbor would reopen",), "question")],
    ),
    "direct question": (
        "“Who will pay for this?” Ortiz asked.",
        [("Ortiz", "asked", ("“Who will pay for this?”",), "direct question")],
    ),
    "statement in a statement": (
        "The Journal reported that U.S. officials said the missile had failed.",
        [
            ("The Journal", "reported", ("U.S. officials said the missile had failed",), ""),
            ("U.S. officials", "said", ("the missile had failed",), "child"),
        ],
    ),
    "transcript": (
        "The debate began.\n\nORTIZ: The pier is safe, and so is the harbor.",
        [("ORTIZ", ":", ("The pier is safe, and so is the harbor",), "")],
    ),
    "quotation with a byline": (
        "The day began.\n\n“The pier is safe.” — Lena Ortiz, harbor master",
        [("Lena Ortiz, harbor master", "—", ("“The pier is safe.”",), "direct")],
    ),
    "block after a colon": (
        "Ortiz posted a statement online:\n\nThe harbor will be rebuilt within two years.",
        [("Ortiz", "posted", ("The harbor will be rebuilt within two years",), "")],
    ),
    "time behind the clause": (
        "Ortiz said the harbor would reopen in June, when the mayor came to town.",
        [("Ortiz", "said", ("the harbor would reopen in June",), "")],
    ),
    "comment behind an object": (
        "Ortiz called the plan a mistake — a word that she seldom uses.",
        [("Ortiz", "called", ("the plan a mistake",), "")],
    ),
    "a fact says nothing": (
        "The fact that Ortiz left suggests that the plan has failed.",
        [],
    ),
    "a thing says nothing": ("The only thing that will stop them demands a plan.", []),
    "a move says nothing": ("The move signals that the talks are over.", []),
    "a decision that is quoted": (
        "The decision said the plan was unlawful.",
        [("The decision", "said", ("the plan was unlawful",), "")],
    ),
    "a text that says something": (
        "The report suggests that the plan has failed.",
        [("The report", "suggests", ("the plan has failed",), "hedged")],
    ),
    "a name is no content": ("Ortiz praised Stone.", []),
    "scare quotes of one word": ("The “pier” was a plank.", []),
    "scare quotes in single marks": ("The harbor’s ‘ghost’ was a boat.", []),
    "scare quotes": ("The so-called “experts” left the room early.", []),
    "the author's own view": ("I think the harbor is lost. We know that nobody cares.", []),
    "nobody's remark": ("It is important to note that the harbor is old.", []),
}

HEADLINES: dict[str, tuple[str, Expected]] = {
    "colon and source": (
        "Harbor Will Close in June: Experts",
        ("Experts", None, ("Harbor Will Close in June",), "headline"),
    ),
    "source and colon": (
        "Seoul: North Korea Has Halted Shipments",
        ("Seoul", None, ("North Korea Has Halted Shipments",), "headline"),
    ),
    "inverted": (
        "Harbor will close in June, says Ortiz",
        ("Ortiz", "says", ("Harbor will close in June",), "headline"),
    ),
    "question": (
        "Ortiz asks whether ‘the harbor can be saved,’ pointing at the mayor",
        ("Ortiz", "asks", ("‘the harbor can be saved,’",), "direct question headline"),
    ),
    "partly quoted": (
        "Harbor is ‘beyond repair,’ mayor says",
        ("mayor", "says", ("Harbor is ‘beyond repair,’",), "mixed headline"),
    ),
}


CONTENTS: list[tuple[str, list[tuple[str | None, str]]]] = [
    # The noun phrase behind a parenthetical cue speaks, whatever stands before it.
    ("The bridges, said the engineer, are unsafe.", [("the engineer", "The bridges … are unsafe")]),
    (
        "Voters in the north, noted Ada Lind, are tired of talks.",
        [("Ada Lind", "Voters in the north … are tired of talks")],
    ),
    (
        "“Ten ships were sent to watch the strait”, added FNA.",
        [("FNA", "“Ten ships were sent to watch the strait”")],
    ),
    (
        "The Department of Fisheries notes, “Nets harm birds more than hooks do.”",
        [("The Department of Fisheries", "“Nets harm birds more than hooks do.”")],
    ),
    # A source is its whole phrase, and nothing loose beside it.
    (
        "My colleagues in Can Tho tell me that houses fall into the river.",
        [("My colleagues in Can Tho", "houses fall into the river")],
    ),
    (
        "Police in Paris, Texas said the man fled to Lebanon, Ohio.",
        [("Police in Paris, Texas", "the man fled to Lebanon, Ohio")],
    ),
    ("At a meeting in Paris, Lind said the man fled.", [("Lind", "the man fled")]),
    (
        "“We have no crew left,” said the vice-president of the firm.",
        [("the vice-president of the firm", "“We have no crew left,”")],
    ),
    (
        "“No deal,” Ada Lind said. “This is a scandal,” Bo Ek, told the Daily Reed.",
        [("Ada Lind", "“No deal,”"), ("Bo Ek", "“This is a scandal,”")],
    ),
    # An abbreviation may end a sentence.
    (
        "“No deal,” said Robert F. Roe Jr. Smithers said talks would go on.",
        [("Robert F. Roe Jr.", "“No deal,”"), ("Smithers", "talks would go on")],
    ),
    (
        "“No deal,” said the chief executive of Harbor Inc. Ada Lind said talks would go on.",
        [
            ("the chief executive of Harbor Inc.", "“No deal,”"),
            ("Ada Lind", "talks would go on"),
        ],
    ),
    # Marks of any shape, and two closing ones.
    (
        "« We have no crew left », said Ada Lind. »Nobody can say when it resumes«, added Bo Ek.",
        [("Ada Lind", "« We have no crew left »"), ("Bo Ek", "»Nobody can say when it resumes«")],
    ),
    ("「The dam is dry,」 said Ada Lind.", [("Ada Lind", "「The dam is dry,」")]),
    ("“They called it “a disgrace,”” said Bo Ek.", [("Bo Ek", "“They called it “a disgrace,””")]),
    (
        "As the historian Ada Lind has written, order in the valley “comes from sharing water”.",
        [("Ada Lind", "order in the valley “comes from sharing water”")],
    ),
    # A second cue behind a quoted fragment.
    (
        "Ada Lind said her party has backed the plan “for months”, and said it was “wrong”.",
        [
            ("Ada Lind", "her party has backed the plan “for months”"),
            ("Ada Lind", "it was “wrong”"),
        ],
    ),
    (
        "The minister said on Thursday he expected a deal “within weeks”, while spokeswoman Ada "
        "Lind said talks were “very close”.",
        [
            ("The minister", "he expected a deal “within weeks”"),
            ("spokeswoman Ada Lind", "talks were “very close”"),
        ],
    ),
    (
        "Officials tell Radio Halm every claim will be heard, with the Daily Reed reporting no one "
        "will be refused.",
        [
            ("Officials", "every claim will be heard"),
            ("the Daily Reed", "no one will be refused"),
        ],
    ),
    # Results, trials and polls say what they show.
    ("The results show that herons lose weight.", [("The results", "herons lose weight")]),
    (
        "The clinical trial showed that the drug cut deaths by half.",
        [("The clinical trial", "the drug cut deaths by half")],
    ),
    (
        "Early tests suggest the vaccine works in adults.",
        [("Early tests", "the vaccine works in adults")],
    ),
    # Bare clauses that the parser takes apart.
    (
        "The scientists found yields of rye in 2050 would be lower by a tenth.",
        [("The scientists", "yields of rye in 2050 would be lower by a tenth")],
    ),
    (
        "The team discovered fish in warm lakes grow more slowly than those in cold ones.",
        [("The team", "fish in warm lakes grow more slowly than those in cold ones")],
    ),
    (
        "The police suspect money from the sale of the ship went to the brothers.",
        [("The police", "money from the sale of the ship went to the brothers")],
    ),
    (
        "The report states that few if any bakers in Sylvania use sea salt.",
        [("The report", "few if any bakers in Sylvania use sea salt")],
    ),
    (
        "Ada Lind claims that her passport was taken away from her and she was forced to work.",
        [("Ada Lind", "her passport was taken away from her and she was forced to work")],
    ),
    # Cues that the parser takes for nouns.
    (
        "The form, which media report has up to 32 pages, must be filled in.",
        [("media", "The form … has up to 32 pages")],
    ),
    (
        "The drug, which doctors say is safe, costs ten crowns.",
        [("doctors", "The drug … is safe")],
    ),
    (
        "The man who police say robbed the bank was seen in Halm.",
        [("police", "The man … robbed the bank")],
    ),
    # Nouns and adjectives with a verb and a preposition.
    (
        "In the words of Anna Orlik, “the child spent her life crying.”",
        [("Anna Orlik", "“the child spent her life crying.”")],
    ),
    (
        "In the view of the union, the plan breaks the law.",
        [("the union", "the plan breaks the law")],
    ),
    ("He is of the opinion that the law is bad.", [("He", "the law is bad")]),
    (
        "The panel came to the conclusion that the claims were lies.",
        [("The panel", "the claims were lies")],
    ),
    (
        "Many are worried the government will close the school.",
        [("Many", "the government will close the school")],
    ),
    ("He left a note saying he would not come back.", [("a note", "he would not come back")]),
    (
        "Visitors have reported that all they get is a message stating, “The word means truth.”",
        [
            ("Visitors", "all they get is a message stating, “The word means truth.”"),
            ("a message", "“The word means truth.”"),
        ],
    ),
    (
        "Here is how bad it got in the words of the nurse: “I could not walk for a month.”",
        [("the nurse", "“I could not walk for a month.”")],
    ),
    (
        "The team noted if and how often sailors used salt.",
        [("The team", "if and how often sailors used salt")],
    ),
    (
        "Ada Lind asked whether or not the pier was safe.",
        [("Ada Lind", "whether or not the pier was safe")],
    ),
    # A quotation ends with its mark, also where another ends in it, and not before.
    (
        "“We had ten boats,” Ada Lind recounted. “I said, ‘Build more.’” The men around her sang.",
        [("Ada Lind", "“We had ten boats,” … “I said, ‘Build more.’”")],
    ),
    (
        "Ada Lind said: “They asked, ‘Why?’” Nobody in the hall spoke.",
        [("Ada Lind", "“They asked, ‘Why?’”")],
    ),
    (
        "According to Ada Lind, the rain “fell for a week. Since then the road has been closed.”",
        [("Ada Lind", "the rain “fell for a week. Since then the road has been closed.”")],
    ),
    (
        "The tea, according to the nurse, “did no harm. But I would not drink it.” She left.",
        [("the nurse", "The tea … “did no harm. But I would not drink it.”")],
    ),
    (
        "The pier will close, said Trust chairwoman Ada Lind in a letter to members on Monday.",
        [("Trust chairwoman Ada Lind", "The pier will close")],
    ),
    # Whole quoted sentences behind what somebody is said to have said.
    (
        "Ada Lind said that the river was rising. “Nobody has told us why.”",
        [("Ada Lind", "the river was rising"), (None, "“Nobody has told us why.”")],
    ),
]


@pytest.mark.parametrize("case", SENTENCES)
def test_each_form_gives_source_cue_and_content(find: Find, case: str) -> None:
    text, expected = SENTENCES[case]
    assert [_shown(text, found) for found in find(text)[1]] == expected


@pytest.mark.parametrize(("text", "expected"), CONTENTS, ids=[text[:40] for text, _ in CONTENTS])
def test_who_said_what_is_found_whole(
    find: Find, text: str, expected: list[tuple[str | None, str]]
) -> None:
    shown = [_shown(text, found) for found in find(text)[1]]
    assert [(source, " … ".join(content)) for source, _, content, _ in shown] == expected


@pytest.mark.parametrize("case", HEADLINES)
def test_headlines_have_their_own_forms(find: Find, case: str) -> None:
    title, expected = HEADLINES[case]
    text = f"{title}\n\nThe harbor was opened long ago."
    assert [_shown(text, found) for found in find(text, title)[1]] == [expected]


def test_a_child_points_at_its_parent(find: Find) -> None:
    _, found = find("Smith was tired. Ortiz said that Jones claimed the vote was stolen.")
    parents = [attribution.parent for attribution in found]
    assert parents == [None, 0]


def test_the_channel_stands_apart_from_the_source(find: Find) -> None:
    text, (found,) = find("Ortiz told the Daily Planet that the pier was safe.")
    assert found.via is not None
    assert text[slice(*found.via)] == "the Daily Planet"
    assert _shown(text, found)[0] == "Ortiz"


@pytest.mark.parametrize("apostrophe", "'’ʼ＇`´")
def test_every_apostrophe_is_read(find: Find, apostrophe: str) -> None:
    text, (found,) = find(f"Ortiz said the pier doesn{apostrophe}t hold.")
    assert _shown(text, found)[2] == (f"the pier doesn{apostrophe}t hold",)
    assert found.negative


@pytest.mark.parametrize("dash", ["—", "–", "―", "--", "-"])
def test_every_dash_is_read(find: Find, dash: str) -> None:
    text, (found,) = find(f"The pier {dash} the old one {dash} is safe, Ortiz said.")
    assert _shown(text, found)[2] == (f"The pier {dash} the old one {dash} is safe",)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # A list goes on behind its semicolons.
        (
            "The survey found that prices rose in May; that wages fell; and that rents did not.",
            "The survey",
            ("prices rose in May; that wages fell; and that rents did not",),
        ),
        # Clauses that share a modal belong together.
        (
            "The union estimates that pilots would pay more, while stewards would pay less.",
            "The union",
            ("pilots would pay more, while stewards would pay less",),
        ),
        # A parenthesis with words of its own, a mayor taken for an apposition.
        (
            "These workers, Ortiz explained earlier in the hearing, were “well paid,” all of them.",
            "Ortiz",
            ("These workers", "were “well paid,”"),
        ),
        (
            "To understand the old pier, Mayor Ortiz said, one should visit the town hall.",
            "Mayor Ortiz",
            ("To understand the old pier", "one should visit the town hall"),
        ),
        # Who reports it is named.
        (
            "The pier is allegedly unsafe for boats, according to a new report by the council.",
            "a new report by the council",
            ("The pier is allegedly unsafe for boats",),
        ),
        (
            "The pier is unsafe, per the council's report.",
            "the council's report",
            ("The pier is unsafe",),
        ),
        (
            "According to her aunt, Lena Ortiz, “she could swim from the start.”",
            "her aunt, Lena Ortiz",
            ("“she could swim from the start.”",),
        ),
        # Who is brought to speak, who posts, who issues a statement.
        (
            "The film prompted some readers to argue that the pier was unsafe.",
            "some readers",
            ("the pier was unsafe",),
        ),
        (
            "Lena Ortiz posted on Twitter accusing the council of neglect.",
            "Lena Ortiz",
            ("the council of neglect",),
        ),
        (
            "The council issued a statement warning that the pier was unsafe.",
            "The council",
            ("the pier was unsafe",),
        ),
        # What is held against somebody is no part of who accuses.
        (
            "Ortiz is accused by critics of closing the pier and of selling the boats.",
            "critics",
            ("Ortiz", "of closing the pier and of selling the boats"),
        ),
        # Of a noun: what a relative clause calls it, what is held against it.
        (
            "The council, which Ortiz accused of bias, met on Monday.",
            "Ortiz",
            ("The council", "of bias"),
        ),
        (
            "It won a prize for a film that the council pointed to as an example of its care.",
            "the council",
            ("a film", "as an example of its care"),
        ),
        (
            "She was ill for weeks after what she called a “rant,” a series of posts.",
            "she",
            ("a “rant,” a series of posts",),
        ),
        (
            "The deal was hailed as historic by the White House.",
            "the White House",
            ("The deal", "as historic"),
        ),
        (
            "The law, criticized by unions as a gift to the rich, passed on Monday.",
            "unions",
            ("The law", "as a gift to the rich"),
        ),
        (
            "The choir announced the tour while closing out its concert at the hall.",
            "The choir",
            ("the tour",),
        ),
        (
            "The council denied the charges in a statement shared on Monday.",
            "The council",
            ("the charges",),
        ),
        (
            "The group, the Pier Coalition, formed in recent weeks, said it was angry.",
            "The group, the Pier Coalition",
            ("it was angry",),
        ),
        # A relative clause is no part of who speaks.
        (
            "Lena Ortiz, who has four children, said the pier was unsafe.",
            "Lena Ortiz",
            ("the pier was unsafe",),
        ),
        # The occasion, the outcome, the end of a list of links.
        (
            "Ortiz called the new pier a “disgrace” during a visit to the town.",
            "Ortiz",
            ("the new pier a “disgrace”",),
        ),
        (
            "The council announced cuts at the pier, sending shares lower at noon.",
            "The council",
            ("cuts at the pier",),
        ),
        (
            "“Streaming is cheap,” says Early. “Or not.”",
            "Early",
            ("“Streaming is cheap,”", "“Or not.”"),
        ),
        (
            "“It works well when you get out more than you put in,” Lena Ortiz, a fellow at the "
            "Institute for Piers and Harbors in Hamburg, Germany, and co-author of the study, "
            "said. “It is new.”",
            "Lena Ortiz, a fellow at the Institute for Piers and Harbors in Hamburg, Germany, and "
            "co-author of the study",
            ("“It works well when you get out more than you put in,”", "“It is new.”"),
        ),
    ],
)
def test_a_content_is_whole_and_no_more(
    find: Find, text: str, source: str, content: tuple[str, ...]
) -> None:
    _, found = find(text)
    assert (source, content) in [_shown(text, one)[:3:2] for one in found]


@pytest.mark.parametrize("dash", [" — ", " – ", "—", " -- "])
def test_a_cue_between_any_dashes_is_read(find: Find, dash: str) -> None:
    text, (found,) = find(f"The pier{dash}Ortiz said{dash}is safe.")
    assert _shown(text, found)[:3] == ("Ortiz", "said", ("The pier", "is safe"))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('"', '"'),
        ("“", "”"),
        ("„", "“"),
        ("«", "»"),
        ("'", "'"),
        ("‘", "’"),
        ("‹", "›"),
        ("''", "''"),
    ],
)
def test_every_pair_of_marks_is_read(find: Find, opening: str, closing: str) -> None:
    text, (found,) = find(f"{opening}The pier doesn’t hold,{closing} Ortiz said.")
    assert _shown(text, found) == (
        "Ortiz",
        "said",
        (f"{opening}The pier doesn’t hold,{closing}",),
        "direct negative",
    )


@pytest.mark.parametrize("text", ["", " ", "\n\n", "“", "said", "said.", ": ” , said"])
def test_scraps_of_text_are_no_error(find: Find, text: str) -> None:
    assert isinstance(find(text)[1], tuple)


def test_a_sentence_without_end_is_read_within_its_text(find: Find) -> None:
    text, found = find("he said that “we (know — it, " * 400)
    assert all(0 <= span[0] < span[1] <= len(text) for one in found for span in one.content)


def test_sentences_that_are_joined_are_cut_where_they_grow_too_long(nlp: Language) -> None:
    begins: list[bool | int | None] = [place % 150 == 0 for place in range(1_000)]
    doc = Doc(nlp.vocab, words=["and"] * 1_000, sent_starts=begins)
    assert [start for start, _ in reading.read(doc).sentences] == [0, 400, 800]


def _shown(text: str, found: Attribution) -> Expected:
    """Show an attribution as the table writes it."""
    flags: list[str] = [found.kind] if found.kind != "indirect" else []
    flags += [
        name
        for name in ("denied", "negative", "hedged", "question", "headline", "carried")
        if getattr(found, name)
    ]
    flags += ["child"] if found.parent is not None else []
    return (
        text[slice(*found.source)] if found.source else None,
        text[slice(*found.cue)] if found.cue else None,
        tuple(text[slice(*span)] for span in found.content),
        " ".join(flags),
    )
