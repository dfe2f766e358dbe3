"""Which candidates stay where several claim the same words."""

from functools import partial

from loader.extract.components.attribution import nested
from loader.extract.components.attribution.ranges import merge, size
from loader.extract.components.attribution.reading import Candidate, Reading

_WEAK_RULES = frozenset({"object", "preposition", "passive"})
_SPOKEN_RULES = frozenset(
    {
        "direct",
        "quotation",
        "according",
        "reportedly",
        "headline",
        "layout",
        "block",
        "followup",
        "parenthesis",
    }
)
_SOMEBODY = frozenset(
    [
        "some",
        "others",
        "critics",
        "experts",
        "officials",
        "analysts",
        "observers",
        "opponents",
        "he",
        "she",
    ]
)
_MOST_SHARED = 0.3


def select(reading: Reading) -> list[Candidate]:
    """Return the candidates to keep, in the order of the text.

    Strong families come before weak ones and longer contents before shorter; a candidate that
    shares more than a third of its words with those already kept is dropped, or becomes the child
    of one that it stands inside of.
    """
    kept: list[Candidate] = []
    spare: list[Candidate] = nested.find_quoted(reading)
    taken = [False] * len(reading.doc)
    for candidate in reading.candidates:
        candidate.content = merge(candidate.content)
    cited = filter(partial(_is_cited, reading), reading.candidates)
    for candidate in sorted(cited, key=partial(_rank, reading)):
        own = candidate.content[1:] if candidate.rule == "relative" else candidate.content
        shared = sum(sum(taken[start:end]) for start, end in own)
        total = size(own)
        if total and shared <= _MOST_SHARED * total:
            kept.append(candidate)
            for start, end in own:
                taken[start:end] = [True] * (end - start)
        elif total:
            spare.append(candidate)
    kept += nested.adopt(reading, kept, spare)
    return sorted(kept, key=lambda candidate: (candidate.content[0], candidate.anchor))


def _is_cited(reading: Reading, candidate: Candidate) -> bool:
    """Whether somebody is cited, rather than described by an author who speaks for themselves.

    In an essay, what "they" want or know is the author's telling: only words of speech and feelings
    of somebody named count there.
    """
    if not reading.is_essay or candidate.rule in _SPOKEN_RULES:
        return True
    if reading.lemma(candidate.anchor) in reading.lexicon.speech and candidate.rule == "clause":
        return True
    return candidate.source is not None and any(
        reading.doc[i].pos_ == "PROPN" or reading.doc[i].lower_ in _SOMEBODY
        for i in range(*candidate.source)
    )


def _rank(reading: Reading, candidate: Candidate) -> tuple[bool, int, int]:
    weak = candidate.rule in _WEAK_RULES
    return (weak, -size(candidate.content), candidate.content[0][0])
