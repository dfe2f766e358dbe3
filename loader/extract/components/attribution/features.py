"""What an attribution says about its content: kind, polarity, certainty, question."""

from spacy.tokens import Token

from loader.extract.components.annotations import StatementKind
from loader.extract.components.attribution.lexicon import lexicon
from loader.extract.components.attribution.ranges import Range
from loader.extract.components.attribution.reading import SUBJECTS, Candidate, Reading

_NOBODY = frozenset({"nobody", "nothing", "none", "neither"})
_PARTS = frozenset({"nsubj", "nsubjpass", "attr", "dobj"})
_MODALS = frozenset({"may", "might", "could"})
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


def is_denied(reading: Reading, candidate: Candidate) -> bool:
    """Whether the source denies it, refuses it or did not say it: what the cue itself says."""
    if candidate.cue is None:
        return False
    cue = [reading.doc[i] for i in range(*candidate.cue)]
    return any(
        token.dep_ == "neg" or reading.lemma(token.i) in reading.lexicon.negative for token in cue
    )


def is_negative(reading: Reading, candidate: Candidate) -> bool:
    """Whether the content's main clause is negative: not, never, nobody, no longer, without."""
    start, end = candidate.content[0]
    end = min(end, reading.sentence(start)[1])
    return any(
        _is_negation(reading.doc[i], reading.doc[i].head, start, end) for i in range(start, end)
    )


def _is_negation(token: Token, head: Token, start: int, end: int) -> bool:
    """Whether ``token`` denies the main clause: not, never, nobody did, has no, no longer."""
    if token.dep_ == "neg":
        longer = head.lower_ in ("longer", "more") and head.dep_ == "advmod"
        return _is_main(head.head if longer else head, start, end)
    if token.lower_ in _NOBODY and token.dep_ in ("nsubj", "nsubjpass"):
        return _is_main(head, start, end)
    if token.lower_ == "without" and token.dep_ == "prep":
        return _is_main(head, start, end)
    nothing = token.lower_ == "no" and head.dep_ in _PARTS
    return nothing and _is_main(head.head, start, end)


def _is_main(verb: Token, start: int, end: int) -> bool:
    """Whether ``verb`` heads the stretch or the first of two clauses that only a mark joins.

    "It is not a game, it is a war": the parser hangs the first clause on the second.
    """
    head = verb.head
    if head.i == verb.i or not start <= head.i < end:
        return True
    joined = verb.dep_ == "ccomp" and verb.i < head.i and _is_joined(verb, head)
    return joined and _is_main(head, start, end)


def _is_joined(first: Token, second: Token) -> bool:
    """Whether two clauses stand side by side, the second with a subject behind the first."""
    between = first.doc[first.right_edge.i + 1 : second.i]
    subject = next((child for child in second.children if child.dep_ in SUBJECTS), None)
    opening = first.doc[first.i : (subject or second).left_edge.i]
    return (
        subject is not None
        and first.i < subject.left_edge.i
        and second.lemma_ not in lexicon().speech
        and any(token.is_punct for token in (*between, *opening))
    )


def is_hedged(reading: Reading, candidate: Candidate) -> bool:
    """Whether the cue or the content holds the statement to be less than certain."""
    if candidate.cue is not None and any(
        reading.lemma(i) in reading.lexicon.hedged
        or reading.doc[i].lower_ in reading.lexicon.hedges
        for i in range(*candidate.cue)
    ):
        return True
    return any(_is_hedge(reading, i) for start, end in candidate.content for i in range(start, end))


def _is_hedge(reading: Reading, at: int) -> bool:
    """Whether a word makes its clause uncertain: likely, might, I think."""
    token = reading.doc[at]
    if token.lower_ in reading.lexicon.hedges or (token.text in _MODALS and token.tag_ == "MD"):
        return True
    return token.lower_ in ("i", "we") and reading.lemma(token.head.i) in reading.lexicon.hedged


def is_question(reading: Reading, candidate: Candidate) -> bool:
    """Whether the content is asked rather than told."""
    if candidate.cue is not None and any(
        reading.lemma(i) in _ASKING and candidate.rule != "preposition"
        for i in range(*candidate.cue)
    ):
        return True
    start, end = candidate.content[-1]
    return any(reading.doc[i].text == "?" for i in range(max(start, end - 2), end))
