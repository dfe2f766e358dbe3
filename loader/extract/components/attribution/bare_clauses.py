"""Clauses without "that" whose subject the parser took for the cue's object, or their verb apart.

"found yields of rye would be lower": the parser hangs "yields" and "would be" on "found".
"""

from spacy.tokens import Token

from loader.extract.components.attribution.ranges import Range
from loader.extract.components.attribution.reading import SUBJECTS, Reading

_MARKS = frozenset({",", ";", ":", "—", '"'})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SPLIT = frozenset({"ccomp", "conj", "parataxis", "advcl"})
_BEFORE_SUBJECT = frozenset(
    {"dobj", "prep", "npadvmod", "advmod", "punct", "csubj", "amod", "dative"}
)


def find(reading: Reading, verb: Token) -> Range | None:
    """Return the bare clause behind ``verb`` that the parser took apart, None if there is none."""
    behind = [child for child in verb.children if child.i > verb.i]
    for place, clause in enumerate(behind):
        if clause.dep_ in _SPLIT and _is_finite(clause):
            before = behind[:place]
            if _is_taken_apart(reading, clause, before):
                return before[0].left_edge.i, clause.right_edge.i + 1
            return None
        if clause.dep_ not in _BEFORE_SUBJECT:
            return None
    return None


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in _FINITE:
        return True
    return any(
        child.tag_ in ("MD", *_FINITE) and child.dep_ in ("aux", "auxpass")
        for child in verb.children
    )


def _is_taken_apart(reading: Reading, clause: Token, before: list[Token]) -> bool:
    """Whether what stands between a cue and the verb behind it is that verb's subject."""
    own = {child.dep_ for child in clause.children if child.i < clause.i}
    if "mark" in own or not own.isdisjoint(SUBJECTS - {"csubj"}):
        return False
    if "csubj" in own:
        return bool(before) and clause.dep_ == "conj"
    objects = [child for child in before if child.dep_ == "dobj"]
    if len(objects) != 1 or objects[0].pos_ == "PRON":
        return False
    gap = reading.doc[objects[0].right_edge.i + 1 : clause.i]
    return not any(word.dep_ == "cc" or word.text in _MARKS for word in gap)
