"""Make a database ready for the graph: its ontology's version, constraints and indexes."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import LiteralString

from neo4j import Session

from loader.graph.origins.settling import await_all_origins
from loader.graph.searching import complete
from ontology.derived import (
    FOLDED,
    MEANING_INDEX,
    NAMES_INDEX,
    SEARCH_INDEX,
    STATEMENTS_INDEX,
    UNSETTLED,
    UNSETTLED_INDEX,
    VECTOR,
    VECTOR_DIMENSIONS,
    WORDS,
)
from ontology.iris import DATASET_ID
from ontology.model import Model
from queries import cypher
from queries.graph_version import check_version

_SAID = frozenset({"Statement", "Claim"})
"""What is found by the words of statements."""
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
    way to this one's. Where statements are not indexed for searching yet, or by vectors of another
    model, what they are searched by is made first.
    """
    there = set()
    outdated = False
    covered = {item.name: item.covered for item in _fulltext(model)}
    for row in list(session.run(cypher("schema/existing"))):
        name = str(row["name"])
        found = frozenset(row["labels"] or ()), frozenset(row["keys"] or ())
        other_model = name.startswith("meaning_") and name != MEANING_INDEX
        outdated = outdated or other_model
        if other_model or covered.get(name, found) != found:
            session.run(_filled("drop", name=name)).consume()
        else:
            there.add(name)
    missing = {name: command for name, command in commands(model).items() if name not in there}
    searching = [missing.pop(name) for name in (STATEMENTS_INDEX, MEANING_INDEX) if name in missing]
    for command in missing.values():
        session.run(command).consume()
    if missing or searching:
        session.run(cypher("schema/await_indexes"), seconds=_ONLINE_SECONDS).consume()
    if UNSETTLED_INDEX in missing:
        await_all_origins(session)
    if searching:
        complete(session, everything=outdated)
        for command in searching:
            session.run(command).consume()
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
    found[UNSETTLED_INDEX] = _filled(
        "index", label="Claim", key=UNSETTLED, kind="RANGE", name=UNSETTLED_INDEX
    )
    for index in _fulltext(model):
        found[index.name] = index.command
    found[MEANING_INDEX] = _filled(
        "vector",
        label="Statement",
        key=VECTOR,
        name=MEANING_INDEX,
        dimensions=str(VECTOR_DIMENSIONS),
    )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fulltext:
    """A full-text index: which keys of which labels, and how their words are cut."""

    name: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    analyzer: str

    @property
    def covered(self) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(self.labels), frozenset(self.keys)

    @property
    def command(self) -> LiteralString:
        return _filled(
            "fulltext",
            labels="|".join(self.labels),
            name=self.name,
            keys=", ".join(f"node.{key}" for key in self.keys),
            analyzer=self.analyzer,
        )


def _fulltext(model: Model) -> tuple[_Fulltext, ...]:
    """The full-text indexes.

    A claim is found by its statements' words, which carry their folding themselves; an article has
    those of its words that folding changes. Names stand in an index of their own besides, which
    knows no accents and does not stem, so that a name that is nearly so is found in it.
    """
    searched: dict[str, list[str]] = defaultdict(list)
    for item in model.keyed:
        for entry in item.properties:
            if "fulltext" in entry.indexes and item.label not in _SAID:
                searched[item.label].append(entry.key)
    keys = dict.fromkeys(key for label in searched for key in searched[label])
    named = [label for label, own in searched.items() if "aliases" in own]
    return (
        _Fulltext(
            name=SEARCH_INDEX, labels=tuple(searched), keys=(*keys, FOLDED), analyzer="english"
        ),
        _Fulltext(
            name=NAMES_INDEX,
            labels=tuple(named),
            keys=("name", "aliases"),
            analyzer="standard-folding",
        ),
        _Fulltext(name=STATEMENTS_INDEX, labels=("Statement",), keys=(WORDS,), analyzer="english"),
    )


def _filled(statement: str, /, **values: str) -> LiteralString:
    # Filled with names of the ontology only, which are as constant as the files themselves.
    return cypher(f"schema/{statement}").format(**values)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
