"""How the nodes that articles share are merged: one table, spelt for each place that merges.

The loader merges in the graph (Cypher), on disk (SQL) and between Spark's workers (Python). All
three, and what is computed anew when pages go, read :data:`MERGED`. Of several spellings the first
or the last in the order of code points counts, so that nothing depends on the order of loading;
the others stay as forms and aliases.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ontology import iris

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How two values of a property become one.

    Attributes:
        merge: The same in Python, of the known value and the found one; neither is None.
        cypher: In Cypher, of ``node.{key}`` and ``found.{key}``; other properties' merged values
            are named by their keys.
        sql: In SQLite, of ``{key}`` and ``excluded.{key}``; empty for lists, which have a table.
    """

    merge: Callable[[Any, Any], Any]
    cypher: str
    sql: str = ""


def _united(known: list[Any], found: list[Any]) -> list[Any]:
    return known if known == found else sorted({*known, *found})


LATEST = Rule(
    merge=lambda known, found: found,
    cypher="coalesce(found.{key}, node.{key})",
    sql="coalesce(excluded.{key}, {key})",
)
"""What was said last: the rule for properties that all say alike, and those without another."""
FIRST = Rule(
    merge=lambda known, found: known,
    cypher="coalesce(node.{key}, found.{key})",
    sql="coalesce({key}, excluded.{key})",
)
LEAST = Rule(
    merge=min,
    cypher="CASE WHEN found.{key} IS NULL OR node.{key} < found.{key}"
    " THEN node.{key} ELSE found.{key} END",
    sql="coalesce(min({key}, excluded.{key}), {key}, excluded.{key})",
)
GREATEST = Rule(
    merge=max,
    cypher="CASE WHEN found.{key} IS NULL OR node.{key} > found.{key}"
    " THEN node.{key} ELSE found.{key} END",
    sql="coalesce(max({key}, excluded.{key}), {key}, excluded.{key})",
)
UNION = Rule(
    merge=_united,
    cypher="CASE WHEN found.{key} IS NULL THEN node.{key}"
    " ELSE reduce(kept = coalesce(node.{key}, []), item IN found.{key} |"
    " CASE WHEN item IN kept THEN kept ELSE kept + item END) END",
)
COMPARED = Rule(
    merge=lambda known, found: found,
    cypher="CASE WHEN {spelling} = node.spelling"
    " AND coalesce({alternatives}, []) = coalesce(node.alternatives, [])"
    " THEN node.{key} ELSE found.{key} END",
    sql="excluded.{key}",
)
"""Of a name: what was decided stands as long as what is compared stays the same."""

MERGED: Mapping[str, Mapping[str, Rule]] = {
    "Page": {"name": LEAST, "mediaType": LEAST, "url": LEAST},
    "Article": {"locations": UNION},
    "Country": {"aliases": UNION},
    "Claim": {"text": LEAST, "sketch1": FIRST},
    "Name": {
        "spelling": GREATEST,
        "kind": GREATEST,
        "forms": UNION,
        "alternatives": UNION,
        "matchKey": FIRST,
        "resolution": COMPARED,
    },
    "ExtractionRun": {"startedAt": FIRST},
}
"""The rules of shared nodes' properties by label and key; of any other, :data:`LATEST` holds."""


def merged(label: str, known: Row, found: Row) -> Row:
    """The properties of a shared node of which two rows tell."""
    if known == found:
        return known
    rules = MERGED.get(label, {})
    both = {
        key: rules.get(key, LATEST).merge(known[key], found[key])
        for key in known.keys() & found.keys()
    }
    return known | found | both


def merged_all(label: str, rows: Iterable[Row]) -> Row:
    """The properties of a shared node of which ``rows`` tell, at least one."""
    first, *others = rows
    for other in others:
        first = merged(label, first, other)
    return first


def in_cypher(label: str) -> str:
    """What follows ``found {.*`` in Cypher to merge a node with ``label``: its keys and values."""
    spelt: dict[str, str] = {}
    for key, rule in MERGED.get(label, {}).items():  # what a rule compares stands before it
        spelt[key] = rule.cypher.format(key=key, **spelt)
    return "".join(f", {key}: {value}" for key, value in spelt.items())


def in_sql(label: str, key: str) -> str:
    """The value in SQLite, on a conflict, of the column ``key`` of the table of ``label``."""
    return MERGED.get(label, {}).get(key, LATEST).sql.format(key=key)


def entity_row(entity: str, names: Iterable[Mapping[str, Any]]) -> tuple[Row, bool]:
    """A person's or organization's properties, and whether it is an outlet.

    It is called as its own name is spelt, or the greatest of the others; all other forms of all its
    names are aliases. One name of an outlet makes an outlet.

    Args:
        entity: Its id.
        names: The names that denote it, at least one: ``id``, ``spelling``, ``kind``, ``forms``.
    """
    listed = list(names)
    spellings = {item["id"]: item["spelling"] for item in listed}
    name = spellings.get(iris.name_id(entity)) or max(spellings.values())
    aliases = sorted({form for item in listed for form in item["forms"]} - {name})
    row = {"id": entity, "name": name, "aliases": aliases or None}
    return row, any(item["kind"] == "Outlet" for item in listed)
