"""Organizations that only their article gives away: what it says of a name, added up.

"Members of X", "X, a biotech firm", "the X organization", "X shares": each place where a name
stands is weighed, and the places of one name count together. So a firm, club, party or band is
found that no list holds and whose name says nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import PEOPLE
from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_common, is_given_name
from loader.extract.components.name_evidence import PERSONAL, is_dateline
from loader.extract.components.person_names import not_names
from loader.extract.components.roles import role_noun

ORGANIZATION = "ORGANIZATION"

_ENOUGH = 2.0
_ENOUGH_ON_AVERAGE = 0.4
_MAX_WORDS = 4
_NEAR = 40
"""Within how many tokens "The company" takes up a name."""
_NAME_WORD = re.compile(r"[A-Z0-9][\w&.'+-]*[\w+]|[A-Z]")
_LABELS = {
    "ORG": 1.0,
    "PRODUCT": 0.2,
    "PERSON": 0.0,
    "NORP": 0.0,
    "GPE": -1.0,
    "LOC": -1.0,
    "FAC": -1.0,
    "EVENT": -1.5,
    "WORK_OF_ART": -1.0,
    "LAW": -1.5,
    "LANGUAGE": -1.5,
    "DATE": -2.0,
}
"""What the model's label for a name is worth."""

_ADJECTIVE = re.compile(r"(?:ian|ean|can|ese|ish|[^s]ch|aeli|aqi)s?$")
_NAMING = frozenset({"called", "named", "dubbed", "as"})
_WORKING = frozenset({"work", "employ", "serve", "own", "run", "make", "develop", "back", "fund"})


def told_bodies(
    doc: Doc, taken: frozenset[int], headlines: frozenset[int], known: frozenset[int]
) -> Iterator[Span]:
    """Yield the places of the names that the article speaks of as organizations.

    ``taken`` are the tokens that people, countries, titles and organizations have already,
    ``known`` those of organizations that are surely some: what they are listed with is one too.
    """
    places: dict[str, list[Span]] = defaultdict(list)
    weights: dict[str, float] = defaultdict(float)
    elsewhere = {token.text for span in doc.spans[PEOPLE] for token in span}
    elsewhere |= {token.text.capitalize() for token in doc if token.is_lower}
    for span in _runs(doc, taken):
        if span[0].text in elsewhere and (len(span) == 1 or span[-1].text in elsewhere):
            continue
        if span.start in headlines:
            places[span.text].append(span)
            continue
        places[span.text].append(span)
        listed = any(token.i in known for token in span.root.conjuncts)
        weights[span.text] += _weigh(span) + (1.5 if listed else 0.0)
    for text, spans in places.items():
        count = sum(span.start not in headlines for span in spans)
        if count and weights[text] >= _ENOUGH and weights[text] / count >= _ENOUGH_ON_AVERAGE:
            yield from spans


def is_introduced(span: Span) -> bool:
    """Whether a noun before ``span`` says what kind of organization it is: "the firm X"."""
    return span.start > 0 and span.doc[span.start - 1].lower_ in _words("body_nouns")


def _runs(doc: Doc, taken: frozenset[int]) -> Iterator[Span]:
    """Yield the runs of capitalised words that are nothing else yet."""
    start, size = 0, len(doc)
    while start < size:
        if start in taken or not _is_name_word(doc[start]):
            start += 1
            continue
        end = start + 1
        while end < size and end not in taken and _is_name_word(doc[end]):
            end += 1
        while start < end - 1 and doc[start].is_sent_start and _is_plain(doc[start]):
            start += 1
        span = Span(doc, start, end, label=ORGANIZATION)
        if _is_hyphenated(span):
            start = end
            continue
        if end - start <= _MAX_WORDS and not _is_ordinary(span):
            yield span
        start = end


def _is_hyphenated(span: Span) -> bool:
    """Whether the word is only a part of a compound: "the Oslo-Bergen line"."""
    doc = span.doc
    before = span.start > 1 and doc[span.start - 1].text == "-"
    if before and not doc[span.start - 1].whitespace_:
        return True
    behind = span.end < len(doc) and doc[span.end].text == "-"
    return behind and not span[-1].whitespace_


def _is_name_word(token: Token) -> bool:
    return bool(_NAME_WORD.fullmatch(token.text)) and token.text[0].isupper()


def _is_plain(token: Token) -> bool:
    return token.is_stop or token.pos_ in {"ADV", "ADP", "VERB", "SCONJ", "DET", "PRON", "AUX"}


def _is_ordinary(span: Span) -> bool:
    """Whether the words have their capital letter from elsewhere: a sentence's start, a title."""
    first, after = span[0], span.doc[span.end : span.end + 2]
    if len(after) > 1 and after[0].lower_ in {"for", "of"} and after[1].text[0].isupper():
        return True  # the name goes on
    if span.text in LISTS("countries", "states").words:
        return True
    if len(span) > 1:
        if span[-1].text in LISTS("organizations", "not_final").words:
            return True
        return _is_plain(span[-1])
    if (
        first.lower_ in not_names()
        or first.text in LISTS("organizations", "not_organizations").words
    ):
        return True
    if len(first.text) < 2 or role_noun(first) is not None:
        return True
    if is_given_name(first.text) and not is_common(first.lower_):
        return True
    return first.pos_ not in {"PROPN", "NOUN", "ADJ", "X"} or bool(
        first.is_sent_start and first.is_stop
    )


def _weigh(span: Span) -> float:
    """Add up what one place says for and against an organization."""
    score = _label_weight(span) + signs_of_body(span)
    root = span.root
    if root.dep_ in {"nsubj", "nsubjpass"} and root.head.lemma_.lower() in _words("dealing"):
        score += 1.0
    if root.dep_ == "dobj" and root.head.lemma_.lower() in _words("joining"):
        score += 1.5 if root.head.lemma_ in {"join", "found", "acquire"} else 0.7
    return score


def signs_of_body(span: Span) -> float:
    """Weigh what stands around a name and goes with organizations, not with people or things."""
    doc, score = span.doc, 0.0
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    if before is not None:
        score += _weigh_before(span, before)
    if after is not None and not after.is_space:
        score += _weigh_behind(span, after)
    return score + _weigh_references(span)


def _weigh_references(span: Span) -> float:
    """Weigh how the name is taken up: "X said its profits …"; then "The company …"."""
    doc, score = span.doc, 0.0
    if span.root.dep_ != "nsubj":
        return score
    if any(token.lower_ in PERSONAL for token in doc[span.end : span.end + 5]):
        return -2.0
    if any(token.lower_ in {"its", "it"} for token in doc[span.end : span.end + 4]):
        score += 1.0
    for token in doc[span.end + 1 : span.end + _NEAR]:
        if token.ent_type_ == "ORG" and token.text not in span.text:
            break
        if token.lower_ in _words("body_nouns") and token.nbor(-1).text == "The":
            return score + 1.5
    return score


def _label_weight(span: Span) -> float:
    labels = {token.ent_type_ for token in span}
    return _LABELS.get(next(iter(labels)), 0.0) if len(labels) == 1 else 0.0


def _weigh_before(span: Span, before: Token) -> float:
    doc, at = span.doc, span.start - 1
    article = before.lower_ == "the" and at > 0
    if article:
        at -= 1
        before = doc[at]
    word = before.lower_
    if before.text == '"' and at:
        word = doc[at - 1].lower_
    if word in _words("body_nouns") and not article:
        return 2.5
    if word in {"of", "for", "at", "from", "with"} and at:
        noun = doc[at - 1]
        if noun.lemma_.lower() in _words("members") or noun.lower_ in _words("members"):
            return 1.5
        if noun.lemma_.lower() in _WORKING:
            return 1.0
        return -0.3
    if word == "by" and at and doc[at - 1].lemma_.lower() in _WORKING | {"acquire", "publish"}:
        return 0.7
    if word in _NAMING and any(
        token.lower_ in _words("body_nouns") for token in doc[max(at - 7, 0) : at]
    ):
        return 2.5
    if word in {"in", "near", "across", "outside", "around"}:
        return -1.0
    if word in {"a", "an"}:
        return -1.0
    return 0.0


def _weigh_behind(span: Span, after: Token) -> float:
    doc, at = span.doc, span.end
    owns = after.text in {"'s", "'"}
    if owns and at + 1 < len(doc):
        at += 1
        after = doc[at]
    if after.text == ",":
        return _weigh_apposition(doc, at + 1)
    if after.text == "(" and at + 1 < len(doc) and not owns:
        listed = doc[at + 1].text.upper() in _words("stock_exchanges")
        return 3.0 if listed else 0.5 if doc[at + 1].text.isupper() else 0.0
    if after.text[0].isupper() or is_dateline(doc, span.start, after):
        return -0.5
    for step in range(at, min(at + (4 if owns else 3), len(doc))):
        token = doc[step]
        word = token.lower_
        if word in _words("not_bodies"):
            return -2.0
        if word in _words("body_nouns") and not owns:
            # "The Dallas chapter", "the Brazilian team" say whose it is, not what it is called.
            return 0.0 if _is_of_a_place(span) else 2.0
        if token.lemma_.lower() in _words("members") or word in _words("belongings"):
            return 1.5
        if token.pos_ not in {"ADJ", "NOUN", "NUM", "PROPN"}:
            return 0.0
    return 0.0


def _is_of_a_place(span: Span) -> bool:
    if span.root.ent_type_ == "NORP":
        return bool(_ADJECTIVE.search(span.text))
    return span.root.ent_type_ in {"GPE", "LOC"} or span.text in LISTS("countries", "states").words


def _weigh_apposition(doc: Doc, start: int) -> float:
    """Weigh what stands behind a comma: "X, a biotech firm"; "X, which makes pumps"."""
    if start >= len(doc) or doc[start].lower_ not in {"a", "an", "the", "one", "which", "another"}:
        return 0.0
    for token in doc[start + 1 : start + 9]:
        if token.lower_ in _words("body_nouns"):
            return 2.5
        if token.lower_ in _words("not_bodies") or role_noun(token) is not None:
            return -2.0
        if token.is_punct and token.text != "-":
            return 0.0
    return 0.0


def _words(group: str) -> frozenset[str]:
    return LISTS("organizations", group).words
