"""A managed server of a test's own, where it is replaced, killed or filled up."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from queries.database import managed
from queries.settings import Settings


@contextmanager
def own_server(home: Path) -> Iterator[Settings]:
    """Yield the settings of a server in ``home``, whatever the environment names; stop it then."""
    settings = Settings(home=home).model_copy(update={"neo4j_uri": None})
    try:
        yield settings
    finally:
        managed(settings).stop()
