"""Find who said what: source, cue and content of every statement in an article.

The rules live in ``loader.components.attribution``, a family a module. Each adds candidates to a
``Reading`` of the article; the best are kept and written to ``doc._.attributions``.
"""

from spacy.language import Language
from spacy.tokens import Doc

from loader.components.annotations import Attribution, Offsets
from loader.components.attribution import (
    adverbial,
    direct,
    features,
    followups,
    headlines,
    layout,
    nominal,
    verbs,
)
from loader.components.attribution.ranges import Range
from loader.components.attribution.reading import Candidate, Reading, read
from loader.components.attribution.selection import select


@Language.component("attributions", requires=["doc._.quotations"], assigns=["doc._.attributions"])
def mark_attributions(doc: Doc) -> Doc:
    """Write ``doc._.attributions``, in the order of the text."""
    if len(doc):
        reading = read(doc)
        collect(reading)
        doc._.attributions = tuple(_finish(reading, candidate) for candidate in select(reading))
    return doc


def collect(reading: Reading) -> None:
    """Let every family of rules add its candidates."""
    direct.match(reading)
    for token in reading.doc:
        if reading.is_quoted(token.i):
            continue
        adverbial.find(reading, token)
        if token.pos_ in ("NOUN", "ADJ") and token.i not in reading.direct:
            nominal.find(reading, token)
        elif token.pos_ in ("VERB", "AUX") or token.i in reading.direct:
            verbs.find(reading, token)
    layout.find(reading)
    headlines.find(reading)
    followups.find(reading)


def _finish(reading: Reading, candidate: Candidate) -> Attribution:
    return Attribution(
        source=_offsets(reading, candidate.source),
        cue=_offsets(reading, candidate.cue),
        content=tuple(_chars(reading, span) for span in candidate.content),
        kind=features.kind(reading, candidate.content),
        negated=features.is_negated(reading, candidate),
        hedged=features.is_hedged(reading, candidate),
        headline=candidate.headline,
        question=features.is_question(reading, candidate),
        carried=candidate.carried,
        via=_offsets(reading, candidate.via),
    )


def _offsets(reading: Reading, span: Range | None) -> Offsets | None:
    return None if span is None or span[0] >= span[1] else _chars(reading, span)


def _chars(reading: Reading, span: Range) -> Offsets:
    last = reading.doc[span[1] - 1]
    return reading.doc[span[0]].idx, last.idx + len(last)
