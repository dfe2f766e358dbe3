"""From labelled lines to an ``Article``: title, standfirst, bylines, dates, outlet, noise."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from loader.articles.article import Article, ArticleKind, Byline, Span
from loader.articles.authors import authors_of, is_variant, shown_authors
from loader.articles.bylines import (
    BylineLine,
    parse_bio,
    parse_signature,
    parse_signed_report,
    parse_title_byline,
)
from loader.articles.dates import find_dates, strip_dates
from loader.articles.furniture import noise_of
from loader.articles.labels import Label, Labelled, span_of
from loader.articles.outlets import (
    dateline_outlet,
    line_outlet,
    outlet_like,
    title_outlet,
    told_outlet,
)
from loader.pages import Page, PageMetadata

_TITLES = frozenset({Label.TITLE, Label.LONE})
_STANDFIRSTS = frozenset({Label.STANDFIRST, Label.OPENING_STANDFIRST})
_HEADS = frozenset({Label.KICKER, Label.META, Label.OPENING_META})
_NOISES = frozenset({Label.NOISE, Label.HEAD_NOISE})
_BODIES = frozenset({Label.BODY, Label.OPENING_BODY})
_LAST_LINES = 4
_BESIDE_DATE = 8
"""A line that dates a page has at most so many other words."""


def assemble(page: Page, lines: Sequence[Labelled], *, alone: bool = False) -> Article:
    """Make the article that ``lines`` are; noise lines after its last word stay outside.

    Where the page's metadata is of one article, it wins over what the text says; where the
    article is ``alone`` on a page of unknown kind, it fills what the text leaves open.
    """
    lines = lines[: _end(lines)]
    start, end = lines[0].cues.line.start, lines[-1].cues.line.end
    about = page.metadata or PageMetadata()
    said = about if about.single else PageMetadata()
    known = about if alone or about.single else PageMetadata(outlet=about.outlet)
    title, title_span, in_title = _title(lines, start)
    if said.title and _same(said.title, title):
        title = said.title
    elif said.title:
        title, title_span, in_title = said.title, None, None
    subtitle, subtitle_span = _subtitle(page, lines, start)
    published, modified = _dates(lines)
    if not (said.published or published):
        published, changed = _shown_dates(said.head)
        modified = modified or changed
    outlet = said.outlet or _outlet(lines, title) or known.outlet
    return Article(
        page=page,
        span=(start, end),
        kind=_kind(lines),
        text=page.text[start:end],
        title=title,
        title_span=title_span,
        subtitle=said.subtitle or subtitle,
        subtitle_span=subtitle_span,
        bylines=_bylines(page, lines, start, in_title, said, outlet)
        or _named(page, start, end, authors_of(known.authors, outlet)),
        published=said.published or published or known.published or known.guessed,
        published_guessed=not (said.published or published or known.published)
        and known.guessed is not None,
        modified=said.modified or modified or known.modified,
        outlet=outlet,
        head=tuple(span_of(line, start) for line in lines if line.label in _HEADS | {Label.FOOT}),
        noise=tuple(noise_of(lines, start)),
    )


def _end(lines: Sequence[Labelled]) -> int:
    """Return where the article ends: before the furniture that closes the page.

    Scraps (a word or a few, no sentence) are furniture only among lines that surely are.
    """
    end = last = len(lines)
    while last and (_is_outside(lines[last - 1]) or _is_scrap(lines[last - 1])):
        last -= 1
        if _is_outside(lines[last]):
            end = last
    return end or len(lines)


def _is_scrap(line: Labelled) -> bool:
    loose = line.label in {Label.SUBHEAD, Label.BODY} and line.cues.more is None
    return loose and line.cues.line.words <= 4 and not line.cues.line.ends_sentence


def _is_outside(line: Labelled) -> bool:
    """Tell whether a line at the end is the page's rather than the article's."""
    return line.label is Label.NOISE and line.cues.noise not in {"caption", "more", None}


def _title(
    lines: Sequence[Labelled], start: int
) -> tuple[str | None, Span | None, BylineLine | None]:
    """Return the headline, its span and the byline at its end."""
    line = next((line for line in lines if line.label in _TITLES), None)
    if line is None:
        return None, None, None
    from_, to = span_of(line, start)
    found = parse_title_byline(line.text)
    if found and not any(
        name in other.text for name, _ in found[1].names for other in lines if other is not line
    ):
        return line.text[: found[0]], (from_, from_ + found[0]), _shift(found[1], from_)
    return line.text, (from_, to), None


def _shift(byline: BylineLine, by: int) -> BylineLine:
    names = tuple((name, (span[0] + by, span[1] + by)) for name, span in byline.names)
    return BylineLine(names=names, outlet=byline.outlet)


def _subtitle(page: Page, lines: Sequence[Labelled], start: int) -> tuple[str | None, Span | None]:
    spans = [span_of(line, start) for line in lines if line.label in _STANDFIRSTS]
    if not spans:
        return None, None
    first = spans[0]
    return page.text[start + first[0] : start + first[1]], first


def _dates(lines: Sequence[Labelled]) -> tuple[date | None, date | None]:
    """Return when the article was published and changed.

    Head before foot, a labelled date before a bare one. Where only a change is dated, that is
    the best that is known of its publication, too.
    """
    head = [line.text for line in lines if line.label in _HEADS]
    foot = [line.text for line in lines if line.label is Label.FOOT]
    wire = [line.text[:120].split(")")[0] for line in lines if line.label in _BODIES][:1]
    wire = [text for text in wire if "(" in text]
    return next((each for each in map(_dated, (head, foot, wire)) if each[0]), (None, None))


def _dated(texts: Iterable[str]) -> tuple[date | None, date | None]:
    found = [each for text in texts for each in find_dates(text)]
    published = [each.date for each in found if each.role == "published"]
    bare = [each.date for each in found if each.role == "unlabelled"]
    modified = [each.date for each in found if each.role == "modified"]
    first = next(iter([*published, *bare, *modified]), None)
    return first, modified[-1] if modified else None


def _shown_dates(lines: Iterable[str]) -> tuple[date | None, date | None]:
    """Return the dates of the lines under a page's headline that say little else."""
    return _dated(line for line in lines if len(strip_dates(line).split()) <= _BESIDE_DATE)


def _bylines(
    page: Page,
    lines: Sequence[Labelled],
    start: int,
    in_title: BylineLine | None,
    said: PageMetadata,
    outlet: str | None,
) -> tuple[Byline, ...]:
    """Return the authors: as the metadata names them, else from head, title, foot or a bio.

    A byline that the page shows fills up where its metadata names but some of its authors.
    """
    end = lines[-1].cues.line.end
    named = authors_of(said.authors, outlet)
    found = next((each.names for each in _byline_lines(lines, start, in_title) if each.names), ())
    in_text = dict(found[::-1])
    if named:
        shown = (*_signed(lines), *shown_authors(said.bylines, said.head, outlet))
        if {name.casefold() for name in named} & {name.casefold() for name in shown}:
            others = (name for name in shown if not any(is_variant(name, each) for each in named))
            named = authors_of((*named, *others), outlet)
        return _named(page, start, end, named)
    if in_text:
        return tuple(
            Byline(name=name, span=span)
            for name, span in sorted(in_text.items(), key=lambda item: item[1])
        )
    return _named(page, start, end, shown_authors(said.bylines, said.head, outlet))


def _signed(lines: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the names of the bylines above the text that are marked as such."""
    bylines = (line.cues.byline for line in lines if line.label in _HEADS)
    return tuple(name for byline in bylines if byline for name, _ in byline.names)


def _named(page: Page, start: int, end: int, names: tuple[str, ...]) -> tuple[Byline, ...]:
    """Return authors that metadata names, with the place where the article names them first."""
    places = ((name, page.text.find(name, start, end)) for name in names)
    return tuple(
        Byline(name=name, span=(at - start, at - start + len(name)) if at >= 0 else None)
        for name, at in places
    )


def _byline_lines(
    lines: Sequence[Labelled], start: int, in_title: BylineLine | None
) -> Iterator[BylineLine]:
    """Yield what names authors, most trusted first."""
    heads = [line for line in lines if line.label in _HEADS]
    named = [(line, line.cues.byline) for line in heads if line.cues.byline]
    bare = [(line, line.cues.bare_byline) for line in heads if line.cues.bare_byline]
    for group in (named, bare):
        names = [
            name
            for line, byline in group
            for name in _shift(byline, line.cues.line.start - start).names
        ]
        yield BylineLine(names=tuple(names))
    if in_title:
        yield in_title
    foot = [line for line in lines if line.label is Label.FOOT]
    for line in foot:
        found = line.cues.byline or parse_signed_report(line.text)
        if found:
            yield _shift(found, line.cues.line.start - start)
    signed = parse_signature(lines[-1].text)
    if signed:
        yield _shift(signed, lines[-1].cues.line.start - start)
    text = "\n".join(line.text for line in lines)
    for line in lines[-_LAST_LINES:]:
        bio = parse_bio(line.text) if line.label not in _TITLES else None
        if bio and text.count(bio[0].split()[-1]) <= 1 + line.text.count(bio[0].split()[-1]):
            at = line.cues.line.start - start
            yield _shift(BylineLine(names=(bio,)), at)


def _outlet(lines: Sequence[Labelled], title: str | None) -> str | None:
    """Return the outlet, from the plainest sign to the faintest."""
    heads = [line for line in lines if line.label in _HEADS]
    for line in heads:
        byline = line.cues.byline or line.cues.bare_byline
        outlet = (byline.outlet if byline else None) or line_outlet(line.text)
        if outlet:
            return outlet
    for above, line in pairwise(heads):
        if line.cues.is_outlet and (above.cues.byline or above.cues.bare_byline):
            return outlet_like(line.text)
    found = title_outlet(title) if title else None
    if found:
        return found[0]
    bodies = [line.text for line in lines if line.label in _BODIES]
    if bodies and (agency := dateline_outlet(bodies[0])):
        return agency
    for line in lines[-_LAST_LINES:]:
        if len(line.text) < 300 and (outlet := line_outlet(line.text)):
            return outlet
    return told_outlet(bodies) or _photo_outlet(lines)


def _photo_outlet(lines: Sequence[Labelled]) -> str | None:
    """Return the outlet whose name stands in a caption line like "Example Times Photo"."""
    for line in lines:
        if line.label in _NOISES and len(line.text) < 60:
            found = re.fullmatch(r"(.{2,40}) (?:Photo|Illustration)s?", line.text)
            if found and (outlet := outlet_like(found[1])):
                return outlet
    return None


def _kind(lines: Sequence[Labelled]) -> ArticleKind:
    if all(line.label not in _BODIES | {Label.SUBHEAD} for line in lines):
        return "title"
    tail = lines[-2:]
    if any(line.cues.more is not None or line.cues.noise == "more" for line in tail):
        return "excerpt"
    return "article"


def _same(first: str, second: str | None) -> bool:
    return second is not None and _folded(first) == _folded(second)


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
