"""Plan the field ``search``: what it asks the indexes, which filters hold, and what a hit tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.compiler.catalog import Catalog, Root
from api.graphql.compiler.ordering import identity
from api.graphql.compiler.plan import Nodes, Question, SortKey
from api.graphql.compiler.plan_conditions import ALWAYS, Both, Cited, Condition, Labelled
from api.graphql.compiler.planner import Planner
from api.graphql.compiler.search import asked
from api.graphql.compiler.search_clause import PARAMETERS, SAID, search_clause
from api.graphql.compiler.views import Field, Highlights, Leaf

_SCORE = SortKey(variable="score", kind="float", descending=True, required=True)
_MATCHED = SortKey(variable="matched", kind="string", descending=False, required=True)
_FROM_TEXT = PARAMETERS[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A planned search.

    Attributes:
        nodes: What is found.
        statements: The statements among it, or behind it, for facets.
        order: What it is sorted by.
        told: What a hit tells besides.
        extras: An edge's own fields, by name.
    """

    nodes: Nodes
    statements: Nodes
    order: tuple[SortKey, ...]
    told: tuple[SortKey, ...]
    extras: Mapping[str, Field]


def plan_search(
    catalog: Catalog, planner: Planner, root: Root, arguments: Mapping[str, Any]
) -> Search:
    """Plan ``search`` with its coerced ``arguments``."""
    add, text = planner.parameters.add, arguments["text"]
    names = planner.parameters.add_all(text, len(_FROM_TEXT), _values)
    near = add(arguments.get("meaning") is not False)
    parameters = dict(zip(PARAMETERS, (*names, near), strict=True))
    said = _filter(planner, arguments)
    types = [item.value for item in arguments.get("types") or ()]
    told = (_SCORE.variable, _MATCHED.variable)
    clause = search_clause(parameters, types, filtered=said != ALWAYS)
    statements = search_clause(parameters, ["Statement"], filtered=True)
    order = (_SCORE, identity(catalog.types[root.target]))
    keys = dict.fromkeys(key for keys in catalog.searched.values() for key in keys)
    return Search(
        nodes=Nodes(
            source=Question(type=root.target, clause=clause, said=said, told=told),
            condition=Labelled(tuple(types)) if set(types) - SAID else ALWAYS,
        ),
        statements=Nodes(
            source=Question(type="Statement", clause=statements, said=said, told=told),
            condition=ALWAYS,
        ),
        order=order,
        told=(_MATCHED,),
        extras={
            "score": Field(key="", column=0, reading=Leaf(), required=True),
            "match": Field(key="", column=len(order), reading=Leaf(), required=True),
            "highlights": Field(
                key="",
                column=-1,
                reading=Highlights(
                    fields=(),
                    words=add(text, lambda given: list(asked(given).words)),
                    columns=tuple((key, -1) for key in keys),
                ),
                required=True,
            ),
        },
    )


def _values(text: str) -> tuple[Any, ...]:
    found = asked(text)
    values = {name: getattr(found, name) for name in _FROM_TEXT}
    values["forms"] = [list(forms) for forms in found.forms]
    values["vector"] = found.vector and list(found.vector)
    return tuple(values.values())


def _filter(planner: Planner, arguments: Mapping[str, Any]) -> Condition:
    """What statements are filtered by."""
    found = planner.filters.condition("Statement", arguments.get("where"))
    roles = arguments.get("roles")
    if not roles:
        return found
    cited = Cited(planner.parameters.add([role.value for role in roles]))
    return cited if found == ALWAYS else Both((cited, found))
