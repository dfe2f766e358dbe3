"""What the roots that are questions mean, over nodes and edges in Python."""

from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from api.graphql.compiler.catalog import Root
from api.graphql.compiler.ordering import identity, order_mark
from api.graphql.compiler.plan import SortKey
from api.graphql.compiler.roots import LINKLESS

if TYPE_CHECKING:
    from tests.api.graphql.compiler.reference import Listing, Reference

Arguments = dict[str, Any]


def between(reference: "Reference", root: Root, arguments: Arguments) -> Any:
    """Claims that a country's voices make about another."""
    edges = reference.memory.edges
    speaking = {"SOURCE_COUNTRY", "ATTRIBUTED_TO"}
    voices = {s for s, kind, t in edges if kind in speaking and t == arguments["source"]}
    about = {s for s, kind, t in edges if kind == "ABOUT" and t == arguments["about"]}
    said = {t for s, kind, t in edges if kind == "EXPRESSES" and s in voices}
    claims = [reference.memory.nodes[name] for name in said & about]
    return reference.connection(claims, reference.catalog.types[root.target], arguments)


def co_cited(reference: "Reference", root: Root, arguments: Arguments) -> Any:
    """Who is cited beside a person, and in how many articles."""
    cited = [(s, t) for s, kind, t in reference.memory.edges if kind == "CITES"]
    person = arguments["person"]
    articles = {article for article, who in cited if who == person}
    counts = Counter(who for article, who in cited if article in articles and who != person)
    rows = [(name, {"articles": count}) for name, count in counts.items()]
    order = (SortKey(variable="articles", kind="integer", descending=True, required=True),)
    return _listed(reference, root, rows, order, arguments)


def neighbors(reference: "Reference", root: Root, arguments: Arguments) -> Any:
    """What is linked to a node, once for each relationship."""
    here, wanted = arguments["id"], arguments.get("types")
    rows = []
    for source, kind, target in reference.memory.edges:
        if here in (source, target) and (not wanted or kind in wanted):
            end = target if source == here else source
            rows.append((end, {"relationship": kind, "forward": source == here}))
    order = (
        SortKey(variable="relationship", kind="string", descending=False, required=True),
        SortKey(variable="forward", kind="boolean", descending=True, required=True),
    )
    return _listed(reference, root, rows, order, arguments)


def path(reference: "Reference", _root: Root, arguments: Arguments) -> Any:
    """All the shortest ways between two nodes, by the ids on them and then by their steps."""
    start, end = arguments["from"], arguments["to"]
    nodes = reference.memory.nodes
    if start == end or start not in nodes or end not in nodes:
        return []
    links: dict[str, list[tuple[str, tuple[str, str, str]]]] = {}
    for edge in reference.memory.edges:
        source, kind, target = edge
        if kind not in LINKLESS:
            links.setdefault(source, []).append((target, edge))
            links.setdefault(target, []).append((source, edge))
    ways: list[tuple[list[str], list[tuple[str, str, str]]]] = [([start], [])]
    for _ in range(arguments.get("maxLength") or 4):
        ways = [
            ([*ids, further], [*steps, edge])
            for ids, steps in ways
            for further, edge in links.get(ids[-1], ())
            if further not in ids
        ]
        found = [way for way in ways if way[0][-1] == end]
        if found:
            ordered = sorted(
                found, key=lambda way: (way[0], [(kind, s, t) for s, kind, t in way[1]])
            )
            first = arguments.get("first")
            return [_way(reference, *way) for way in ordered[: 10 if first is None else first]]
    return []


def stats(reference: "Reference", _root: Root, _arguments: Arguments) -> Any:
    """Counts of everything, and the first and last day."""
    days = [
        node["published"]
        for node in reference.memory.nodes.values()
        if "Article" in node["labels"] and "published" in node
    ]
    versions = [
        node["ontologyVersion"]
        for node in reference.memory.nodes.values()
        if "Dataset" in node["labels"]
    ]
    counted = {
        name: len(reference.root(name, {}).nodes)
        for name, root in reference.catalog.roots.items()
        if root.kind == "many"
    }
    return {
        **counted,
        "relationships": len(reference.memory.edges),
        "firstDay": min(days).isoformat(),
        "lastDay": max(days).isoformat(),
        "ontologyVersion": versions[0] if versions else None,
    }


QUESTIONS: dict[str, Callable[["Reference", Root, Arguments], Any]] = {
    "between": between,
    "coCited": co_cited,
    "neighbors": neighbors,
    "path": path,
    "stats": stats,
}


def _listed(
    reference: "Reference",
    root: Root,
    rows: list[tuple[str, Arguments]],
    order: tuple[SortKey, ...],
    arguments: Arguments,
) -> "Listing":
    """A connection of nodes with what stands on their edges, under the names of the order."""
    item = reference.catalog.types[root.target]
    nodes = [
        {**reference.memory.nodes[name], **{f"·{key}": value for key, value in extra.items()}}
        for name, extra in rows
    ]
    keys = [itemgetter(f"·{key.variable}") for key in order]
    nodes.sort(key=lambda node: str(node["id"]))
    for sort, key in reversed(list(zip(order, keys, strict=True))):
        nodes.sort(key=key, reverse=sort.descending)
    every = (*order, identity(item))
    return reference.made(
        nodes, item, order_mark(item, every), [*keys, itemgetter("id")], arguments
    )


def _way(reference: "Reference", ids: list[str], steps: list[tuple[str, str, str]]) -> Any:
    return {
        "length": len(steps),
        "nodes": [reference.memory.nodes[name] for name in ids],
        "steps": [{"type": kind, "source": start, "target": end} for start, kind, end in steps],
    }
