"""What an operation may cost, reckoned from its text and variables before any Cypher is made.

Two figures. **Nodes** bounds how many things the answer is likely to hold: list sizes, each no
more than well connected things have, multiplied along the way down. **Cost** is how many
relationships the database is expected to walk: list sizes × typical measured degrees. A fragment
is reckoned once for each list size it stands under, however often it is used. ``@skip`` and
``@include`` are not looked at: what may be asked for counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Undefined,
    value_from_ast_untyped,
)

from api.graphql.limits.degrees import Degrees
from api.graphql.limits.steps import Size, Steps
from api.http.errors import LimitError
from api.http.limits import Limits
from queries.counts import counted

_KEPT_RESULTS = 64

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a selection may come to, for one thing that it is asked of."""

    nodes: int = 0
    cost: float = 0.0


class CostModel:
    """Reckons operations against one schema, its limits and the degrees measured in the graph."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, degrees: Degrees) -> None:
        self.schema = schema
        self.limits = limits
        self.degrees = degrees

    def assess(self, document: DocumentNode, operation: OperationDefinitionNode) -> "Assessment":
        """Prepare a validated operation to be reckoned for any variables."""
        return Assessment(self, document, operation)


class Assessment:
    """One operation, to be checked for each set of variables it comes with."""

    def __init__(
        self, model: CostModel, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        self._model = model
        self._operation = operation
        self._fragments = {
            item.name.value: item
            for item in document.definitions
            if isinstance(item, FragmentDefinitionNode)
        }
        self._defaults = {
            item.variable.name.value: value_from_ast_untyped(item.default_value)
            for item in operation.variable_definitions or ()
            if item.default_value is not None
        }
        self._names = tuple(
            item.variable.name.value for item in operation.variable_definitions or ()
        )
        self._results: dict[tuple[Any, ...], Cost] = {}

    def check(self, variables: Variables) -> Cost:
        """The cost of the operation with these variables, coerced or raw.

        Raises:
            LimitError: a list is larger than allowed, or nodes or cost are over the limit; names
                the field at which they go over.
        """
        key = self._key(variables)
        known = self._results.get(key) if key is not None else None
        if known is None:
            known = _Reckoning(self._model, self._fragments, {**self._defaults, **variables}).check(
                self._operation
            )
            if key is not None and len(self._results) < _KEPT_RESULTS:
                self._results[key] = known
        return known

    def _key(self, variables: Variables) -> tuple[Any, ...] | None:
        """The variables a cost can depend on; None where they are too many to remember.

        Text never changes a cost, so that only its presence is kept.
        """
        key = []
        for name in self._names:
            value = variables.get(name, Undefined)
            if isinstance(value, dict | list):
                return None
            key.append("" if isinstance(value, str) else value)
        return tuple(key)


class _Reckoning:
    """One operation with one set of variables."""

    def __init__(
        self,
        model: CostModel,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: dict[str, Any],
    ) -> None:
        self._schema = model.schema
        self._limits = model.limits
        self._steps = Steps(model.schema, model.limits, model.degrees, variables)
        self._fragments = fragments
        self._known: dict[tuple[int, Size | None], Cost] = {}

    def check(self, operation: OperationDefinitionNode) -> Cost:
        root = self._schema.get_root_type(operation.operation)
        if root is None:
            return Cost()
        total = self._selections(root, operation.selection_set, None)
        for limit in ("nodes", "cost"):
            value, maximum = getattr(total, limit), getattr(self._limits, limit)
            if value > maximum:
                field = ".".join(self._heaviest(root, operation.selection_set, limit, maximum))
                what = _MEANINGS[limit]
                raise LimitError(
                    f"The operation needs {counted(value, *what)}; "
                    f"{counted(maximum, 'is', 'are')} allowed, and '{field}' "
                    "contributes most. Request fewer items (first) or fewer levels.",
                    limit=limit,
                    value=value,
                    maximum=maximum,
                    field=field,
                )
        return total

    def _selections(
        self, parent: GraphQLNamedType, selection_set: SelectionSetNode | None, page: Size | None
    ) -> Cost:
        """The cost of a selection for one ``parent``; ``page`` is the size of its connection."""
        if selection_set is None:
            return Cost()
        key = (id(selection_set), page)
        known = self._known.get(key)
        if known is None:
            nodes, cost = 0, 0.0
            for selection in selection_set.selections:
                part = self._selection(parent, selection, page)
                nodes += part.nodes
                cost += part.cost
            known = self._known[key] = Cost(nodes=nodes, cost=cost)
        return known

    def _selection(
        self, parent: GraphQLNamedType, selection: SelectionNode, page: Size | None
    ) -> Cost:
        if isinstance(selection, FieldNode):
            step = self._steps.step(parent, selection, page)
            if step is None:
                return Cost()
            below = self._selections(step.type, selection.selection_set, step.page)
            return Cost(
                nodes=step.size.most * (step.counted + below.nodes),
                cost=step.walked + step.size.expected * below.cost,
            )
        inner, below_type = self._spread(parent, selection)
        return self._selections(below_type, inner, page)

    def _spread(
        self, parent: GraphQLNamedType, selection: SelectionNode
    ) -> tuple[SelectionSetNode | None, GraphQLNamedType]:
        fragment: FragmentDefinitionNode | InlineFragmentNode | None = None
        if isinstance(selection, InlineFragmentNode):
            fragment = selection
        elif isinstance(selection, FragmentSpreadNode):
            fragment = self._fragments.get(selection.name.value)
        if fragment is None:
            return None, parent
        condition = fragment.type_condition
        named = self._schema.get_type(condition.name.value) if condition else None
        return fragment.selection_set, named or parent

    def _heaviest(
        self, parent: GraphQLNamedType, selection_set: SelectionSetNode, limit: str, maximum: int
    ) -> list[str]:
        """Response names down to the list at which the heaviest branch goes over the limit."""
        path: list[str] = []
        named = 0
        times: float = 1.0
        page: Size | None = None
        current: SelectionSetNode | None = selection_set
        while current and current.selections:
            weights = [
                getattr(self._selection(parent, item, page), limit) for item in current.selections
            ]
            selection = current.selections[weights.index(max(weights))]
            if not isinstance(selection, FieldNode):
                current, parent = self._spread(parent, selection)
                continue
            step = self._steps.step(parent, selection, page)
            if step is None:
                break
            path.append((selection.alias or selection.name).value)
            # The size of edges and nodes was asked for on the connection around them.
            named = named if page is not None else len(path)
            if times * (step.size.most if limit == "nodes" else step.walked) > maximum:
                break
            times *= step.size.most if limit == "nodes" else step.size.expected
            parent, current, page = step.type, selection.selection_set, step.page
        return path[:named]


_MEANINGS = {
    "nodes": ("node in one answer", "nodes in one answer"),
    "cost": ("database step", "database steps"),
}
