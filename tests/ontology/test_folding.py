"""Words as a search compares them: case, accents, apostrophes, abbreviations, endings."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.folding import differing_words, fold, folded_words, stem_patterns


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nguyễn’s CAFÉ", ["nguyen's", "cafe"]),
        (unicodedata.normalize("NFD", "Nguyễn’s CAFÉ"), ["nguyen's", "cafe"]),
        ("Łódź, Ærø, straße", ["lodz", "aero", "strasse"]),
        ("The U.S. gave us 1,000", ["the", "u.s", "gave", "us", "1,000"]),
        ("US arms; the WHO; the IT firm", ["u.s", "arms", "the", "w.h.o", "the", "i.t", "firm"]),
        ("WHO SAID IT TO US", ["who", "said", "it", "to", "us"]),
        ("N.A.T.O. and NATO, J.F. Kennedy", ["nato", "and", "nato", "jf", "kennedy"]),
        ("O'Brien, O’Brien, Oʼbrien", ["o'brien"] * 3),
        (
            "3.5 per cent, snake_case #IStand e-mail",
            ["3.5", "per", "cent", "snake", "case", "istand", "e", "mail"],
        ),
        ('北京 ** \\ " +-', ["北京"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert [*folded_words(text)] == words


@given(st.text())
def test_folding_anything_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    words = folded_words(text)
    assert words == folded_words(unicodedata.normalize("NFD", text)) or "\u0345" in text
    assert all(word and " " not in word for word in words)


@pytest.mark.parametrize(
    ("word", "has", "lacks"),
    [
        ("countries", "each country said", "the count said"),
        ("weapons", "a weapon", "a weep"),
        ("arms", "an arm", "an army"),
        ("denied", "it denies that", "a den"),
        ("xi's", "xi said", "axis x"),
        ("sending", "to send it", "a sender's friends"),
        ("loss", "a loss", "he lost"),
        ("make", "making it", "a maker"),
    ],
)
def test_a_word_is_told_in_its_usual_forms(word: str, has: str, lacks: str) -> None:
    patterns = stem_patterns(word)
    assert any(pattern in f" {has} " for pattern in patterns)
    assert not any(pattern in f" {lacks} " for pattern in patterns)


def test_only_what_is_written_otherwise_is_kept_beside_a_text() -> None:
    assert differing_words("Plain words here", None) == []
    assert differing_words("Türkiye’s café, the U.S.", "Plain") == ["cafe", "turkiye's", "u.s"]
