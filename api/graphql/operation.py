"""An operation of a GraphQL document, with the plans that were made of it.

Whoever keeps the operation keeps its plans: there is no second cache of them.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    get_operation_ast,
    parse,
    validate,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.language import ArgumentNode, Visitor

from api.graphql.compiler.compilation import Compiled
from api.graphql.compiler.parameters import shape

_LITERAL_ARGUMENTS = {"if", "maxLength"}
"""Arguments whose values, not only whether they are given, decide what a plan is."""

_KEPT_SHAPES = 20


class Plans:
    """What a document was compiled to, by the shapes of its variables; the latest are kept."""

    def __init__(self, document: DocumentNode) -> None:
        self._document = document
        self._compiled: OrderedDict[Hashable, Compiled] = OrderedDict()

    def key(self, values: Mapping[str, Any]) -> Hashable:
        """What decides which plan serves variables with these values."""
        literal = self.literal
        return tuple(
            (name, value if name in literal else shape(value)) for name, value in values.items()
        )

    def find(self, key: Hashable) -> Compiled | None:
        """The plan kept under ``key``."""
        found = self._compiled.get(key)
        if found is not None:
            self._compiled.move_to_end(key)
        return found

    def keep(self, key: Hashable, compiled: Compiled) -> None:
        """Keep a plan; the one that was longest out of use makes room for it."""
        self._compiled[key] = compiled
        if len(self._compiled) > _KEPT_SHAPES:
            self._compiled.popitem(last=False)

    @cached_property
    def fragments(self) -> dict[str, FragmentDetails]:
        """The document's fragments by name."""
        return {
            node.name.value: FragmentDetails(node)
            for node in self._document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    @cached_property
    def literal(self) -> frozenset[str]:
        """The variables whose values decide what a plan is."""
        finder = _LiteralVariables()
        visit(self._document, finder)
        return frozenset(finder.names)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Operation:
    """An operation of a document that parsed and validated; for one engine, which plans it.

    Attributes:
        text: the whole document.
        document: the document, parsed.
        node: the operation to run.
        plans: what it was compiled to.
    """

    text: str
    document: DocumentNode
    node: OperationDefinitionNode
    plans: Plans


def prepare(schema: GraphQLSchema, text: str, name: str | None = None) -> Operation:
    """Parse and validate a document, without any limits, and take its operation ``name``.

    Raises:
        GraphQLError: it does not parse or validate, or has no such operation.
    """
    document = parse(text)
    errors = validate(schema, document)
    if errors:
        raise errors[0]
    node = get_operation_ast(document, name)
    if node is None:
        raise GraphQLError("The document contains no such operation, or several and none is named.")
    return Operation(text=text, document=document, node=node, plans=Plans(document))


class _LiteralVariables(Visitor):
    """Collects the variables that are given to arguments plans depend on."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        """Look at one argument of a field or directive."""
        if node.name.value in _LITERAL_ARGUMENTS and isinstance(node.value, VariableNode):
            self.names.add(node.value.name.value)
