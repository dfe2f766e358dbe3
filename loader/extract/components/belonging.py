"""Say which country an unnamed source belongs to: "U.S. officials", "officials in Kyiv".

A country that modifies the source's noun outweighs one behind "of" or "from", which outweighs one
behind "in": "American diplomats in Beijing" are American. Of several of a rank, none is chosen.
"""

from collections.abc import Iterator, Mapping

from spacy.tokens import Span, Token

from loader.extract.components.data import LISTS
from loader.extract.components.noun_phrases import PARTS
from loader.extract.components.roles import is_scholar, role_nouns, words

ELSEWHERE = ""
"""Where no single country is: "Western officials"."""

_BEFORE, _OF, _REGION, _IN, _APPOSED = range(5)
_LONGEST_ABBREVIATION = 3


def belonging(
    span: Span, head: Token, countries: Mapping[int, Span], named: Mapping[int, Span]
) -> str | None:
    """Return the code of the one country that the phrase ``span`` belongs to.

    ``countries`` and ``named`` are the mentions of countries, and of people and organizations, by
    token. ``ELSEWHERE`` for a region or several countries, None where the phrase does not say.
    """
    found: dict[int, set[str]] = {}
    for rank, code in _ranked(span, head, countries, named):
        found.setdefault(rank, set()).add(code)
    for rank in sorted(found):
        if rank == _IN and _has_owner(span, head, named):
            # "NATO officials in Kenya" are not Kenya's.
            return ELSEWHERE
        return found[rank].pop() if len(found[rank]) == 1 else ELSEWHERE
    return None


def _ranked(
    span: Span, head: Token, countries: Mapping[int, Span], named: Mapping[int, Span]
) -> Iterator[tuple[int, str]]:
    """Yield how and to what each country or region in ``span`` ties ``head``."""
    for token in span:
        mention = countries.get(token.i)
        if mention is not None and mention.root.i == token.i and _stands_free(mention, countries):
            rank = _rank(mention, span, head, named)
            if rank is not None:
                yield rank, mention.kb_id_
        elif mention is None and token.lower_ in _words("elsewhere"):
            rank = _region_rank(token, head, countries)
            if rank is not None:
                yield rank, ELSEWHERE


def _rank(mention: Span, span: Span, head: Token, named: Mapping[int, Span]) -> int | None:
    """How the country is tied to ``head``, or None where it is not, or only what it is about."""
    step = _first_of_list(mention.root, head)
    prepositions: list[str] = []
    apposed = False
    if step.i != head.i and step.dep_ != "pobj" and not _modifies(mention, step):
        return None
    while step.i != head.i:
        if step.dep_ == "pobj":
            preposition = step.head
            governor = preposition.head if preposition.head in span else head
            inner = prepositions[-1] if prepositions else None
            if not _leads_on(preposition.lower_, inner, governor, step, mention):
                return None
            prepositions.append(preposition.lower_)
            step = governor
        elif step.dep_ in PARTS or step.dep_ in {"poss", "conj", "appos"}:
            apposed = apposed or step.dep_ == "appos"
            step = step.head
        else:
            return None
        if step not in span or (prepositions and step.i != head.i and step.i in named):
            # "Soldiers of the Wagner Group in Mali" are not Mali's.
            return None
    if apposed:
        return _APPOSED
    if "in" in prepositions:
        return _IN
    return _OF if prepositions else _BEFORE


def _first_of_list(token: Token, head: Token) -> Token:
    """The first of "French, German and Polish": what ties it to the noun ties them all."""
    while token.dep_ == "conj" and token.i != head.i:
        token = token.head
    return token


def _modifies(mention: Span, first: Token) -> bool:
    """Whether a country before a noun says whose it is, not what it is about."""
    doc = mention.doc
    behind = doc[mention.end].lower_ if mention.end < len(doc) else ""
    kind = first.head.lemma_.lower()
    if kind in _words("outsiders") or behind in _words("matters"):
        return False
    if first.dep_ == "poss":
        return kind not in _words("followers")
    if first.dep_ not in PARTS or mention.label_ != "name" or behind == "-":
        return True
    # "U.S. experts" are from there; "China experts" may be from anywhere.
    return _is_abbreviation(mention) or not _is_about(kind)


def _leads_on(
    preposition: str, inner: str | None, governor: Token, object_: Token, mention: Span
) -> bool:
    """Whether what stands behind ``preposition`` says where ``governor`` belongs.

    ``inner`` is the preposition before which the country itself was passed.
    """
    kind = governor.lemma_.lower()
    if inner == "in" and preposition not in {"of", "in"}:
        return False
    if preposition == "in":
        # "Experts in Chinese law" need not be in China.
        own = inner is None and (object_ == mention.root or object_ in mention.root.conjuncts)
        return own or not _is_about(kind)
    if preposition == "of":
        return not _is_about(kind) and kind not in _words("outsiders")
    if preposition == "for":
        return kind in words("spokesperson") or kind in _words("agents")
    if preposition in {"with", "at"}:
        return kind in role_nouns()
    return preposition == "from" or (preposition == "by" and kind in words("documents"))


def _is_about(kind: str) -> bool:
    """Whether a country beside such a noun may be its subject: an expert, critic or report."""
    return (
        kind in words("expert")
        or kind in words("documents")
        or kind in _words("followers")
        or kind in _words("concerned")
        or is_scholar(kind)
    )


def _stands_free(mention: Span, countries: Mapping[int, Span]) -> bool:
    """Whether no hyphen turns the country into something else: "pro-Russian", "U.S.-led"."""
    doc, start, end = mention.doc, mention.start, mention.end
    if start > 1 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        return start - 2 in countries
    if end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_:
        return doc[end + 1].lower_ == "based" or end + 1 in countries
    return True


def _region_rank(token: Token, head: Token, countries: Mapping[int, Span]) -> int | None:
    """How a region is tied to ``head``: beside a country it weighs as much as that."""
    behind = token.i + 1
    if behind in countries or (behind < len(token.doc) and token.doc[behind].text == "-"):
        return None
    step = _first_of_list(token, head)
    if step.i == head.i or step.dep_ not in PARTS:
        return None
    if any(word.i in countries for word in token.conjuncts) or step.head in head.conjuncts:
        return _BEFORE
    return _REGION if step.head.i == head.i and token.lower_ != "other" else None


def _has_owner(span: Span, head: Token, named: Mapping[int, Span]) -> bool:
    """Whether a person or organization stands before the noun: "Pentagon officials"."""
    return any(token.i < head.i and token.i in named for token in span)


def _is_abbreviation(mention: Span) -> bool:
    letters = mention.text.replace(".", "")
    return letters.isupper() and len(letters) <= _LONGEST_ABBREVIATION


def _words(group: str) -> frozenset[str]:
    return LISTS("sources", group).words
