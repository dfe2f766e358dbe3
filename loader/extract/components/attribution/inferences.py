"""What things show: the writer concludes it from them, and nobody has said it.

"The study shows that …" and "the farmers suggest that …" tell what somebody found or said. "The
slow start suggests that …" and "simple sums indicate that …" are the writer's own reasoning.
"""

from spacy.tokens import Token

from loader.extract.components.attribution.reading import Reading
from loader.extract.components.data import LISTS
from loader.extract.components.groups import is_group_noun
from loader.extract.components.roles import role_noun, words

SHOWING = frozenset(
    [
        *("demonstrate", "highlight", "illustrate", "imply", "indicate", "prove", "reinforce"),
        *("signal", "suggest", "underline", "underscore"),
    ]
)
_LIKELY = frozenset({"must", "should"})
"""What a thing "should explain", the writer holds to be explained."""
_AGENTS = ("er", "or", "ist", "ian", "ant", "ee", "man", "woman", "men", "women")
"""How nouns for people end; in the singular, things end so, too ("the opener")."""
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PERSONS = frozenset(
    [
        *("administration", "army", "board", "camp", "cabinet", "court", "crew", "family", "folk"),
        *("insider", "jury", "leadership", "majority", "management", "minority", "parliament"),
        *("people", "police", "public", "senate", "source", "staff", "those", "troop", "youth"),
        *("fifth", "half", "percent", "quarter", "share", "third"),
    ]
)
_WORKS = frozenset(
    [
        *("app", "blog", "book", "broadcast", "chapter", "clip", "documentary", "episode"),
        *("exhibit", "exhibition", "footage", "page", "passage", "presentation", "programme"),
        *("script", "series", "show", "site", "slide", "trailer", "transcript", "website"),
    ]
)


def is_inference(reading: Reading, subject: Token, cue: Token) -> bool:
    """Whether ``cue`` tells what the writer concludes from ``subject``, a thing or an event."""
    lemma = reading.lemma(cue.i)
    likely = lemma == "explain" and any(c.lower_ in _LIKELY for c in cue.children)
    return (likely or lemma in SHOWING) and not can_tell(reading, subject)


def can_tell(reading: Reading, noun: Token) -> bool:
    """Whether ``noun`` denotes somebody, a group, a text or evidence, who can tell something."""
    if noun.pos_ in ("PRON", "PROPN", "DET", "NUM", "ADJ") or noun.ent_type_ in _NAMED:
        return True
    if noun.pos_ != "NOUN":
        return False
    lemma = reading.lemma(noun.i)
    telling = reading.lexicon.evidence | reading.lexicon.messages | words("documents")
    if lemma in telling | words("government") | _PERSONS | _WORKS or role_noun(noun) is not None:
        return True
    kinds = (LISTS("cue_senses", kind).words for kind in ("persons", "works", "images"))
    if any(lemma in kind for kind in kinds) or is_group_noun(lemma):
        return True
    if any(child.dep_ == "compound" and child.lower_ in telling for child in noun.children):
        return True
    return noun.tag_ == "NNS" and lemma.endswith(_AGENTS)
