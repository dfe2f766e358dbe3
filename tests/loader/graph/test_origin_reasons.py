"""What credits an agency, what proves a copy, and what proves nothing."""

from datetime import date
from random import Random

import pytest

from loader.graph.origins.carriers import Carrier, Said, Told, article, carrier
from loader.graph.origins.credits import credited
from loader.graph.origins.grouping import origins

CLAIM = "“The gates were built for much smaller floods,”"
CREDITS = {
    "LONDON (AP) — The river rose.\nIt fell.": "LONDON (AP)",
    "NAIROBI, March 3 (Reuters) - The river rose.": "NAIROBI, March 3 (Reuters)",
    "Rivers\nBy Ada Byron, Associated Press\nThe river rose.": "By Ada Byron, Associated Press",
    "Rivers\nAFP\n\nThe river rose.": "AFP",
    "The river rose.\n\nWith reporting by Reuters": "With reporting by Reuters",
    "The river rose.\nThe Associated Press contributed to this report.": (
        "Associated Press contributed to"
    ),
    "The river rose.\nThis article was first published by Reuters.": "first published by Reuters",
    "LONDON (AP) — The river rose.\n\nWith reporting by Reuters": "LONDON (AP)",
    "The river rose. — dpa": "The river rose. — dpa",
}
NO_CREDITS = (
    "The minister told Reuters that the river rose.",
    "The river rose, the Associated Press reported.",
    "Reporters of AFP and Reuters were at the river when it rose over the banks of the town.",
    "LONDON (AP) — The river rose.\n\nThis article was first published by Reuters.",
    "Photos of the river (AFP) were shown in the town hall.",
)


@pytest.mark.parametrize(("text", "words"), CREDITS.items())
def test_an_agency_is_credited_by_the_place_of_its_name(text: str, words: str) -> None:
    found = credited(text, [], None)
    assert found is not None
    assert text[slice(*found.span)] == words


@pytest.mark.parametrize("text", NO_CREDITS)
def test_an_agency_that_is_only_spoken_of_is_not_credited(text: str) -> None:
    assert credited(text, [], None) is None


def carrying(number: int, *parts: str, speaker: str = "bo-ek", day: int = 1) -> Carrier:
    """An article of these parts and the claim."""
    text = "\n\n".join([*parts, f"{CLAIM} {speaker} said."])
    start = text.index(CLAIM)
    said = Said(
        claim="claim/1",
        kind="direct",
        spans=((start, start + len(CLAIM)),),
        speaker=f"person/{speaker}",
        via=None,
        reporter=None,
    )
    told = Told(
        id=f"article/{number}",
        text=text,
        outlet=None,
        published=date(2026, 1, day),
        noise=(),
        statements=(said,),
        named=(),
    )
    return carrier(article(told), {"claim/1"})


def joined(*carriers: Carrier) -> bool:
    (first, *_) = found = origins(carriers)
    return len(found) == 1 and len(first.articles) == len(carriers)


SENTENCE = (
    "Farmers drove their cattle to the hills while the swollen river carried away"
    " two wooden bridges"
)


def test_words_around_a_claim_that_stand_in_both_prove_a_copy() -> None:
    assert joined(carrying(1, f"One. {SENTENCE}."), carrying(2, f"Another day, {SENTENCE}!"))


@pytest.mark.parametrize(
    "text",
    [
        "The court cited the Protection of Lawful Commerce in Arms and Explosives Act of 2005.",
        f"“{SENTENCE},” she wrote.",
        "A spokesman for the interior ministry told reporters at a news conference on Monday",
        "All rights reserved; this material, including every picture in it, may not be published.",
        "Two wooden bridges were carried away.",
    ],
)
def test_titles_quotations_formulas_and_standing_sentences_prove_nothing(text: str) -> None:
    assert not joined(carrying(1, text), carrying(2, text))


def test_one_agency_joins_what_is_plausibly_one_report() -> None:
    other = "The committee for pumps has met in the capital and heard nine experts on concrete"
    reprint = "Two wooden bridges the river carried away; cattle hills: farmers drove, swollen"
    first = carrying(1, f"PARIS (AFP) — {SENTENCE}.")
    assert joined(first, carrying(2, "By AFP", f"{reprint}."))
    assert not joined(first, carrying(2, "By Reuters", f"{reprint}."))
    assert not joined(first, carrying(2, "By AFP", f"{reprint}.", speaker="ada-byron"))
    assert not joined(first, carrying(2, "By AFP", f"{reprint}.", day=20))
    assert not joined(
        carrying(1, f"PARIS (AFP) — {SENTENCE} {SENTENCE.upper()} in the long valley near town"),
        carrying(2, f"ROME (AFP) — {other}, and the dam's owners sent letters to all mayors."),
    )


def test_groups_do_not_depend_on_the_order_of_articles() -> None:
    chosen = Random(1)
    words = ["".join(chosen.choices("abdegiklmnoprstu", k=6)) for _ in range(400)]
    stories = [" ".join(chosen.choices(words, k=30)) for _ in range(5)]
    found = [
        carrying(number, " ".join(chosen.sample(stories, chosen.randint(0, 2))))
        for number in range(20)
    ]
    wanted = origins(found)
    assert 1 < len(wanted) < 20
    for _ in range(5):
        chosen.shuffle(found)
        assert origins(found) == wanted
