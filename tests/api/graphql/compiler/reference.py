"""The API's meaning, written a second time: plain resolvers over nodes and edges in Python.

graphql-core walks them field by field. What the engine answers must equal what it answers.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from graphql import (
    ExecutionResult,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    graphql_sync,
)

from api.graphql.compiler.catalog import Catalog, Group, NodeType, Walk
from api.graphql.compiler.cursors import encode
from api.graphql.compiler.ordering import order_mark, order_of
from ontology.records import SourceRole, Third
from tests.api.graphql.compiler.questions import QUESTIONS

Node = dict[str, Any]
_MISSING = object()


@dataclass
class Memory:
    """A graph: nodes by id, each with ``labels``, and edges as (source, type, target)."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, labels: str, identifier: str, **properties: Any) -> str:
        self.nodes[identifier] = {"labels": labels.split(":"), "id": identifier, **properties}
        return identifier

    def link(self, source: str, kind: str, target: str) -> None:
        if (source, kind, target) not in self.edges:
            self.edges.append((source, kind, target))


@dataclass
class Listing:
    """A connection: all its nodes in order, and the arguments it was asked with."""

    nodes: list[Node]
    item: NodeType
    mark: int
    keys: list[Callable[[Node], Any]]
    first: int
    after: str | None
    last: int | None
    before: str | None

    def cursor(self, node: Node) -> str:
        return encode(self.mark, [_plain(key(node)) for key in self.keys])

    def page(self) -> tuple[list[Node], bool]:
        """The page, and whether there are more in the direction it is taken in."""
        cursors = [self.cursor(node) for node in self.nodes]
        start = 0 if self.after is None else cursors.index(self.after) + 1
        end = len(cursors) if self.before is None else cursors.index(self.before)
        within = self.nodes[start:end]
        if self.last is not None:
            return within[-self.last :], len(within) > self.last
        return within[: self.first], len(within) > self.first


class Reference:
    """Answers documents over a :class:`Memory`."""

    def __init__(self, sdl: str, catalog: Catalog, memory: Memory) -> None:
        self.schema: GraphQLSchema = build_schema(sdl)
        self.catalog = catalog
        self.memory = memory
        for scalar, parse in (("Date", _date), ("DateTime", _time)):
            self.schema.type_map[scalar].coerce_input_value = parse  # type: ignore[attr-defined]
            self.schema.type_map[scalar].parse_value = parse  # type: ignore[attr-defined]

    def answer(self, text: str, variables: Mapping[str, Any] | None = None) -> ExecutionResult:
        return graphql_sync(
            self.schema,
            text,
            root_value=self,
            variable_values=dict(variables or {}),
            field_resolver=self.resolve,
            type_resolver=lambda value, *_: self.type_of(value).name,
        )

    def type_of(self, node: Node) -> NodeType:
        labels = set(node["labels"])
        objects = [item for item in self.catalog.types.values() if not item.abstract]
        return next(item for item in objects if set(item.label.split(":")) == labels)

    def resolve(self, source: Any, info: GraphQLResolveInfo[Any], /, **arguments: Any) -> Any:
        name = info.field_name
        if source is self:
            return self.root(name, arguments)
        if isinstance(source, Listing):
            return self.listing(source, name)
        if isinstance(source, tuple):  # a node with the listing it stands in
            listing, node = source
            if name in ("node", "cursor"):
                return node if name == "node" else listing.cursor(node)
            return node[f"·{name}"]
        if "labels" in source:
            return self.field(source, name, arguments)
        value = source[name]
        return value(**arguments) if callable(value) else value

    # ── Where answers begin ─────────────────────────────────────────────────────────────────────

    def root(self, name: str, arguments: dict[str, Any]) -> Any:
        root = self.catalog.roots[name]
        nodes = self.memory.nodes
        if root.kind == "node":
            return nodes.get(arguments["id"])
        if root.kind in QUESTIONS:
            return QUESTIONS[root.kind](self, root, arguments)
        members = self.catalog.types[root.target].members
        typed = [node for node in nodes.values() if self.type_of(node).name in members]
        if root.kind == "one":
            wanted = arguments["id"]
            return next((n for n in typed if wanted in (n["id"], n["id"].split("/")[1])), None)
        for step in root.having:
            typed = [node for node in typed if list(self.steps([node], [step]))]
        return self.connection(typed, self.catalog.types[root.target], arguments)

    def field(self, node: Node, name: str, arguments: dict[str, Any]) -> Any:
        item = self.type_of(node)
        if name in item.walks:
            walk = item.walks[name]
            ends = self.ends(node, walk)
            if not walk.many:
                return ends[0] if ends else None
            target = self.catalog.types[walk.target]
            return self.connection(ends, target, arguments, own=walk.order)
        prop = item.properties[name]
        if prop.kind == "iri":
            return f"http://127.0.0.1:8000/id/{node['id']}"
        value = _plain(node.get(prop.key))
        if prop.many:
            return value or []
        return value.upper() if prop.kind == "enum" and value else value

    # ── Walks ───────────────────────────────────────────────────────────────────────────────────

    def ends(self, node: Node, walk: Walk) -> list[Node]:
        found = {end["id"]: end for end in self.steps([node], walk.steps)}
        return list(found.values())

    def steps(self, starts: Iterable[Node], steps: Iterable[Any]) -> list[Node]:
        here = list(starts)
        for step in steps:
            ends = []
            for node in here:
                for source, kind, target in self.memory.edges:
                    near, far = (source, target) if step.forward else (target, source)
                    if kind == step.type and near == node["id"]:
                        end = self.memory.nodes[far]
                        if step.label and step.label not in end["labels"]:
                            continue
                        if all(end.get(key) == value for key, value in step.where):
                            ends.append(end)
            here = ends
        return here

    # ── Connections ─────────────────────────────────────────────────────────────────────────────

    def connection(
        self, nodes: list[Node], item: NodeType, arguments: dict[str, Any], own: Any = ()
    ) -> Listing:
        kept = [node for node in nodes if self.holds(node, item, arguments.get("where"))]
        wanted = [
            {name: _Way(way)}
            for entry in arguments.get("orderBy") or ()
            for name, way in entry.items()
        ]
        order = order_of(self.catalog, item, wanted, own)
        keys = [self.key(sort.key, sort.walk) for sort in order]
        for sort, key in reversed(list(zip(order, keys, strict=True))):
            present = [node for node in kept if key(node) is not None]
            absent = [node for node in kept if key(node) is None]
            kept = sorted(present, key=key, reverse=sort.descending) + absent
        return self.made(kept, item, order_mark(item, order), keys, arguments)

    def made(
        self,
        nodes: list[Node],
        item: NodeType,
        mark: int,
        keys: list[Callable[[Node], Any]],
        arguments: dict[str, Any],
    ) -> Listing:
        """A connection of these nodes, in this order."""
        first = arguments.get("first")
        return Listing(
            nodes,
            item,
            mark,
            keys,
            25 if first is None else first,
            arguments.get("after"),
            arguments.get("last"),
            arguments.get("before"),
        )

    def key(self, name: str, walk: Walk | None) -> Callable[[Node], Any]:
        if walk is not None:
            return lambda node: len(self.ends(node, walk))
        return lambda node: node.get(name)

    def listing(self, listing: Listing, name: str) -> Any:
        page, more = listing.page()
        if name == "nodes":
            return page
        if name == "edges":
            return [(listing, node) for node in page]
        if name == "totalCount":
            return len(listing.nodes)
        if name == "aggregate":
            return {
                group.name: lambda first=None, group=group: self.group(listing, group, first)
                for group in listing.item.groups.values()
            }
        backward = listing.last is not None
        return {
            "hasNextPage": listing.before is not None if backward else more,
            "hasPreviousPage": more if backward else listing.after is not None,
            "startCursor": listing.cursor(page[0]) if page else None,
            "endCursor": listing.cursor(page[-1]) if page else None,
        }

    def group(self, listing: Listing, group: Group, first: int | None) -> list[dict[str, Any]]:
        counts: Counter[Any] = Counter()
        counted: dict[Any, list[Node]] = {}
        for node in listing.nodes:
            ends = [node]
            for walk in group.path:
                ends = [end for start in ends for end in self.ends(start, walk)]
            if group.key:
                values = {end.get(group.key) for end in ends} - {None}
                values = {_period(value, group) for value in values} if group.period else values
            else:
                members = self.catalog.types[group.target].members
                values = {e["id"] for e in ends if self.type_of(e).name in members}
            counts.update(values)
            for value in values:
                counted.setdefault(value, []).append(node)
        if group.period:
            ordered = sorted(counts.items(), reverse=True)
            entries: list[dict[str, Any]] = [
                {group.period: when, "count": count} for when, count in ordered
            ]
        else:
            ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
            entries = [
                {"value": value.upper(), "count": count}
                if group.kind == "enum"
                else {"node": self.memory.nodes[value], "count": count}
                for value, count in ordered
            ]
        if group.measured:
            for (value, _), entry in zip(ordered, entries, strict=True):
                entry.update(self.measures(counted[value]))
        return entries[: 25 if first is None else first]

    def measures(self, said: Sequence[Node]) -> dict[str, int]:
        """What ``api/graphql/compiler/measures.py`` lists, counted one by one."""
        walks = self.catalog.types["Statement"].walks

        def ends(node: Node, name: str) -> list[str]:
            return [end["id"] for end in self.ends(node, walks[name])]

        def count(key: str, value: str) -> int:
            return sum(node[key] == value for node in said)

        pairs = {
            (article, speaker)
            for node in said
            for article in ends(node, "statedIn")
            for speaker in ends(node, "attributedTo")
        }
        return {
            "words": sum(node["words"] for node in said),
            "quotedWords": sum(node["words"] for node in said if node["kind"] == "direct"),
            "articles": len({end for node in said for end in ends(node, "statedIn")}),
            "sources": len({speaker for _, speaker in pairs}),
            "articleSources": len(pairs),
            "named": len(said) - count("sourceRole", "unnamed"),
            **{role: count("sourceRole", role) for role in get_args(SourceRole)},
            "quoted": count("kind", "direct"),
            "partQuoted": count("kind", "mixed"),
            "reported": count("kind", "indirect"),
            **{f"{third}Third": count("third", third) for third in get_args(Third)},
        }

    # ── Filters ─────────────────────────────────────────────────────────────────────────────────

    def holds(self, node: Node, item: NodeType, where: Mapping[str, Any] | None) -> bool:
        return all(self.entry(node, item, *entry) for entry in (where or {}).items())

    def entry(self, node: Node, item: NodeType, name: str, value: Any) -> bool:
        if name in item.walks and not item.walks[name].many:
            walk = item.walks[name]
            ends = self.ends(node, walk)
            target = self.catalog.types[walk.target]
            return not ends if value is None else any(self.holds(e, target, value) for e in ends)
        if value is None:
            return True
        if name == "and":
            return all(self.holds(node, item, part) for part in value)
        if name == "or":
            return any(self.holds(node, item, part) for part in value)
        if name == "not":
            return not self.holds(node, item, value)
        if name == "type":
            return self.compared(_constant(self.type_of(node).name), value)
        if name in item.walks:
            walk = item.walks[name]
            target = self.catalog.types[walk.target]
            ends = self.ends(node, walk)
            return all(self.quantified(ends, target, *part) for part in value.items())
        prop = item.properties[name]
        found = node.get(prop.key)
        if prop.many:
            return self.listed(found or [], value)
        if prop.kind == "enum" and found is not None:
            found = found.upper()
        return self.compared(found, value)

    def quantified(self, ends: list[Node], target: NodeType, name: str, value: Any) -> bool:
        if value is None:
            return True
        if name == "count":
            return self.compared(len(ends), value)
        fitting = sum(self.holds(end, target, value) for end in ends)
        return {
            "some": fitting > 0,
            "none": fitting == 0,
            "all": fitting == len(ends),
            "single": fitting == 1,
        }[name]

    def listed(self, found: list[Any], value: Mapping[str, Any]) -> bool:
        checks: dict[str, Callable[[Any], bool]] = {
            "has": lambda wanted: wanted in found,
            "hasAny": lambda wanted: any(item in found for item in wanted),
            "hasAll": lambda wanted: all(item in found for item in wanted),
        }
        return all(checks[name](part) for name, part in value.items() if part is not None)

    def compared(self, found: Any, value: Mapping[str, Any]) -> bool:
        checks: dict[str, Callable[[Any], bool]] = {
            "eq": lambda wanted: found == wanted,
            "in": lambda wanted: found in wanted,
            "lt": lambda wanted: found < wanted,
            "lte": lambda wanted: found <= wanted,
            "gt": lambda wanted: found > wanted,
            "gte": lambda wanted: found >= wanted,
            "contains": lambda wanted: wanted in found,
            "startsWith": lambda wanted: found.startswith(wanted),
            "endsWith": lambda wanted: found.endswith(wanted),
        }
        for name, part in value.items():
            if part is None:
                continue
            if name == "isNull":
                if part != (found is None):
                    return False
            elif found is None or not checks[name](part):
                return False
        return True


@dataclass
class _Way:
    value: str


_LENGTHS = {"day": 10, "month": 7, "year": 4}


def _plain(value: Any) -> Any:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, dt.date) else value


def _period(value: Any, group: Group) -> Any:
    """The period in which a day lies; for a day, the day as the answer has it."""
    text = value.isoformat()[: _LENGTHS[group.period or "day"]]
    return int(text) if group.period == "year" else text


def _constant(label: str) -> str:
    return "".join(f"_{c}" if c.isupper() and i else c for i, c in enumerate(label)).upper()


def _date(value: Any, *_: Any) -> Any:
    return dt.date.fromisoformat(value)


def _time(value: Any, *_: Any) -> Any:
    return dt.datetime.fromisoformat(value)
