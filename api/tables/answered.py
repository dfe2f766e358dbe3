"""Which nodes an answer is about, so that a question's part of the graph can be taken along."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    NameNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    print_ast,
    visit,
)

from api.graphql.waiting import Asker, schema

_ALIAS = "answeredId"


def answered_ids(asker: Asker, text: str, variables: Mapping[str, Any]) -> list[str]:
    """The ids of all nodes in the answer to the valid document ``text``, sorted.

    Raises:
        AnswerError: a variable does not fit.
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
    """
    operation = asker.prepare(with_ids(schema()[1], text))
    return sorted(set(_ids(asker.ask(operation, variables))))


def with_ids(graphql: GraphQLSchema, text: str) -> str:
    """The document with the id of every node that it selects."""
    info = TypeInfo(graphql)
    return print_ast(visit(parse(text), TypeInfoVisitor(info, _Adding(info))))


class _Adding(Visitor):
    """Adds the id to each selection on a node."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode | None:
        """Add it where the parent is an object or an interface that has one."""
        parent = self._info.get_parent_type()
        named = get_named_type(parent) if parent is not None else None
        if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            return None
        if "iri" not in named.fields:
            return None
        own = FieldNode(alias=NameNode(value=_ALIAS), name=NameNode(value="id"))
        return SelectionSetNode(selections=(*node.selections, own))


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == _ALIAS:
                yield str(inner)
            else:
                yield from _ids(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)
