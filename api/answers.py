"""Run a GraphQL document against the graph and wait for the answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.graphql.waiting import Asker, apart, list_name
from api.http.options import options_of
from queries.database import Database, explained
from queries.settings import Settings

LISTS = Path(__file__).parents[1] / "queries" / "lists"
_PAGE = 1_000


def answer(
    settings: Settings,
    database: Database,
    text: str,
    variables: Mapping[str, Any],
    *,
    whole: bool = False,
    most: int = 0,
) -> dict[str, Any]:
    """Return the data with which the graph answers the GraphQL document ``text``.

    Args:
        settings: The settings.
        database: The database to query.
        text: The document.
        variables: Its variables.
        whole: Whether to fetch every page of its list. The document's only field must then be a
            connection that takes ``$first`` and ``$after`` and selects ``nodes`` and ``pageInfo``.
        most: How many items a list may be asked for, if more than by the settings.

    Raises:
        AnswerError: the document or a variable is invalid.
        DatabaseError: the database fails.
    """
    limits = options_of(settings).limits
    size = max(limits.list_size, most, _PAGE if whole else 0)
    with explained(database), apart(database) as own:
        asker = Asker(own, base=settings.base, seconds=limits.query_seconds, max_first=size)
        operation = asker.prepare(text)
        if not whole:
            return asker.ask(operation, variables)
        pages = asker.pages(operation, variables, size=_PAGE)
        nodes = [node for page in pages for node in page]
    return {list_name(operation): {"nodes": nodes}}


def read_list(name: str) -> str:
    """Return the document in ``queries/lists`` that lists every ``name``."""
    return (LISTS / f"{name}.graphql").read_text(encoding="utf-8")
