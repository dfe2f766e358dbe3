"""Generated operations by the thousand: whatever is asked, the server never fails."""

import io
import random
import string
from typing import Any

import pytest
import schemathesis
from graphql import IntValueNode, Node, StringValueNode, Visitor, parse, print_ast, visit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes

from api.graphql.schema import printed

VARIATIONS = 10
"""Operations sent for each generated document, the same with other values."""
VALUES = (
    *("person/p1", "country/KE", "article/a1", "claim/1", "p1", "KE", "none/such"),
    *("2024-01-05", "2024-01-05T10:00:00Z", "-0001-13-45", "Rivers", "dam", "Person 3"),
    *(
        "",
        " ",
        "*",
        "(a+)+$",
        "'}) DETACH DELETE n //",
        "\u0000",
        "\U0001f30a",
        "W10=",
        "x" * 1_500,
    ),
)
NUMBERS = (0, 1, 2, 5, 6, 7, 99, 100, 101, -1, 2**31 - 1, -(2**31))


def documents() -> st.SearchStrategy[Any]:
    schemathesis.graphql.scalar("Date", st.dates().map(lambda day: nodes.String(day.isoformat())))
    schemathesis.graphql.scalar(
        "DateTime", st.datetimes().map(lambda time: nodes.String(f"{time.isoformat()}Z"))
    )
    strategy: st.SearchStrategy[Any]
    strategy = schemathesis.graphql.from_file(io.StringIO(printed())).as_strategy()
    return strategy


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(200, id="some"),
        pytest.param(10_000, id="all", marks=pytest.mark.slow),
    ],
)
def test_no_generated_operation_makes_the_server_fail(api: Any, count: int) -> None:
    sent: dict[int, int] = {}

    @settings(
        max_examples=count // VARIATIONS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=documents())
    def ask(case: Any) -> None:
        draw = random.Random(case.body)
        document = parse(case.body)
        for number in range(VARIATIONS):
            text = case.body if not number else print_ast(visit(document, Vary(draw)))
            response = api.ask(text)
            sent[response.status_code] = sent.get(response.status_code, 0) + 1
            assert response.status_code < 500, text
            for error in response.json().get("errors", ()):
                assert error["extensions"]["code"] != "INTERNAL_SERVER_ERROR", text

    ask()
    assert sum(sent.values()) >= 0.9 * count
    # Operations that are all refused would show nothing.
    assert sent[200] > 0.1 * count
    assert api.client.get("/health").status_code == 200


class Vary(Visitor):
    """Gives literals other values, most of them such as callers send."""

    def __init__(self, draw: random.Random) -> None:
        super().__init__()
        self._draw = draw

    def enter_string_value(self, node: StringValueNode, *_: object) -> Node | None:
        value = self._draw.choice(VALUES)
        if self._draw.random() < 0.1:
            value = "".join(self._draw.choices(string.printable, k=self._draw.randrange(40)))
        return None if self._draw.random() < 0.3 else StringValueNode(value=value)

    def enter_int_value(self, node: IntValueNode, *_: object) -> Node | None:
        chosen = self._draw.choice(NUMBERS) if self._draw.random() < 0.3 else 3
        return IntValueNode(value=str(chosen))
