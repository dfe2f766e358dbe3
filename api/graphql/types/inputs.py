"""The input types: filters, and what lists are sorted by."""

from api.graphql.compiler.catalog import Catalog, NodeType, Property
from api.graphql.types.making import Types

_NUMBERS = ("lt", "lte", "gt", "gte")
_OPERATORS = {
    "eq": "Equal to this value.",
    "in": "Equal to one of these values.",
    "contains": "Contains this text (case-sensitive).",
    "startsWith": "Starts with this text (case-sensitive).",
    "endsWith": "Ends with this text (case-sensitive).",
    "lt": "Less than this value; for dates, before it.",
    "lte": "Less than or equal to this value; for dates, on or before it.",
    "gt": "Greater than this value; for dates, after it.",
    "gte": "Greater than or equal to this value; for dates, on or after it.",
    "isNull": "true: there is no value; false: there is a value.",
    "has": "The list contains this value.",
    "hasAny": "The list contains at least one of these values.",
    "hasAll": "The list contains all of these values.",
}
_FILTERS: dict[str, dict[str, str]] = {
    "IDFilter": {"eq": "ID", "in": "list[ID]"},
    "StringFilter": {
        "eq": "str",
        "in": "list[str]",
        "contains": "str",
        "startsWith": "str",
        "endsWith": "str",
        "isNull": "bool",
    },
    "StringListFilter": {"has": "str", "hasAny": "list[str]", "hasAll": "list[str]"},
    "IntFilter": {
        "eq": "int",
        "in": "list[int]",
        **dict.fromkeys(_NUMBERS, "int"),
        "isNull": "bool",
    },
    "BooleanFilter": {"eq": "bool", "isNull": "bool"},
    "DateFilter": {
        "eq": "date",
        "in": "list[date]",
        **dict.fromkeys(_NUMBERS, "date"),
        "isNull": "bool",
    },
    "DateTimeFilter": {**dict.fromkeys(_NUMBERS, "datetime"), "isNull": "bool"},
}
_FILTER_OF = {
    "id": "IDFilter",
    "string": "StringFilter",
    "integer": "IntFilter",
    "boolean": "BooleanFilter",
    "date": "DateFilter",
    "dateTime": "DateTimeFilter",
}
_QUANTIFIERS = {
    "some": "At least one item matches.",
    "all": "All items match, or there are none.",
    "none": "No item matches.",
    "single": "Exactly one item matches.",
}
_HELD = "all the given conditions must be met; a condition that is null is ignored."


def make_inputs(types: Types, catalog: Catalog) -> None:
    """Make every input type."""
    for name, operators in _FILTERS.items():
        _conditions(types, name, "a value", operators)
    for enum in catalog.enums:
        if enum != "RelationshipType":
            operators = {"eq": enum, "in": f"list[{enum}]", "isNull": "bool"}
            _conditions(types, f"{enum}Filter", f"a value of {enum}", operators)
    for item in catalog.types.values():
        _filter(types, item)
        _quantified(types, item)
        _order(types, item)


def _conditions(types: Types, name: str, on: str, operators: dict[str, str]) -> None:
    fields = [
        types.field(operator, f"{value} | None", _OPERATORS[operator])
        for operator, value in operators.items()
    ]
    types.input(name, f"A condition on {on}: {_HELD}", fields)


def _filter(types: Types, item: NodeType) -> None:
    name = f"{item.name}Filter"
    fields = [
        types.field(prop.name, f"{_filter_of(prop)} | None", prop.description)
        for prop in item.properties.values()
        if prop.kind != "iri"
    ]
    if item.abstract:
        fields.append(types.field("type", "NodeTypeFilter | None", "The type of the node."))
    for walk in item.walks.values():
        many = "Many" if walk.many else ""
        text = walk.description if walk.many else f"{walk.description} null: there is none."
        fields.append(types.field(walk.name, f"{walk.target}{many}Filter | None", text))
    fields += [
        types.field("and", f"list[{name}] | None", "All of these conditions are met."),
        types.field("or", f"list[{name}] | None", "At least one of these conditions is met."),
        types.field("not", f"{name} | None", "This condition is not met."),
    ]
    types.input(name, f"A condition on {item.name}: {_HELD}", fields)


def _filter_of(prop: Property) -> str:
    if prop.kind == "enum":
        return f"{prop.enum}Filter"
    return "StringListFilter" if prop.many else _FILTER_OF[prop.kind]


def _quantified(types: Types, item: NodeType) -> None:
    fields = [
        types.field(name, f"{item.name}Filter | None", text) for name, text in _QUANTIFIERS.items()
    ]
    fields.append(types.field("count", "IntFilter | None", "The number of items."))
    text = f"A condition on a list of {item.name}: {_HELD}"
    types.input(f"{item.name}ManyFilter", text, fields)


def _order(types: Types, item: NodeType) -> None:
    fields = [
        types.field(prop.name, "SortDirection | None", prop.description)
        for prop in item.properties.values()
        if prop.sortable
    ]
    fields += [
        types.field(
            walk.counted, "SortDirection | None", f"The number of items: {walk.description}"
        )
        for walk in item.walks.values()
        if walk.many
    ]
    text = f"What to sort a list of {item.name} by; exactly one field must be given."
    types.input(f"{item.name}Order", text, fields, one_of=True)
