"""The schema is the ontology's, described throughout, and changes on purpose."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
)
from graphql.utilities import find_breaking_changes

from api.graphql.schema import printed
from ontology.model import load_model
from tests.api.graphql.compiler.goldens import SCHEMA


def test_no_change_breaks_a_client() -> None:
    changes = find_breaking_changes(
        build_schema(SCHEMA.read_text(encoding="utf-8")), build_schema(printed())
    )
    assert [change.description for change in changes] == []


def test_the_printed_schema_is_the_one_in_the_repository() -> None:
    # python -m tests.api.graphql.compiler.goldens schema
    assert printed() == SCHEMA.read_text(encoding="utf-8")


def test_everything_is_described(schema: GraphQLSchema) -> None:
    bare = [place for place, description in _described(schema) if not description]
    assert bare == []


def _described(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    for item in schema.type_map.values():
        if item.name.startswith("__"):
            continue
        yield item.name, item.description
        if isinstance(item, GraphQLEnumType):
            for name, value in item.values.items():
                yield f"{item.name}.{name}", value.description
        if isinstance(item, GraphQLInputObjectType):
            for name, entry in item.fields.items():
                yield f"{item.name}.{name}", entry.description
        if isinstance(item, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in item.fields.items():
                yield f"{item.name}.{name}", field.description
                for key, argument in field.args.items():
                    yield f"{item.name}.{name}({key})", argument.description


def test_every_class_property_and_walk_of_the_ontology_is_offered(schema: GraphQLSchema) -> None:
    model = load_model()
    for item in model.classes.values():
        offered = schema.type_map[item.label]
        assert isinstance(offered, GraphQLObjectType | GraphQLInterfaceType)
        assert offered.description is not None
        assert offered.description.startswith(item.description)
        names = {prop.key for prop in item.properties}
        names |= {edge.name for edge in item.relationships}
        if not item.abstract:
            names |= {edge.inverse for edge in model.walks_to(item.label)}
        assert names <= set(offered.fields)


def test_a_walk_to_one_is_nullable_and_a_walk_to_many_is_a_connection(
    schema: GraphQLSchema,
) -> None:
    for edge in load_model().relationships():
        offered = schema.type_map[edge.source]
        assert isinstance(offered, GraphQLObjectType)
        kind = str(offered.fields[edge.name].type)
        assert kind.endswith("Connection!") == edge.many
        assert kind.endswith("!") == edge.many


def test_interfaces_are_the_ontology_s_abstract_classes(schema: GraphQLSchema) -> None:
    model = load_model()
    for item in model.classes.values():
        if item.abstract:
            offered = schema.type_map[item.label]
            assert isinstance(offered, GraphQLInterfaceType)
            members = {member.name for member in schema.get_possible_types(offered)}
            assert members == set(model.concrete_below(item.label))


def test_every_list_is_bounded_by_default(schema: GraphQLSchema) -> None:
    for item in schema.type_map.values():
        if isinstance(item, GraphQLObjectType) and not item.name.startswith("__"):
            for name, field in item.fields.items():
                if get_named_type(field.type).name.endswith("Connection"):
                    assert field.args["first"].default_value == 25, f"{item.name}.{name}"


def test_the_api_can_only_be_read(schema: GraphQLSchema) -> None:
    assert schema.mutation_type is None
    assert schema.subscription_type is None
