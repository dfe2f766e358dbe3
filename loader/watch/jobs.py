"""``newsgraph watch``: what happens is told on stderr, a line at a time."""

import re
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from loader.extract.extraction import now, this_run
from loader.extract.extractors import Extracted, Extractor, OpenPipeline
from loader.extract.pipeline import load_pipeline
from loader.extract.workers import FEW_PAGES, Workers, default_workers
from loader.graph.intake import Report
from loader.pages import Choice, Page
from loader.pages.addresses import is_address
from loader.reporting import failing_well, summary, warn
from loader.terminal import ERRORS, stopped_by_signals
from loader.watch import WatchError
from loader.watch.folders import Folder
from loader.watch.state import open_state
from loader.watch.watching import EVERY_SECONDS, Watch, check_places
from queries import cypher
from queries.counts import counted
from queries.database import Database
from queries.logs import logged
from queries.terminal import one_line

_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?[smhd])+")
_PART = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_STOP_SECONDS = 30.0
_GO_ON = "Everything counted above is in the graph; run the same command again to go on."


def read_duration(text: str) -> float:
    """The seconds in ``15m``, ``90s``, ``1h30m`` or ``1d``.

    Raises:
        ValueError: it is not of this form, or less than a second; the message says so.
    """
    given = text.strip().casefold()
    seconds = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(given))
    if not _DURATION.fullmatch(given) or seconds < 1:
        raise ValueError(f"{text!r} is not a length of time; use one such as 15m, 2h or 1h30m.")
    return seconds


def watch_extractor(open_pipeline: OpenPipeline) -> Extractor:
    """Worker processes for each round, which end with it: what they hold does not grow for days."""

    def extract_pages(pages: Iterable[Page]) -> Iterator[Extracted]:
        remaining = iter(pages)
        if not (head := list(islice(remaining, FEW_PAGES))):
            return iter(())
        count = 1 if len(head) < FEW_PAGES else default_workers()
        return Workers(open_pipeline, count)(chain(head, remaining))

    return extract_pages


def run_watch(
    database: Database,
    places: Sequence[str],
    *,
    home: Path,
    choice: Choice | None = None,
    every: float = EVERY_SECONDS,
    once: bool = False,
) -> int:
    """Watch ``places`` until Ctrl-C or SIGTERM; with ``once``, load what is new and end.

    Returns:
        How many pages, files and feeds could not be read.

    Raises:
        FileNotFoundError: a folder or file does not exist.
        WatchError: the database fails at the start or, with ``once``, at any time, or what was
            seen cannot be remembered.
    """
    with stopped_by_signals() as stop, failing_well(WatchError, _GO_ON, database.server):
        watch = Watch(
            database=database,
            home=home,
            places=places,
            extractor=watch_extractor(logged(load_pipeline)),
            choice=choice or Choice(),
            every=every,
            once=once,
            say=_say if once else _say_when,
            stop=stop,
        )
        if not once:
            ERRORS.print(f"Watching {_told(places)}. Press Ctrl-C to stop.")
        total = Report()
        for report in watch.reports():
            _tell(report)
            total.pages += report.pages
            total.known += report.known
        if once and not total.pages:
            ERRORS.print("Nothing new.")
        if not once:
            ERRORS.print("Stopped: everything that was loaded is in the graph.")
        return watch.skipped


@contextmanager
def watched_meanwhile(database: Database, places: Sequence[str], *, home: Path) -> Iterator[None]:
    """Watch ``places``, which are loaded, in a thread as long as the block runs."""
    stop = threading.Event()
    watch = Watch(
        database=database,
        home=home,
        places=places,
        extractor=watch_extractor(load_pipeline),
        say=_say_when,
        stop=stop,
    )

    def run() -> None:
        try:
            for report in watch.reports():
                _tell(report)
        except Exception as error:
            if not stop.is_set():
                said = f"{type(error).__name__}: {str(error)[:300]}"
                _say_when(f"The folders are no longer watched: {said}")

    thread = threading.Thread(target=run, name="newsgraph-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_STOP_SECONDS)


@contextmanager
def marked_as_loaded(database: Database, places: Sequence[str], *, home: Path) -> Iterator[None]:
    """Note, once the block has loaded ``places``, that their files are loaded as they were."""
    with database.session() as session:
        identity = str(session.run(cypher("read/database_id")).single(strict=True)["id"])
    with open_state(home, identity) as state:
        software = this_run(now()).id
        folders = [Folder(Path(place), state, software, lambda _: None) for place in places]
        stamps = [dict(folder.stamps()) for folder in folders]
        yield
        for folder, found in zip(folders, stamps, strict=True):
            folder.mark(found)


def folders_in(places: Sequence[str]) -> list[str]:
    """The folders and files in ``places`` that can be watched."""
    return [place for place in places if not is_address(place) and Path(place).exists()]


def _tell(report: Report) -> None:
    warn(report.skipped)
    if report.pages or report.known or report.replaced:
        ERRORS.print(summary(report))


def _say(line: str) -> None:
    ERRORS.print(one_line(line), markup=False)


def _say_when(line: str) -> None:
    _say(f"{time.strftime('%H:%M:%S')}  {line}")


def _told(places: Sequence[str]) -> str:
    feeds = sum(map(is_address, places))
    folders = len(places) - feeds
    told = [(folders, "folder"), (feeds, "feed")]
    return " and ".join(counted(*each) for each in told if each[0])


__all__ = [
    "check_places",
    "folders_in",
    "marked_as_loaded",
    "read_duration",
    "run_watch",
    "watch_extractor",
    "watched_meanwhile",
]
