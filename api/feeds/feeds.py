"""The feeds of saved questions: each looks into the graph when it has changed, and is served."""

import asyncio
import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from neo4j import READ_ACCESS

from api.feeds.atom import Heading, atom, authority_of
from api.feeds.entries import read_entries
from api.feeds.matching import NoListError, matches
from api.feeds.record import Record
from api.graphql.asking import asking_session
from api.graphql.examples import EXAMPLES, ExamplesError, Question, ask_with
from api.graphql.waiting import AnswerError, Asker
from queries import cypher
from queries.database import Database

PAGE = 50
"""Entries of an archive document."""
_DAYS = 2 * 86_400.0
"""What was found in so many seconds stands in the document that is subscribed to, if it is not
more than ``_MOST`` entries."""
_MOST = 1_000


class FeedError(Exception):
    """A saved question is no feed; the message says why and what to do."""


class NoFeedError(FeedError):
    """There is no feed or document of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a feed: its bytes, its tag, and when it last changed."""

    data: bytes
    tag: str
    changed: float


def feed_names(folder: Path | None) -> list[str]:
    """The names of the questions in ``folder``, if it is there."""
    return sorted(path.stem for path in folder.glob("*.graphql")) if folder else []


class Feeds:
    """The feeds of a user's own questions.

    Args:
        database: the graph; its owner keeps it open.
        record: what each feed has told of.
        base: where the site is.
        published_at: the address that was given to the graph for good, if one was.
        seconds: what the database has for one answer; None is its own default.
        questions: reads the questions, the built-in ones among them.
        clock: the time, in seconds of the epoch.
    """

    def __init__(
        self,
        database: Database,
        record: Record,
        *,
        base: str,
        questions: Callable[[], Sequence[Question]],
        published_at: str | None = None,
        seconds: float | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._record = record
        self._base = base
        self._questions = questions
        self._authority = authority_of(published_at)
        self._asker = Asker(database, base=base, seconds=seconds)
        self._clock = clock
        self._looked: dict[str, str] = {}
        self._lock = threading.Lock()

    def now(self) -> float:
        """The time, in seconds of the epoch."""
        return self._clock()

    def listed(self) -> list[Question]:
        """The questions that are feeds: the user's own, then built-in ones without variables.

        Raises:
            FeedError: a question's files cannot be used.
        """
        every = self._read()
        own = [each for each in every if each.folder != EXAMPLES]
        return own + [each for each in every if each.folder == EXAMPLES and not each.variables]

    def look(self, name: str) -> Question:
        """Take down what matches the question ``name`` now, unless the graph is as it was.

        Raises:
            NoFeedError: there is no such question.
            FeedError: it cannot be asked, or lists nothing.
            neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
        """
        with self._lock:  # whoever asks meanwhile finds it done
            asked = self._saved(name)
            with self._database.driver.session(
                database=self._database.name, default_access_mode=READ_ACCESS
            ) as session:
                session.run(cypher("read/alive")).consume()
                marks = sorted(session.last_bookmarks().raw_values)
            stamp = repr((marks, asked))
            if self._looked.get(name) == stamp:
                return asked
            try:
                with self._database.session() as session:
                    example = asyncio.run(ask_with(asking_session(session), asked, {}))
                found = matches(self._asker, example.query, example.variables or {})
            except (AnswerError, NoListError) as error:
                raise FeedError(f"The question {name!r} is no feed: {error}.") from error
            try:
                self._record.learn(name, found, self._clock())
            except sqlite3.Error as error:
                raise FeedError(
                    f"What the feed {name!r} has told of cannot be written down ({error}); check"
                    " the data directory (NEWSGRAPH_HOME) and the disk."
                ) from error
            self._looked[name] = stamp
            return asked

    def look_at_all(self) -> None:
        """Look at the feeds of the user's own, and at others that were asked for before.

        One that fails is passed over, and says why when it is asked for.
        """
        for asked in self.listed():
            with suppress(FeedError, sqlite3.Error):
                if asked.folder != EXAMPLES or self._record.extent(asked.name).changed:
                    self.look(asked.name)

    def document(self, name: str, page: int | None = None) -> Document:
        """The document to subscribe to, or archive document number ``page``.

        Raises:
            NoFeedError, FeedError, Neo4jError, DriverError: as :meth:`look`; or there is no such
                page.
        """
        asked = self.look(name)
        extent = self._record.extent(name)
        whole = extent.last // PAGE  # pages that are full
        newest = max(1, whole)
        recent = self._record.first_since(name, self._clock() - _DAYS)
        if recent is not None:
            newest = min(newest, (recent - 1) // PAGE + 1)
        newest = max(newest, whole - _MOST // PAGE + 1)
        if page is not None and not 1 <= page <= whole:
            raise NoFeedError(f"The feed {name!r} has no page {page}.")
        first = (newest if page is None else page) - 1
        last = extent.last if page is None else page * PAGE
        told = self._record.told(name, first * PAGE + 1, last)
        here = f"{self._base}/feeds/{name}.atom"
        links = {"self": here if page is None else f"{here}?page={page}"}
        links["alternate"] = f"{self._base}/feeds"
        if first:
            links |= {"prev-archive": f"{here}?page={first}", "next": f"{here}?page={first}"}
        if page is not None:
            links["current"] = here
            links["previous"] = here if page >= whole else f"{here}?page={page + 1}"
            if page < whole:
                links["next-archive"] = f"{here}?page={page + 1}"
        heading = Heading(
            name=name,
            title=asked.title,
            updated=extent.changed,
            links=links,
            authority=self._authority,
            archive=page is not None,
        )
        data = atom(heading, read_entries(self._asker, told), self._base)
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        return Document(data=data, tag=tag, changed=extent.changed)

    def _read(self) -> Sequence[Question]:
        try:
            return self._questions()
        except ExamplesError as error:
            raise FeedError(str(error)) from error

    def _saved(self, name: str) -> Question:
        feeds = self.listed()
        found = next((each for each in feeds if each.name == name), None)
        if found is not None:
            return found
        if any(each.name == name for each in self._read()):
            raise NoFeedError(
                f"The question {name!r} has variables; `newsgraph save NAME {name} KEY=VALUE…`"
                " makes a feed of it with values."
            )
        known = ", ".join(each.name for each in feeds)
        raise NoFeedError(
            f"There is no feed {name!r}. The feeds are {known}; `newsgraph save` makes others."
        )
