"""A caller's words as queries of the indexes, and where they stand in what was found.

Words go through the same folding as what is stored. Each is quoted, so that nothing in it is an
operator of the index's language.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from api.graphql.compiler.parameters import ArgumentError
from ontology.folding import fold, folded_words, stem_patterns, word_pairs
from ontology.meaning import vector

MOST_FOUND = 10_000
"""Matches that a search looks at, best first: a word that is everywhere would find everything."""

_LONGEST = 500
_WORDS = 32
_QUOTED = re.compile(r'"([^"]*)"')
_AROUND = 80
_NOTHING = '-"x"'
"""A query of nothing is an error to the index; this one finds nothing."""
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_][\w\u0300-\u036f]*(?:[.,'’‘ʼ`´＇](?=[^\W_])\w+)*")
"""A word where it stands, marks on its letters included."""
_ONE_TYPO, _TWO_TYPOS = 4, 8
"""Lengths from which a name may be written with so many letters wrong."""
_ASIDE = frozenset(
    line
    for line in (files(__package__) / "question_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
)
"""Words that a question is put with, beside those it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a search asks the indexes.

    Attributes:
        some: The query for statements with any of the words, and each quoted phrase.
        every: That for all of the words.
        phrase: That for the words side by side; with quoted phrases, the same as ``every``.
        others: That for anything else with all of the words, folded or as written.
        others_side: That for anything else with the words side by side.
        names: That for names with all of the words.
        names_side: That for names with the words side by side.
        names_near: That for names with words that differ by a letter or two.
        quoted: Whether there are quoted phrases, which a hit must contain.
        forms: For each of the words, what a text contains that has it.
        words: All words, folded, for showing where they stand.
        vector: What the text is about; None if it has no words.
    """

    some: str
    every: str
    phrase: str
    others: str
    others_side: str
    names: str
    names_side: str
    names_near: str
    quoted: bool
    forms: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    vector: tuple[float, ...] | None


@lru_cache(maxsize=256)
def asked(text: str) -> Asked:
    """What a search for ``text`` asks.

    Raises:
        ArgumentError: the text is longer than a search may be.
    """
    if len(text) > _LONGEST:
        msg = f"A search text may have at most {_LONGEST} characters; this one has {len(text)}."
        raise ArgumentError(msg)
    pairs = word_pairs(text)
    written = {folded: word for word, folded in pairs}
    every_word = [folded for _, folded in pairs]
    words = tuple(dict.fromkeys(every_word))
    if len(words) > _WORDS:
        msg = f"A search text may have at most {_WORDS} words; this one has {len(words)}."
        raise ArgumentError(msg)
    phrases = [found for part in _QUOTED.findall(text) if (found := folded_words(part))]
    telling = tuple(word for word in words if word not in _ASIDE) or words
    required = " ".join(f"+{_quoted(phrase)}" for phrase in phrases)
    every = _query(required, *(f"+{_quoted([word])}" for word in telling))
    side_by_side = _quoted(every_word) if len(every_word) > 1 else ""
    bare = [word.removesuffix("'s") for word in telling]
    meant = vector(text) if words else None
    return Asked(
        some=_query(required, *(_quoted([word]) for word in telling)),
        every=every,
        phrase=every if phrases else _query(side_by_side),
        others=_query(required, *(f"+{_either(word, written[word])}" for word in telling)),
        others_side=_query(required, side_by_side),
        names=_query(required, *(f"+{_quoted([word])}" for word in bare)),
        names_side=_query(required, _quoted(bare) if len(bare) > 1 else ""),
        names_near=_NOTHING if phrases else _query(*(f"+{_fuzzy(word)}" for word in bare)),
        quoted=bool(phrases),
        forms=tuple(map(stem_patterns, telling)),
        words=words,
        vector=tuple(meant) if meant else None,
    )


def _query(*parts: str) -> str:
    return " ".join(part for part in parts if part) or _NOTHING


def _quoted(words: Sequence[str]) -> str:
    text = " ".join(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _either(word: str, written: str) -> str:
    """A word folded or as it is written, unless an everyday word is written so."""
    if written.lower() == word or "." in word:
        return _quoted([word])
    return f"({_quoted([word])} {_quoted([written])})"


def _fuzzy(word: str) -> str:
    if not word.isalpha() or len(word) < _ONE_TYPO:
        return _quoted([word])
    return f"{word}~{2 if len(word) >= _TWO_TYPOS else 1}"


def highlights(
    words: Sequence[str], texts: Iterable[tuple[str, object]]
) -> list[tuple[str, str, list[str]]]:
    """Where ``words`` stand: the field, some text around the first match, and the matches in it."""
    found = []
    for name, value in texts:
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (spans := places(words, text)):
                first, last = _around(text, *spans[0])
                matches = [text[start:end] for start, end in spans if first <= start < end <= last]
                found.append((name, _cut(text, first, last), matches))
    return found


def places(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where ``words``, folded, stand in ``text`` in any form; question words only if alone."""
    telling = [word for word in words if word not in _ASIDE] or words
    forms = tuple(form for word in telling for form in stem_patterns(word))
    if not forms:
        return []
    return [found.span() for found in _TOKEN.finditer(text) if _has(forms, found.group())]


@lru_cache(maxsize=10_000)
def _has(forms: tuple[str, ...], token: str) -> bool:
    whole = unicodedata.normalize("NFC", token)
    folded = f" {' '.join(folded_words(whole)) or fold(whole)} "
    return any(form in folded for form in forms)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of whole words around a match."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first:
        first = min(text.find(" ", first, start) + 1 or start, start)
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return first, last


def _cut(text: str, first: int, last: int) -> str:
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
