"""The compiler's front door: an operation in, what the engine needs to answer it out."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import GraphQLSchema, OperationDefinitionNode
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues

from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.cypher import statement
from api.graphql.compiler.identifiers import Identifiers
from api.graphql.compiler.parameters import Binding
from api.graphql.compiler.plan import Row
from api.graphql.compiler.planner import Planner
from api.graphql.compiler.roots import Roots
from api.graphql.compiler.selection import Selection, name_of, typename
from api.graphql.compiler.shaper import Read, shaper
from api.graphql.compiler.views import Constant, Field, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """An operation, compiled: run ``statement`` with ``bindings``, then ``shape`` its record.

    ``statement`` is empty where nothing of the graph is asked. ``loose`` shapes for graphql-core
    to complete; ``introspective`` operations always need that.
    """

    statement: str
    bindings: tuple[Binding, ...]
    shape: Read
    loose: Read
    introspective: bool


def compile_operation(
    schema: GraphQLSchema,
    catalog: Catalog,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDetails],
    variables: VariableValues,
    *,
    identifiers: Identifiers,
    max_first: int,
) -> Compiled:
    """Compile one operation; ``variables`` hold slots where it must not depend on values.

    Raises:
        ArgumentError: the operation asks for more than a plan may hold.
    """
    selection = Selection(schema, operation, fragments, variables)
    planner = Planner(catalog, selection, identifiers, max_first)
    row = Row()
    roots = Roots(catalog, planner, row)
    fields: list[Field] = []
    introspective = False
    for key, details in selection.root().items():
        name = name_of(details)
        if name == "__typename":
            fields.append(typename(key, "Query"))
        elif name.startswith("__"):
            introspective = True
            fields.append(Field(key=key, column=-1, reading=Constant(value=""), required=True))
        else:
            fields.append(roots.field(key, details))
    view = View(types={"Query": tuple(fields)})
    return Compiled(
        statement=statement(row, catalog) if row.columns else "",
        bindings=tuple(planner.parameters.bindings),
        shape=shaper(view, catalog, strict=True),
        loose=shaper(view, catalog, strict=False),
        introspective=introspective,
    )
