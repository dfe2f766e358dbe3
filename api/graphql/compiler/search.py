"""Full-text search: from a caller's words to the index's query, and back to the places found."""

import re
from collections.abc import Iterable, Sequence

from api.graphql.compiler.parameters import ArgumentError

MOST_FOUND = 10_000
"""Matches that a search looks at, best first: a word that is everywhere would find everything."""

_LONGEST = 500
_WORDS = 32
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"\w+")
_AROUND = 80


def search_words(text: str) -> list[str]:
    """The words of ``text``, lower case, in order.

    Raises:
        ArgumentError: the text is longer than a search may be.
    """
    if len(text) > _LONGEST:
        msg = f"A search text may have at most {_LONGEST} characters; this one has {len(text)}."
        raise ArgumentError(msg)
    words = list(dict.fromkeys(word.casefold() for word in _WORD.findall(text)))
    if len(words) > _WORDS:
        msg = f"A search text may have at most {_WORDS} words; this one has {len(words)}."
        raise ArgumentError(msg)
    return words


def search_query(text: str) -> str:
    """The index's query for nodes with every word of ``text``, quoted ones side by side.

    Each part is quoted, so that nothing in it is an operator of the index's language.
    """
    search_words(text)
    phrases = []
    for quoted, word in _PART.findall(text):
        words = _WORD.findall(quoted or word)
        if words:
            phrases.append(f'+"{" ".join(words)}"')
    # A query of nothing is an error to the index; this one finds nothing.
    return " ".join(phrases) or '-"x"'


def highlights(
    words: Sequence[str], texts: Iterable[tuple[str, object]]
) -> list[tuple[str, str, list[str]]]:
    """Where ``words`` stand: the field, some text around the first match, and the matches in it."""
    if not words:
        return []
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    found = []
    for name, value in texts:
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (match := pattern.search(text)):
                part = _around(text, match.start(), match.end())
                found.append((name, part, pattern.findall(part)))
    return found


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    part = text[first:last]
    if first:
        part = "…" + part.partition(" ")[2]
    if last < len(text):
        part = part.rpartition(" ")[0] + "…"
    return part
