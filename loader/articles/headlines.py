"""How well a line fits as the headline of another article, as log-odds.

The weights are set by hand, in the order of size that a logistic regression on pages pasted from
real articles gives. Three kinds of evidence count: the line's own shape, what stands around it,
and the words: a headline is made of words of the text below it, not of the text above.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from loader.articles.cohesion import Cohesion
from loader.articles.labels import Cues
from loader.articles.surroundings import is_issue, near_meta

_NEXT_SENTENCE = re.compile(r"[a-z0-9)”’][.!?][”’\"]? [A-Z“‘\"]")
_FINAL = frozenset(".?!;")
_MARKS = "\"”’')"
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_GOES_ON = re.compile(
    r"(?:He|She|They|It|His|Her|Their|Its|But|And|So|Yet|That|This|Those|These|Also|However|"
    r"Another|Meanwhile|Still|Then)\b"
)
"""A first word that takes up what was said before."""
_LONG_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]{3,}")
_DETERMINED = re.compile(r"\b(?:the|an?)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|said|told|added|did)\b")
_SPEAKER = re.compile(r"((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,3}):(?:\s|$)")
_MOST_WORDS = 32
_MOST_IN_SENTENCE = 22
_MOST_CHARACTERS = 240
_LEAD = 12
"""A first paragraph has at least so many words."""
_NEAR = 14
"""Lines on either side among which headings of the same shape are counted."""
_PROSE_LIKE = 0.6
_NEVER = 20.0
_BESIDE = 4
_ARTICLE = 30
"""Words that an article has at least, up to the next one."""
_TEASER = 15
_ECLIPSED = 2.5
_FORETOLD = 0.15
"""The share of a headline's words that its text has at least."""
_HEAD = 5
"""The first headline of a page is among so many lines."""
_SCRAP = 3
_STANDFIRST = 45
"""A standfirst has at most so many words."""
_OF_TEXT = frozenset({"heading below", "like it", "noise below", "hardly anything below"})
"""What tells nothing where no text follows."""
_LENGTHS = (-5.0, -3.4, -3.4, -3.2, -3.0, -1.3, -0.9, -0.7)
_WEIGHTS = {
    "bias": -2.3,
    "top of the page": 1.5,
    "dot": 0.9,
    "dot on a page without": -2.0,
    "dot, and nothing signed": -1.0,
    "title case": 1.0,
    "title case with a dot": 1.4,
    "capitals": 2.6,
    "semicolon": 2.5,
    "colon": -2.0,
    "opening quotation": -1.0,
    "determiner": -0.7,
    "past": -1.4,
    "turn of speech": -4.0,
    "goes on": -1.5,
    "hardly anything below": -1.5,
    "wide gap above": 0.3,
    "less blank below": 1.9,
    "more blank below": 0.8,
    "byline or date below": 1.2,
    "byline or date further below": 1.2,
    "name or masthead below": 1.7,
    "noise below": -0.7,
    "heading below": -1.1,
    "byline or date above": 1.7,
    "masthead above": 1.0,
    "end of an article above": 1.7,
    "scrap above": -0.4,
    "lead goes on": -0.8,
    "lead is quoted": -0.4,
    "lead names a day": 0.7,
    "change": 17.0,
    "foretold": 3.15,
    "new": 1.6,
    "old": -2.8,
    "introduced": 0.2,
    "like it": -1.1,
}


class Headlines:
    """The lines of a page that may be headlines, and the log-odds that each is one."""

    def __init__(self, cues: Sequence[Cues], cohesion: Cohesion) -> None:
        self._cues, self._cohesion = cues, cohesion
        gaps = Counter(cue.line.gap for cue in cues[1:])
        self._gap = gaps.most_common(1)[0][0] if gaps else 1
        self._dotted = bool(cues) and cues[0].line.text.rstrip(_MARKS)[-1:] in _FINAL
        found = [_SPEAKER.match(cue.line.text) for cue in cues]
        self._speaker = [each[1] if each else None for each in found]
        words = accumulate(cue.line.words for cue in reversed(cues))
        self._below = [
            total - cue.line.words for total, cue in zip(words, reversed(cues), strict=True)
        ][::-1]
        self._may = [
            may_be_headline(cue) and not (cue.bare_byline and near_meta(i, cues))
            for i, cue in enumerate(cues)
        ]
        heads = (
            i for i, may in enumerate(self._may[:_HEAD]) if may and cues[i].line.words > _SCRAP
        )
        self._top = next(heads, -1)
        own = [self._own(i) if may else -_NEVER for i, may in enumerate(self._may)]
        self._odds = [self._beside_others(i, own) for i in range(len(cues))]

    def log_odds(self, index: int) -> float:
        """Return the log-odds that the line at ``index`` is the headline of another article."""
        return self._odds[index]

    def lone(self, index: int) -> float:
        """Return the log-odds that a line is a headline with nothing of its article below it."""
        _, before = self._cohesion.foretold(index)
        found = [*self._shape(index), *self._around(index)]
        weighed = sum(_WEIGHTS[name] * value for name, value in found if name not in _OF_TEXT)
        below = self._cues[index + 1].line if index + 1 < len(self._cues) else None
        prose = below is not None and below.ends_sentence and below.words >= _LEAD
        prose = prose or any(map(_is_signed, self._cues[index + 1 : index + 2]))
        return self._length(index) + weighed - 1.2 * before - (_ECLIPSED if prose else 0.0)

    def _beside_others(self, index: int, own: Sequence[float]) -> float:
        """Lower the odds of a line that has a likelier headline near it, or one right above it.

        Between two headlines there is an article; what stands under a headline is its standfirst.
        """
        told = index > 0 and self._cohesion.foretold(index - 1)[0] > _FORETOLD
        if told and own[index - 1] > max(-1.0, own[index] - _ECLIPSED):
            return own[index] - _ECLIPSED
        sentence = not self._dotted and _ends_in_dot(self._cues[index].line.text)
        for step in (-1, 1):
            words, i = 0, index + step
            while 0 <= i < len(own) and abs(i - index) <= _BESIDE and words < _ARTICLE:
                if own[i] > max(0.0, own[index]) and (i != index + 1 or sentence):
                    return own[index] - _ECLIPSED
                words += self._cues[i].line.words
                i += step
        return own[index]

    def _own(self, index: int) -> float:
        found = (*self._shape(index), *self._around(index), *self._lead(index))
        return self._length(index) + sum(
            _WEIGHTS[name] * value for name, value in (*found, *self._words(index))
        )

    def _length(self, index: int) -> float:
        words = self._cues[index].line.words
        length = _LENGTHS[words] if words < len(_LENGTHS) else -0.11 * max(0, words - 14)
        below = self._cues[index + 1] if index + 1 < len(self._cues) else None
        return length / 2 if words > 1 and below and _is_signed(below) else length

    def _shape(self, index: int) -> list[tuple[str, float]]:
        line = self._cues[index].line
        text = line.text
        dot = _ends_in_dot(text)
        capitals = len(_LONG_CAPITAL.findall(text)) > 2 and not text.isupper()
        title_case = line.words >= 5 and line.capitals >= 0.8 and capitals
        return [
            ("bias", 1.0),
            ("top of the page", index == self._top),
            ("dot", dot),
            ("dot on a page without", dot and not self._dotted),
            ("title case", title_case),
            ("title case with a dot", title_case and dot),
            ("capitals", line.words >= 4 and text.isupper()),
            ("semicolon", text.endswith(";")),
            ("colon", text.endswith(":")),
            ("opening quotation", text[0] in '"“'),
            ("determiner", line.capitals < 0.8 and bool(_DETERMINED.search(text))),
            ("past", bool(_PAST.search(text))),
            ("turn of speech", self._is_turn(index)),
            ("goes on", dot and _GOES_ON.match(text) is not None),
            ("hardly anything below", self._below[index] < _TEASER),
        ]

    def _is_turn(self, index: int) -> bool:
        """Tell whether a speaker's name leads a line, and another's the line above or below it."""
        speaker = self._speaker[index]
        near = (self._speaker[i] for i in (index - 1, index + 1) if 0 <= i < len(self._speaker))
        return speaker is not None and any(other not in {None, speaker} for other in near)

    def _around(self, index: int) -> list[tuple[str, float]]:
        line = self._cues[index].line
        above = self._cues[index - 1] if index else None
        below = self._cues[index + 1] if index + 1 < len(self._cues) else None
        signed_below = self._is_signed_below(index + 1)
        found: list[tuple[str, float]] = [
            ("wide gap above", line.gap > self._gap),
            ("less blank below", line.gap_after < line.gap),
            ("more blank below", line.gap_after > line.gap),
            ("like it", self._like(index)),
        ]
        if below:
            signed = _is_signed(below)
            plain = not below.is_meta and below.noise is None
            names = below.bare_byline is not None or below.is_masthead or below.is_role
            found += [
                ("byline or date below", signed),
                ("name or masthead below", names and not signed),
                ("noise below", below.noise is not None),
                ("heading below", plain and below.is_header and not names and not signed_below),
                ("byline or date further below", not signed and signed_below),
                (
                    "dot, and nothing signed",
                    _ends_in_dot(line.text)
                    and not self._dotted
                    and not (signed or names or signed_below),
                ),
            ]
        if above:
            plain = not above.is_meta and above.noise is None
            found += [
                ("byline or date above", _is_signed(above)),
                ("masthead above", above.is_masthead and not _is_signed(above)),
                (
                    "end of an article above",
                    above.is_closing or above.noise in {"end", "separator", "comments"},
                ),
                ("scrap above", plain and not above.is_closing and above.line.words < 10),
            ]
        return found

    def _is_signed_below(self, index: int) -> bool:
        """Tell whether a byline or a date stands under a line, or under the one below it."""
        lines = self._cues[index : index + 3]
        first = next((i for i, cue in enumerate(lines) if _is_signed(cue)), 0)
        return first > 0 and all(
            cue.line.words <= _STANDFIRST and cue.noise is None for cue in lines[:first]
        )

    def _lead(self, index: int) -> list[tuple[str, float]]:
        below = self._cues[index + 1 : index + 5]
        plain = (cue for cue in below if cue.noise is None and not cue.is_meta)
        lead = next((cue.line.text for cue in plain if cue.line.words >= _LEAD), "")
        return [
            ("lead goes on", _GOES_ON.match(lead) is not None),
            ("lead is quoted", lead[:1] in {'"', "“"}),
            ("lead names a day", _WEEKDAY.search(lead[:300]) is not None),
        ]

    def _words(self, index: int) -> list[tuple[str, float]]:
        foretold, _ = self._cohesion.foretold(index)
        new, old = self._cohesion.turned(index)
        return [
            ("change", max(-0.15, min(0.15, self._cohesion.change(index)))),
            ("foretold", foretold),
            ("new", new),
            ("old", old),
            ("introduced", min(2, self._cohesion.introduced(index))),
        ]

    def _like(self, index: int) -> float:
        """Count the lines nearby that could be headings like this one, with nothing to sign them.

        An article has many subheads, and one headline. With a full stop, they may be paragraphs.
        """
        line, count = self._cues[index].line, 0
        for i in range(max(1, index - _NEAR), min(len(self._cues), index + _NEAR + 1)):
            other = self._cues[i].line
            signed = i + 1 < len(self._cues) and self._cues[i + 1].is_meta
            alike = other.gap == line.gap and abs(other.words - line.words) <= 4
            if i != index and self._may[i] and alike and not signed:
                count += other.ends_sentence == line.ends_sentence
        return min(4, count) * (_PROSE_LIKE if _ends_in_dot(line.text) else 1.0)


def may_be_headline(cue: Cues) -> bool:
    """Tell whether a line has the shape of a headline: of one sentence at most, and no noise."""
    line, text = cue.line, cue.line.text
    if cue.noise is not None or cue.is_meta or cue.more is not None or line.starts_lower:
        return False
    if not 1 <= line.words <= _MOST_WORDS or len(text) > _MOST_CHARACTERS or text[-1] == ",":
        return False
    if (line.is_bullet and not cue.is_header) or is_issue(line):
        return False
    if not _ends_in_dot(text):
        return True
    one = line.words <= _MOST_IN_SENTENCE and not _NEXT_SENTENCE.search(text)
    return one and text[0] not in '"“'


def _ends_in_dot(text: str) -> bool:
    return text.rstrip(_MARKS).endswith(".")


def _is_signed(cue: Cues) -> bool:
    return cue.byline is not None or cue.is_date
