"""What is around a thing, as a picture: rows of the graph in, a :class:`Picture` out.

Classes of bookkeeping (pages, mentions, citations, runs) stay out of it; the ontology says how the
others are called, coloured and captioned.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from api.site.picture import Kind, Passage, Picture, PictureEdge, PictureNode, PictureText
from api.site.receipts import spans
from api.site.rendering import day
from ontology.model import Class, Model
from queries.counts import counted

Row = Mapping[str, Any]
SHOWN = (
    *("Article", "Person", "Organization", "Outlet", "Country", "Document"),
    *("Statement", "Claim"),
)
SIZE = 200
"""Nodes of a picture: more can be drawn, but fewer can be read."""

WHOLE = 300
"""A graph of so few nodes is shown whole."""

_LABEL = 80


def around(size: int) -> dict[str, int]:
    """Parameters of ``read/neighborhood``: how many things of a picture stand how near."""
    return {"size": size, "near": max(1, size * 2 // 3), "each": 25}


def busiest() -> dict[str, int]:
    """Parameters of ``read/busiest_part``: all of a small graph, the middle of a large one."""
    return {"size": WHOLE, "things": WHOLE * 2 // 5, "each": WHOLE}


def articles_to_read(rows: Iterable[Row]) -> list[str]:
    """The articles in which statements of the picture stand."""
    return sorted({article for row in rows for article in row["articles"]})


def picture(
    rows: Sequence[Row],
    texts: Iterable[Row],
    model: Model,
    *,
    href: Callable[[str, str | None], str],
    title: str = "",
) -> Picture:
    """The picture of ``rows`` of ``read/neighborhood``, the first being what it is about.

    A claim that one statement of the picture makes is shown as that statement alone.

    Args:
        rows: at least one.
        texts: rows of ``read/article_texts`` for the articles of the statements.
        model: the ontology.
        href: the page of an id; for a statement, the second argument is its article.
        title: what it is called where it is about nothing in particular.
    """
    rows = _without_echoes(rows, keep=None if title else rows[0]["id"])
    classes = {frozenset(model.classes[label].labels): model.classes[label] for label in SHOWN}
    nodes = [_node(row, classes[frozenset(row["labels"])], href) for row in rows]
    left_out = rows[0]["leftOut"]
    return Picture(
        title=title or nodes[0].label,
        note=_not_shown(left_out, "" if title else "neighbouring "),
        focus=None if title else nodes[0].id,
        kinds=tuple(
            Kind(name=label, label=item.name.capitalize(), colour=item.colour, icon=item.icon)
            for label in SHOWN
            for item in [model.classes[label]]
        ),
        nodes=tuple(nodes),
        edges=tuple(
            PictureEdge(source=row["id"], target=target, type=kind)
            for row in rows
            for target, kind in sorted(row["edges"])
        ),
        texts=tuple(_text(row, href) for row in texts),
    )


def byline(row: Row) -> str:
    """By whom, where and when, from a row with authors, outlets and the day of publication."""
    published = published_on(row)
    parts = [", ".join(row["authors"]), *row["outlets"], day(published) if published else ""]
    return " · ".join(part for part in parts if part)


def published_on(row: Row) -> date | None:
    """The day of publication as Python's date."""
    published = row["published"]
    return published.to_native() if published is not None else None


def merged(pictures: Sequence[Picture]) -> Picture:
    """Several pictures as one, called as the first is."""
    first, *others = pictures
    if not others:
        return first
    nodes = {node.id: node for one in reversed(pictures) for node in one.nodes}
    texts = {text.id: text for one in pictures for text in one.texts}
    edges = dict.fromkeys(edge for one in pictures for edge in one.edges)
    return replace(
        first, nodes=tuple(nodes.values()), edges=tuple(edges), texts=tuple(texts.values())
    )


def _without_echoes(rows: Sequence[Row], *, keep: str | None) -> list[Row]:
    """The rows without claims that a single statement among them makes, which say the same."""
    made: dict[str, int] = {}
    for row in rows:
        for target, kind in row["edges"]:
            if kind == "EXPRESSES":
                made[target] = made.get(target, 0) + 1
    dropped = {
        row["id"]
        for row in rows
        if "Claim" in row["labels"] and row["id"] != keep and made.get(row["id"], 0) == 1
    }
    return [
        {**row, "edges": [edge for edge in row["edges"] if edge[0] not in dropped]}
        for row in rows
        if row["id"] not in dropped
    ]


def _not_shown(number: int, which: str) -> str:
    if number <= 0:
        return ""
    nodes = counted(number, f"{which}node is", f"{which}nodes are")
    return f"{nodes} not shown."


def _node(row: Row, item: Class, href: Callable[[str, str | None], str]) -> PictureNode:
    properties, identifier = row["properties"], row["id"]
    caption = str(properties.get(item.caption) or identifier)
    article = next(iter(row["articles"]), None)
    return PictureNode(
        id=identifier,
        kind=item.label,
        label=caption if len(caption) <= _LABEL else caption[: _LABEL - 1].rstrip() + "…",
        size=row["degree"],
        quote=properties.get("text") or "",
        details=tuple(_details(properties, item)),
        href=href(identifier, article) or properties.get("url") or "",
        passages=(
            (Passage(text=article, spans=spans(properties.get("contentSpans"))),) if article else ()
        ),
    )


def _details(properties: Row, item: Class) -> Iterable[tuple[str, str]]:
    """What a reader wants to know beside the caption: no offsets, no flag that is not set."""
    for entry in item.properties:
        value = properties.get(entry.key)
        if entry.key in {item.caption, "text", "start"} or value in (None, False, [], ""):
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if "char=" not in shown:
            yield entry.label, "yes" if value is True else shown


def _text(row: Row, href: Callable[[str, str | None], str]) -> PictureText:
    return PictureText(
        id=row["id"],
        title=row["title"],
        byline=byline(row),
        text=row["text"],
        href=href(row["id"], None),
    )
