"""Ships, craft, storms, works and diseases: names that are nobody's, though they look like it."""

from collections.abc import Sequence

from spacy.tokens import Doc

from loader.extract.components.person_names import name_words

_LONGEST = 4


def things_named(texts: Sequence[str]) -> frozenset[str]:
    """Return the words by which tokens name things: "the ferry Lark", "Space Shuttle X"."""
    nouns, prefixes = name_words("thing_nouns"), name_words("thing_prefixes")
    words: set[str] = set()
    for at, text in enumerate(texts[:-1]):
        if text not in prefixes and text.casefold() not in nouns:
            continue
        step = at + 1 if texts[at + 1] != '"' else at + 2
        while step < len(texts) and texts[step][0].isupper() and step - at < _LONGEST:
            words.add(texts[step])
            step += 1
    return frozenset(words)


def alone(texts: Sequence[str]) -> frozenset[str]:
    """Return the capitalised words that stand without another beside them, as surnames do."""
    capital = [text[0].isupper() for text in texts]
    return frozenset(
        text
        for at, text in enumerate(texts)
        if capital[at]
        and not (at and capital[at - 1])
        and not (at + 1 < len(texts) and capital[at + 1])
    )


def is_thing(doc: Doc, start: int, end: int, things: frozenset[str]) -> bool:
    """Whether ``doc[start:end]`` names a thing; ``things`` name one elsewhere in ``doc``."""
    first, before = doc[start], doc[start - 1] if start else None
    prefixes = name_words("thing_prefixes")
    if first.text in prefixes:
        return True
    if before is not None and (
        before.text in prefixes or before.lower_ in name_words("thing_nouns")
    ):
        return True
    behind = doc[end + 1] if end + 1 < len(doc) and doc[end].text == "'s" else None
    if behind is not None and behind.lower_ in name_words("diseases"):
        return True
    return end - start == 1 and first.text in things
