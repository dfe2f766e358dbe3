"""Asking feeds for what is new, and fetching the pages of new items, politely.

Each host is asked by one thread, one request at a time (``loader.pages.manners`` keeps the pause
and the rules of robots.txt). A server that fails or asks to be spared is asked again later, the
later the longer it fails. All of this is remembered from one run to the next.
"""

import io
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import urlsplit

from loader.pages import Choice, Page, PageError, SkippedPage, Source
from loader.pages.addresses import Fetched, Terms, fetch, plain_address
from loader.pages.listing import list_items
from loader.pages.page import PassingError
from loader.pages.reach import Reach, reach_of
from loader.pages.reader import checked
from loader.watch.state import Feed, Item, State
from queries.counts import counted

LOGGER = logging.getLogger(__name__)

RETRIES = (5.0, 60.0, 900.0, 3_600.0)
"""Seconds until what could not be had is asked for again, the first time, the second and so on."""
BUSY_SECONDS = 60.0
"""The same, at least, for a server that asks to be spared and does not say for how long."""
REFUSED_SECONDS = 3_600.0
"""Until a feed is asked for again that is not there, or is no feed."""
PATIENCE = 10.0
"""A single run waits so long for what is due soon; the rest is left to the next run."""
_LONGEST = 86_400.0
_FEED_BYTES = 20_000_000
_PAGE_BYTES = 10_000_000
_SECONDS = 60.0
_TURN_SECONDS = 60.0
_THREADS = 8
_SPARE = (429, 503)
_UNWANTED = ("language", "date")

Job = Callable[[], bool]
"""Asks for one thing; returns whether its host may be asked for more."""


@dataclass(slots=True)
class Asking:
    """Feeds that are watched.

    Attributes:
        feeds: Their addresses as they were given.
        state: Remembers what was seen.
        every: Seconds between two looks at a feed.
        choice: Which pages are wanted.
        say: Told what happens.
        stop: Once it is set, nothing more is asked for.
        skipped: The pages and feeds that could not be had.
    """

    feeds: Sequence[str]
    state: State
    every: float
    choice: Choice
    say: Callable[[str], None]
    stop: threading.Event
    skipped: list[SkippedPage] = field(default_factory=list)
    failure: Exception | None = None

    def run(self, *, once: bool) -> None:
        """Ask for what is due, until told to stop; ``once`` ends when nothing is due soon."""
        first = True
        while not self.stop.is_set() and self.failure is None:
            self._at_once(self._feed_jobs(time.time(), first=first))
            self._at_once(self._item_jobs(time.time()))
            first = False
            wait = self._next_due(failed=once) - time.time()
            if once and wait > PATIENCE:
                return
            self.stop.wait(min(max(wait, 0.05), 1.0))

    def take_skipped(self) -> list[SkippedPage]:
        """What was skipped since the last time."""
        taken = self.skipped[:]
        del self.skipped[: len(taken)]
        return taken

    def _next_due(self, *, failed: bool) -> float:
        """When to ask for something next; of the feeds, only ``failed`` ones may count."""
        feeds = map(self.state.feed, self.feeds)
        dues = [feed.due for feed in feeds if feed.failures or not failed]
        item = self.state.next_due(self.feeds)
        dues += [] if item is None else [item]
        return min(dues, default=time.time() + _LONGEST)

    def _feed_jobs(self, now: float, *, first: bool) -> dict[str, list[Job]]:
        """What asks the feeds that are due, at first all but those that failed a while ago."""
        jobs: dict[str, list[Job]] = {}
        for name in self.feeds:
            feed = self.state.feed(name)
            if feed.due <= now or (first and not feed.failures):
                jobs.setdefault(_host(feed.address), []).append(partial(self._ask, feed))
            elif first:
                wait = _told(feed.due - now)
                self.say(f"{plain_address(name)}: asked again in {wait}, since it failed")
        return jobs

    def _item_jobs(self, now: float) -> dict[str, list[Job]]:
        due: dict[str, list[Item]] = {}
        for item in self.state.waiting(self.feeds, now):
            due.setdefault(_host(item.url or ""), []).append(item)
        feeds = {item.feed for items in due.values() for item in items}
        reaches = {feed: reach_of(feed) for feed in feeds}
        return {
            host: [
                partial(self._fetch, items, place, reaches[item.feed])
                for place, item in enumerate(items)
            ]
            for host, items in due.items()
        }

    def _at_once(self, jobs: dict[str, list[Job]]) -> None:
        """Do the jobs of each host one after another, those of several hosts at the same time.

        The threads are daemons: what is under way when the watch is stopped is asked for again.
        """
        turns = threading.Semaphore(_THREADS)

        def do(mine: list[Job]) -> None:
            try:
                with turns:
                    began = time.monotonic()
                    for job in mine:
                        if self.stop.is_set() or not job():
                            return
                        if time.monotonic() - began > _TURN_SECONDS:
                            return  # other hosts wait; the rest is due as before
            except Exception as error:  # raised by whoever waits
                if not self.stop.is_set():
                    self.failure = error

        threads = [threading.Thread(target=do, args=(mine,), daemon=True) for mine in jobs.values()]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and not self.stop.is_set():
            self.stop.wait(0.05)

    def _ask(self, feed: Feed) -> bool:
        terms = Terms(
            etag=feed.etag,
            modified=feed.modified,
            most_bytes=_FEED_BYTES,
            seconds=_SECONDS,
            reach=reach_of(feed.feed),
        )
        try:
            found = fetch(feed.address, terms)
            items = [] if found.unchanged else list_items(found.data, found.url)
        except PageError as error:
            return self._failed(feed, error)
        now = time.time()
        kept = Feed(
            feed=feed.feed,
            address=found.moved or feed.address,
            etag=found.etag or (feed.etag if found.unchanged else None),
            modified=found.modified or (feed.modified if found.unchanged else None),
            due=now + self.every,
        )
        new = self.state.set_feed(kept, items, now=now)
        shown = plain_address(feed.feed)
        if found.moved:
            self.say(f"{shown} has moved for good to {plain_address(found.moved)}")
        said = f"{counted(new, 'new item')} of {len(items):,}" if items else "no items"
        self.say(f"{shown}: {'not changed' if found.unchanged else said}")
        return True

    def _failed(self, feed: Feed, error: PageError) -> bool:
        passing = isinstance(error, PassingError)
        wait = _wait(error, feed.failures) if passing else max(REFUSED_SECONDS, self.every)
        address = feed.address if passing else feed.feed
        kept = replace(feed, address=address, due=time.time() + wait, failures=feed.failures + 1)
        self.state.set_feed(kept)
        shown = plain_address(feed.feed)
        message = f"{shown}: {error} (asked again in {_told(wait)})"
        if wait > PATIENCE:
            self.skipped.append(_skip(shown, error, message))
        else:
            self.say(message)
        return not passing

    def _fetch(self, items: Sequence[Item], place: int, reach: Reach) -> bool:
        """Fetch the page of the item at ``place`` of ``items``, which are of one host."""
        item = items[place]
        if item.url is None:
            self._keep_own(item, None)
            return True
        terms = Terms(most_bytes=_PAGE_BYTES, seconds=_SECONDS, reach=reach)
        try:
            found = fetch(item.url, terms)
        except PassingError as error:
            return self._put_off(items, place, error)
        except PageError as error:
            self._keep_own(item, error)
            return True
        try:
            read = list(self.choice.pages_of(_source(found), io.BytesIO(found.data)))
        except Exception as error:  # among many pages there is one for every bug
            LOGGER.warning("cannot read %s", item.url, exc_info=True)
            self._keep_own(item, PageError("failed", f"cannot be read ({type(error).__name__})"))
            return True
        pages = [page for page in read if isinstance(page, Page)]
        skipped = [page for page in read if isinstance(page, SkippedPage)]
        if pages or not skipped or skipped[0].reason in _UNWANTED:
            self.state.keep(item, pages, known_as=found.url)
            self.skipped.extend(skipped)
        else:
            first = skipped[0]
            self._keep_own(item, PageError(first.reason, first.message.partition(": ")[2]))
        return True

    def _put_off(self, items: Sequence[Item], place: int, error: PassingError) -> bool:
        """Ask for a page later, or no more; return whether its host may be asked for others."""
        item = items[place]
        if item.failures >= len(RETRIES):
            self._keep_own(item, error)
            return True
        wait = _wait(error, item.failures)
        due = time.time() + wait
        self.state.postpone([replace(item, due=due, failures=item.failures + 1)])
        self.say(f"{item.url}: {error} (asked again in {_told(wait)})")
        if error.status not in _SPARE:
            return True
        self.state.postpone([replace(other, due=due) for other in items[place + 1 :]])
        return False

    def _keep_own(self, item: Item, error: PageError | None) -> None:
        """Take for an item's page what the feed holds of it."""
        page = self.state.own_page(item)
        if error is not None and page is not None:
            self.say(f"{item.url}: {error} (read from the feed itself)")
        wanted = page is not None and next(iter(self._wanted(page)), None)
        self.state.keep(item, [wanted] if isinstance(wanted, Page) else [])
        if isinstance(wanted, SkippedPage):
            self.skipped.append(wanted)
        elif page is None and error is not None:
            name = item.url or item.key
            message = f"{name}: {error} (and its feed holds no text of it)"
            self.skipped.append(_skip(name, error, message))

    def _wanted(self, page: Page) -> list[Page | SkippedPage]:
        if not self.choice.wants(page.name):
            return []
        return [checked(page, self.choice.since)]


def _wait(error: PageError, failures: int) -> float:
    """How many seconds to wait after so many failures before this one."""
    step = RETRIES[min(failures, len(RETRIES) - 1)]
    if isinstance(error, PassingError):
        if error.again is not None:
            return min(max(error.again, 1.0), _LONGEST)
        if error.status in _SPARE:
            return max(step, BUSY_SECONDS)
    return step


def _source(found: Fetched) -> Source:
    return Source(
        name=found.url.partition("://")[2],
        location=found.url,
        size=len(found.data),
        url=found.url,
        media_type=found.media_type,
        charset=found.charset,
    )


def _skip(name: str, error: PageError, message: str) -> SkippedPage:
    return SkippedPage(name=name, location=name, reason=error.reason, message=message)


def _host(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2].casefold()


def _told(seconds: float) -> str:
    if seconds < 90:
        return counted(round(seconds), "second")
    if seconds < 5_400:
        return counted(round(seconds / 60), "minute")
    return counted(round(seconds / 3_600), "hour")
