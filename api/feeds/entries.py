"""What an entry of a feed says of a match: its words, who says them, where, and links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from api.feeds.record import Told
from api.graphql.waiting import Asker, schema
from api.site.links import thing_href
from api.site.rendering import day, safe_href, shortened
from api.site.words import verb
from ontology.model import load_model

_FOLDER = Path(__file__).parents[2] / "queries" / "feeds"
_KNOWN = {"Statement": "statements", "Article": "articles"}
_OTHER = """query FeedThings($ids: [ID!]!, $first: Int!) {{
  things: {root}(where: {{ id: {{ in: $ids }} }}, first: $first) {{
    nodes {{ __typename id {caption} }}
  }}
}}
"""
_AT_ONCE = 500
"""Ids in one condition: a list in a document may hold a thousand."""
_UNNAMED = "An unnamed source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry: ``content`` is HTML, ``href`` its page on the site, ``url`` where it was read."""

    told: Told
    title: str
    content: str
    href: str
    authors: tuple[str, ...] = ()
    url: str = ""


def read_entries(asker: Asker, told: Sequence[Told]) -> Iterator[Entry]:
    """Yield the entries for matches, in their order; what is in the graph no more is left out.

    Raises:
        AnswerError: the graph holds what it cannot.
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for kind in sorted({one.kind for one in told}):
        ids = [one.id for one in told if one.kind == kind]
        operation = asker.prepare(_document(kind))
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            data = asker.ask(operation, {"ids": some, "first": _AT_ONCE})
            found |= {str(node["id"]): node for node in data["things"]["nodes"]}
    for one in told:
        if one.id in found:
            yield entry_of(one, found[one.id])


def _document(kind: str) -> str:
    if kind in _KNOWN:
        return (_FOLDER / f"{_KNOWN[kind]}.graphql").read_text(encoding="utf-8")
    catalog, _ = schema()
    roots = (root for root in catalog.roots.values() if root.target == kind and not root.having)
    root = next(root for root in roots if root.kind == "many")
    caption = load_model().classes[kind].caption
    known = caption in catalog.types[kind].properties
    return _OTHER.format(root=root.name, caption=f"caption: {caption}" if known else "")


def entry_of(told: Told, node: Mapping[str, Any]) -> Entry:
    """The entry for a match, of which ``node`` is what its document selects."""
    href = thing_href(told.id, told.kind)
    if told.kind == "Statement":
        return _statement(told, node, href)
    if told.kind == "Article":
        title = node["title"] or shortened(node["text"], 100)
        content = Markup("<p>{}</p>\n<p>{}</p>").format(shortened(node["text"], 600), _where(node))
        return Entry(
            told=told,
            title=title,
            content=content,
            href=href,
            authors=_authors(node),
            url=safe_href(node["url"] or ""),
        )
    caption = str(node.get("caption") or told.id)
    return Entry(told=told, title=shortened(caption, 140), content=str(escape(caption)), href=href)


def _statement(told: Told, node: Mapping[str, Any], href: str) -> Entry:
    article = node["statedIn"] or {}
    speaker = (node["attributedTo"] or {}).get("name") or node["source"] or _UNNAMED
    content = Markup("<blockquote><p>{}</p></blockquote>\n<p>{}</p>\n<p>{}</p>").format(
        node["text"], f"{speaker} {verb(node)} this.", _where({**article, **_published(node)})
    )
    return Entry(
        told=told,
        title=f"{speaker}: {shortened(node['text'], 140)}",
        content=content,
        href=href,
        authors=_authors(article) or (speaker,),
        url=safe_href(article.get("url") or ""),
    )


def _published(node: Mapping[str, Any]) -> dict[str, Any]:
    return {"published": node["published"]}


def _where(article: Mapping[str, Any]) -> Markup:
    """The article, its outlet and its day, as HTML."""
    title = article.get("title") or "an article without a title"
    url = safe_href(article.get("url") or "")
    link = Markup('<a href="{}">{}</a>').format(url, title) if url else escape(title)
    outlet = (article.get("publishedBy") or {}).get("name")
    told = [escape(outlet)] if outlet else []
    if article.get("published"):
        told.append(escape(day(article["published"])))
    return Markup(", ").join([Markup("In {}").format(link), *told])


def _authors(article: Mapping[str, Any]) -> tuple[str, ...]:
    """Who wrote it, else who published it."""
    writers = (article.get("writtenBy") or {}).get("nodes") or ()
    outlet = (article.get("publishedBy") or {}).get("name")
    return tuple(each["name"] for each in writers) or ((outlet,) if outlet else ())
