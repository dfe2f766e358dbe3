"""Many connections from one address lock nobody out; an answer that breaks off can be told."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from api.http.crowd import address_of
from queries.database import Database

SLOW = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture
def few(serve: Callable[..., Any]) -> Any:
    """An API that has few connections, fewer for each address."""
    limits = {"connections": 60, "connections_per_address": 20, "head_seconds": 60}
    return serve(limits={**limits, "body_seconds": 60})


@pytest.fixture
def opened(few: Any) -> Iterator[Callable[[str], socket.socket]]:
    """Opens connections from an address of this machine."""
    with ExitStack() as stack:

        def connect(source: str) -> socket.socket:
            made = socket.create_connection(few.address, timeout=10, source_address=(source, 0))
            return stack.enter_context(made)

        yield connect


def served(api: Any) -> bool:
    with httpx.Client(base_url=api.url) as client:
        return all(client.get("/health").status_code == 200 for _ in range(3))


@pytest.mark.parametrize("sent", [b"", b"GET", SLOW, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 99])
def test_connections_of_one_address_lock_nobody_out(
    few: Any, opened: Callable[[str], socket.socket], sent: bytes
) -> None:
    for _ in range(100):
        opened("127.0.0.2").sendall(sent)
    assert served(few)


def test_they_do_not_lock_out_their_own_address_either(
    few: Any, opened: Callable[[str], socket.socket]
) -> None:
    for _ in range(100):
        opened("127.0.0.1").sendall(SLOW)
    assert served(few)


def test_many_addresses_leave_room_for_a_new_one(
    few: Any, opened: Callable[[str], socket.socket]
) -> None:
    for number in range(100):
        opened(f"127.0.0.{2 + number % 9}").sendall(SLOW)
    assert served(few)


def test_bodies_that_do_not_come_take_an_address_its_own_connections_only(
    few: Any, opened: Callable[[str], socket.socket]
) -> None:
    head = SLOW + b"Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
    for _ in range(20):
        opened("127.0.0.2").sendall(head)
    assert served(few)
    refused = opened("127.0.0.2")
    answer = refused.recv(500)
    assert answer.startswith(b"HTTP/1.1 503")
    assert b"Retry-After: 1" in answer
    assert served(few)


def test_a_network_of_ipv6_is_one_address() -> None:
    assert address_of("2001:db8::1") == address_of("2001:db8::ffff:1")
    assert address_of("2001:db8:0:1::1") != address_of("2001:db8::1")
    assert address_of("::ffff:192.0.2.1") == address_of("192.0.2.1") == "192.0.2.1"
    assert address_of("fe80::1%eth0") == address_of("fe80::2%eth0")


@pytest.mark.parametrize("path", ["/export.ttl", "/export.nt", "/export.jsonld", "/export.graphml"])
def test_an_answer_that_breaks_off_is_not_ended(api: Any, news: Database, path: str) -> None:
    whole = api.client.get(path)
    assert whole.status_code == 200
    statement = "MATCH (s:Statement) WITH s ORDER BY s.id DESC LIMIT 1 {} s.unforeseen"
    with news.session() as session:
        session.run(statement.format("SET") + " = 1").consume()
    try:
        with api.client.stream("GET", path) as answer:
            assert answer.status_code == 200
            got: list[bytes] = []
            with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
                got.extend(answer.iter_raw(1))
    finally:
        with news.session() as session:
            session.run(statement.format("REMOVE")).consume()
    assert 0 < len(got) < len(whole.content)
