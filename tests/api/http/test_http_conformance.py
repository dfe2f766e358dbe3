"""The API keeps the GraphQL-over-HTTP specification, by the audits of the package graphql-http."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Protocol

import pytest

from api.site.webbuild import Node

SOURCES = Path(__file__).with_name("audit")
AUDITS = 61


class Served(Protocol):
    """What the fixture ``api`` is."""

    url: str


@pytest.fixture(scope="module")
def audits(api: Served, node: Node, pytestconfig: pytest.Config) -> list[dict[str, Any]]:
    """The result of each audit; what it needs is installed once and kept in pytest's cache."""
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("graphql-http-audit")
    for path in SOURCES.iterdir():
        shutil.copy(path, folder)
    if not (folder / "node_modules" / "graphql-http").is_dir():
        installed = subprocess.run(
            [*node.npm, "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True
        )
        if installed.returncode:
            pytest.skip(f"graphql-http cannot be installed: {installed.stderr[-300:]}")
    ran = subprocess.run(
        [str(node.program), "audit.mjs", f"{api.url}/graphql"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "NO_PROXY": "127.0.0.1"},
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_audit_of_graphql_over_http_passes(audits: list[dict[str, Any]]) -> None:
    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) == AUDITS
