"""What kind of telling a statement is: said, written, found, asked, promised, believed, wanted.

The cue decides by the lists of ``data/acts.txt``; what they do not list is said. Two things are
stronger: whoever voices a belief says it ("expressed fears"), and what a study, a court or a letter
says is found or written, unless the cue asks or promises.
"""

from spacy.tokens import Token

from loader.extract.components.annotations import StatementAct
from loader.extract.components.attribution.ranges import Range
from loader.extract.components.attribution.reading import Candidate, Reading
from loader.extract.components.data import LISTS

_BY_CUE: dict[str, StatementAct] = {
    word: act
    for act in ("written", "found", "asked", "promised", "believed", "wanted")
    for word in LISTS("acts", act).words
}
_VOICING = LISTS("acts", "voicing").words
_RESULTS = LISTS("acts", "results").words
_WRITINGS = LISTS("acts", "writings").words
_ASKING_TO = LISTS("acts", "asking_to").words
_PROMISING_TO = LISTS("acts", "promising_to").words
_OWN = ("promised", "asked", "wanted")
_PLACES = frozenset({"in", "on", "through", "via"})
_PERSONS = frozenset({"nsubj", "dobj", "dative"})


def act(reading: Reading, candidate: Candidate) -> StatementAct:
    """Return what kind of telling ``candidate`` is, before its content loses its "that"."""
    by_cue = _of_cue(reading, candidate)
    if by_cue in _OWN:
        return by_cue
    by_source = _of_source(reading, candidate.source)
    if by_source is not None and by_cue != "believed":
        return by_source
    if by_cue == "said" and candidate.cue is not None and _is_written(reading, candidate):
        return "written"
    return by_cue


def _of_cue(reading: Reading, candidate: Candidate) -> StatementAct:
    if candidate.cue is None:
        return "said"
    tokens = [reading.doc[i] for i in range(*candidate.cue)]
    lemmas = [reading.lemma(token.i) for token in tokens if token.pos_ != "ADV"]
    if any(lemma in _VOICING for lemma in lemmas):
        return "said"
    if candidate.rule == "according":
        return "said"
    anchor = reading.doc[candidate.anchor]
    if not candidate.cue[0] <= anchor.i < candidate.cue[1]:
        anchor = tokens[0]
    lemma = reading.lemma(anchor.i)
    behind = candidate.content[0][0] >= candidate.cue[0]
    if behind and _is_infinitive(reading, candidate.content[0]):
        if lemma in _ASKING_TO:
            return "asked"
        if lemma in _PROMISING_TO:
            return "promised"
    if candidate.rule == "direct" and lemma in ("conclude", "find"):
        return "said"  # ends with these words
    for other in (*(f"{lemma} {word}" for word in _ties(anchor)), lemma, *lemmas):
        if other in _BY_CUE:
            return _BY_CUE[other]
    return "said"


def _ties(anchor: Token) -> list[str]:
    """The prepositions and particles after a cue, and the "to" of its infinitive."""
    return [
        child.lower_
        for child in anchor.children
        if child.i > anchor.i and child.dep_ in ("prep", "prt")
    ] + (["to"] if any(child.dep_ == "xcomp" for child in anchor.children) else [])


def _is_infinitive(reading: Reading, content: Range) -> bool:
    """Whether the content begins with "to", perhaps negated."""
    first = reading.doc[content[0]]
    if first.dep_ == "neg" and content[1] > content[0] + 1:
        first = reading.doc[content[0] + 1]
    return first.lower_ == "to" and first.tag_ == "TO"


def _of_source(reading: Reading, source: Range | None) -> StatementAct | None:
    """What a source tells by what it is: a survey finds, a letter writes."""
    if source is None or source[0] >= source[1]:
        return None
    head = reading.doc[source[0] : source[1]].root
    lemma = reading.lemma(head.i)
    if lemma in _WRITINGS:
        return "written"
    return "found" if lemma in _RESULTS else None


def _is_written(reading: Reading, candidate: Candidate) -> bool:
    """Whether the cue's own clause names a writing: "said in a letter to members".

    The parser may hang it on who speaks: "said Ada Lind in a letter".
    """
    anchor = reading.doc[candidate.anchor]
    bearers = [anchor, *(child for child in anchor.children if child.dep_ in _PERSONS)]
    bearers += [child for bearer in bearers for child in bearer.children if child.dep_ == "appos"]
    held = {i for span in candidate.content for i in range(*span)}
    return any(
        child.i not in held and is_writing(reading, child)
        for bearer in bearers
        for place in bearer.children
        for child in (place, *place.conjuncts)
    )


def is_writing(reading: Reading, preposition: Token) -> bool:
    """Whether a preposition names a writing as the place of what is said: in a letter."""
    return preposition.lower_ in _PLACES and any(
        reading.lemma(place.i) in _WRITINGS for place in preposition.children
    )
