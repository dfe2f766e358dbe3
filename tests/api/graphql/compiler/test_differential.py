"""What the engine answers is what graphql-core answers over plain resolvers on the same data."""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLSchema, print_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.graphql.compiler import cypher
from api.graphql.compiler.catalog import Catalog
from tests.api.graphql.compiler.documents import Documents
from tests.api.graphql.compiler.reference import Memory, Reference

EXAMPLES = int(os.environ.get("DIFFERENTIAL_EXAMPLES", "0"))
"""How many documents to try, each time others; by default the same few."""

QUESTIONS = ["claimsBetween", "coCited", "neighbors", "path"]
"""Roots to draw more often than others: there are many roots that are lists."""

Ask = Callable[..., ExecutionResult]


@pytest.fixture(scope="module", autouse=True)
def few() -> Iterator[None]:
    """Lists are entered at a value or walked in order, as among a million nodes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cypher, "FEW", 8)
        yield


@pytest.fixture(scope="module")
def reference(schema: GraphQLSchema, catalog: Catalog, small_graph: Memory) -> Reference:
    return Reference(print_schema(schema), catalog, small_graph)


@pytest.fixture(scope="module")
def documents(schema: GraphQLSchema, catalog: Catalog, memory: Memory) -> Documents:
    # What a search finds, and in which order, is the index's doing: test_engine.py asks it.
    roots = [root.name for root in catalog.roots.values() if root.kind != "search"]
    roots += QUESTIONS
    names = [str(node["name"]) for node in memory.nodes.values() if "name" in node]
    values = {
        "ID": [*memory.nodes, "person/nobody"],
        "String": [*(name.replace('"', "") for name in names), "Text 3", "said", "Words 1", ""],
        "Date": ["2023-03-20", "2023-03-21", "2024-01-01"],
        "DateTime": ["2026-01-01T00:00:00+00:00"],
    }
    countries = [name for name in memory.nodes if name.startswith("country/")]
    people = [name for name in memory.nodes if name.startswith("person/")]
    named: dict[str, list[Any]] = {
        "source": countries,
        "about": countries,
        "person": people,
        "maxLength": [1, 2, 3],
    }
    return Documents(schema, roots, values, named)


@settings(
    deadline=None,
    max_examples=EXAMPLES or 150,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
    # A document that fails says more than the hour it takes to make it smaller.
    phases=(Phase.explicit, Phase.generate),
)
@given(data=st.data())
def test_generated_documents_are_answered_as_by_plain_resolvers(
    ask: Ask, reference: Reference, documents: Documents, data: st.DataObject
) -> None:
    text, variables = data.draw(documents.strategy())
    expected = reference.answer(text, variables)
    answer = ask(text, variables)
    assert _errors(answer) == _errors(expected)
    # Text, since the order of an answer's keys is part of it.
    assert json.dumps(answer.data, indent=1) == json.dumps(expected.data, indent=1)


def _errors(result: ExecutionResult) -> list[dict[str, Any]]:
    return [dict(error.formatted) for error in result.errors or ()]
