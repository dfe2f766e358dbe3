"""The Python API for watching: ``newsgraph.watch``.

Imports are inside the function, so that ``import newsgraph`` is fast.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING

from queries.errors import one_error

if TYPE_CHECKING:
    from loader.graph.intake import Report

Input = str | PathLike[str]


def watch(
    places: Input | Iterable[Input],
    *,
    once: bool = False,
    every: float = 900.0,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    since: date | None = None,
    say: Callable[[str], None] = lambda line: None,
    uri: str | None = None,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> "Iterator[Report]":
    """Load what is new in folders and feeds, again and again; yield a report of each load.

    What was seen is remembered in the data directory, so that a page is loaded once, however often
    this is stopped and started. Close the iterator, or leave the loop, to stop.

    Args:
        places: Folders, files, and addresses of feeds; one or an iterable of them.
        once: Whether to load what is new now, and end.
        every: The number of seconds between two looks at a feed.
        include: Patterns; load only pages whose name matches one.
        exclude: Patterns; do not load pages whose name matches one.
        since: Load only pages published on or after this day.
        say: Called with a line about each thing that happens, from several threads.
        uri: The Neo4j to load into, as in :func:`connect`.
        user: The user for it.
        password: The password for it.
        database: The name of the database.

    Yields:
        A report for each load, as of :func:`load`.

    Raises:
        FileNotFoundError: a folder or file does not exist.
        Error: the database cannot be used; the message says what to do.

    Example:
        >>> for report in newsgraph.watch("inbox/", once=True):
        ...     print(report.pages, "new pages")
    """
    from loader.extract.extractors import InProcess
    from loader.extract.pipeline import load_pipeline
    from loader.inputs import places as existing_places
    from loader.pages import Choice
    from loader.watch.watching import Watch
    from queries.access import opened_quietly, read_settings

    names = existing_places(places)
    settings = read_settings(uri=uri, user=user, password=password, database=database)
    with one_error(), opened_quietly(settings) as opened:
        watching = Watch(
            database=opened,
            home=settings.home,
            places=names,
            extractor=InProcess(cache(load_pipeline)),
            choice=Choice(include=tuple(include), exclude=tuple(exclude), since=since),
            every=every,
            once=once,
            say=say,
        )
        yield from watching.reports()
