"""What a question matches: the items of its lists, all of them, however many it shows.

A saved question selects what its reader wants to see. For a feed, its document is narrowed down to
the ids of the items of its lists, and its limits on their number are lifted: a match that the
question would show on its tenth page is a match too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    get_named_type,
    get_nullable_type,
    is_list_type,
    parse,
    print_ast,
    visit,
)

from api.graphql.compiler.search import MOST_FOUND
from api.graphql.waiting import ANY_LENGTH, Asker, schema

_ID, _KIND, _DATE = "matchId", "matchKind", "matchDate"
_SLICE = ("first", "last", "after", "before", "orderBy")
_DATED = ("Statement", "Article")
_SEARCH = "search"


class NoListError(Exception):
    """A question lists nothing that a feed could tell of; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Something that a question matches: its id, its class, and the day it was published."""

    id: str
    kind: str
    published: str = ""


def matches(asker: Asker, text: str, variables: Mapping[str, Any]) -> list[Match]:
    """The matches of the document ``text``, each once, in the order of the answer.

    Raises:
        NoListError: the document has no list of things.
        AnswerError: the document or a variable is invalid.
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
    """
    operation = asker.prepare(text)  # says what is wrong with the user's own document
    narrowed, used = narrow(schema()[1], text)
    operation = asker.prepare(narrowed)
    data = asker.ask(operation, {key: variables[key] for key in variables if key in used})
    return list({match.id: match for match in _found(data)}.values())


def narrow(graphql: GraphQLSchema, text: str) -> tuple[str, frozenset[str]]:
    """The document that selects the ids of what ``text`` lists; and the variables it uses.

    Raises:
        NoListError: it lists no things.
    """
    document = parse(text)
    operation = next(
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    )
    narrowing = _Narrowing(graphql, document)
    query = graphql.query_type
    kept = None if query is None else narrowing.selections(operation.selection_set, query)
    if kept is None:
        raise NoListError(
            "it has no list of statements, articles, people or other things; write one that has"
        )
    names = _Variables()
    visit(kept, names)
    made = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        directives=operation.directives,
        variable_definitions=tuple(
            each
            for each in operation.variable_definitions or ()
            if each.variable.name.value in names.found
        ),
        selection_set=kept,
    )
    return print_ast(DocumentNode(definitions=(made,))), frozenset(names.found)


class _Variables(Visitor):
    """Collects the names of variables."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        """Collect one."""
        self.found.add(node.name.value)


class _Narrowing:
    """Keeps of selections what leads to lists of things, and of these the ids."""

    def __init__(self, graphql: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = graphql
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    def selections(
        self, selected: SelectionSetNode, parent: GraphQLNamedType
    ) -> SelectionSetNode | None:
        """What is kept of a selection on ``parent``; None if nothing is."""
        kept = [
            made
            for each in selected.selections
            if (made := self._selection(each, parent)) is not None
        ]
        return SelectionSetNode(selections=tuple(kept)) if kept else None

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType) -> SelectionNode | None:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            fragment = self._fragments.get(node.name.value)
            if fragment is None:
                return None
            condition: NamedTypeNode | None = fragment.type_condition
            inner = fragment.selection_set
        elif isinstance(node, InlineFragmentNode):
            condition, inner = node.type_condition, node.selection_set
        else:
            return None
        named = self._schema.get_type(condition.name.value) if condition else parent
        kept = None if named is None else self.selections(inner, named)
        if kept is None:
            return None
        return InlineFragmentNode(
            type_condition=condition, directives=node.directives, selection_set=kept
        )

    def _field(self, node: FieldNode, parent: GraphQLNamedType) -> FieldNode | None:
        known = getattr(parent, "fields", {}).get(node.name.value)
        if known is None or node.selection_set is None:
            return None
        named = get_named_type(known.type)
        inner: Mapping[str, Any] = getattr(named, "fields", {})
        arguments = node.arguments
        if "nodes" in inner:
            item = get_named_type(inner["nodes"].type)
            kept = _chosen("nodes", self._ids(item))
            arguments = _whole(node, known.args)
        elif is_list_type(get_nullable_type(known.type)) and "iri" in inner:
            kept = self._ids(named)
        else:
            below = self.selections(node.selection_set, named)
            if below is None:
                return None
            kept = below
        return FieldNode(
            alias=node.alias,
            name=node.name,
            arguments=arguments,
            directives=node.directives,
            selection_set=kept,
        )

    def _ids(self, item: GraphQLNamedType) -> SelectionSetNode:
        """The id and the class of a thing, and its day if it may have one."""
        kept: list[SelectionNode] = [_leaf("id", _ID), _leaf("__typename", _KIND)]
        if item.name in _DATED:
            kept.append(_leaf("published", _DATE))
        elif not hasattr(item, "interfaces") or item.name == "Node":
            kept += (
                InlineFragmentNode(
                    type_condition=NamedTypeNode(name=NameNode(value=name)),
                    directives=(),
                    selection_set=SelectionSetNode(selections=(_leaf("published", _DATE),)),
                )
                for name in _DATED
            )
        return SelectionSetNode(selections=tuple(kept))


def _whole(node: FieldNode, known: Mapping[str, Any]) -> tuple[ArgumentNode, ...]:
    """The arguments of a list's field without those that ask for a part of it."""
    kept = [each for each in node.arguments or () if each.name.value not in _SLICE]
    if "first" in known:
        most = MOST_FOUND if node.name.value == _SEARCH else ANY_LENGTH
        kept.append(ArgumentNode(name=NameNode(value="first"), value=IntValueNode(value=str(most))))
    return tuple(kept)


def _chosen(name: str, below: SelectionSetNode) -> SelectionSetNode:
    field = FieldNode(
        alias=None, name=NameNode(value=name), arguments=(), directives=(), selection_set=below
    )
    return SelectionSetNode(selections=(field,))


def _leaf(name: str, alias: str) -> FieldNode:
    return FieldNode(
        alias=NameNode(value=alias),
        name=NameNode(value=name),
        arguments=(),
        directives=(),
        selection_set=None,
    )


def _found(value: object) -> Iterator[Match]:
    if isinstance(value, list):
        for item in value:
            yield from _found(item)
    elif isinstance(value, Mapping):
        if _ID in value:
            yield Match(
                id=str(value[_ID]), kind=str(value[_KIND]), published=str(value.get(_DATE) or "")
            )
        else:
            for inner in value.values():
                yield from _found(inner)
