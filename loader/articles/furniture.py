"""What stands inside an article without being its prose."""

import re
from collections.abc import Iterator, Sequence

from loader.articles.article import Span
from loader.articles.data import LISTS
from loader.articles.labels import Label, Labelled, span_of
from loader.articles.releases import boilerplate, tickers, wire_dateline

_TITLES = frozenset({Label.TITLE, Label.LONE})
_NOISES = frozenset({Label.NOISE, Label.HEAD_NOISE})
_BODIES = frozenset({Label.BODY, Label.OPENING_BODY})
_PROSE = _BODIES | {Label.SUBHEAD}
_KICKER = re.compile(
    rf"(?P<kicker>(?:{LISTS('patterns', 'kicker').alternatives})\s*[:|])\s+\S", re.IGNORECASE
)
"""What a headline is, said before it: neither a source nor a person."""
_MAX_FIGURE = 200


def noise_of(lines: Sequence[Labelled], start: int) -> Iterator[Span]:
    """Yield the spans of captions, promotions, kickers, datelines and boilerplate."""
    figures = _figures(lines)
    ending = boilerplate([line.text for line in lines])
    for index, line in enumerate(lines):
        from_, to = span_of(line, start)
        stamp = line.label in _PROSE and (line.cues.is_date or line.cues.is_clock)
        if line.label in _NOISES or index in figures or index >= ending or stamp:
            yield from_, to
        elif line.label in _TITLES and (kicker := _KICKER.match(line.text)):
            yield from_, from_ + kicker.end("kicker")
        else:
            wire = wire_dateline(line.text) if line.label in _BODIES else None
            for span in (*filter(None, [wire]), *tickers(line.text)):
                yield from_ + span[0], from_ + span[1]
            if line.cues.more is not None:
                yield from_ + line.cues.more, to


def _figures(lines: Sequence[Labelled]) -> set[int]:
    """Find captions without a credit: in an article set without blank lines, the line apart.

    Where paragraphs follow each other without a blank line, a short line with one before it and
    one after it, between two such runs, stood under a picture.
    """
    gaps = [line.cues.line.gap for line in lines]
    if sum(gap == 0 for gap in gaps) <= 0.6 * len(gaps):
        return set()
    return {
        i
        for i in range(2, len(lines) - 2)
        if lines[i].label in _BODIES | {Label.SUBHEAD}
        and gaps[i] == gaps[i + 1] == 1
        and gaps[i - 1] == gaps[i + 2] == 0
        and len(lines[i].text) <= _MAX_FIGURE
        and lines[i].text.endswith(".")
    }
