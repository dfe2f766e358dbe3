"""Who gets to speak, as a table: statements measured by outlet, author, country, time and so on.

A row is a group of statements; its figures are those of ``api/graphql/compiler/measures.py``. The
command, the files, the site and the Python API all read these rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.compiler.measures import MEASURES
from api.graphql.waiting import ANY_LENGTH, Asker
from api.tables.answers import listed
from api.tables.columns import snake
from api.tables.sheet import Column, Row, Sheet

Where = Mapping[str, Any]
Group = Mapping[str, Any]
"""A group of an answer: what it is of, ``count`` and the measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A way to group statements.

    Attributes:
        name: what it is called: ``outlet``.
        key: the field of an entry that says what a group is: ``node``, ``month``, ``value``.
        label: its heading for readers.
    """

    name: str
    key: str
    label: str

    @property
    def field(self) -> str:
        """The field of ``aggregate`` that groups so."""
        return f"sourcesBy{self.name.capitalize()}"

    def named(self, group: Group) -> tuple[str, str | None]:
        """What a group of an answer is called, and its id if it has one."""
        found = group[self.key]
        if self.key == "node":
            return str(found["name"]), str(found["id"])
        return (found.lower() if self.key == "value" else str(found)), None


GROUPINGS: Mapping[str, Grouping] = {
    one.name: one
    for one in (
        Grouping(name="outlet", key="node", label="Outlet"),
        Grouping(name="author", key="node", label="Author"),
        Grouping(name="country", key="node", label="Country spoken about"),
        Grouping(name="month", key="month", label="Month"),
        Grouping(name="year", key="year", label="Year"),
        Grouping(name="role", key="value", label="Role"),
        Grouping(name="speaker", key="node", label="Source"),
    )
}
"""The ways to group statements, by name."""

COLUMNS: tuple[Column, ...] = (
    Column(name="group", kind="string", description="What the statements have in common."),
    Column(name="id", kind="string", description="Its id, where it has one."),
    Column(name="statements", kind="integer", description="How many statements there are."),
    *(
        Column(name=snake(name), kind="integer", description=text)
        for name, (_, text) in MEASURES.items()
    ),
)
"""The columns of the table, in order."""


def sources_document(grouping: Grouping) -> str:
    """The document that reads the groups of the statements ``$where``, ``$first`` of them."""
    key = "node { __typename id name }" if grouping.key == "node" else grouping.key
    return (
        "query Sources($where: StatementFilter, $first: Int!) { statements(where: $where) {"
        f" aggregate {{ groups: {grouping.field}(first: $first)"
        f" {{ {key} count {' '.join(MEASURES)} }} }} }} }}"
    )


def groups_of(answer: Mapping[str, Any]) -> list[Group]:
    """The groups in an answer of :func:`sources_document`."""
    found: list[Group] = answer["statements"]["aggregate"]["groups"]
    return found


def row_of(grouping: Grouping, group: Group) -> Row:
    """A group as a row of :data:`COLUMNS`."""
    name, identifier = grouping.named(group)
    return (name, identifier, group["count"], *(group[measure] for measure in MEASURES))


def read_sources(asker: Asker, grouping: Grouping, where: Where | None) -> list[Row]:
    """All rows, for the statements that fulfil ``where``.

    Raises:
        AnswerError: ``where`` is no filter of statements.
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
    """
    variables = {"where": where, "first": ANY_LENGTH}
    answer = asker.ask(asker.prepare(sources_document(grouping)), variables)
    return [row_of(grouping, group) for group in groups_of(answer)]


def sources_sheet(asker: Asker, grouping: Grouping, where: Where | None) -> Sheet:
    """The table for the statements that fulfil ``where``.

    Raises:
        AnswerError, neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: as
            :func:`read_sources`.
    """
    return listed("sources", COLUMNS, read_sources(asker, grouping, where))
