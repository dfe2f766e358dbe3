"""Open the database for the Python API: the configured Neo4j, or the one the caller names."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from queries.command_line import note_stray
from queries.database import Database, open_database
from queries.errors import Error
from queries.server import Progress
from queries.settings import Settings, problems

_SLOW = ("wait", "download", "start")


def read_settings(
    *,
    uri: str | None = None,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> Settings:
    """Return the settings of the environment, overridden by the arguments.

    Raises:
        Error: an environment variable has an invalid value.
    """
    given: dict[str, Any] = {
        "neo4j_uri": uri,
        "neo4j_user": user,
        "neo4j_password": password,
        "neo4j_database": database,
    }
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise Error(problems(error)) from error


@contextmanager
def opened_quietly(settings: Settings) -> Iterator[Database]:
    """Open the database of ``settings``; a line on stderr announces every slow step.

    Raises:
        queries.database.DatabaseError: it cannot be started, reached or used, or was lost.
    """
    note_stray(settings)
    said: set[str] = set()

    def on_progress(news: Progress) -> None:
        if news.step in _SLOW and news.step not in said:
            said.add(news.step)
            sys.stderr.write(f"{news.message}\n")

    with open_database(settings, on_progress) as database:
        yield database
