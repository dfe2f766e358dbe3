"""Settings come from the environment, with defaults that work."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from queries.settings import Settings

VARIABLES = [
    *("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_DATABASE"),
    *("NEWSGRAPH_HOME", "NEWSGRAPH_CACHE", "NEWSGRAPH_MEMORY", "NEWSGRAPH_BASE"),
    *("NEWSGRAPH_HOST", "NEWSGRAPH_PORT", "NEWSGRAPH_LOG_LEVEL"),
]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_nothing_needs_to_be_set() -> None:
    settings = Settings()
    assert settings.neo4j_uri is None
    assert settings.base == "http://127.0.0.1:8000"
    assert settings.port == 8000
    assert settings.home.is_absolute()


def test_each_setting_has_its_variable(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("NEO4J_URI", "bolt://db:7687")
    environment.setenv("NEO4J_PASSWORD", "secret")
    environment.setenv("NEWSGRAPH_HOME", "~/news")
    environment.setenv("NEWSGRAPH_BASE", "https://example.org/")
    environment.setenv("NEWSGRAPH_LOG_LEVEL", "info")
    settings = Settings()
    assert settings.neo4j_uri == "bolt://db:7687"
    assert settings.home == Path.home() / "news"
    assert settings.base == "https://example.org"
    assert settings.log_level == "INFO"
    assert "secret" not in repr(settings)


def test_an_empty_variable_is_an_unset_one(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("NEO4J_URI", "")
    environment.setenv("NEO4J_PASSWORD", "")
    assert Settings().neo4j_uri is None
    assert Settings().neo4j_password is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSGRAPH_PORT", "70000"),
        ("NEWSGRAPH_BASE", "example.org"),
        ("NEWSGRAPH_MEMORY", "lots"),
        ("NEWSGRAPH_LOG_LEVEL", "loud"),
    ],
)
def test_nonsense_is_refused_by_name(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(ValidationError, match=name):
        Settings()
