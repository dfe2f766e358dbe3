"""Ships, craft, storms, works and diseases: names that are nobody's, though they look like it."""

from spacy.tokens import Doc, Token

from loader.extract.components.person_names import name_words

_LONGEST = 4


def things_named(doc: Doc) -> frozenset[str]:
    """Return the words by which ``doc`` names things: "the ferry Lark", "Space Shuttle X"."""
    nouns, prefixes = name_words("thing_nouns"), name_words("thing_prefixes")
    words: set[str] = set()
    for token in doc[:-1]:
        if token.text not in prefixes and (token.lower_ not in nouns or token.nbor().is_space):
            continue
        step = token.i + 1
        if doc[step].text == '"' and step + 1 < len(doc):
            step += 1
        while step < len(doc) and doc[step].text[0].isupper() and step - token.i < _LONGEST:
            words.add(doc[step].text)
            step += 1
    return frozenset(words)


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


def stands_alone(token: Token) -> bool:
    """Whether a capitalised word has none beside it, as a surname by itself."""
    if not token.text[0].isupper():
        return False
    before = token.nbor(-1).text if token.i else "."
    behind = token.nbor().text if token.i + 1 < len(token.doc) else "."
    return not (before[0].isupper() or behind[0].isupper())
