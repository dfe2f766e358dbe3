"""Requests that are addressed to another host, as by a website that rebinds its name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers

from api.http.auth import create_key
from api.http.errors import ApiError
from api.http.hosts import Hosts

Serve = Callable[..., Any]

ROUTES = (
    "/",
    "/graphql?query={__typename}",
    "/playground",
    "/export.ttl",
    "/export.csv",
    "/sparql?query=ASK{}",
    "/id/person/x",
    "/ontology",
    "/search?q=x",
    "/people",
    "/health",
    "/ready",
    "/metrics",
    "/assets/favicon.svg",
    "/mcp",
    "/no-such-page",
)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example"])
@pytest.mark.parametrize("route", ROUTES)
def test_no_route_answers_for_another_host(api: Any, route: str, host: str) -> None:
    answer = api.client.get(route, headers={"Host": host, "Accept": "text/html, */*"})
    assert answer.status_code == 421
    assert "NEWSGRAPH_ALLOWED_HOSTS" in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:8000", "LOCALHOST:80"])
def test_the_machines_own_names_are_answered(api: Any, host: str) -> None:
    assert api.client.get("/health", headers={"Host": host}).status_code == 200


def test_hosts_are_added_by_settings(serve: Serve) -> None:
    api = serve(
        host="0.0.0.0",  # noqa: S104 - a setting; the tests' server listens elsewhere
        allowed_hosts=("desk.example",),
        named_base="https://graph.example:8443/x",
    )
    for host in ("desk.example", "desk.example:8000", "graph.example", "Desk.Example."):
        assert api.client.get("/health", headers={"Host": host}).status_code == 200
    assert api.client.get("/health", headers={"Host": "other.example"}).status_code == 421
    assert serve(allowed_hosts=("*",)).client.get("/", headers={"Host": "a.b"}).status_code == 200


def test_with_keys_every_host_is_answered(serve: Serve, tmp_path: Path) -> None:
    key = create_key(tmp_path / "keys", "desk")
    api = serve(api_keys=tmp_path / "keys")
    answer = api.client.get("/graphql?query={__typename}", headers={"Host": "desk.example"})
    assert answer.status_code == 401
    headers = {"Host": "desk.example", "Authorization": f"Bearer {key}"}
    assert api.client.get("/graphql?query={__typename}", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "given",
    ["localhost@evil.example", "localhost/evil", "evil.example#localhost", "::1", "[::1", "", "*"],
)
def test_no_spelling_passes_for_a_name_it_is_not(given: str) -> None:
    with pytest.raises(ApiError, match="does not answer for the host"):
        Hosts(["192.0.2.7"]).check(Headers({"host": given}))


def test_of_several_hosts_each_must_be_known() -> None:
    headers = Headers(raw=[(b"host", b"localhost"), (b"host", b"evil.example")])
    with pytest.raises(ApiError, match="evil"):
        Hosts([]).check(headers)
