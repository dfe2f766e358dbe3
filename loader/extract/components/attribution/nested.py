"""Statements inside statements: "The Journal reported that officials said …"."""

from loader.extract.components.attribution import source_phrases
from loader.extract.components.attribution.ranges import Range, size, subtract
from loader.extract.components.attribution.reading import SUBJECTS, Candidate, Reading
from loader.extract.components.attribution.source_phrases import SHOWING

_RULES = frozenset({"clause", "direct", "quotation", "parenthesis"})
_SHORTEST = 3
_OTHERS = frozenset({"he", "she", "they"})
"""In a long turn a speaker goes on so about who was named before."""


def find_quoted(reading: Reading) -> list[Candidate]:
    """Return what is attributed inside of quotations, by verbs of saying with a clause."""
    saying = reading.lexicon.saying
    found = []
    for quote in reading.quotes:
        for part in quote.parts:
            for i in range(*part):
                verb = reading.doc[i]
                if verb.pos_ != "VERB" or reading.lemma(i) not in saying or verb.tag_ == "VB":
                    continue
                subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < i), None)
                clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > i), None)
                if subject is None or clause is None:
                    continue
                source = source_phrases.noun_phrase(reading, subject, i)
                edges = max(clause.left_edge.i, part[0]), min(clause.right_edge.i + 1, part[1])
                content = subtract(reading.doc, edges, [])
                if content and source[0] >= part[0]:
                    found.append(
                        Candidate(
                            source=source,
                            cue=source_phrases.cue_range(verb),
                            content=content,
                            rule="clause",
                            anchor=i,
                        )
                    )
    return found


def adopt(reading: Reading, kept: list[Candidate], spare: list[Candidate]) -> list[Candidate]:
    """Return those of ``spare`` that stand whole inside one of ``kept``, as its children.

    Only what somebody else is said to have said counts: a source of its own that is a noun, a verb
    of saying, a clause.
    """
    owner: list[Candidate | None] = [None] * len(reading.doc)
    for candidate in kept:
        for start, end in candidate.content:
            owner[start:end] = [candidate] * (end - start)
    children = []
    for candidate in sorted(spare, key=lambda one: (one.content[0], one.anchor)):
        parent = owner[candidate.anchor]
        if parent is None or not _is_statement(reading, candidate, parent):
            continue
        if all(_is_inside(owner, parent, span) for span in _spans(candidate)):
            candidate.parent = parent
            children.append(candidate)
    return children


def _is_statement(reading: Reading, candidate: Candidate, parent: Candidate) -> bool:
    source = candidate.source
    if candidate.rule not in _RULES or source is None or size(candidate.content) < _SHORTEST:
        return False
    verb = reading.doc[candidate.anchor]
    cue = reading.lemma(candidate.anchor)
    shows = cue in SHOWING and reading.lemma(reading.doc[source[0] : source[1]].root.i) in (
        reading.lexicon.evidence
    )
    if (cue not in reading.lexicon.saying and not shows) or verb.tag_ == "VB":
        return False
    message = reading.lemma(source[1] - 1) in reading.lexicon.messages and verb.tag_ == "VBG"
    if not message and not any(child.dep_ in SUBJECTS for child in verb.children):
        return False
    retold = parent.rule == "layout" and reading.doc[source[0]].lower_ in _OTHERS
    return retold or any(reading.doc[i].pos_ in ("NOUN", "PROPN") for i in range(*source))


def _spans(candidate: Candidate) -> list[Range]:
    named = [span for span in (candidate.source, candidate.cue) if span is not None]
    return [*named, *candidate.content]


def _is_inside(owner: list[Candidate | None], parent: Candidate, span: Range) -> bool:
    return all(owner[i] is parent for i in range(*span))
