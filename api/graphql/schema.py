"""The GraphQL schema: strawberry types over the graph, answered by the engine.

The types carry no resolvers of their own. Where graphql-core executes (introspection, and what
the engine's shaper hands over), it reads values that are shaped already, under their answer keys.
"""

from typing import Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    specified_scalar_types,
)
from strawberry.schema.config import StrawberryConfig

from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.derivation import load_catalog
from api.graphql.types import build_types


def create_schema(catalog: Catalog | None = None) -> strawberry.Schema:
    """The schema of ``catalog``, by default that of the project's ontology."""
    query, types = build_types(catalog or load_catalog())
    schema = strawberry.Schema(
        query=query,
        types=types,
        config=StrawberryConfig(auto_camel_case=False),
    )
    _read_shaped(executable(schema))
    return schema


def executable(schema: strawberry.Schema) -> GraphQLSchema:
    """The graphql-core schema within, which parses, validates and introspects."""
    return schema._schema


def printed() -> str:
    """The schema as text, with descriptions: the golden file ``schema.graphql``."""
    return f"{create_schema().as_str()}\n"


def _read_shaped(schema: GraphQLSchema) -> None:
    for item in schema.type_map.values():
        if item.name.startswith("__"):
            continue
        if isinstance(item, GraphQLObjectType):
            item.is_type_of = None
            for field in item.fields.values():
                field.resolve = _answered
        elif isinstance(item, GraphQLInterfaceType):
            item.resolve_type = _typename
        elif isinstance(item, GraphQLEnumType) or (
            isinstance(item, GraphQLScalarType) and item not in specified_scalar_types.values()
        ):
            item.coerce_output_value = item.serialize = _as_it_is  # type: ignore[method-assign]
        elif isinstance(item, GraphQLInputObjectType):
            # strawberry checks this by a rule of its own; graphql-core does so for variables, too.
            item.is_one_of = item.extensions["strawberry-definition"].is_one_of


def _answered(source: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    return source[info.path.key]


def _typename(value: Any, *_: Any) -> str:
    return str(value.typename)


def _as_it_is(value: Any) -> Any:
    return value
