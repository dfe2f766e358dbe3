"""What a search finds among the words' finds is what plain resolvers leave of them.

Which nodes have the words, and how near others are, is the index's doing. Here it is asked without
conditions; what is left under conditions, and what is asked of it, is compared with the reference.
"""

import json
from collections.abc import Callable, Collection
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLSchema, print_schema
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from api.graphql.compiler.catalog import Catalog
from loader.graph.searching import complete
from queries.database import Database
from tests.api.graphql.compiler.documents import Documents, _Drawing, _literal
from tests.api.graphql.compiler.reference import Memory, Reference
from tests.api.graphql.compiler.test_differential import EXAMPLES

Ask = Callable[..., ExecutionResult]

_LISTED = 100
"""The most that a search lists at once."""
_TYPES = ["ARTICLE", "CLAIM", "COUNTRY", "ORGANIZATION", "OUTLET", "PERSON", "STATEMENT"]


@pytest.fixture(scope="module")
def reference(
    schema: GraphQLSchema, catalog: Catalog, small_graph: Memory, database: Database
) -> Reference:
    with database.session() as session:
        complete(session, everything=True)
        session.run("CALL db.awaitIndexes(60)").consume()
        session.run("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()").consume()
    return Reference(print_schema(schema), catalog, small_graph)


@pytest.fixture(scope="module")
def documents(schema: GraphQLSchema, memory: Memory) -> Documents:
    names = [str(node["name"]).replace('"', "") for node in memory.nodes.values() if "name" in node]
    values = {
        "ID": [*memory.nodes, "person/nobody"],
        "String": [*names, "Text 3", "said", ""],
        "Date": ["2023-03-20", "2023-03-21", "2024-01-01"],
        "DateTime": ["2026-01-01T00:00:00+00:00"],
    }
    return Documents(schema, [], values, {})


@settings(
    deadline=None,
    max_examples=EXAMPLES or 15,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
    phases=(Phase.explicit, Phase.generate),
)
@given(data=st.data())
def test_a_search_finds_what_its_conditions_leave(
    ask: Ask, reference: Reference, documents: Documents, data: st.DataObject
) -> None:
    drawing = _Drawing(documents, data.draw)
    text = json.dumps(data.draw(st.sampled_from(_words(reference.memory))))
    types = data.draw(st.none() | st.lists(st.sampled_from(_TYPES), min_size=1, max_size=3))
    where: dict[str, Any] | None = None
    if drawing.chance(2):
        where = drawing.given(reference_filter(documents), 2)
    meaning = data.draw(st.booleans())
    asked = f"text: {text}, meaning: {json.dumps(meaning)}, first: {_LISTED}"
    narrowed = f"{asked}, types: [{', '.join(types)}]" if types is not None else asked
    narrowed = f"{narrowed}, where: {_literal(where)}" if where is not None else narrowed
    node = documents.schema.get_type("Node")
    selection = drawing.selection(node, 1)
    fragments = " ".join(drawing.fragments)
    names = f"({', '.join(drawing.definitions)})" if drawing.definitions else ""

    answer = ask(
        f"query{names} {{ search({narrowed}) {{ totalCount edges {{ match node {{ id __typename"
        f" {selection} }} }} }} }} {fragments}",
        drawing.variables,
    )
    assert answer.data is not None, answer.errors
    found = answer.data["search"]
    every = ask(f"{{ search({asked}) {{ totalCount edges {{ match node {{ id }} }} }} }}")
    assert every.data is not None, every.errors
    assume(every.data["search"]["totalCount"] <= _LISTED)
    by_words = [
        edge["node"]["id"] for edge in every.data["search"]["edges"] if edge["match"] != "NEAR"
    ]
    kept = _kept(reference, types, where)
    assume(kept is not None)
    assert kept is not None
    hits = [edge["node"]["id"] for edge in found["edges"]]
    assert found["totalCount"] == len(hits) == len(set(hits))
    assert set(hits) <= kept
    words = {edge["node"]["id"] for edge in found["edges"] if edge["match"] != "NEAR"}
    assert words == set(by_words) & kept

    for edge in found["edges"][:3]:
        expected = reference.answer(
            f"query{names} {{ node(id: {json.dumps(edge['node']['id'])})"
            f" {{ id __typename {selection} }} }} {fragments}",
            drawing.variables,
        )
        assert expected.data is not None
        assert json.dumps(edge["node"]) == json.dumps(expected.data["node"])


def reference_filter(documents: Documents) -> Any:
    """The input type of conditions on statements."""
    return documents.schema.get_type("StatementFilter")


def _words(memory: Memory) -> list[str]:
    """What somebody may search for: names, words of texts, phrases, nothing."""
    texts = {
        str(node[key])
        for node in memory.nodes.values()
        for key in ("name", "text", "title")
        if node.get(key)
    }
    words = {word for text in texts for word in text.split()}
    return [*sorted(texts), *sorted(words), *(f'"{text}"' for text in sorted(texts)[:9]), "", "?"]


def _kept(
    reference: Reference, types: list[str] | None, where: dict[str, Any] | None
) -> set[str] | None:
    """The ids of nodes that the conditions leave, whatever is searched for.

    None where ``where`` leaves all statements: whether it says nothing, and other types are found
    as well, is not to be told from outside.
    """
    nodes = reference.memory.nodes
    kept = set(nodes)
    if where is not None:
        # By graphql-core, so that days in the condition are read as days.
        listed = f"{{ statements(where: {_literal(where)}, first: 1000) {{ nodes {{ id }} }} }}"
        answer = reference.answer(listed)
        assert answer.data is not None, answer.errors
        kept = {node["id"] for node in answer.data["statements"]["nodes"]}
        if len(kept) == sum("Statement" in node["labels"] for node in nodes.values()):
            return None
        claims = reference.catalog.types["Claim"].walks["statements"]
        kept |= {
            name
            for name, node in nodes.items()
            if "Claim" in node["labels"]
            and any(end["id"] in kept for end in reference.ends(node, claims))
        }
    if types is not None:
        wanted = {name.capitalize() for name in types}
        kept = {name for name in kept if _type(nodes[name]["labels"]) in wanted}
    return kept


def _type(labels: Collection[str]) -> str:
    """The type of a node: an outlet's labels are those of organizations, too."""
    return "Outlet" if "Outlet" in labels else next(iter(labels))
