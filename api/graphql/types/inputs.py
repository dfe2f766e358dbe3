"""The input types: filters, and what lists are sorted by."""

from api.graphql.compiler.catalog import Catalog, NodeType, Property
from api.graphql.types.making import Types

_NUMBERS = ("lt", "lte", "gt", "gte")
_OPERATORS = {
    "eq": "Equal to this.",
    "in": "Equal to one of these.",
    "contains": "Holds this text, in the same case.",
    "startsWith": "Starts with this text, in the same case.",
    "endsWith": "Ends with this text, in the same case.",
    "lt": "Less than this; of days, before it.",
    "lte": "At most this; of days, on it or before.",
    "gt": "Greater than this; of days, after it.",
    "gte": "At least this; of days, on it or after.",
    "isNull": "True: there is no value. False: there is one.",
    "has": "This is among the values.",
    "hasAny": "One of these is among the values.",
    "hasAll": "All of these are among the values.",
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
    "some": "At least one is such.",
    "all": "Each one is such, or there is none.",
    "none": "None is such.",
    "single": "Exactly one is such.",
}
_HELD = "all that is given must hold, and what is null is as if it were not given."


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
        text = walk.description if walk.many else f"{walk.description} Null: there is none."
        fields.append(types.field(walk.name, f"{walk.target}{many}Filter | None", text))
    fields += [
        types.field("and", f"list[{name}] | None", "All of these hold."),
        types.field("or", f"list[{name}] | None", "One of these holds."),
        types.field("not", f"{name} | None", "This does not hold."),
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
    fields.append(types.field("count", "IntFilter | None", "How many there are."))
    text = f"A condition on a list of the type {item.name}: {_HELD}"
    types.input(f"{item.name}ManyFilter", text, fields)


def _order(types: Types, item: NodeType) -> None:
    fields = [
        types.field(prop.name, "SortDirection | None", prop.description)
        for prop in item.properties.values()
        if prop.sortable
    ]
    fields += [
        types.field(walk.counted, "SortDirection | None", f"How many: {walk.description}")
        for walk in item.walks.values()
        if walk.many
    ]
    text = f"What to sort a list of the type {item.name} by: exactly one thing."
    types.input(f"{item.name}Order", text, fields, one_of=True)
