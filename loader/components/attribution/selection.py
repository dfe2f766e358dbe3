"""Which candidates stay where several claim the same words."""

from loader.components.attribution.ranges import merge, size
from loader.components.attribution.reading import Candidate, Reading

_WEAK_RULES = frozenset({"object", "preposition", "passive"})
_MOST_SHARED = 0.3


def select(reading: Reading) -> list[Candidate]:
    """Return the candidates to keep, in the order of the text.

    Strong families come before weak ones and longer contents before shorter; a candidate that
    shares more than a third of its words with those already kept is dropped.
    """
    kept: list[Candidate] = []
    taken = [False] * len(reading.doc)
    for candidate in reading.candidates:
        candidate.content = merge(candidate.content)
    for candidate in sorted(reading.candidates, key=_rank):
        shared = sum(sum(taken[start:end]) for start, end in candidate.content)
        total = size(candidate.content)
        if total and shared <= _MOST_SHARED * total:
            kept.append(candidate)
            for start, end in candidate.content:
                taken[start:end] = [True] * (end - start)
    return sorted(kept, key=lambda candidate: (candidate.content[0], candidate.anchor))


def _rank(candidate: Candidate) -> tuple[bool, int, int]:
    return (candidate.rule in _WEAK_RULES, -size(candidate.content), candidate.content[0][0])
