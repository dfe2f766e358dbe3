"""Hypothesis strategies for documents over the schema: fields, aliases, fragments, arguments."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
)
from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]


class Documents:
    """Draws documents; ``values`` are those worth asking for, by scalar type or by argument."""

    def __init__(
        self,
        schema: GraphQLSchema,
        roots: list[str],
        values: dict[str, list[str]],
        named: Mapping[str, Sequence[Any]],
    ) -> None:
        self.schema = schema
        self.roots = roots
        self.values = values
        self.named = named

    def strategy(self) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
        """Documents with their variables."""
        return st.composite(self._document)()

    def _document(self, draw: Draw) -> tuple[str, dict[str, Any]]:
        return _Drawing(self, draw).document()


class _Drawing:
    """One document being drawn."""

    def __init__(self, documents: Documents, draw: Draw) -> None:
        self.schema = documents.schema
        self.values = documents.values
        self.named = documents.named
        self.roots = documents.roots
        self.draw = draw
        self.fragments: list[str] = []
        self.definitions: list[str] = []
        self.variables: dict[str, Any] = {}
        self.answers = 0

    def document(self) -> tuple[str, dict[str, Any]]:
        query = self.schema.query_type
        assert query is not None
        chosen = self.draw(st.lists(st.sampled_from(self.roots), min_size=1, max_size=2))
        fields = [self.field(query.fields[name], name, 3) for name in chosen]
        if self.chance(8):
            fields.append("__typename")
        names = f"({', '.join(self.definitions)})" if self.definitions else ""
        text = f"query{names} {{ {' '.join(fields)} }} {' '.join(self.fragments)}"
        return text, self.variables

    def chance(self, one_in: int) -> bool:
        return bool(self.draw(st.integers(1, one_in)) == 1)

    def field(self, definition: GraphQLField, name: str, depth: int) -> str:
        self.answers += 1
        # Every field has an answer key of its own, so that no two can clash.
        text = f"a{self.answers}: {name}"
        arguments = [
            f"{key}: {value}"
            for key, argument in definition.args.items()
            if (value := self.argument(key, argument)) is not None
        ]
        if arguments:
            text += f"({', '.join(arguments)})"
        text += self.directive()
        named = get_named_type(definition.type)
        if is_composite_type(named):
            text += f" {{ {self.selection(named, depth)} }}"
        return text

    def directive(self) -> str:
        if not self.chance(12):
            return ""
        kind = self.draw(st.sampled_from(["skip", "include"]))
        flag = self.draw(st.booleans())
        if self.chance(2):
            return f" @{kind}(if: {str(flag).lower()})"
        return f" @{kind}(if: {self.variable('Boolean!', flag)})"

    def variable(self, kind: str, value: Any) -> str:
        name = f"v{len(self.variables)}"
        self.definitions.append(f"${name}: {kind}")
        self.variables[name] = value
        return f"${name}"

    def selection(self, named: Any, depth: int) -> str:
        fields = dict(named.fields)
        leaves = [k for k, f in fields.items() if not is_composite_type(get_named_type(f.type))]
        inner = [key for key in fields if key not in leaves] if depth > 0 else []
        connection = named.name.endswith(("Connection", "Edge", "Aggregate", "Count", "Measures"))
        names = self.draw(st.lists(st.sampled_from(leaves), max_size=2)) if leaves else []
        if inner:
            # Connections are passed through without counting as a level.
            most = 2 if depth > 2 else 1
            names += self.draw(
                st.lists(st.sampled_from(inner), min_size=int(not names), max_size=most)
            )
        lower = depth if connection else depth - 1
        parts = [self.field(fields[name], name, lower) for name in names]
        if not parts or self.chance(8):
            parts.append("__typename")
        if isinstance(named, GraphQLInterfaceType):
            possible = [
                *self.schema.get_possible_types(named),
                *self.schema.get_implementations(named).interfaces,
            ]
            for item in self.draw(st.lists(st.sampled_from(possible), max_size=1 + int(depth > 1))):
                parts.append(self.fragment(item, depth - 1))
        elif self.chance(10) and depth > 0:
            parts.append(self.fragment(named, depth - 1))
        return " ".join(self.draw(st.permutations(parts)))

    def fragment(self, item: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
        body = self.selection(item, max(depth, 0))
        if self.chance(2):
            return f"... on {item.name}{self.directive()} {{ {body} }}"
        name = f"f{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {item.name} {{ {body} }}")
        spread = f"...{name}{self.directive()}"
        return f"{spread} {spread}" if self.chance(4) else spread

    def argument(self, name: str, argument: GraphQLArgument) -> str | None:
        kind = argument.type
        if name in ("after", "before"):
            return None
        if not isinstance(kind, GraphQLNonNull) and not self.chance(3):
            return None
        if name in self.named:
            return _literal(self.draw(st.sampled_from(self.named[name])))
        if name in ("first", "last"):
            value = self.draw(st.integers(1, 4))
            return self.variable("Int", value) if self.chance(3) else str(value)
        if name == "where" and self.chance(3):
            return self.variable(str(kind), self.value(kind, 2))
        return _literal(self.value(kind, 2))

    def value(self, kind: Any, depth: int) -> Any:
        """A value as JSON has it, enum values as :class:`_Name`."""
        if isinstance(kind, GraphQLNonNull):
            return self.value(kind.of_type, depth)
        if isinstance(kind, GraphQLList):
            size = self.draw(st.integers(0 if depth < 2 else 1, 2))
            return [self.value(kind.of_type, depth) for _ in range(size)]
        if isinstance(kind, GraphQLInputObjectType):
            return self.given(kind, depth)
        if isinstance(kind, GraphQLEnumType):
            return _Name(self.draw(st.sampled_from(sorted(kind.values))))
        assert isinstance(kind, GraphQLScalarType)
        if kind.name == "Boolean":
            return self.draw(st.booleans())
        if kind.name == "Int":
            return self.draw(st.integers(0, 3))
        return self.draw(st.sampled_from(self.values[kind.name]))

    def given(self, kind: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        names = [
            name
            for name, item in kind.fields.items()
            if depth > 0 or not _nested(get_named_type(item.type))
        ]
        most = 1 if kind.is_one_of else 2
        chosen = self.draw(
            st.lists(st.sampled_from(names), min_size=most % 2, max_size=most, unique=True)
        )
        found = {}
        for name in chosen:
            nothing = not kind.is_one_of and self.chance(12)
            lower = depth - int(_nested(kind))
            found[name] = None if nothing else self.value(kind.fields[name].type, lower)
        return found


class _Name(str):
    """The name of an enum value: bare in a document, a string in variables."""

    __slots__ = ()


def _nested(kind: Any) -> bool:
    return isinstance(kind, GraphQLInputObjectType) and "and" in kind.fields


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, _Name):
        return str(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_literal(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return str(value) if isinstance(value, int) else f'"{value}"'
