"""Extract an article again from what the graph keeps of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, permutations, product
from typing import Any, cast

from spacy.language import Language

from loader.articles import Article, Byline, split
from loader.extract.mapping import article_id, to_record
from loader.extract.pipeline import annotate
from loader.pages import Page, PageMetadata
from ontology import iris
from ontology.ranges import spans
from ontology.records import ArticleRecord, Span

Kept = Mapping[str, Any]
"""A row of ``read/articles_kept``."""

_ORDERS = 24
_WAYS = 500


def extract_again(nlp: Language, rows: Sequence[Kept]) -> Iterator[tuple[ArticleRecord, bool]]:
    """Yield the record of each article, in order, under the id by which the graph knows it.

    With it comes whether its text and particulars are those that the id was made from.
    """
    found = annotate(nlp, map(kept_article, rows))
    for row, (article, doc) in zip(rows, found, strict=True):
        yield to_record(doc, article, identifier=str(row["id"])), is_own(row, article)


def kept_article(row: Kept) -> Article:
    """The article as it was cut from its page, from its text and its particulars in the graph.

    All that extraction looks at is there but the lines at its head (dates, mastheads), which are
    found again as on a page.
    """
    text = str(row["text"])
    names = {str(name["uses"]): name for name in row["named"]}
    bylines = [
        Byline(name=str(names[author]["name"]), span=span)
        for author in row["authorNames"] or ()
        if author in names
        for span in spans(names[author]["spans"])[:1] or [None]
    ]
    outlet = names.get(row["outletName"])
    page = _page(row, [byline.name for byline in bylines])
    parts = split(page)
    return Article(
        page=page,
        span=(0, len(text)),
        kind=row["kind"],
        text=text,
        title=row["title"],
        title_span=next(iter(spans([row["titleSpan"]])), None),
        subtitle=row["subtitle"],
        bylines=tuple(sorted(bylines, key=_place)),
        published=_day(row["published"]),
        modified=_day(row["modified"]),
        outlet=str(outlet["name"]) if outlet else None,
        language=row["language"],
        head=tuple(
            (start + part.span[0], end + part.span[0]) for part in parts for start, end in part.head
        ),
        noise=spans(row["noise"]),
    )


def is_own(row: Kept, article: Article) -> bool:
    """Whether the article's id is that of its text and particulars, so that none was changed.

    The id is made of names as the page writes them, of which the graph keeps all forms.
    """
    forms = {str(name["name"]): [name["name"], *name["forms"]] for name in row["named"]}
    outlets = forms.get(article.outlet or "", [article.outlet])
    authors = [forms.get(byline.name, [byline.name]) for byline in article.bylines]
    placed = sum(byline.span is not None for byline in article.bylines)
    orders = (
        (*authors[:placed], *others) for others in islice(permutations(authors[placed:]), _ORDERS)
    )
    ways = ((outlet, names) for order in orders for outlet, *names in product(outlets, *order))
    return any(
        article_id(
            replace(
                article,
                outlet=outlet,
                bylines=tuple(Byline(name=str(name), span=None) for name in names),
            )
        )
        == row["id"]
        for outlet, names in islice(ways, _WAYS)
    )


def _page(row: Kept, authors: Sequence[str]) -> Page:
    metadata = PageMetadata(
        title=row["title"],
        subtitle=row["subtitle"],
        authors=tuple(authors),
        published=_day(row["published"]),
        modified=_day(row["modified"]),
        single=True,
    )
    return Page(
        name=str(row["id"]),
        location=str(row["id"]),
        sha256=iris.digest(str(row["text"]), length=64),
        text=str(row["text"]),
        metadata=metadata,
    )


def _place(byline: Byline) -> tuple[bool, Span]:
    return byline.span is None, byline.span or (0, 0)


def _day(value: Any) -> date | None:
    """A day as the driver gives it, as Python has it."""
    return cast(date, value.to_native()) if hasattr(value, "to_native") else value
