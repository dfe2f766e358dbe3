"""Cut a page into its articles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loader.articles.article import Article
from loader.articles.assembly import assemble
from loader.articles.cohesion import Cohesion
from loader.articles.decoder import decode
from loader.articles.labels import Label, Labelled, cues_of
from loader.articles.lines import lines_of
from loader.articles.newsletters import in_common, newsletter
from loader.articles.scoring import scores
from loader.pages import Page

_OUTSIDE = frozenset({Label.HEADING, Label.OUTSIDE})
_FIRST = frozenset({Label.LONE, Label.OPENING_META, Label.OPENING_BODY})
_TITLED = frozenset({Label.TITLE, Label.LONE, Label.KICKER, Label.OPENING_STANDFIRST})
_CERTAIN = 20.0


def split(page: Page) -> tuple[Article, ...]:
    """Return the articles of ``page`` in order.

    Their spans never overlap; a page heading or a promotion between articles is in none. Text
    without any sign of an article is one article with what is known. The result depends on the
    page alone, and the time taken is linear in its length.
    """
    lines = label(page)
    groups = _titled(lines)
    articles = (assemble(page, each, alone=len(groups) == 1) for each in groups)
    mailed = newsletter([line.cues for line in lines]) if len(groups) > 1 else None
    return tuple(in_common(mailed, each) if mailed else each for each in articles)


def _titled(lines: Sequence[Labelled]) -> list[list[Labelled]]:
    """Return the articles; a heading above the only one, or of none, is a title."""
    groups = list(_articles(lines))
    heads = [line for line in lines if line.label is Label.HEADING]
    if heads and not groups:
        return [[replace(heads[0], label=Label.LONE)]]
    untitled = len(groups) == 1 and not any(line.label in _TITLED for line in groups[0])
    if untitled and len(heads) == 1 and heads[0] is lines[0]:
        return [[replace(heads[0], label=Label.TITLE), *groups[0]]]
    return groups


def label(page: Page) -> list[Labelled]:
    """Return every line of ``page`` with what it was found to be."""
    lines = lines_of(page.text)
    cues = cues_of(lines)
    table = scores(cues, Cohesion(lines))
    single = page.metadata is not None and page.metadata.single
    if single and table and page.metadata and page.metadata.title:
        table[0] = {Label.TITLE: _CERTAIN}
    mailed = None if single else newsletter(cues)
    if mailed:
        for index in mailed.preamble:
            table[index] = {Label.OUTSIDE: _CERTAIN}
        for index in mailed.headlines:
            table[index] = {Label.TITLE: _CERTAIN}
    labels = decode(cues, table, single=single)
    return [Labelled(label=each, cues=cue) for each, cue in zip(labels, cues, strict=True)]


def _articles(lines: Sequence[Labelled]) -> Iterator[list[Labelled]]:
    current: list[Labelled] = []
    before: Label | None = None
    for line in lines:
        if current and _starts(line.label, before):
            yield current
            current = []
        if line.label not in _OUTSIDE:
            current.append(line)
        before = line.label
    if current:
        yield current


def _starts(label: Label, before: Label | None) -> bool:
    if label in _FIRST or label in _OUTSIDE:
        return True
    if label is Label.TITLE:
        return before is not Label.KICKER
    if label in {Label.KICKER, Label.OPENING_STANDFIRST}:
        return before is not label
    return False
