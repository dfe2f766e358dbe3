"""What an HTML page says of itself in JSON-LD (schema.org).

Scripts are read as they are found: inside CDATA or a comment, with a stray comma or semicolon,
in lists, in a graph whose nodes refer to each other by ``@id``.
"""

import html as entities
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from loader.pages.fragments import field_text, plain

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:.*Article|(?!Job).*Posting|Report|Review|.*Reportage)$")
_BODY = re.compile(r"(?:WebPage|ItemPage)$")
_GROUP = re.compile(r".*(?:Organization|Corporation|Business|Brand|Agency)$")
_START = re.compile(r"[\[{]")
_WRAPPED = re.compile(r"<!\[CDATA\[|<!--")
_STRAY_COMMA = re.compile(r",(?=\s*[}\]])")
_DECODER = json.JSONDecoder(strict=False)
_DEPTH = 40
LISTING = 4
"""A page that describes so many articles is a list of them."""


class Described:
    """The nodes that a page's scripts hold, and the article among them."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self._roots = list(_scripts(tree))
        self._named: dict[str, Node] = {}
        for root in self._roots:
            self._index(root, 0)
        articles = [node for root in self._roots for node in _typed(root, _ARTICLE, 0)]
        pages = [node for root in self._roots for node in _typed(root, _BODY, 0)]
        self._articles = articles[: 10 * LISTING]
        self.is_listing = len(articles) >= LISTING
        self.page: Node = next(iter(pages), {})
        sites = [node for root in self._roots for node in _typed(root, re.compile("WebSite"), 0)]
        self.site = field_text(sites[0].get("name")) if sites else None

    def article(self, headlines: tuple[str, ...]) -> Node:
        """Return the article of the page: the one under a headline that it shows, else the first.

        Empty where the page describes none, or so many that it is a list of them.
        """
        shown = {plain(headline) for headline in headlines}
        for node in self._articles:
            if plain(field_text(node.get("headline") or node.get("name")) or "") in shown - {""}:
                return node
        return {} if self.is_listing else next(iter(self._articles), {})

    def people(self, value: object) -> tuple[str, ...]:
        """Return the authors that a property names; an organization is none."""
        found: list[str] = []
        for item in value if isinstance(value, list) else [value]:
            node = self._resolved(item)
            if isinstance(node, list):
                found += self.people(node)
            elif isinstance(node, dict):
                if not any(_GROUP.fullmatch(kind) for kind in _kinds(node)):
                    names = node.get("name")
                    listed = names if isinstance(names, list) else [names]
                    found += [name for name in map(field_text, listed) if name]
            elif name := field_text(node):
                found.append(name)
        return tuple(found)

    def name(self, value: object) -> str | None:
        """Return the name of what a property holds: text, or a node, or the first of several."""
        if isinstance(value, list):
            value = value[0] if value else None
        value = self._resolved(value)
        return field_text(value.get("name") if isinstance(value, dict) else value)

    def _resolved(self, value: object) -> object:
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self._named.get(value["@id"], value)
        return value

    def _index(self, value: object, depth: int) -> None:
        if depth > _DEPTH:
            return
        if isinstance(value, list):
            for item in value:
                self._index(item, depth + 1)
        elif isinstance(value, dict):
            key = value.get("@id")
            if isinstance(key, str) and "name" in value:
                self._named.setdefault(key, value)
            for item in value.values():
                self._index(item, depth + 1)


def _scripts(tree: html.HtmlElement) -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold():
            yield from _parsed(script.text or "")


def _parsed(text: str) -> Iterator[object]:
    text = _WRAPPED.sub("", text[:200]) + text[200:]
    for attempt in (text, _STRAY_COMMA.sub("", text), entities.unescape(text)):
        start = _START.search(attempt)
        if start is None:
            return
        try:
            value, _ = _DECODER.raw_decode(attempt, start.start())
        except (ValueError, RecursionError):
            continue
        yield value
        return


def _kinds(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def _typed(value: object, kind: re.Pattern[str], depth: int) -> Iterator[Node]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _typed(item, kind, depth + 1)
    elif isinstance(value, dict):
        if any(kind.fullmatch(each) for each in _kinds(value)):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _typed(value.get(key), kind, depth + 1)
