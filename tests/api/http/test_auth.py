"""Keys: hashed at rest, compared in constant time, asked for wherever there is data."""

import asyncio
import base64
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http.auth import KeyRing, KeysError, create_key, read_keys
from api.http.errors import ApiError
from api.http.frame import Frame
from api.http.guessing import Guesses
from api.http.observability import Metrics


def basic(pair: str) -> str:
    """User and password as a browser sends them."""
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def test_a_key_opens_and_is_nowhere_at_rest(tmp_path: Path) -> None:
    path = tmp_path / "newsgraph" / "keys"
    key = create_key(path, "a newsroom")
    assert KeyRing(path).check({"authorization": f"Bearer {key}"}) == "a newsroom"
    assert KeyRing(path).check({"x-api-key": key}) == "a newsroom"
    assert KeyRing(path).check({"authorization": basic(f"me:{key}")}) == "a newsroom"
    assert key.rpartition("_")[2] not in path.read_text(encoding="utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("given", ["Basic", "Basic %%%", "Basic /w==", basic("me"), basic("")])
def test_a_password_that_is_no_key_opens_nothing(tmp_path: Path, given: str) -> None:
    create_key(tmp_path / "keys", "a newsroom")
    with pytest.raises(ApiError) as caught:
        KeyRing(tmp_path / "keys").check({"authorization": given, "accept": "text/html,*/*"})
    assert caught.value.status == 401
    assert caught.value.headers["WWW-Authenticate"].startswith("Basic")


def test_keys_are_added_to_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    first, second = create_key(path, "first"), create_key(path, "second")
    assert first != second
    assert {key.name for key in read_keys(path).values()} == {"first", "second"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda key: "", id="none"),
        pytest.param(lambda key: key[:-1], id="one character less"),
        pytest.param(lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"), id="another secret"),
        pytest.param(lambda key: "ng_" + "0" * 12 + key[15:], id="another id"),
        pytest.param(lambda key: key.upper(), id="in capitals"),
        pytest.param(lambda key: f"{key} {key}", id="twice"),
        pytest.param(lambda key: "ünïcödé\x00", id="not a key at all"),
    ],
)
def test_what_is_not_the_key_opens_nothing(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = tmp_path / "keys"
    key = create_key(path, "a newsroom")
    with pytest.raises(ApiError) as caught:
        KeyRing(path).check({"authorization": f"Bearer {change(key)}"})
    assert caught.value.status == 401
    assert caught.value.headers["WWW-Authenticate"].startswith("Bearer")
    assert key not in caught.value.message


def test_a_key_withdrawn_while_the_server_runs_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.auth._LOOK_AGAIN_SECONDS", 0.0)
    path = tmp_path / "keys"
    kept, withdrawn = create_key(path, "kept"), create_key(path, "withdrawn")
    ring = KeyRing(path)
    ring.check({"x-api-key": withdrawn})
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("# keys\n" + lines[0], encoding="utf-8")
    assert ring.check({"x-api-key": kept}) == "kept"
    with pytest.raises(ApiError):
        ring.check({"x-api-key": withdrawn})


def test_a_file_that_breaks_lets_nobody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.http.auth._LOOK_AGAIN_SECONDS", 0.0)
    path = tmp_path / "keys"
    key = create_key(path, "a newsroom")
    ring = KeyRing(path)
    path.write_text("something else\n", encoding="utf-8")
    with pytest.raises(ApiError):
        ring.check({"x-api-key": key})
    assert "Line 1" in caplog.text


@pytest.mark.parametrize("content", ["ng_0123\n", "0123456789ab abc name\n"])
def test_a_file_of_something_else_is_refused_at_the_start(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KeysError, match="Line 1"):
        KeyRing(path)
    with pytest.raises(KeysError, match="cannot be read"):
        KeyRing(tmp_path / "none")


@pytest.mark.parametrize("name", ["", "  ", "two\nlines"])
def test_a_key_needs_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(KeysError, match="name"):
        create_key(tmp_path / "keys", name)


def test_a_wrong_key_takes_as_long_whether_its_id_is_known_or_not(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    key = create_key(path, "a newsroom")
    ring = KeyRing(path)

    def seconds(given: str) -> float:
        best = 1.0
        for _ in range(200):
            started = time.perf_counter()
            with pytest.raises(ApiError):
                ring.check({"x-api-key": given})
            best = min(best, time.perf_counter() - started)
        return best

    known, unknown = seconds(key[:-3] + "AAA"), seconds("ng_" + "0" * 12 + key[15:])
    assert abs(known - unknown) < 0.5 * max(known, unknown)


def test_wrong_keys_are_answered_the_later_the_more_there_were() -> None:
    now = [1_000.0]
    guesses = Guesses(lambda: now[0])
    assert [guesses.wait("a") for _ in range(5)] == [0] * 5
    waits = [guesses.wait("a") for _ in range(12)]
    assert waits == sorted(waits)  # one after another, though all come at once
    assert waits[:3] == [0.25, 0.75, 1.75]
    assert waits[-1] == 30
    assert guesses.wait("b") == 0
    now[0] += 700
    assert guesses.wait("a") == 0


def test_no_number_of_guessing_addresses_fills_the_memory() -> None:
    guesses = Guesses(lambda: 0.0)
    for _ in range(8):
        guesses.wait("first")
    for number in range(30_000):
        guesses.wait(str(number))
    assert len(guesses._known) == 10_000


def test_a_guesser_waits_and_a_right_key_does_not(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    key = create_key(path, "a newsroom")

    async def told(given: str) -> tuple[int, float]:
        transport = httpx.ASGITransport(frame, client=("192.0.2.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            began = time.monotonic()
            answer = await client.get("/graphql", headers={"X-API-Key": given} if given else {})
            return answer.status_code, time.monotonic() - began

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("in")(scope, receive, send)

    frame = Frame(inner, metrics=Metrics(), keys=KeyRing(path))

    async def attack() -> list[tuple[int, float]]:
        wrong = [asyncio.create_task(told(f"ng_{number}")) for number in range(8)]
        await asyncio.sleep(0)
        right, none = await told(key), await told("")
        return [right, none, *await asyncio.gather(*wrong)]

    (right, quick), (none, _), *wrong = asyncio.run(attack())
    assert (right, none, {status for status, _ in wrong}) == (200, 401, {401})
    assert quick < 1
    assert max(seconds for _, seconds in wrong) > 1.7
