"""The watch itself: looks at folders, has feeds asked, and loads what is new, round by round."""

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from loader.extract.extraction import now, this_run
from loader.extract.extractors import Extractor
from loader.graph.intake import Report
from loader.graph.journal import open_journal
from loader.graph.loading import load
from loader.graph.retrying import while_it_lives
from loader.pages import Choice, Page, SkippedPage
from loader.pages.addresses import is_address, plain_address
from loader.watch.asking import Asking
from loader.watch.folders import Folder
from loader.watch.state import State, open_state
from queries import cypher
from queries.counts import counted
from queries.database import Database

EVERY_SECONDS = 900.0
"""How often feeds are asked."""
ROUND = 500
"""How many files and pages are loaded before it is noted that they are."""
_TICK = 0.3
_LOOKS = 5
"""How often a single run looks at files that go on changing, before it leaves them."""
_AWAY_SECONDS = (5.0, 10.0, 30.0, 60.0)

Say = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class Watch:
    """What to watch, and how.

    Attributes:
        database: Where to load.
        home: The data directory, which remembers what was seen.
        places: Folders, files, and addresses of feeds.
        extractor: What turns pages into records.
        choice: Which pages to load.
        every: Seconds between two looks at a feed.
        once: Whether to load what is new now, and end.
        say: Told what happens, a line at a time; threads call it.
        stop: Once it is set, what was read is committed, and the watch ends.
        skipped: What could not be read or had, over all rounds.
    """

    database: Database
    home: Path
    places: Sequence[str]
    extractor: Extractor
    choice: Choice = field(default_factory=Choice)
    every: float = EVERY_SECONDS
    once: bool = False
    say: Say = lambda line: None
    stop: threading.Event = field(default_factory=threading.Event)
    skipped: int = 0

    def reports(self) -> Iterator[Report]:
        """Watch until told to stop; yield what each round of loading came to.

        Raises:
            FileNotFoundError: a folder or file does not exist.
            sqlite3.Error: the disk is full, or what was seen cannot be remembered.
            neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails; with
                ``once``, at the start, or if it is the managed server, whose next start is a
                command's. Otherwise it is waited for.
        """
        check_places(self.places)
        with self.database.session() as session:
            identity = str(session.run(cypher("read/database_id")).single(strict=True)["id"])
        with open_state(self.home, identity) as state, self._mine() as places:
            feeds = [place for place in places if is_address(place)]
            software = this_run(now()).id
            folders = [
                Folder(Path(place), state, software, self.say)
                for place in places
                if not is_address(place)
            ]
            self._load_lost_again(state)
            asking = Asking(feeds, state, self.every, self.choice, self.say, self.stop)
            try:
                yield from self._rounds(state, folders, asking)
            finally:
                self.stop.set()

    def _load_lost_again(self, state: State) -> None:
        with self.database.session() as session, open_journal(self.home, session) as journal:
            again = state.load_again(journal.lost(session))
        if again:
            told = counted(again, "file or page is", "files or pages are")
            self.say(f"{told} in the graph no more, though nobody removed them; loading them again")

    def _rounds(self, state: State, folders: Sequence[Folder], asking: Asking) -> Iterator[Report]:
        thread = threading.Thread(target=self._ask, args=(asking,), daemon=True)
        thread.start()
        away = 0
        while not self.stop.is_set():
            asked = not thread.is_alive()
            ready = _look(folders)
            pages = state.fetched(asking.feeds, ROUND)
            if asking.failure is not None:
                raise asking.failure
            if ready or pages or asking.skipped:
                try:
                    report = self._load(state, folders, ready, pages, asking)
                except (Neo4jError, DriverError) as error:
                    server = self.database.server
                    gone = server is not None and not server.lives()
                    if self.once or gone or isinstance(error, AuthError):
                        raise
                    self._wait_for_database(error, away)
                    away += 1
                    continue
                away = 0
                self.skipped += len(report.skipped)
                yield report
            elif self.once and asked and self._is_done(folders):
                return
            else:
                self.stop.wait(_TICK)

    def _ask(self, asking: Asking) -> None:
        if not asking.feeds:
            return
        try:
            asking.run(once=self.once)
        except sqlite3.Error as error:  # raised by the thread that loads
            if not self.stop.is_set():
                asking.failure = error

    def _is_done(self, folders: Sequence[Folder]) -> bool:
        """Whether every file that does not go on changing is loaded."""
        busy = [folder for folder in folders if folder.unsettled and folder.looks < _LOOKS]
        if busy or any(not folder.looks for folder in folders):
            return False
        for folder in folders:
            if folder.unsettled:
                left = f"{folder.path}: files that are still being written are left for later"
                self.say(left)
        return True

    def _load(
        self,
        state: State,
        folders: Sequence[Folder],
        ready: Sequence[tuple[Folder, Path, str]],
        fetched: Sequence[tuple[int, Page]],
        asking: Asking,
    ) -> Report:
        report = Report()
        report.skipped += asking.take_skipped()
        files = ready[:ROUND]
        if not files and not fetched:
            return report
        what = [(len(files), "new or changed file"), (len(fetched), "new page")]
        self.say(f"Loading {' and '.join(counted(*each) for each in what if each[0])}")

        def pages() -> Iterator[Page | SkippedPage]:
            for folder, path, _ in files:
                yield from self.choice.pages_of(folder.source(path), path)
            for _, page in fetched:
                yield page

        server = self.database.server
        with (
            while_it_lives(server.lives if server else None),
            self.database.session() as session,
            open_journal(self.home, session) as journal,
        ):
            load(session, self.extractor, pages(), report=report, journal=journal, stop=self.stop)
        if not report.stopped:
            for folder in folders:
                folder.mark({path: stamp for home, path, stamp in files if home is folder})
            state.strike_out([number for number, _ in fetched])
        return report

    def _wait_for_database(self, error: Exception, failures: int) -> None:
        wait = _AWAY_SECONDS[min(failures, len(_AWAY_SECONDS) - 1)]
        said = " ".join(str(error).split())[:200]
        self.say(
            f"The database does not respond ({said}); trying again in {counted(wait, 'second')}"
        )
        self.stop.wait(wait)

    @contextmanager
    def _mine(self) -> Iterator[list[str]]:
        """The places that no other watch with this data directory is at, which are kept from it."""
        folder = self.home / "watched"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as stack:
            mine: list[str] = []
            for place in dict.fromkeys(self.places):
                name = place if is_address(place) else str(Path(place).absolute())
                digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:32]
                try:
                    stack.enter_context(FileLock(folder / f"{digest}.lock", timeout=0))
                except Timeout:
                    shown = plain_address(place)
                    self.say(f"{shown} is watched by another newsgraph; it is left to that one")
                else:
                    mine.append(place)
            yield mine


def check_places(places: Sequence[str]) -> None:
    """Raise ``FileNotFoundError`` if a folder or file in ``places`` does not exist."""
    for place in places:
        if not is_address(place) and not Path(place).exists():
            raise FileNotFoundError(f"{place} does not exist; check the path")


def _look(folders: Sequence[Folder]) -> list[tuple[Folder, Path, str]]:
    return [
        (folder, path, stamp) for folder in folders for path, stamp in folder.look_if_due().items()
    ]
