"""A part of the graph: some articles, or what a question answers, with all that they lead to."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from neo4j import Driver, Session
from neo4j.exceptions import ClientError

from api.graphql.asking import asking_session
from api.graphql.naming import Thing, UnknownNameError, as_id, find
from ontology.iris import DATASET_ID
from ontology.model import load_model
from ontology.rdf.nodes import projections
from ontology.rdf.values import RdfError
from queries import cypher

_BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of the graph is meant; several conditions hold together.

    Attributes:
        articles: ids or IRIs of articles, with or without ``article/``.
        country: code, name or id of a country that the articles name.
        since: the first day on which they were published.
        query: a statement of ``queries/read`` whose answer holds ids, such as ``"experts"``.
        parameters: the values that ``query`` asks for.
        nodes: ids of nodes of any class, such as those of an answer.
    """

    articles: tuple[str, ...] = ()
    country: str | None = None
    since: date | None = None
    query: str | None = None
    parameters: Mapping[str, Any] | None = None
    nodes: tuple[str, ...] = ()


def part_ids(driver: Driver, part: Part, *, database: str | None = None) -> dict[str, list[str]]:
    """The ids of all nodes of ``part``, sorted, by label.

    An article brings what belongs to it; every node brings what it leads to, so that a part is a
    graph that can be read for itself. The dataset is always in.

    Raises:
        RdfError: there is nothing in the part, it names an article, a country or a query that is
            not there, or its query lacks a parameter.
    """
    with driver.session(database=database, default_access_mode="READ") as session:
        roots = _roots(session, part)
        articles = [identifier for identifier in roots if identifier.startswith("article/")]
        for batch in _batches(articles):
            rows = session.run(cypher("export/belongings"), ids=batch)
            roots.update(row["id"] for row in rows)
        return _closed(session, roots | {DATASET_ID})


def _roots(session: Session, part: Part) -> set[str]:
    """The ids that fulfil every condition.

    Raises:
        RdfError: there are none; the message says by which condition.
    """
    conditions: list[tuple[str, set[str]]] = []
    if part.articles:
        named = {as_id(name) or f"article/{name}" for name in part.articles}
        conditions.append(("is one of those named", _existing(session, named)))
    if part.country is not None:
        country = _country(session, part.country)
        naming = _ids(session, "export/articles_naming", country=country.id)
        conditions.append((f"names {country}", naming))
    if part.since is not None:
        late = _ids(session, "export/articles_since", since=part.since)
        conditions.append((f"was published on {part.since} or later", late))
    if part.query is not None:
        answered = _answered(session, part.query, part.parameters or {})
        conditions.append((f"is in the answer to the query {part.query}", answered))
    if part.nodes:
        conditions.append(("is in the answer", set(part.nodes)))
    found = set.intersection(*(ids for _, ids in conditions)) if conditions else set()
    if conditions and not found:
        failed = [told for told, ids in conditions if not ids] or [told for told, _ in conditions]
        what = "Nothing in the graph" if part.query or part.nodes else "No article in the graph"
        raise RdfError(f"{what} {' and '.join(failed)}; there is nothing to export.")
    return found


def _country(session: Session, text: str) -> Thing:
    try:
        return asyncio.run(find(asking_session(session), text, "country"))
    except UnknownNameError as error:
        raise RdfError(str(error)) from error


def _existing(session: Session, named: set[str]) -> set[str]:
    statement = cypher("export/targets").format(label="Article")
    found = {str(row["id"]) for row in session.run(statement, ids=sorted(named))}
    if named - found:
        msg = f"The graph does not contain {', '.join(sorted(named - found))}."
        raise RdfError(msg)
    return found


def _ids(session: Session, name: str, **parameters: Any) -> set[str]:
    return {str(row["id"]) for row in session.run(cypher(name), **parameters)}


def _answered(session: Session, name: str, parameters: Mapping[str, Any]) -> set[str]:
    """The ids in the answer of a statement, wherever in it they stand."""
    segments = tuple(f"{item.segment}/" for item in load_model().keyed)
    try:
        statement = cypher(f"read/{name}")
    except LookupError as error:
        raise RdfError(str(error)) from error
    try:
        result = session.run(statement, parameters=dict(parameters))
        rows = [list(record.values()) for record in result]
    except ClientError as error:
        msg = f"The query {name} cannot be run with these parameters: {error.message}"
        raise RdfError(msg) from error
    return {text for row in rows for text in _strings(row) if text.startswith(segments)}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _closed(session: Session, ids: set[str]) -> dict[str, list[str]]:
    """``ids`` with all that can be reached from them, by label."""
    found: dict[str, set[str]] = {item.label: set() for item in projections(load_model())}
    frontier = ids
    while frontier:
        reached: set[str] = set()
        for item in projections(load_model()):
            here = [name for name in frontier if name.startswith(item.required_ids)]
            statement = cypher("export/targets").format(label=item.label)
            for batch in _batches(sorted(here)):
                for row in session.run(statement, ids=batch):
                    found[item.label].add(row["id"])
                    reached.update(row["targets"])
        frontier = {
            name
            for name in reached
            if isinstance(name, str) and not any(name in known for known in found.values())
        }
    return {label: sorted(known) for label, known in found.items()}


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
