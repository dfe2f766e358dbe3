"""The lean Bolt client answers and fails as the driver does."""

import asyncio
import datetime as dt
import socket
from collections.abc import Iterator

import pytest
from neo4j.exceptions import (
    AuthError,
    ClientError,
    CypherSyntaxError,
    ResultNotSingleError,
    ServiceUnavailable,
)

from api.graphql.bolt import BoltReader, open_reader
from queries.database import Database


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def make(database: Database, **changes: object) -> BoltReader:
    given: dict[str, object] = {
        "uri": database.uri,
        "auth": database.auth,
        "database": database.name,
        "connect_seconds": 5.0,
        "idle_seconds": 30.0,
        **changes,
    }
    reader = open_reader(**given)  # type: ignore[arg-type]
    assert reader is not None
    return reader


@pytest.fixture(scope="module")
def reader(database: Database, runner: asyncio.Runner) -> Iterator[BoltReader]:
    reader = make(database)
    yield reader
    reader.close()


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -(2**63),
        0.1,
        "",
        "Ünïcode ’ 𝄞 \x00",
        "x" * 200_000,
        [],
        [["a", 1, None], []],
        {"key": {"inner": [1]}},
        list(range(50_000)),
        dt.date(1, 1, 1),
        dt.date(1969, 12, 31),
        dt.datetime(1969, 12, 31, 23, 59, 59, 999999, dt.UTC),
        dt.datetime(2026, 1, 2, 3, 4, 5, 6, dt.timezone(dt.timedelta(hours=-3, minutes=-30))),
        dt.datetime(2026, 1, 2, 3, 4, 5),  # noqa: DTZ001
        [dt.date(2026, 1, 2)],
    ],
    ids=lambda value: repr(value)[:40],
)
def test_values_go_out_and_come_back_as_by_the_driver(
    reader: BoltReader, database: Database, runner: asyncio.Runner, value: object
) -> None:
    plain = "$value" if not isinstance(value, dt.date) else "toString($value)"
    plain = "[item IN $value | toString(item)]" if repr(value).startswith("[datetime") else plain
    statement = f"RETURN {plain} AS value, $value = $value AS same"
    with database.session() as session:
        expected = session.run(statement, value=value).single(strict=True).values()
    assert runner.run(reader.run(statement, {"value": value})).values == expected


def test_a_long_statement_is_sent_in_chunks(reader: BoltReader, runner: asyncio.Runner) -> None:
    text = f"/* {'x' * 150_000} */ RETURN 7 AS seven"
    assert runner.run(reader.run(text, {})).values == [7]


def test_each_answer_has_a_bookmark(reader: BoltReader, runner: asyncio.Runner) -> None:
    first, second = (runner.run(reader.run("RETURN 1", {})) for _ in range(2))
    assert first.bookmark == second.bookmark != ""


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("RETURN", CypherSyntaxError),
        ("CREATE (:Page {id: 'page/hacked'}) RETURN 1", ClientError),
        ("RETURN 1 / 0", ClientError),
        ("UNWIND [1, 2] AS n RETURN n", ResultNotSingleError),
        ("UNWIND [] AS n RETURN n", ResultNotSingleError),
    ],
)
def test_refusals_are_the_drivers_own_errors(
    reader: BoltReader, runner: asyncio.Runner, statement: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        runner.run(reader.run(statement, {}))
    assert runner.run(reader.run("RETURN 2", {})).values == [2]


def test_a_statement_that_takes_too_long_is_ended(
    reader: BoltReader, runner: asyncio.Runner
) -> None:
    slow = "UNWIND range(1, 2000000000) AS n WITH n WHERE n % 7 = 9 RETURN count(n)"
    with pytest.raises(ClientError) as caught:
        runner.run(reader.run(slow, {}, seconds=0.5))
    assert "TransactionTimedOut" in (caught.value.code or "")


def test_a_caller_who_gives_up_takes_no_answer_of_the_next(
    reader: BoltReader, runner: asyncio.Runner
) -> None:
    slow = "UNWIND range(1, 2000000000) AS n WITH n WHERE n % 7 = 9 RETURN count(n)"

    async def give_up() -> None:
        async with asyncio.timeout(0.2):
            await reader.run(slow, {}, seconds=5)

    with pytest.raises(TimeoutError):
        runner.run(give_up())
    assert runner.run(reader.run("RETURN 3", {})).values == [3]


def test_answers_to_many_at_once_are_kept_apart(reader: BoltReader, runner: asyncio.Runner) -> None:
    async def all_of_them() -> list[object]:
        asked = (reader.run("RETURN $n", {"n": n}) for n in range(50))
        return [answer.values[0] for answer in await asyncio.gather(*asked)]

    assert runner.run(all_of_them()) == list(range(50))


def test_a_connection_that_was_idle_is_tried_first(
    database: Database, runner: asyncio.Runner
) -> None:
    reader = make(database, idle_seconds=0.0)
    assert [runner.run(reader.run("RETURN 1", {})).values for _ in range(3)] == [[1]] * 3
    reader.close()
    assert runner.run(reader.run("RETURN 1", {})).values == [1]
    reader.close()


def test_a_server_that_is_not_there_is_said_to_be_away(
    database: Database, runner: asyncio.Runner
) -> None:
    reader = make(database, uri="bolt://127.0.0.1:1")
    with pytest.raises(ServiceUnavailable):
        runner.run(reader.run("RETURN 1", {}))


def test_a_server_that_says_nothing_is_hung_up_on(
    database: Database, runner: asyncio.Runner
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        uri = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        reader = make(database, uri=uri, connect_seconds=0.2)
        with pytest.raises(ServiceUnavailable, match="timeout"):
            runner.run(reader.run("RETURN 1", {}))
        caller, _ = silent.accept()
        with caller:
            caller.settimeout(5)
            heard = b"".join(iter(lambda: _heard(caller), b""))
        assert heard.startswith(b"\x60\x60\xb0\x17")


def _heard(caller: socket.socket) -> bytes:
    try:
        return caller.recv(100)
    except ConnectionResetError:
        return b""


def test_a_wrong_password_is_refused(database: Database, runner: asyncio.Runner) -> None:
    if database.server is None:
        pytest.skip("a server of the tests' own is needed: a named one may ask for no password")
    reader = make(database, auth=("neo4j", "wrong"))
    with pytest.raises(AuthError):
        runner.run(reader.run("RETURN 1", {}))


@pytest.mark.parametrize("uri", ["neo4j://host", "bolt+s://host", "neo4j+ssc://host:7687"])
def test_routing_and_encryption_are_left_to_the_driver(uri: str) -> None:
    reader = open_reader(uri, ("", ""), database=None, connect_seconds=1, idle_seconds=1)
    assert reader is None
