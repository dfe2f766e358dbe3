"""Where a statement stands: its sentences in the article, and links that lead to them."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from api.site.marks import Mark, marked
from ontology.ranges import spans as ranges_of

Spans = tuple[tuple[int, int], ...]
_AROUND = 280
_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+|\n+")
_FRAGMENT_WORDS = 5


def spans(ranges: Iterable[str | None] | None) -> Spans:
    """Ranges of RFC 5147, ``char=12,20``, as pairs, in their order in the text."""
    return tuple(sorted(ranges_of(ranges)))


def in_context(text: str, content: Spans, source: Spans = (), cue: Spans = ()) -> str:
    """The sentences around ``content`` as HTML: content, source and cue marked.

    Whole sentences, but not more than about 300 characters before and after.
    """
    if not content:
        return ""
    start, end = around(text, content, source, cue)
    groups = (("content", "what is said", content), ("source", "who says it", source))
    marks = [
        Mark(anchor=f"part-{name}", spans=_moved(where, start), classes=name, title=title)
        for name, title, where in (*groups, ("cue", "the words that attribute it", cue))
        if where
    ]
    shown = marked(text[start:end], marks)
    return f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}"


def around(text: str, content: Spans, source: Spans = (), cue: Spans = ()) -> tuple[int, int]:
    """Where the whole sentences begin and end that hold ``content``, and what stands near it."""
    first, last = content[0][0], max(end for _, end in content)
    near = [one for one in (*source, *cue) if abs(one[0] - first) < _AROUND]
    first = min([first, *(start for start, _ in near)])
    last = max([last, *(end for _, end in near)])
    start, end = _start(text, first), _end(text, last)
    return start, start + len(text[start:end].rstrip())


def text_fragment(url: str, text: str, content: Spans) -> str:
    """``url`` with a text fragment, by which browsers scroll to the words and mark them.

    (WICG, URL Fragment Text Directives: ``#:~:text=first words,last words``.)
    """
    if not content or "#" in url:
        return url
    words = " ".join(text[content[0][0] : content[0][1]].split()).split(" ")
    if len(words) <= 2 * _FRAGMENT_WORDS:
        parts = [" ".join(words)]
    else:
        parts = [" ".join(words[:_FRAGMENT_WORDS]), " ".join(words[-_FRAGMENT_WORDS:])]
    # A comma or a dash in the words would be read as part of the directive's own syntax.
    shown = ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)
    return f"{url}#:~:text={shown}"


def places(content: Spans) -> str:
    """Where a statement stands, in words: characters 12 to 20."""
    told = [f"{start:,} to {end:,}" for start, end in content]
    return f"characters {' and '.join(told)}" if told else ""


def _start(text: str, first: int) -> int:
    floor = max(0, first - _AROUND)
    ends = [match.end() for match in _SENTENCE.finditer(text, floor, first)]
    if len(ends) > 1:
        return ends[-2]
    if ends:
        return ends[-1]
    return floor if not floor else text.find(" ", floor, first) + 1 or floor


def _end(text: str, last: int) -> int:
    ceiling = min(len(text), last + _AROUND)
    ends = [match.end() for match in _SENTENCE.finditer(text, last, ceiling)]
    if len(ends) > 1:
        return ends[1]
    if ends:
        return ends[0]
    return ceiling if ceiling == len(text) else max(text.rfind(" ", last, ceiling), last)


def _moved(where: Sequence[tuple[int, int]], start: int) -> Spans:
    return tuple((first - start, last - start) for first, last in where)
