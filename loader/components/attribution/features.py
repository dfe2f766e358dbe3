"""What an attribution says about its content: kind, polarity, certainty, question."""

from loader.components.annotations import StatementKind
from loader.components.attribution.ranges import Range
from loader.components.attribution.reading import Candidate, Reading

_NEGATIONS = frozenset({"not", "n't", "never", "no", "without", "neither", "nor"})
_HEDGE_CUES = frozenset(
    ["believe", "think", "suspect", "guess", "suppose", "reckon", "assume", "speculate", "fear", "hint", "imply", "suggest", "seem", "appear", "feel", "hope", "wonder", "doubt", "theorize", "hypothesize", "estimate", "predict", "expect"]
)
_HEDGES = frozenset(
    ["reportedly", "allegedly", "apparently", "supposedly", "purportedly", "likely", "unlikely", "probably", "possibly", "perhaps", "maybe", "might", "may", "could", "seemingly", "presumably", "potentially"]
)
_ASKING = frozenset({"ask", "wonder", "question", "inquire", "query"})


def kind(reading: Reading, content: list[Range]) -> StatementKind:
    """Return how much of the content stands between quotation marks."""
    words = quoted = 0
    for start, end in content:
        for i in range(start, end):
            if not (reading.doc[i].is_punct or reading.doc[i].is_space):
                words += 1
                quoted += reading.is_quoted(i)
    if words and quoted / words > 0.9:
        return "direct"
    return "mixed" if quoted else "indirect"


def is_negated(reading: Reading, candidate: Candidate) -> bool:
    """Whether the cue denies or refuses, or the content's main clause is negative."""
    negative = reading.lexicon.negative
    if candidate.cue is not None:
        cue = [reading.doc[i] for i in range(*candidate.cue)]
        if any(reading.lemma(token.i) in negative for token in cue):
            return True
        if any(token.dep_ == "neg" for token in cue):
            return True
    for start, end in candidate.content:
        for i in range(start, end):
            token = reading.doc[i]
            if token.dep_ == "neg" and _is_main(reading, token.head.i, start, end):
                return True
    return False


def _is_main(reading: Reading, verb: int, start: int, end: int) -> bool:
    """Whether the token at ``verb`` heads the stretch: nothing inside it governs it."""
    head = reading.doc[verb].head
    return head.i == verb or not start <= head.i < end


def is_hedged(reading: Reading, candidate: Candidate) -> bool:
    """Whether the cue or the content holds the statement to be less than certain."""
    if candidate.cue is not None and any(
        reading.lemma(i) in _HEDGE_CUES or reading.doc[i].lower_ in _HEDGES
        for i in range(*candidate.cue)
    ):
        return True
    return any(
        reading.doc[i].lower_ in _HEDGES
        for start, end in candidate.content
        for i in range(start, end)
    )


def is_question(reading: Reading, candidate: Candidate) -> bool:
    """Whether the content is asked rather than told."""
    if candidate.cue is not None and any(
        reading.lemma(i) in _ASKING for i in range(*candidate.cue)
    ):
        return True
    start, end = candidate.content[-1]
    return any(reading.doc[i].text == "?" for i in range(max(start, end - 2), end))
