"""The senses of cue verbs: denied a claim or a visa, shared a view or a room.

A verb attributes with some objects and subjects and tells of an act with others. Which, is a table
in ``data/cue_senses.txt``; nouns belong to the classes that stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from loader.extract.components.attribution import doings
from loader.extract.components.attribution.reading import SUBJECTS, Reading
from loader.extract.components.data import LISTS
from loader.extract.components.roles import role_noun

_PARTITIVE = frozenset(
    [
        *("amount", "array", "bit", "couple", "flurry", "host", "kind", "list", "lot", "number"),
        *("part", "piece", "range", "raft", "series", "set", "sort", "string", "type", "variety"),
    ]
)
_OBJECTS = frozenset({"dobj", "dative", "nsubjpass"})
_PAIRING = frozenset({"to", "with", "and"})
_REASONS = frozenset({"for", "on", "over", "about", "with"})
_PERSONAL = frozenset({"him", "her", "them", "me", "us", "who", "whom", "himself", "herself"})
_SMALL = frozenset({"oprd", "ccomp", "acomp", "attr"})
_MOVED = frozenset({"which", "that", "what", "who", "whom"})
_NAMED = frozenset({"oprd", "dobj", "attr", "ccomp", "xcomp", "appos"})
_NAMING = frozenset({"call", "name", "dub", "title", "entitle", "nickname", "term", "label"})
_CALLING = frozenset({"for", "on", "upon"})
_TOLD = frozenset({"utterances"})
_REFLEXIVES = frozenset(
    ["myself", "yourself", "himself", "herself", "itself", "ourselves", "themselves"]
)
_WRITING = frozenset({"write", "compose", "rewrite", "publish", "record"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """When a verb attributes: names of noun classes or forms.

    Its object is one of ``only`` where that is not empty, and none of ``never``; its subject is
    none of ``by``.
    """

    only: frozenset[str]
    never: frozenset[str]
    by: frozenset[str]


def is_act(reading: Reading, verb: Token, subject: Token | None) -> bool:
    """Whether subject or object show that ``verb`` tells what somebody does, not what they say.

    A clause with "that" or a subject of its own is always said.
    """
    lemma = reading.lemma(verb.i)
    if doings.is_doing(reading, verb):
        return True
    if lemma in _WRITING and any(_is_work(reading, noun) for noun in _objects(verb)):
        return not _has_clause(verb)
    if lemma == "find" and reading.doc[verb.i + 1 : verb.i + 2].text.lower() in _REFLEXIVES:
        return True  # "found themselves alone"
    calls = reading.doc[verb.i + 1 : verb.i + 2].text.lower() in _CALLING
    if lemma in _NAMING and not calls and (_is_name(reading, verb) or _has_clause(verb)):
        return True
    if doings.is_aside(reading, verb) and not _has_clause(verb):
        return not any(_is_of(reading, noun, _TOLD) for noun in _objects(verb))
    if lemma == "show" and any(child.dep_ == "prt" for child in verb.children):
        return True  # "showed off her skill", "showed up"
    sense = _senses().get(lemma)
    if sense is None:
        return False
    if subject is not None and _is_of(reading, subject, sense.by):
        return True
    if _has_clause(verb) or _has_form(verb, [], "as"):
        return False
    return any(_is_of(reading, noun, sense.never) for noun in _objects(verb))


def fits(reading: Reading, verb: Token, nouns: Sequence[Token]) -> bool:
    """Whether ``nouns``, what ``verb`` would attribute, are what it attributes in this sense."""
    sense = _senses().get(reading.lemma(verb.i))
    if sense is None:
        return True
    if any(_is_of(reading, noun, sense.never) for noun in nouns):
        return False
    if not sense.only:
        return True
    if any(_is_of(reading, noun, sense.only) or reading.is_quoted(noun.i) for noun in nouns):
        return True
    return any(_has_form(verb, nouns, form) for form in sense.only)


def _objects(verb: Token) -> list[Token]:
    """Return the objects of ``verb``, and of its prepositions if it has none or one follows it."""
    found = [child for child in verb.children if child.dep_ in _OBJECTS]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        found.append(verb.head)
    ties = [
        child
        for child in verb.children
        if child.dep_ == "prep" and child.i > verb.i and (not found or child.i == verb.i + 1)
    ]
    return found + [noun for tie in ties for noun in tie.children if noun.dep_ == "pobj"]


def _has_clause(verb: Token) -> bool:
    return any(
        child.dep_ == "ccomp"
        and child.i > verb.i
        and any(grandchild.dep_ in SUBJECTS for grandchild in child.children)
        and child.pos_ in ("VERB", "AUX")
        and child.tag_ != "VB"
        for child in verb.children
    )


def _is_of(reading: Reading, noun: Token, classes: frozenset[str]) -> bool:
    """Whether ``noun`` belongs to one of ``classes``, itself or in "a number of …"."""
    if not classes:
        return False
    for inner in _named(reading, noun):
        lemma = reading.lemma(inner.i)
        if any(lemma in words for name, words in _classes().items() if name in classes):
            return True
        if "anybody" in classes and (lemma in _classes()["persons"] or _is_person(inner)):
            return True
    return False


def _named(reading: Reading, noun: Token) -> list[Token]:
    """Return ``noun``, what it is a number of, and what is coordinated with it."""
    found = [noun, *noun.conjuncts]
    if reading.lemma(noun.i) in _PARTITIVE:
        found += [
            inner
            for child in noun.children
            if child.lower_ == "of"
            for inner in child.children
            if inner.dep_ == "pobj"
        ]
    return found


def _is_work(reading: Reading, noun: Token) -> bool:
    """Whether an object of writing is a work: had written "it", wrote "The Long River"."""
    if noun.dep_ != "dobj" or not reading.is_quoted(noun.i):
        return noun.dep_ == "dobj" and noun.tag_ == "PRP"
    quote = reading.quotes[reading.quote_at[noun.i]]
    words = [reading.doc[i] for i in range(quote.start, quote.end)]
    named = all(word.text[0].isupper() for word in words if word.is_alpha and len(word) > 3)
    return named and not any(word.text in ".,?!" for word in words)


def _is_name(reading: Reading, verb: Token) -> bool:
    """Whether somebody or something is given a name: a group called the Sea Guard."""
    behind = [child for child in verb.children if child.i > verb.i and child.dep_ in _NAMED]
    if not behind:
        return False
    name = behind[-1]
    if any(child.dep_ == "agent" for child in verb.children):
        capitals = all(
            word.text[0].isupper() for word in name.subtree if word.is_alpha and len(word) > 3
        )
        return capitals and (name.pos_ == "PROPN" or reading.is_quoted(name.i))
    if any(child.tag_ in _FINITE for child in behind):
        return True  # "the gang called the Lanternmen stole …"
    own = any(child.dep_ in SUBJECTS for child in verb.children)
    if verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBN", "VBD") and not own:
        return name.pos_ == "PROPN" or reading.is_quoted(name.i)
    bare = name.pos_ == "PROPN" and not reading.is_quoted(name.i)
    return name.dep_ == "oprd" and bare and name.left_edge.pos_ == "PROPN"


def _is_person(noun: Token) -> bool:
    if noun.pos_ == "PRON":
        return noun.lower_ in _PERSONAL
    return noun.ent_type_ == "PERSON" or (noun.pos_ == "NOUN" and role_noun(noun) is not None)


def _has_form(verb: Token, nouns: Sequence[Token], form: str) -> bool:
    """Whether the complements of ``verb`` have a form that the table names."""
    around = [child for word in (verb, *nouns) for child in word.children if child.i > verb.i]
    if form == "infinitive":
        return any(
            child.tag_ == "VB" and any(word.lower_ == "to" for word in child.children)
            for child in around
        )
    if form == "small":
        moved = any(child.lower_ in _MOVED and child.i < verb.i for child in verb.children)
        merged = any(
            word.lower_ in ("a", "an") and word.i > noun.left_edge.i
            for noun in nouns
            for word in noun.subtree
        )
        return (
            len(nouns) > 1
            or moved
            or merged
            or any(
                child.dep_ in _SMALL and not any(word.tag_ == "TO" for word in child.children)
                for child in around
            )
        )
    if form == "as":
        return any(child.lower_ == "as" for child in around)
    links = {"pair": _PAIRING, "reason": _REASONS}.get(form, frozenset())
    return any(child.dep_ == "prep" and child.lower_ in links for child in around)


@cache
def _senses() -> dict[str, Sense]:
    rows = LISTS("cue_senses", "senses").rows
    return {
        verb: Sense(only=_parts(only), never=_parts(never), by=_parts(by))
        for verb, only, never, by in rows
    }


def _parts(cell: str) -> frozenset[str]:
    return frozenset(cell.split("|")) - {""}


@cache
def _classes() -> dict[str, frozenset[str]]:
    names = (
        *(
            "bearing",
            "entitlements",
            "fighters",
            "funded",
            "images",
            "looks",
            "matters",
            "occasions",
            "offers",
        ),
        *(
            "persons",
            "plans",
            "points",
            "products",
            "requests",
            "schemes",
            "signs",
            "things",
            "utterances",
            "warlike",
            "works",
        ),
    )
    return {name: LISTS("cue_senses", name).words for name in names}
