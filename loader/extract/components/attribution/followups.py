"""Quotations that no cue claims: they go on with the speaker of the one before."""

from loader.extract.components.attribution.reading import Candidate, Reading

_FARTHEST = 2
_SHORTEST = 8
_SPEAKING = frozenset({"direct", "quotation", "clause", "block", "according"})


def find(reading: Reading) -> None:
    """Add a carried attribution for each paragraph that is one quotation and nothing else."""
    taken = [False] * len(reading.doc)
    for candidate in reading.candidates:
        for start, end in candidate.content:
            taken[start:end] = [True] * (end - start)
    spoken = sorted(
        (candidate for candidate in reading.candidates if candidate.rule in _SPEAKING),
        key=lambda candidate: candidate.content[-1][1],
    )
    position = 0
    for number, quote in enumerate(reading.quotes):
        while position < len(spoken) and spoken[position].content[-1][1] <= quote.start:
            position += 1
        if number in reading.used_quotes or quote.end - quote.start < _SHORTEST or position == 0:
            continue
        before = spoken[position - 1]
        if before.cue is None or any(taken[quote.start : quote.end]):
            continue
        distance = reading.paragraph[quote.start] - reading.paragraph[before.content[-1][0]]
        if _is_heading(reading, quote.start, quote.end):
            continue
        if _stands_alone(reading, quote.start, quote.end) and 0 <= distance <= _FARTHEST:
            reading.candidates.append(
                Candidate(
                    source=None,
                    cue=None,
                    content=list(quote.parts),
                    rule="followup",
                    anchor=quote.start,
                    carried=True,
                )
            )


def _is_heading(reading: Reading, start: int, end: int) -> bool:
    """Whether every longer word has a capital: 'Legend in the Coal Fields'."""
    words = [reading.doc[i] for i in range(start, end) if len(reading.doc[i]) > 3]
    return all(word.text[0].isupper() for word in words)


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    doc = reading.doc
    opens = start == 0 or (doc[start - 1].is_space and "\n" in doc[start - 1].text)
    closes = end >= len(doc) or "\n" in doc[end].text or doc[end].is_punct
    return opens and closes
