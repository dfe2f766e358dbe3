"""Make a database ready for the graph: its ontology's version, constraints and indexes."""

import re
from collections import defaultdict
from typing import LiteralString

from neo4j import Session

from ontology.iris import DATASET_ID
from ontology.model import Model
from queries import cypher
from queries.graph_version import check_version

SEARCH_INDEX = "search"
"""The one full-text index, over every class and property the ontology marks for it."""

_ONLINE_SECONDS = 300


class SchemaError(Exception):
    """The database cannot take this graph; the message says why and what to do."""


def prepare(session: Session, model: Model) -> None:
    """Check that ``session``'s database is ours to write, then make it as the ontology asks for.

    Raises:
        VersionError: its graph is of another version of the ontology.
        SchemaError: it holds other data.
    """
    check(session, model)
    create(session, model)
    session.run(cypher("write/dataset"), id=DATASET_ID, version=model.version).consume()
    check_version(session, model.version)  # a newsgraph of another version may have been first


def prepare_existing(session: Session, model: Model) -> None:
    """Prepare the database if there is a graph in it; an empty one stays empty.

    Raises:
        VersionError: the graph is of another version of the ontology.
        SchemaError: the database holds other data.
    """
    if check(session, model):
        create(session, model)


def create(session: Session, model: Model) -> None:
    """Create the constraints and indexes that are not there yet, and wait for them.

    A full-text index over other classes, which a database that was emptied may still have, gives
    way to this one's.
    """
    there = set()
    searched = _searched(model)
    covered = (set(searched), {key for keys in searched.values() for key in keys})
    for row in list(session.run(cypher("schema/existing"))):
        if row["name"] == SEARCH_INDEX and (set(row["labels"]), set(row["keys"])) != covered:
            session.run(_filled("drop", name=SEARCH_INDEX)).consume()
        else:
            there.add(str(row["name"]))
    missing = [command for name, command in commands(model).items() if name not in there]
    for command in missing:
        session.run(command).consume()
    if missing:
        session.run(cypher("schema/await_indexes"), seconds=_ONLINE_SECONDS).consume()


def check(session: Session, model: Model) -> bool:
    """Check that the database holds a graph of this ontology, or nothing; nothing is changed.

    Returns:
        Whether it holds a graph.

    Raises:
        VersionError: the graph is of another version of the ontology.
        SchemaError: the database holds other data.
    """
    if check_version(session, model.version):
        return True
    labels = [item.label for item in model.concrete]
    found = session.run(cypher("read/is_foreign"), labels=labels).single()
    if found is not None and found["labels"] is not None:
        msg = (
            "The database contains nodes that newsgraph did not write (labels: "
            f"{', '.join(found['labels']) or 'none'}). Point NEO4J_URI or NEO4J_DATABASE at an "
            "empty database, or unset NEO4J_URI to use the local one."
        )
        raise SchemaError(msg)
    return False


def is_in_use(session: Session) -> bool:
    """Whether ``session``'s database holds any node at all."""
    return session.run(cypher("read/is_in_use")).single() is not None


def commands(model: Model) -> dict[str, LiteralString]:
    """The schema commands that ``model`` asks for by the names they give, constraints first."""
    found: dict[str, LiteralString] = {}
    for item in model.keyed:
        name = f"{_snake(item.label)}_id"
        found[name] = _filled("constraint", label=item.label, name=name)
    for item in model.keyed:
        for entry in item.properties:
            for kind in entry.indexes:
                if kind == "fulltext":
                    continue
                name = f"{_snake(item.label)}_{_snake(entry.key)}_{kind}"
                found[name] = _filled(
                    "index", label=item.label, key=entry.key, kind=kind.upper(), name=name
                )
    searched = _searched(model)
    keys = dict.fromkeys(key for label in searched for key in searched[label])
    found[SEARCH_INDEX] = _filled(
        "fulltext",
        labels="|".join(searched),
        name=SEARCH_INDEX,
        keys=", ".join(f"node.{key}" for key in keys),
    )
    return found


def _searched(model: Model) -> dict[str, list[str]]:
    """The keys that are searched for words, by label."""
    searched: dict[str, list[str]] = defaultdict(list)
    for item in model.keyed:
        for entry in item.properties:
            if "fulltext" in entry.indexes:
                searched[item.label].append(entry.key)
    return searched


def _filled(statement: str, /, **values: str) -> LiteralString:
    # Filled with names of the ontology only, which are as constant as the files themselves.
    return cypher(f"schema/{statement}").format(**values)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
