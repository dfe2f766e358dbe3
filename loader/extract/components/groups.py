"""Which organization a noun means that was named before: "the club", "the carmaker", "the agency".

A group noun means the last organization of its kind. The kind is told by the name ("Hoverton
Motors"), or by what the article calls it ("Hoverton, a carmaker", "the carmaker Hoverton"). A name
that tells nothing is meant only where it is the only such one, and an outlet only by a noun for
outlets. Else nobody is meant: a wrong speaker is worse than none.
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import ORGANIZATIONS
from loader.extract.components.data import LISTS

_APPOSED = frozenset({"a", "an", "the", "one", "its", "another"})
_LONGEST_APPOSITION = 10
_WITHIN = 400
"""How many tokens back the organization may have been named last."""


def is_group_noun(word: str) -> bool:
    """Whether ``word`` names a kind of group: "club"."""
    return bool(_kinds_of_noun().get(word))


def group_before(span: Span, head: Token) -> Span | None:
    """Return the mention of the organization that the phrase ``span`` with its ``head`` means."""
    wanted = _kinds_of_noun().get(head.lower_, frozenset())
    if not wanted or _is_another(span, head):
        return None
    before: list[Span] = [
        mention
        for mention in span.doc.spans[ORGANIZATIONS]
        if mention.end <= span.start and span.start - mention.end < _WITHIN
    ]
    told: dict[str, frozenset[str]] = {}
    for mention in before:
        kinds = told.get(mention.kb_id_, frozenset())
        told[mention.kb_id_] = kinds | _kinds_of(mention)
    own = {name for name, kinds in told.items() if _described(before, name, head.lower_)}
    for mention in reversed(before):
        if mention.kb_id_ in own:
            return mention
    for mention in reversed(before):
        if told[mention.kb_id_] & wanted:
            return mention
    if wanted.isdisjoint(LISTS("groups", "untold").words):
        return None
    unknown = [mention for mention in before if not told[mention.kb_id_]]
    names = {mention.kb_id_ for mention in unknown}
    return unknown[-1] if len(names) == 1 else None


def _is_another(span: Span, head: Token) -> bool:
    """Whether the phrase names a group of its own, "the Reed and Harbour newspaper", or a part.

    "The legal team" is no club.
    """
    for token in span[: max(head.i - span.start, 0)]:
        if token.lower_ in LISTS("groups", "parts").words and head.lower_ == "team":
            return True
        named = token.pos_ == "PROPN" and token.text[0].isupper()
        if named and token.ent_type_ not in ("NORP", "GPE", "DATE") and token.dep_ != "poss":
            return True
    return False


def is_press(mention: Span) -> bool:
    """Whether an organization's name tells that it is a newspaper or broadcaster."""
    return "press" in _kinds_of(mention)


def _described(before: list[Span], name: str, noun: str) -> bool:
    """Whether the article calls the organization ``name`` by this very noun."""
    return any(noun in _nouns_beside(mention) for mention in before if mention.kb_id_ == name)


def _kinds_of(mention: Span) -> frozenset[str]:
    """Return the kinds that a name or the words beside it tell; "press" for every outlet."""
    if mention.label_ == "OUTLET":
        return frozenset({"press"})
    beside = frozenset(
        kind for noun in _nouns_beside(mention) for kind in _kinds_of_noun().get(noun, ())
    )
    if beside:
        return beside
    words = [token.text for token in mention]
    for word in reversed(words):
        if kinds := _kinds_of_word().get(word):
            return kinds
    return frozenset()


def _nouns_beside(mention: Span) -> Iterator[str]:
    """Yield the group nouns of "the carmaker Hoverton" and "Hoverton, a maker of cars,"."""
    doc, start, end = mention.doc, mention.start, mention.end
    if start and is_group_noun(doc[start - 1].lower_) and doc[start - 1].text.islower():
        yield doc[start - 1].lower_
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in _APPOSED:
        yield from _until_link(doc, end + 2)
    if end + 1 < len(doc) and doc[end].lower_ in ("is", "was") and doc[end + 1].lower_ in _APPOSED:
        yield from _until_link(doc, end + 2)


def _until_link(doc: Doc, start: int) -> Iterator[str]:
    """Yield the last group noun of a phrase that a comma, a stop or a preposition ends.

    What a verb follows is no apposition: "… Hoverton, the agency said".
    """
    found = None
    for token in doc[start : start + _LONGEST_APPOSITION]:
        if (token.is_punct and token.text != "-") or token.pos_ in ("ADP", "SCONJ"):
            if found is not None:
                yield found
            return
        if token.pos_ in ("VERB", "AUX", "PRON") and token.tag_ not in ("VBG", "VBN"):
            return
        found = token.lower_ if is_group_noun(token.lower_) else found


@cache
def _kinds_of_noun() -> dict[str, frozenset[str]]:
    return _turned("nouns")


@cache
def _kinds_of_word() -> dict[str, frozenset[str]]:
    return _turned("name_words")


def _turned(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for kind, words in LISTS("groups", name).table.items():
        for word in words:
            found[word] = found.get(word, frozenset()) | {kind}
    return found
