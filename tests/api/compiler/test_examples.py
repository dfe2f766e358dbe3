"""The examples answer on the seeds what stands beside them, within their budgets.

After a change of what is extracted: load the seeds, read the difference, and write them anew with
``python -m tests.api.compiler.goldens examples``.
"""

import json
from collections.abc import Callable

from graphql import ExecutionResult, GraphQLSchema

from api.engine import Engine, prepare
from queries.database import Database
from tests.api.compiler.goldens import BUDGETS, EXAMPLES, as_json, documents, hits

Ask = Callable[..., ExecutionResult]

# Statistics, and so plans, differ a little from one database to the next.
_TOLERANCE = 1.3


def test_examples_answer_on_the_seeds_what_stands_beside_them(ask: Ask, seeded: Database) -> None:
    assert seeded
    wrong = []
    for name, text, variables in documents(EXAMPLES):
        answer = ask(text, variables)
        assert answer.errors is None, name
        expected = (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")
        if as_json({"data": answer.data}) != expected:
            wrong.append(name)
    assert wrong == []


def test_examples_keep_to_their_budgets_of_database_hits(
    engine: Engine, schema: GraphQLSchema, seeded: Database
) -> None:
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8"))
    over = {}
    for name, text, variables in documents(EXAMPLES):
        made, parameters = engine.compiled(prepare(schema, text), variables)
        taken = hits(seeded.driver, seeded.name, made.statement, parameters)
        if taken > budgets[name] * _TOLERANCE:
            over[name] = (taken, budgets[name])
    assert over == {}


def test_every_example_has_an_answer_of_interest() -> None:
    for name, _, _ in documents(EXAMPLES):
        answer = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
        text = json.dumps(answer)
        assert '"nodes": [{' in text or '"edges": [{' in text or '"steps": [{' in text, name
