"""Settings come from the environment, each from one variable, with defaults that work."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from queries.documentation import PAGE, build
from queries.settings import Settings

VARIABLES = {str(field.validation_alias): name for name, field in Settings.model_fields.items()}
NEO4J = {"NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_DATABASE"}
VALUES = {
    "NEO4J_URI": "bolt://db:7687",
    "NEO4J_USER": "ada",
    "NEO4J_PASSWORD": "secret",
    "NEO4J_DATABASE": "news",
    "NEWSGRAPH_HOME": "/srv/news",
    "NEWSGRAPH_CACHE": "/srv/cache",
    "NEWSGRAPH_MEMORY": "2g",
    "NEWSGRAPH_BASE": "https://example.org",
    "NEWSGRAPH_HOST": "::1",
    "NEWSGRAPH_PORT": "9000",
    "NEWSGRAPH_API_KEYS": "/srv/keys",
    "NEWSGRAPH_TRUSTED_DOCUMENTS": "/srv/documents",
    "NEWSGRAPH_TRUSTED_ONLY": "true",
    "NEWSGRAPH_QUESTIONS": "/srv/questions",
    "NEWSGRAPH_ALLOWED_HOSTS": "desk.example, news.example",
    "NEWSGRAPH_INTROSPECTION": "false",
    "NEWSGRAPH_LIMITS": '{"depth": 20}',
    "NEWSGRAPH_LOG_LEVEL": "INFO",
    "NEWSGRAPH_LOG_FORMAT": "json",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_nothing_needs_to_be_set() -> None:
    settings = Settings()
    assert settings.neo4j_uri is None
    assert settings.base == settings.address == "http://127.0.0.1:8000"
    assert settings.port == 8000
    assert settings.home.is_absolute()


def test_only_variables_of_newsgraph_and_neo4j_are_read() -> None:
    assert {name for name in VARIABLES if not name.startswith("NEWSGRAPH_")} == NEO4J
    assert set(VALUES) == set(VARIABLES)


@pytest.mark.parametrize("variable", VARIABLES)
def test_each_setting_is_read_from_its_variable(
    environment: pytest.MonkeyPatch, variable: str
) -> None:
    default = getattr(Settings(), VARIABLES[variable])
    environment.setenv(variable, VALUES[variable])
    settings = Settings()
    assert getattr(settings, VARIABLES[variable]) != default
    assert settings.model_fields_set == {VARIABLES[variable]}
    assert "secret" not in repr(settings)


@pytest.mark.skipif(sys.platform == "win32", reason="names of variables have no case there")
@pytest.mark.parametrize("spelled", [str.upper, str.lower, str.title])
def test_no_other_name_is_read(
    environment: pytest.MonkeyPatch, tmp_path: Path, spelled: Callable[[str], str]
) -> None:
    environment.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    environment.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = Settings()
    bare = {spelled(name) for name in VARIABLES.values()}
    prefixed = {f"{prefix}{name}" for prefix in ("NEO4J_", "NEWSGRAPH_") for name in bare}
    for name in (bare | prefixed | set(map(spelled, VARIABLES))) - VARIABLES.keys():
        environment.setenv(name, "nonsense")
    assert Settings() == before


@pytest.mark.skipif(sys.platform != "linux", reason="a convention of Linux")
def test_data_and_cache_lie_where_the_desktop_convention_says(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        environment.delenv(name, raising=False)
    environment.setenv("HOME", str(tmp_path))
    assert Settings().home == tmp_path / ".local" / "share" / "newsgraph"
    assert Settings().cache == tmp_path / ".cache" / "newsgraph"
    environment.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    environment.setenv("XDG_CACHE_HOME", str(tmp_path / "cached"))
    assert Settings().home == tmp_path / "data" / "newsgraph"
    assert Settings().cache == tmp_path / "cached" / "newsgraph"


def test_what_code_gives_by_name_wins_over_the_environment(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in VALUES.items():
        environment.setenv(name, value)
    settings = Settings(home=tmp_path, port=1, neo4j_uri=None, neo4j_password=SecretStr("x"))
    assert (settings.home, settings.port, settings.neo4j_uri) == (tmp_path, 1, None)
    assert settings.neo4j_password == SecretStr("x")
    assert settings.host == "::1"


def test_a_tilde_is_the_home_directory(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("NEWSGRAPH_HOME", "~/news")
    environment.setenv("NEWSGRAPH_BASE", "https://example.org/")
    environment.setenv("NEWSGRAPH_LOG_LEVEL", "info")
    settings = Settings()
    assert settings.home == Path.home() / "news"
    assert settings.base == "https://example.org"
    assert settings.log_level == "INFO"


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("127.0.0.1", 8101, "http://127.0.0.1:8101"),
        ("127.0.0.1", 80, "http://127.0.0.1"),
        ("127.0.0.1", 0, "http://127.0.0.1:8000"),
        ("0.0.0.0", 8101, "http://127.0.0.1:8101"),  # noqa: S104
        ("::", 8101, "http://127.0.0.1:8101"),
        ("::1", 8101, "http://[::1]:8101"),
        ("news.example", 8101, "http://news.example:8101"),
    ],
)
def test_iris_begin_with_the_address_that_is_served_or_the_base_that_is_named(
    environment: pytest.MonkeyPatch, host: str, port: int, address: str
) -> None:
    settings = Settings().model_copy(update={"host": host, "port": port})
    assert settings.address == settings.base == address
    environment.setenv("NEWSGRAPH_BASE", "https://news.example/kg/")
    named = Settings(host=host, port=port)
    assert (named.address, named.base) == (address, "https://news.example/kg")


def test_an_empty_variable_is_an_unset_one(environment: pytest.MonkeyPatch) -> None:
    before = Settings()
    for name in VARIABLES:
        environment.setenv(name, "")
    assert Settings() == before
    assert not Settings().model_fields_set


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSGRAPH_PORT", "70000"),
        ("NEWSGRAPH_PORT", "-1"),
        ("NEWSGRAPH_PORT", "http"),
        ("NEWSGRAPH_BASE", "example.org"),
        ("NEWSGRAPH_MEMORY", "lots"),
        ("NEWSGRAPH_MEMORY", "0m"),
        ("NEWSGRAPH_LOG_LEVEL", "loud"),
        ("NEWSGRAPH_LIMITS", "depth=20"),
        ("NEWSGRAPH_LIMITS", "[20]"),
        ("NEWSGRAPH_LIMITS", '{"depth": NaN}'),
        ("NEWSGRAPH_TRUSTED_ONLY", "maybe"),
        ("NEWSGRAPH_HOME", "~nobody-of-this-name/news"),
    ],
)
def test_nonsense_is_refused_by_name(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == build(), "run: python -m queries.documentation"


def test_the_page_describes_every_setting_and_is_the_same_everywhere(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = build()
    for variable, name in VARIABLES.items():
        assert f"| `{variable}` |" in page
        assert Settings.model_fields[name].description
    for name, value in {**VALUES, "HOME": str(tmp_path)}.items():
        environment.setenv(name, value)
    assert build() == page
    assert os.fspath(Path.home()) not in page
