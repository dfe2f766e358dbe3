"""Make strawberry types one after another, with annotations that name types made later."""

import datetime as dt
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from api.graphql.compiler.catalog import EnumType

Fields = Iterable[StrawberryField]


class Types:
    """The types made so far, by name. Annotations are Python's, over those names."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {
            "ID": strawberry.ID,
            "date": dt.date,
            "datetime": dt.datetime,
        }

    def field(
        self,
        name: str,
        annotation: str,
        description: str,
        arguments: Iterable[StrawberryArgument] = (),
    ) -> StrawberryField:
        """A field without a resolver. Names are those of the schema, whatever Python reserves."""
        field = StrawberryField(
            python_name=f"{name}_",
            graphql_name=name,
            type_annotation=self._annotation(annotation),
            description=description,
        )
        field.arguments = list(arguments)
        return field

    def argument(
        self, name: str, annotation: str, description: str, default: object = strawberry.UNSET
    ) -> StrawberryArgument:
        """An argument of a field."""
        return StrawberryArgument(
            python_name=f"{name}_",
            graphql_name=name,
            type_annotation=self._annotation(annotation),
            description=description,
            default=default,
        )

    def enum(self, enum: EnumType) -> None:
        """Make an enum."""
        members = {choice.name: choice.value for choice in enum.choices}
        described = {choice.name: choice.description for choice in enum.choices}
        make: Any = Enum
        made = strawberry.enum(
            make(enum.name, members), name=enum.name, description=enum.description
        )
        for value in made.__strawberry_definition__.values:
            value.description = described[value.name]
        self.made[enum.name] = made

    def object(self, name: str, description: str, fields: Fields) -> None:
        """Make an object type."""
        self._make(name, description, fields, strawberry.type, ())

    def node(
        self, name: str, description: str, fields: Fields, *, abstract: bool, narrowest: str = ""
    ) -> None:
        """Make a node's type or an interface; ``narrowest`` implements its other interfaces."""
        make = strawberry.interface if abstract else strawberry.type
        self._make(name, description, fields, make, (self.made[narrowest],) if narrowest else ())

    def input(self, name: str, description: str, fields: Fields, *, one_of: bool = False) -> None:
        """Make an input type; its fields may all be left out, ``one_of`` asks for exactly one."""
        given = list(fields)
        for field in given:
            field.default = field.default_value = strawberry.UNSET

        def make(cls: type, *, name: str, description: str) -> type:
            return strawberry.input(cls, name=name, description=description, one_of=one_of)

        self._make(name, description, given, make, ())

    def _annotation(self, annotation: str) -> StrawberryAnnotation:
        return StrawberryAnnotation(annotation, namespace=self.made)

    def _make(
        self,
        name: str,
        description: str,
        fields: Fields,
        make: Callable[..., Any],
        bases: tuple[type, ...],
    ) -> None:
        names = {str(field.python_name): field for field in fields}
        wanted = {key: field.type_annotation for key, field in names.items()}
        cls = type(name, bases, {**names, "__annotations__": dict.fromkeys(names, object)})
        self.made[name] = make(cls, name=name, description=description)
        # Types refer to types that are not made yet, so the real annotations are put in last:
        # strawberry looks them up when the schema is made.
        for field in self.made[name].__strawberry_definition__.fields:
            if field.python_name in wanted:
                field.type_annotation = wanted[field.python_name]
