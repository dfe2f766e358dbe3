"""The shape of a document: how deep, how wide, how often aliased, before any schema is asked.

Each fragment is measured once, whatever the number of its uses, so that the check is linear in
the document's length even where the operation it spells out is exponential in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graphql import (
    ConstListValueNode,
    ConstObjectValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
)

from api.http.errors import LimitError
from api.http.limits import Limits
from queries.counts import counted, figure

_INTROSPECTION = ("__schema", "__type")
_SCHEMA_LISTS = frozenset(("fields", "inputFields", "interfaces", "possibleTypes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Measures of a selection, with the fragments in it put in place of their spreads.

    ``schema_lists`` is how deep those lists stand in each other that introspection can go round in.
    """

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    schema_lists: int = 0


def check_shape(document: DocumentNode, limits: Limits) -> None:
    """Refuse a document with an operation that is too deep, too wide or too often aliased.

    Raises:
        LimitError: naming the first field that is over the limit, the figure and the limit.
    """
    meter = _Meter(document, limits)
    try:
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                meter.check(definition)
    except RecursionError:
        raise _too_deep(limits, "(nested fragments)", limits.depth + 1) from None


class _Meter:
    """Measures selections; remembers each fragment's measure."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self._limits = limits
        self._fragments = {
            item.name.value: item
            for item in document.definitions
            if isinstance(item, FragmentDefinitionNode)
        }
        # By id(): nodes compare by value, and all of them live as long as the document.
        self._measured: dict[int, Shape] = {}

    def check(self, operation: OperationDefinitionNode) -> None:
        """Hold an operation against the limits."""
        for variable in operation.variable_definitions or ():
            if variable.default_value is not None:
                self._check_value(variable.default_value, f"${variable.variable.name.value}", 0)
        shape = self._measure(operation.selection_set)
        if shape.depth > self._limits.depth:
            path = ".".join(self._deepest(operation.selection_set))
            raise _too_deep(self._limits, path, shape.depth)
        extra = len(operation.directives or ()) + sum(
            len(variable.directives or ()) for variable in operation.variable_definitions or ()
        )
        for name in ("aliases", "directives", "fields"):
            value = getattr(shape, name) + (extra if name == "directives" else 0)
            maximum = getattr(self._limits, name)
            if value > maximum:
                field = ".".join(self._crossing(operation.selection_set, name, maximum))
                raise LimitError(
                    f"The operation has {counted(value, _ONE_OF[name], name)}, with fragments "
                    f"expanded; {counted(maximum, 'is', 'are')} allowed, and '{field}' exceeds "
                    "the limit. Request less, or split it into several requests.",
                    limit=name,
                    value=value,
                    maximum=maximum,
                    field=field,
                )

    def _measure(self, selection_set: SelectionSetNode | None) -> Shape:
        if selection_set is None:
            return Shape()
        known = self._measured.get(id(selection_set))
        if known is None:
            # While it is measured it counts for nothing: a cycle is for the validation to report.
            self._measured[id(selection_set)] = Shape()
            parts = [self._selection(selection) for selection in selection_set.selections]
            known = self._measured[id(selection_set)] = Shape(
                depth=max((part.depth for part in parts), default=0),
                aliases=sum(part.aliases for part in parts),
                directives=sum(part.directives for part in parts),
                fields=sum(part.fields for part in parts),
                schema_lists=max((part.schema_lists for part in parts), default=0),
            )
        return known

    def _selection(self, selection: SelectionNode) -> Shape:
        directives = self._directives(selection.directives)
        if isinstance(selection, FieldNode):
            inner = self._measure(selection.selection_set)
            for argument in selection.arguments or ():
                self._check_value(
                    argument.value, f"{selection.name.value}.{argument.name.value}", 0
                )
            name = selection.name.value
            if name in _INTROSPECTION:
                self._check_introspection(selection, inner)
                return Shape(
                    depth=1,
                    aliases=int(selection.alias is not None),
                    directives=directives + inner.directives,
                    fields=inner.fields + 1,
                )
            return Shape(
                depth=inner.depth + 1,
                aliases=inner.aliases + (selection.alias is not None),
                directives=inner.directives + directives,
                fields=inner.fields + 1,
                schema_lists=inner.schema_lists + (name in _SCHEMA_LISTS),
            )
        inner = self._measure(self._below(selection))
        return Shape(
            depth=inner.depth,
            aliases=inner.aliases,
            directives=inner.directives + directives,
            fields=inner.fields,
            schema_lists=inner.schema_lists,
        )

    def _directives(self, directives: Sequence[DirectiveNode] | None) -> int:
        for directive in directives or ():
            for argument in directive.arguments or ():
                self._check_value(
                    argument.value, f"@{directive.name.value}.{argument.name.value}", 0
                )
        return len(directives or ())

    def _check_introspection(self, selection: FieldNode, inner: Shape) -> None:
        """The schema is large: it is sent once, and no list of it within another such list."""
        name = selection.name.value
        aliases = inner.aliases + (name == "__schema" and selection.alias is not None)
        if aliases:
            raise LimitError(
                f"'{name}' and the fields below it must not have aliases; there "
                f"{'is' if aliases == 1 else 'are'} {figure(aliases)}.",
                limit="aliases",
                value=aliases,
                maximum=0,
                field=name,
            )
        if inner.schema_lists > 1:
            raise LimitError(
                f"Below '{name}', lists of fields and types are nested {inner.schema_lists} deep; "
                "1 is allowed. Request a single type with '__type'.",
                limit="introspection",
                value=inner.schema_lists,
                maximum=1,
                field=name,
            )

    def _check_value(self, value: ValueNode, place: str, depth: int) -> None:
        if depth > self._limits.input_depth:
            raise LimitError(
                f"'{place}' has values nested {depth} deep; "
                f"{counted(self._limits.input_depth, 'is', 'are')} allowed.",
                limit="input_depth",
                value=depth,
                maximum=self._limits.input_depth,
                field=place,
            )
        if isinstance(value, ListValueNode | ConstListValueNode):
            for item in value.values:
                self._check_value(item, place, depth + 1)
        elif isinstance(value, ObjectValueNode | ConstObjectValueNode):
            for field in value.fields:
                self._check_value(field.value, place, depth + 1)

    def _deepest(self, selection_set: SelectionSetNode) -> list[str]:
        """The path of response names down to the first field that is too deep."""
        path: list[str] = []
        current: SelectionSetNode | None = selection_set
        while current and current.selections and len(path) <= self._limits.depth:
            deepest = max(current.selections, key=lambda item: self._selection(item).depth)
            path += _response_name(deepest)
            current = self._below(deepest)
        return path

    def _crossing(self, selection_set: SelectionSetNode, name: str, allowance: int) -> list[str]:
        """The path down to the field at which a running total passes the allowance."""
        path: list[str] = []
        current: SelectionSetNode | None = selection_set
        while current:
            for selection in current.selections:
                total = getattr(self._selection(selection), name)
                if total > allowance:
                    break
                allowance -= total
            else:
                break
            path += _response_name(selection)
            current = self._below(selection)
            allowance -= total - getattr(self._measure(current), name)
            if allowance < 0:
                break
        return path

    def _below(self, selection: SelectionNode) -> SelectionSetNode | None:
        if isinstance(selection, FieldNode | InlineFragmentNode):
            return selection.selection_set
        if isinstance(selection, FragmentSpreadNode) and selection.name.value in self._fragments:
            return self._fragments[selection.name.value].selection_set
        return None


def _response_name(selection: SelectionNode) -> list[str]:
    if isinstance(selection, FieldNode):
        return [(selection.alias or selection.name).value]
    return []


_ONE_OF = {"aliases": "alias", "directives": "directive", "fields": "field"}


def _too_deep(limits: Limits, field: str, depth: int) -> LimitError:
    return LimitError(
        f"The operation is {counted(depth, 'field')} deep; "
        f"{counted(limits.depth, 'is', 'are')} allowed, and '{field}' exceeds the limit. "
        "Request fewer levels, or split it into several requests.",
        limit="depth",
        value=depth,
        maximum=limits.depth,
        field=field,
    )
