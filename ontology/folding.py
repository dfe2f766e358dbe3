"""Text as a search compares it: without case, accents and kinds of apostrophe.

What is stored for the index and what a caller asks for go through the same function, so that they
meet whichever way either is spelt.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´＇", "'"))
_UNDIVIDED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart into a letter and its mark."""
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.,'’‘ʼ`´＇](?=[^\W_])[^\W_]+)*")
"""A word or number; marks inside belong to it: ``O'Brien``, ``1,000``, ``U.S.``."""
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_EVERYDAY = frozenset({"is", "it", "us", "who"})
"""Words that abbreviations in capitals would be taken for."""
_ABBREVIATIONS = 2
"""With more words, a text all in capitals is not one of abbreviations."""
_ENDINGS = ("ing", "ed", "es", "s", "ly", "e")
_SHORTEST_STEM = 3
_LONGEST_SHORT = 4
"""Of a stem that is longer, any ending counts."""


def fold(text: str) -> str:
    """``text`` in lower case, without accents, with one kind of apostrophe.

    >>> fold("Nguyễn’s CAFÉ")
    "nguyen's cafe"
    """
    if text.isascii():
        return text.lower()
    same = _whole(text).translate(_APOSTROPHES).casefold().translate(_UNDIVIDED)
    apart = unicodedata.normalize("NFKD", same)
    kept = "".join(char for char in apart.casefold() if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=2_000)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order, folded; abbreviations without their dots.

    An abbreviation in capitals that would be an everyday word keeps dots, and so is no pronoun:
    both "U.S." and "US" are ``u.s``.

    >>> folded_words("The U.S. gave us 1,000, O’Brien's NATO envoy said")
    ('the', 'u.s', 'gave', 'us', '1,000', "o'brien's", 'nato', 'envoy', 'said')
    """
    return tuple(folded for _, folded in word_pairs(text))


def word_pairs(text: str) -> list[tuple[str, str]]:
    """The words of ``text`` in order, each as it is written and folded."""
    words = _WORD.findall(_whole(text))
    shouted = len(words) > _ABBREVIATIONS and text.isupper()
    return [(word, _folded(word, shouted=shouted)) for word in words]


def stem_patterns(word: str) -> tuple[str, ...]:
    """What a text of folded words, one space around each, contains where it has ``word``.

    Endings are passed over: of a long word its beginning is enough, of a short one the usual
    endings are given. It is told of a hit which words it has; what is found is the index's doing.
    """
    stem = word.removesuffix("'s")
    if len(stem) > _SHORTEST_STEM and stem.endswith(("ies", "ied")):
        stem = f"{stem[:-3]}y"
    if len(stem) > _SHORTEST_STEM and stem.endswith("y"):
        return (f" {stem}", f" {stem[:-1]}ie")
    if len(stem) <= _SHORTEST_STEM:
        return (f" {stem} ", f" {stem}'s ", f" {stem}s ")
    ending = next((end for end in _ENDINGS if _ends(stem, end)), "")
    stem = stem.removesuffix(ending)
    if len(stem) > _LONGEST_SHORT:
        return (f" {stem}",)
    return tuple(f" {stem}{end} " for end in dict.fromkeys((ending, "", "'s", *_ENDINGS)))


def _ends(word: str, ending: str) -> bool:
    return (
        len(word) - len(ending) >= _SHORTEST_STEM
        and word.endswith(ending)
        and not word.endswith("ss")
    )


def differing_words(*texts: str | None) -> list[str]:
    """The words of ``texts`` that an index without folding would not find, folded, sorted."""
    return sorted(set(_differing(texts)))


def _differing(texts: tuple[str | None, ...]) -> Iterator[str]:
    for text in texts:
        if text:
            for word in set(_WORD.findall(_whole(text))):
                folded = _folded(word, shouted=False)
                if folded != word.lower():
                    yield folded


def _whole(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=100_000)
def _folded(word: str, *, shouted: bool) -> str:
    if _DOTTED.fullmatch(word):
        letters = fold(word.replace(".", ""))
    else:
        letters = fold(word)
        if shouted or not word.isupper():
            return letters
    return ".".join(letters) if letters in _EVERYDAY else letters
