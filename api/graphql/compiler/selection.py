"""What an operation selects, as graphql-core collects it: fragments, directives, interfaces."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, OperationDefinitionNode
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values

from api.graphql.compiler.parameters import ArgumentError
from api.graphql.compiler.views import Constant, Field

MAX_FIELDS = 2_000

Details = list[FieldDetails]


class Selection:
    """One operation's fields and arguments.

    ``variables`` hold slots where a plan must not depend on values.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDetails],
        variables: VariableValues,
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = dict(fragments)
        self._variables = variables
        self._left = MAX_FIELDS

    def root(self) -> dict[str, Details]:
        """The fields of the operation itself, by answer key."""
        query = self._object("Query")
        return self._within(
            collect_fields(
                self._schema, self._fragments, self._variables, query, self._operation
            ).grouped_field_set
        )

    def below(self, type_name: str, details: Details) -> dict[str, Details]:
        """What is selected below ``details`` on an object of the type, by answer key.

        Raises:
            ArgumentError: the operation comes to more fields than a plan may have.
        """
        return self._within(
            collect_subfields(
                self._schema,
                self._fragments,
                self._variables,
                self._operation,
                self._object(type_name),
                details,
            ).grouped_field_set
        )

    def arguments(self, type_name: str, details: Details) -> dict[str, Any]:
        """The arguments of a field of the type, coerced, by their names in the schema."""
        node = details[0].node
        definition = self._object(type_name).fields[node.name.value]
        return get_argument_values(definition, node, self._variables)

    def plain(
        self, type_name: str, details: Details, meanings: Mapping[str, Field]
    ) -> tuple[Field, ...]:
        """The fields of an object that is no node; ``meanings`` are by field name."""
        return tuple(
            typename(key, type_name)
            if name_of(inner) == "__typename"
            else replace(meanings[name_of(inner)], key=key)
            for key, inner in self.below(type_name, details).items()
        )

    def _object(self, name: str) -> GraphQLObjectType:
        found = self._schema.type_map[name]
        if not isinstance(found, GraphQLObjectType):
            msg = f"{name} is no object type of the schema"
            raise TypeError(msg)
        return found

    def _within(self, fields: dict[str, Details]) -> dict[str, Details]:
        self._left -= len(fields)
        if self._left < 0:
            msg = f"The operation selects more than {MAX_FIELDS} fields; select fewer."
            raise ArgumentError(msg)
        return fields


def name_of(details: Details) -> str:
    """The name of the field that ``details`` select."""
    return details[0].node.name.value


def typename(key: str, name: str) -> Field:
    """The field ``__typename``."""
    return Field(key=key, column=-1, reading=Constant(value=name), required=True)
