"""What the environment says: read once, by the command, and handed on as arguments."""

import json
import os
import re
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import (
    AnyHttpUrl,
    Field,
    FiniteFloat,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

APPLICATION = "newsgraph"
PREFIX = "NEWSGRAPH_"
"""What the variables of newsgraph's own begin with; the others are Neo4j's usual four."""
_EVERY_INTERFACE = ("", "::", "0.0.0.0")  # noqa: S104 - compared with, not listened on
_HTTP = 80


class _Variables(PydanticBaseSettingsSource):
    """The environment, in which each setting has one name: its alias, spelled exactly so.

    The source that comes with pydantic-settings also reads the bare name of a field that may be
    given by name, in any case: ``HOME`` for ``home``.
    """

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the variable's text, and its name. An empty one, as Compose makes, is unset."""
        name = str(field.validation_alias)
        return os.environ.get(name) or None, name, False

    def __call__(self) -> dict[str, Any]:
        """Return the text of every variable that is set, by the variable's name."""
        found = (
            self.get_field_value(field, name)
            for name, field in self.settings_cls.model_fields.items()
        )
        return {name: text for text, name, _ in found if text is not None}


class Settings(BaseSettings):
    """Every setting there is, each read from the variable that is its alias.

    Code gives values by field name, ``Settings(home=...)``, which win over the environment.

    Raises:
        pydantic.ValidationError: a value is not valid; each error names the variable.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, use_attribute_docstrings=True
    )

    neo4j_uri: str | None = Field(default=None, validation_alias="NEO4J_URI")
    """Bolt address of a running Neo4j, such as `neo4j+s://example.databases.neo4j.io`. If it is
    not set, newsgraph starts and uses a Neo4j of its own, the managed local server."""
    neo4j_user: str = Field(default="neo4j", validation_alias="NEO4J_USER")
    """User name at the Neo4j that `NEO4J_URI` names."""
    neo4j_password: SecretStr | None = Field(default=None, validation_alias="NEO4J_PASSWORD")
    """Password at the Neo4j that `NEO4J_URI` names. The managed local server generates its own."""
    neo4j_database: str = Field(default="neo4j", validation_alias="NEO4J_DATABASE")
    """Name of the database to use within that Neo4j."""
    home: Path = Field(
        default_factory=lambda: platformdirs.user_data_path(APPLICATION),
        validation_alias="NEWSGRAPH_HOME",
    )
    """Data directory: the managed server's database, and the journal of what was loaded from
    where. By default `$XDG_DATA_HOME/newsgraph` or `~/.local/share/newsgraph` on Linux, and the
    usual place for application data elsewhere; `newsgraph doctor` prints it."""
    cache: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path(APPLICATION),
        validation_alias="NEWSGRAPH_CACHE",
    )
    """Cache directory: Neo4j's program files, about 400 MB, shared by all data directories and
    downloaded again if deleted. By default `$XDG_CACHE_HOME/newsgraph` or `~/.cache/newsgraph` on
    Linux, and the usual place for caches elsewhere; `newsgraph doctor` prints it."""
    memory: str = Field(default="512m", validation_alias="NEWSGRAPH_MEMORY")
    """Java heap of the managed server: a number with the unit `k`, `m` or `g`, such as `2g`. A
    running server keeps the heap it was started with."""
    named_base: str | None = Field(default=None, validation_alias="NEWSGRAPH_BASE")
    """URL that every IRI of the graph begins with; a slash at the end is dropped. By default, the
    address that the API is served at, such as `http://127.0.0.1:8000`. Set it to publish the graph,
    so that its IRIs stay the same wherever it is served."""
    host: str = Field(default="127.0.0.1", validation_alias="NEWSGRAPH_HOST")
    """Address that the API listens on; `0.0.0.0` is every interface. `--host` overrides it."""
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="NEWSGRAPH_PORT")
    """Port that the API listens on; `0` takes any free one. `--port` overrides it."""
    allowed_hosts: tuple[str, ...] = Field(default=(), validation_alias="NEWSGRAPH_ALLOWED_HOSTS")
    """Names that the API may be addressed by, separated by commas, besides `localhost`, the
    address it listens on and the host of `NEWSGRAPH_BASE`. Requests to other hosts are refused, so
    that no website can read the graph through a visitor's browser; `*` allows all. With API keys,
    every host is answered."""
    api_keys: Path | None = Field(default=None, validation_alias="NEWSGRAPH_API_KEYS")
    """File of API keys, as `newsgraph key` writes it. If it is not set, anyone who reaches the API
    may query it."""
    trusted_documents: Path | None = Field(
        default=None, validation_alias="NEWSGRAPH_TRUSTED_DOCUMENTS"
    )
    """Folder of GraphQL documents that clients may run by name or hash."""
    questions: Path | None = Field(default=None, validation_alias="NEWSGRAPH_QUESTIONS")
    """Folder of questions of your own, GraphQL documents `NAME.graphql` with `NAME.variables.json`
    beside them. They appear in the playground and in `newsgraph query`, after the built-in ones,
    and each is a feed at `/feeds`. By default `questions` in the data directory, where `newsgraph
    save` puts them."""
    trusted_only: bool = Field(default=False, validation_alias="NEWSGRAPH_TRUSTED_ONLY")
    """Whether to run the trusted documents and refuse every other query."""
    introspection: bool = Field(default=True, validation_alias="NEWSGRAPH_INTROSPECTION")
    """Whether clients may query the GraphQL schema itself."""
    limits: dict[str, FiniteFloat] = Field(
        default_factory=dict, validation_alias="NEWSGRAPH_LIMITS"
    )
    """Limits on a request that differ from the defaults, as a JSON object such as `{"depth": 20}`;
    [the API's page](api.md#limits) lists them."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", validation_alias="NEWSGRAPH_LOG_LEVEL"
    )
    """Least severe messages to log on stderr. At `DEBUG`, what libraries log is included."""
    log_format: Literal["text", "json"] = Field(
        default="text", validation_alias="NEWSGRAPH_LOG_FORMAT"
    )
    """Form of the log: lines to read, or one JSON object a line."""

    @property
    def address(self) -> str:
        """Where the API is served, as a client on this machine reaches it."""
        host = "127.0.0.1" if self.host in _EVERY_INTERFACE else self.host
        shown = f"[{host}]" if ":" in host else host
        port = self.port or Settings.model_fields["port"].default
        return f"http://{shown}" if port == _HTTP else f"http://{shown}:{port}"

    @property
    def question_folder(self) -> Path:
        """Where questions of the user's own are; by default, it need not exist."""
        return self.questions or self.home / "questions"

    @property
    def base(self) -> str:
        """What every IRI of the graph begins with; no slash at its end."""
        return self.named_base or self.address

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is given in code, then the variables, and nothing else."""
        return init_settings, _Variables(settings_cls)

    @field_validator("home", "cache", "api_keys", "trusted_documents", "questions")
    @classmethod
    def _expand(cls, path: Path | None) -> Path | None:
        try:
            return path.expanduser() if path else None
        except RuntimeError as error:
            raise ValueError(f"there is no user of the name in {path}") from error

    @field_validator("memory")
    @classmethod
    def _check_memory(cls, memory: str) -> str:
        if not re.fullmatch(r"[1-9]\d*[kmg]", memory):
            raise ValueError("it should be a number with the unit k, m or g, such as 512m or 2g")
        return memory

    @field_validator("limits", mode="before")
    @classmethod
    def _parse(cls, limits: object) -> object:
        try:
            return json.loads(limits) if isinstance(limits, str) else limits
        except ValueError as error:
            raise ValueError('it should be a JSON object such as {"depth": 20}') from error

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, hosts: object) -> object:
        if not isinstance(hosts, str):
            return hosts
        return tuple(host for part in hosts.split(",") if (host := part.strip()))

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("named_base")
    @classmethod
    def _check_base(cls, base: str | None) -> str | None:
        if base is None:
            return None
        try:
            TypeAdapter(AnyHttpUrl).validate_python(base)
        except ValidationError as error:
            raise ValueError("it should be a URL such as https://example.org") from error
        return base.rstrip("/")


def problems(error: ValidationError) -> str:
    """Say which values of ``Settings`` are not valid, and why: a sentence for each."""
    return " ".join(
        f"{problem['loc'][0]} has an invalid value: {problem['msg'].removeprefix('Value error, ')}."
        for problem in error.errors(include_url=False)
    )
