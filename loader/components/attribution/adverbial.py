"""Cues that are no verb of a clause: "according to X", "to X, …", "reportedly"."""

from spacy.tokens import Token

from loader.components.attribution.ranges import Range, subtract, trim
from loader.components.attribution.reading import Candidate, Reading


def find_according(reading: Reading, word: Token) -> None:
    """Add the attribution of "according to X": the sentence without the phrase."""
    doc = reading.doc
    if word.i + 1 >= len(doc) or doc[word.i + 1].lower_ != "to" or reading.is_quoted(word.i):
        return
    preposition = doc[word.i + 1]
    named = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    if named is None:
        return
    end = min(named.right_edge.i + 1, reading.line(word.i)[1])
    source = trim(doc, (preposition.i + 1, end))
    content = _sentence_without(reading, (word.i, end))
    if content and source[1] > source[0]:
        reading.candidates.append(
            Candidate(
                source=source,
                cue=(word.i, preposition.i + 1),
                content=content,
                rule="according",
                anchor=word.i,
            )
        )


def _sentence_without(reading: Reading, hole: Range) -> list[Range]:
    """Return the sentence around ``hole``, and the quotation that begins in it to its end."""
    sentence, line = reading.sentence(hole[0]), reading.line(hole[0])
    span = (max(sentence[0], line[0]), min(sentence[1], line[1]))
    content = []
    for start, end in subtract(reading.doc, span, [hole]):
        number = reading.quote_at[start]
        if number >= 0 and start > hole[1]:
            end = max(end, reading.quotes[number].end)
            reading.used_quotes.add(number)
        content.append((start, end))
    return content
