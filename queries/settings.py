"""What the environment says: read once, by the command, and handed on as arguments."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import AnyHttpUrl, Field, SecretStr, TypeAdapter, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

APPLICATION = "newsgraph"


class Settings(BaseSettings):
    """Every setting there is, each read from the variable that is its alias.

    Raises:
        pydantic.ValidationError: a variable holds what it cannot mean.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    neo4j_uri: str | None = Field(default=None, validation_alias="NEO4J_URI")
    """A Neo4j that runs; if none is named, the managed local server is used."""
    neo4j_user: str = Field(default="neo4j", validation_alias="NEO4J_USER")
    neo4j_password: SecretStr | None = Field(default=None, validation_alias="NEO4J_PASSWORD")
    neo4j_database: str = Field(default="neo4j", validation_alias="NEO4J_DATABASE")
    home: Path = Field(
        default_factory=lambda: platformdirs.user_data_path(APPLICATION),
        validation_alias="NEWSGRAPH_HOME",
    )
    """The data directory: the managed server's store and what loads leave behind."""
    cache: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path(APPLICATION),
        validation_alias="NEWSGRAPH_CACHE",
    )
    """What can be fetched again: Neo4j's jars. Shared by all data directories."""
    memory: str = Field(default="512m", pattern=r"^\d+[kmg]$", validation_alias="NEWSGRAPH_MEMORY")
    """The managed server's Java heap, such as ``512m`` or ``2g``."""
    base: str = Field(default="http://127.0.0.1:8000", validation_alias="NEWSGRAPH_BASE")
    """What every IRI of ours begins with; no slash at its end."""
    host: str = Field(default="127.0.0.1", validation_alias="NEWSGRAPH_HOST")
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="NEWSGRAPH_PORT")
    api_keys: Path | None = Field(default=None, validation_alias="NEWSGRAPH_API_KEYS")
    """File of API keys; without one everybody who reaches the API may ask."""
    trusted_documents: Path | None = Field(
        default=None, validation_alias="NEWSGRAPH_TRUSTED_DOCUMENTS"
    )
    """Folder of GraphQL documents that may be asked for by name or hash."""
    trusted_only: bool = Field(default=False, validation_alias="NEWSGRAPH_TRUSTED_ONLY")
    """Whether only the trusted documents are run."""
    introspection: bool = Field(default=True, validation_alias="NEWSGRAPH_INTROSPECTION")
    """Whether the GraphQL schema may be asked for."""
    limits: dict[str, float] = Field(default_factory=dict, validation_alias="NEWSGRAPH_LIMITS")
    """What a request may take, where it is not the default, as JSON: ``{"depth": 20}``."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", validation_alias="NEWSGRAPH_LOG_LEVEL"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", validation_alias="NEWSGRAPH_LOG_FORMAT"
    )
    """Lines to read, or a JSON object a line."""

    @field_validator("neo4j_uri", "neo4j_password", "api_keys", "trusted_documents", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        """Take an empty variable, as a compose file makes them, for one that is not set."""
        return None if value == "" else value

    @field_validator("home", "cache", "api_keys", "trusted_documents")
    @classmethod
    def _expand(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path else None

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("base")
    @classmethod
    def _check_base(cls, base: str) -> str:
        TypeAdapter(AnyHttpUrl).validate_python(base)
        return base.rstrip("/")
