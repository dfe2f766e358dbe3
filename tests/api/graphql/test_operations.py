"""Documents are parsed, validated and planned once, and their plans are kept with them."""

from typing import Any, cast

import pytest
from neo4j import AsyncDriver

from api.graphql.compiler.compilation import Compiled
from api.graphql.compiler.derivation import load_catalog
from api.graphql.documents import Documents
from api.graphql.engine import Engine
from api.graphql.limits import CostModel, Degree
from api.graphql.measuring import assumed
from api.graphql.schema import create_schema, executable
from api.http.limits import Limits
from tests.api.graphql.compiler.goldens import NoDriver

CATALOG = load_catalog()
SCHEMA = executable(create_schema(CATALOG))
BY_ID = "query ($id: ID!) { node(id: $id) { id } }"
LIST = """query ($first: Int, $with: Boolean!) {
  people(first: $first) { nodes { id name @include(if: $with) } }
}"""


@pytest.fixture
def documents() -> Documents:
    return Documents(CostModel(SCHEMA, Limits(), assumed(CATALOG)))


@pytest.fixture
def engine() -> Engine:
    return Engine(cast(AsyncDriver, NoDriver()), SCHEMA, CATALOG)


def planned(documents: Documents, engine: Engine, text: str, **variables: Any) -> Compiled:
    plan, _ = engine.compiled(documents.operation(text, None, None), variables)
    return plan


def test_a_question_asked_again_is_not_planned_again(documents: Documents, engine: Engine) -> None:
    first = planned(documents, engine, BY_ID, id="person/a")
    assert planned(documents, engine, BY_ID, id="country/KE") is first


def test_other_shapes_of_variables_have_plans_of_their_own(
    documents: Documents, engine: Engine
) -> None:
    ways: list[dict[str, Any]] = [
        {"first": 3, "with": True},
        {"first": 3, "with": False},
        {"with": True},
    ]
    plans = [planned(documents, engine, LIST, **way) for way in ways]
    assert len(set(map(id, plans))) == len(ways)
    assert planned(documents, engine, LIST, **{"first": 9, "with": True}) is plans[0]


def test_a_plan_outlives_a_change_of_the_graph(documents: Documents, engine: Engine) -> None:
    before = documents.operation("{ people(first: 5) { nodes { id } } }", None, None)
    plan, _ = engine.compiled(before)
    degrees = {**assumed(CATALOG), ("Query", "people"): Degree(typical=2, maximum=2)}
    documents.reckon_with(CostModel(SCHEMA, Limits(), degrees))
    after = documents.operation(before.text, None, None)
    assert after.document is before.document
    assert engine.compiled(after)[0] is plan
    assert after.assessment.check({}).nodes < before.assessment.check({}).nodes
