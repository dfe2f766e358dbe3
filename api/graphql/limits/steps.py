"""How many things one field leads to, and how many relationships are walked to find them.

The size of a connection is asked for on the connection and counted at its ``edges`` or
``nodes``; every other list counts by its own size. What has been measured wins over what is
asked for where it is less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    value_from_ast_untyped,
)

from api.graphql.limits.degrees import Degrees
from api.http.errors import LimitError
from api.http.limits import Limits
from queries.counts import counted, figure

PAGE_ARGUMENTS = ("first", "last")


@dataclass(frozen=True, slots=True)
class Size:
    """How many things a field leads to: at most, and as expected."""

    most: int
    expected: float


@dataclass(frozen=True, slots=True)
class Step:
    """A field that leads to things.

    ``size`` of them, or a connection whose edges are ``page``; ``counted`` is 0 where they are
    only a wrapping; ``walked`` relationships are walked to find them.
    """

    type: GraphQLNamedType
    size: Size
    page: Size | None
    counted: int
    walked: float


_ONE = Size(1, 1.0)


class Steps:
    """Measures fields for one set of variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        degrees: Degrees,
        variables: dict[str, Any],
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._degrees = degrees
        self._variables = variables

    def step(self, parent: GraphQLNamedType, node: FieldNode, page: Size | None) -> Step | None:
        """Where a field leads; None for a plain value and for introspection."""
        name = node.name.value
        if name.startswith("__") or not isinstance(
            parent, GraphQLObjectType | GraphQLInterfaceType
        ):
            return None
        definition = parent.fields.get(name)
        if definition is None or is_leaf_type(get_named_type(definition.type)):
            return None
        inner = get_named_type(definition.type)
        many = is_list_type(get_nullable_type(definition.type))
        degree = self._degrees.get((parent.name, name))
        asked = self._page_size(definition, node, name)
        if asked is None and not many:
            return Step(inner, _ONE, None, 1, 1.0 + self._filters(definition, node, inner))
        if asked is None and page is not None:
            # The edges or nodes of a connection, whose size the connection was asked for.
            return Step(inner, page, None, int(name != "edges"), page.expected)
        bound = asked
        if bound is None:
            bound = degree.maximum if degree else self._limits.default_list
        size = Size(bound, float(bound))
        typical = size.expected
        if degree is not None:
            typical = max(degree.typical, 1.0)
            size = Size(min(bound, max(degree.maximum, 1)), min(float(bound), typical))
        # A list of everything is read in the order of an index, a walk to its end and then sorted.
        whole = degree is not None and parent is not self._schema.query_type
        walked = typical if whole else size.expected
        walked += size.expected * self._filters(definition, node, inner)
        if many:
            return Step(inner, size, None, 1, walked)
        return Step(inner, _ONE, size, 0, walked)

    def _page_size(self, definition: GraphQLField, node: FieldNode, name: str) -> int | None:
        """How many items a list field is asked for; None for a field that takes no such size."""
        sizes = [item for item in PAGE_ARGUMENTS if item in definition.args]
        if not sizes:
            return None
        given = {item.name.value: item.value for item in node.arguments or ()}
        asked: int | None = None
        for argument in sizes:
            value: Any = definition.args[argument].default_value
            if argument in given:
                value = self._value(given[argument])
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if not isinstance(value, int) or isinstance(value, bool):
                continue
            if not 1 <= value <= self._limits.list_size:
                raise LimitError(
                    f"'{name}({argument}: {figure(value)})': a list may have 1 to "
                    f"{counted(self._limits.list_size, 'item')}; request the next ones with its "
                    "cursor (after: …).",
                    limit="list_size",
                    value=value,
                    maximum=self._limits.list_size,
                    field=name,
                )
            asked = value  # where the last are asked for, the first are not looked at
        return asked if asked is not None else self._limits.default_list

    def _value(self, node: ValueNode) -> Any:
        if isinstance(node, VariableNode):
            return self._variables.get(node.name.value)
        return value_from_ast_untyped(node, self._variables)

    def _filters(
        self, definition: GraphQLField, node: FieldNode, target: GraphQLNamedType
    ) -> float:
        """What the conditions on one candidate walk: degrees, multiplied along nested ones."""
        walked = 0.0
        for argument in node.arguments or ():
            declared = definition.args.get(argument.name.value)
            if declared is None or not is_input_object_type(get_named_type(declared.type)):
                continue
            walked += self._conditions(self._thing(target), self._value(argument.value))
        return walked

    def _conditions(self, target: GraphQLNamedType, value: Any) -> float:
        if isinstance(value, list | tuple):
            return sum(self._conditions(target, item) for item in value)
        if not isinstance(value, dict):
            return 0.0
        walked = 0.0
        fields = getattr(target, "fields", {})
        for key, condition in value.items():
            field = fields.get(key)
            if field is None or is_leaf_type(get_named_type(field.type)):
                # A quantifier (some, all …) or a connective (and, or …): about the same thing.
                walked += self._conditions(target, condition)
                continue
            degree = self._degrees.get((target.name, key))
            per_candidate = max(degree.typical, 1.0) if degree else 1.0
            below = self._thing(get_named_type(field.type))
            walked += per_candidate * (1.0 + self._conditions(below, condition))
        return walked

    def _thing(self, named: GraphQLNamedType) -> GraphQLNamedType:
        """What a connection connects to; the type itself where it is no connection."""
        fields: Mapping[str, GraphQLField] = getattr(named, "fields", {})
        if "edges" not in fields:
            return named
        edge: Mapping[str, GraphQLField] = getattr(
            get_named_type(fields["edges"].type), "fields", {}
        )
        return get_named_type(edge["node"].type) if "node" in edge else named
