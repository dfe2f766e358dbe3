"""The examples answer on the seeds what stands beside them, within their budgets.

After a change of what is extracted: load the seeds, read the difference, and write them anew with
``python -m tests.api.graphql.compiler.goldens examples``.
"""

import json
from collections.abc import Callable, Iterator

from graphql import ExecutionResult, GraphQLSchema

from api.graphql.engine import Engine
from api.graphql.examples import EXAMPLES, read_examples
from api.graphql.operation import prepare
from queries.database import Database
from tests.api.graphql.compiler.goldens import (
    ANSWERS,
    ASKED,
    BUDGETS,
    as_json,
    asked,
    examples,
    hits,
)

Ask = Callable[..., ExecutionResult]

# Statistics, and so plans, differ from one database to the next: on a graph as small as the seeds
# another anchor doubles the hits. What a budget catches is a plan that reads everything.
_TOLERANCE = 2.5


def test_examples_answer_on_the_seeds_what_stands_beside_them(ask: Ask, seeded: Database) -> None:
    wrong = []
    found = examples(seeded)
    for one in found:
        answer = ask(one.query, one.variables)
        assert answer.errors is None, one.name
        expected = (ANSWERS / f"{one.name}.json").read_text(encoding="utf-8")
        if as_json({"data": answer.data}) != expected:
            wrong.append(one.name)
    assert wrong == []
    assert asked(found) == ASKED.read_text(encoding="utf-8")


def test_examples_keep_to_their_budgets_of_database_hits(
    engine: Engine, schema: GraphQLSchema, seeded: Database
) -> None:
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8"))
    over = {}
    for one in examples(seeded):
        made, parameters = engine.compiled(prepare(schema, one.query), one.variables)
        taken = hits(seeded.driver, seeded.name, made.statement, parameters)
        if taken > budgets[one.name] * _TOLERANCE:
            over[one.name] = (taken, budgets[one.name])
    assert over == {}


def test_every_example_has_an_answer_of_interest() -> None:
    for one in read_examples(EXAMPLES):
        answer = json.loads((ANSWERS / f"{one.name}.json").read_text(encoding="utf-8"))
        assert any(_lists(answer)), one.name


def _lists(value: object) -> Iterator[bool]:
    """Whether each list in an answer has something in it."""
    if isinstance(value, list):
        yield bool(value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inside:
        yield from _lists(item)
