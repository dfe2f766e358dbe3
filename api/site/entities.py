"""Every IRI of the graph leads somewhere: ``/id/…`` to a page, as Turtle, as JSON-LD.

Things that pages are about have a page at an address of its own, to which readers are led; all
others (mentions, names, runs) are told here, property by property.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.http.availability import InThread
from api.http.errors import ApiError, Code
from api.rdf.describing import Description, Walk, describe
from api.rdf.representations import chosen
from api.site.assets import Assets
from api.site.frame import READING_HEADERS, SiteFrame
from api.site.links import SEGMENTS, thing_href
from api.site.pages import Link, Site, article_href, graph_href, render
from api.site.receipts import places, spans
from api.site.rendering import embedded
from api.site.webbuild import STATIC
from ontology.iris import DEFAULT_BASE, path
from ontology.model import Class, Model, load_model
from ontology.rdf.nodes import Node
from ontology.rdf.schema_org import schema_org
from ontology.rdf.writing import FORMATS
from queries.database import Database

HTML = "text/html"
OFFERED = {HTML: "html"} | {
    FORMATS[name].media_type: name for name in ("turtle", "jsonld", "ntriples")
}
"""The media types a thing is shown in, the preferred first, and how ``?format=`` names them."""

_LONG = 200
_NOT_NAMED = frozenset(("Claim", "Page", "ExtractionRun"))
"""Classes whose nodes say little beside a neighbour: they are not named with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A node in a list: what it is called, and what else helps to place it."""

    title: str
    href: str
    notes: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Nodes that stand in one relation to the thing; ``more`` of them are not shown."""

    title: str
    entries: tuple[Entry, ...]
    more: int = 0


def router(
    database: Database,
    *,
    links: Sequence[Link] = (),
    base: str = DEFAULT_BASE,
    static: Path = STATIC,
    in_thread: InThread = run_sync,
) -> APIRouter:
    """The route ``/id/{id}``, by the ``Accept`` header or ``?format=html|turtle|jsonld|ntriples``.

    Args:
        database: where the graph is.
        links: the ways into the graph for the head of each page; a path counts from where the
            application stands.
        base: what the graph's IRIs begin with.
        static: the built front end.
        in_thread: how the graph is read.
    """
    routes = APIRouter(include_in_schema=False)
    model = load_model()
    frame = SiteFrame(links=links, assets=Assets(static))

    @routes.api_route("/id/{identifier:path}", methods=["GET", "HEAD"])
    async def entity(request: Request, identifier: str) -> Response:
        media_type = _media_type(request)
        if media_type == HTML and identifier.partition("/")[0] in SEGMENTS:
            address = frame.site(request.scope).root + thing_href(identifier)
            headers = {"Vary": "Accept", "Link": _alternates(), "Cache-Control": "no-cache"}
            return RedirectResponse(address, status_code=303, headers=headers)
        try:
            found = await in_thread(
                lambda: describe(database.driver, identifier, model, database=database.name)
            )
            if found is None:
                msg = f"The graph has no node with the id {identifier}."
                raise ApiError(msg, code=Code.NOT_FOUND, status=404)
        except ApiError as error:
            if media_type != HTML:
                raise
            return frame.failure(error, request)
        answer = {"Vary": "Accept", "Link": _alternates(), "Cache-Control": "no-cache"}
        form = OFFERED[media_type]
        if form == "html":
            text = render_entity(found, model, frame.site(request.scope), base=base)
            return HTMLResponse(text, headers={**answer, **READING_HEADERS})
        data = found.rdf(FORMATS[form].name, model, base)
        return Response(data, media_type=media_type, headers=answer)

    return routes


def render_entity(found: Description, model: Model, site: Site, *, base: str) -> str:
    """The page about a thing: its properties, what it leads to, and its statements in context."""
    names = {name: caption(node, model) for name, node in found.nodes.items()}
    view = _View(found, model, names, site.root)
    address = f"{site.root}/id/{path(found.node.id)}"
    return render(
        "entity.html",
        site,
        title=names[found.node.id],
        kind=found.item.name,
        about=found.item.description,
        properties=view.properties(),
        links=view.links(),
        sections=[*view.outgoing(), *view.incoming()],
        ways=[
            *view.ways(),
            Link(label="Graph", href=site.root + graph_href(found.node.id)),
            Link(label="Turtle", href=f"{address}?format=turtle"),
            Link(label="JSON-LD", href=f"{address}?format=jsonld"),
        ],
        data=embedded(schema_org(found.node, model, base, names)),
    )


def caption(node: Node, model: Model) -> str:
    """What a node is called: its caption, shortened, or its id."""
    item = _class(node, model)
    value = node.properties.get(item.caption)
    if item.label == "Citation":
        value = node.properties.get("description", value)
    if value is None:
        value = node.properties.get("text", node.id)
    words = map(str, value) if isinstance(value, tuple) else str(value).split()
    text = " ".join(words)
    return text if len(text) <= _LONG else text[: _LONG - 1].rsplit(" ", 1)[0] + "…"


class _View:
    """What a page says of a description."""

    def __init__(
        self, found: Description, model: Model, names: Mapping[str, str], root: str
    ) -> None:
        self._found = found
        self._model = model
        self._names = names
        self._root = root

    def properties(self) -> list[tuple[str, list[str]]]:
        """Labels and values, without the texts that are pages of their own."""
        told = []
        for entry in self._found.item.properties:
            value = self._found.node.properties.get(entry.key)
            if value is None or (self._found.item.label == "Article" and entry.key == "text"):
                continue
            values = value if isinstance(value, tuple) else (value,)
            shown = [_shown(item) for item in values]
            ranges = spans(shown)
            if ranges and len(ranges) == len(shown):
                shown = [places(ranges)]
            if not any("char=" in one for one in shown) and not entry.key.startswith("sketch"):
                told.append((entry.label, shown))
        return told

    def links(self) -> list[tuple[str, list[Link]]]:
        """The relationships that go out to one node, with its name."""
        told = []
        for edge in self._found.item.relationships:
            targets = self._targets(edge.type)
            if targets and not edge.many:
                told.append((edge.label, [self._link(name) for name in targets]))
        return told

    def outgoing(self) -> list[Section]:
        """The relationships that may go out to many nodes."""
        return [
            Section(
                title=edge.label.capitalize(),
                entries=tuple(self._entry(name) for name in self._targets(edge.type)),
            )
            for edge in self._found.item.relationships
            if edge.many and self._targets(edge.type)
        ]

    def incoming(self) -> list[Section]:
        """What leads here, in the words of the ontology."""
        return [self._section(walk) for walk in self._found.walks]

    def ways(self) -> list[Link]:
        """Where the thing can be read."""
        if self._found.item.label == "Article":
            return [Link(label="Read", href=self._root + article_href(self._found.node.id))]
        return [
            Link(
                label="Read it in its article",
                href=self._root + article_href(target, self._found.node.id),
            )
            for kind, target in sorted(self._found.node.edges)
            if kind == "STATED_IN"
        ]

    def _section(self, walk: Walk) -> Section:
        entries = tuple(self._entry(name) for name in walk.ids if name in self._found.nodes)
        title = walk.relationship.inverse_description.rstrip(".")
        return Section(title=title, entries=entries, more=walk.total - len(entries))

    def _targets(self, kind: str) -> list[str]:
        edges = sorted(self._found.node.edges)
        found = [name for other, name in edges if other == kind and name in self._names]
        return sorted(found, key=lambda name: (self._names[name], name))

    def _entry(self, name: str) -> Entry:
        """A node in a list, with the nodes that it alone leads to: its speaker, its article."""
        node = self._found.nodes[name]
        single = {e.type: e for e in _class(node, self._model).relationships if not e.many}
        notes = []
        for kind, target in sorted(node.edges):
            other = self._found.nodes.get(target)
            if kind not in single or other is None or target == self._found.node.id:
                continue
            if not _NOT_NAMED & other.labels:
                link = self._link(target, seen_from=name if kind == "STATED_IN" else None)
                notes.append(replace(link, note=single[kind].label))
        return Entry(title=self._names[name], href=self._href(name), notes=tuple(notes))

    def _link(self, name: str, *, seen_from: str | None = None) -> Link:
        href = self._href(name) if seen_from is None else self._root + article_href(name, seen_from)
        return Link(label=self._names[name], href=href)

    def _href(self, name: str) -> str:
        return self._root + thing_href(name)


def _class(node: Node, model: Model) -> Class:
    return next(item for item in model.concrete if frozenset(item.labels) == node.labels)


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _media_type(request: Request) -> str:
    wanted = request.query_params.get("format")
    if wanted is not None:
        for media_type, name in OFFERED.items():
            if name == wanted:
                return media_type
        msg = f"'format' is {wanted!r}; use one of {', '.join(OFFERED.values())}."
        raise ApiError(msg, code=Code.BAD_USER_INPUT)
    return chosen(request.headers.get("accept"), tuple(OFFERED), "Each node")


def _alternates() -> str:
    """Where the same is in other formats: at this very address (RFC 8288, relative)."""
    return ", ".join(
        f'<?format={name}>; rel="alternate"; type="{media_type}"'
        for media_type, name in OFFERED.items()
    )
