"""Whom the password is told: a terminal, and who asks for it by name."""

from dataclasses import dataclass

import pytest

from queries.command_line import login


@dataclass(frozen=True)
class Running:
    user: str = "neo4j"
    password: str = "s3cret"


@pytest.mark.parametrize("terminal", [True, False])
def test_only_a_terminal_is_told_the_password(
    terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    told = login(Running())  # type: ignore[arg-type]
    assert ("s3cret" in told) == terminal
    assert ("newsgraph db password" in told) != terminal
