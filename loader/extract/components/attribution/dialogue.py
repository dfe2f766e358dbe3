"""Statements of transcripts and interviews: each turn is its speaker's.

Answers are statements of the one who answers, questions are nobody's. What a speaker says that
somebody else said stands inside the speaker's statement.
"""

from collections import Counter

from spacy.tokens import Span

from loader.extract.components.annotations import PEOPLE, Offsets
from loader.extract.components.attribution.ranges import Range, any_overlap, trim
from loader.extract.components.attribution.reading import Candidate, Reading
from loader.extract.components.tokens import text_of
from loader.extract.components.turns import Turn

_FEWEST_WORDS = 4
"""Fewer are a greeting or a thank-you."""
_MOST_INITIALS = 3


def find(reading: Reading) -> None:
    """Add a candidate for each turn, in place of what the rules made of its inside."""
    spoken: tuple[Turn, ...] = reading.doc._.turns
    if not spoken:
        return
    asked = _interviewee(reading, spoken)
    for turn in spoken:
        said = [span for each in turn.said if (span := _range(reading, each))]
        if turn.is_question:
            _drop(reading, said, inside=False)
            continue
        source = _speaker(reading, turn) or asked
        words = sum(reading.doc[i].is_alpha for span in said for i in range(*span))
        if source is None or words < _FEWEST_WORDS or _is_narrated(reading, turn, said):
            continue
        _drop(reading, said, inside=True)
        label = _range(reading, turn.label) if turn.label else None
        cue = (label[1] - 1, label[1]) if label else None
        reading.candidates.append(
            Candidate(source=source, cue=cue, content=said, rule="layout", anchor=said[0][0])
        )


def _range(reading: Reading, span: Offsets) -> Range | None:
    found = reading.doc.char_span(*span, alignment_mode="expand")
    if found is None:
        return None
    start, end = found.start, found.end
    while start < end and reading.doc[start].is_space:
        start += 1
    while start < end and reading.doc[end - 1].is_space:
        end -= 1
    start, end = trim(reading.doc, (start, end))
    return (start, end) if start < end else None


def _drop(reading: Reading, said: list[Range], *, inside: bool) -> None:
    """Drop the candidates in a turn, but for those that may stand whole ``inside`` of it."""

    def stays(candidate: Candidate) -> bool:
        if not any_overlap(candidate.content, said):
            return True
        source = candidate.source
        return inside and source is not None and any_overlap([source], said)

    reading.candidates[:] = filter(stays, reading.candidates)


def _is_narrated(reading: Reading, turn: Turn, said: list[Range]) -> bool:
    """Tell whether an unlabelled answer is told by the author, with quotations."""
    return turn.label is None and any(reading.is_quoted(i) for span in said for i in range(*span))


def _speaker(reading: Reading, turn: Turn) -> Range | None:
    """Return the words that name a turn's speaker: the label's, or those that initials mean."""
    if turn.name is None:
        return None
    article = reading.doc._.article
    text = article.text if article else text_of(reading.doc)
    label = text[slice(*turn.name)].replace(".", "")
    if label.isupper() and 1 < len(label) <= _MOST_INITIALS:
        for mention in reading.doc.spans[PEOPLE]:
            if "".join(word[0] for word in mention.kb_id_.split()) == label:
                return mention.start, mention.end
    return _range(reading, turn.name)


def _interviewee(reading: Reading, spoken: tuple[Turn, ...]) -> Range | None:
    """Return where the one who answers is named first, in full if anywhere, before the first turn.

    That is whom the introduction names most, its author aside.
    """
    article = reading.doc._.article
    authors = {byline.name.casefold() for byline in article.bylines} if article else set()
    first = min(turn.label[0] if turn.label else turn.said[0][0] for turn in spoken)
    named: list[Span] = [
        mention
        for mention in reading.doc.spans[PEOPLE]
        if mention.start_char < first and mention.kb_id_.casefold() not in authors
    ]
    if not named:
        return None
    counts = Counter(mention.kb_id_ for mention in named)
    most = max(counts, key=lambda name: counts[name])
    who = max((each for each in named if each.kb_id_ == most), key=len)
    return who.start, who.end
