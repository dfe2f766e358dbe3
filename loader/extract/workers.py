"""Extraction in worker processes: as fast as there are cores, and no page can take a load down.

Each worker loads the model once and reads one task, a few pages, at a time. A thread feeds them;
a few tasks a worker are under way at once, so memory is flat however many pages there are.
A worker that dies, or that passes a limit, is replaced. Its pages are read again, each alone;
the page that fails alone is set aside, so that one page costs no other its place.
"""

import logging
import multiprocessing
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import wait
from typing import Any

from spacy.language import Language

from loader.extract.extractors import (
    TASK_CHARACTERS,
    TASK_PAGES,
    Extracted,
    Extractor,
    InProcess,
    OpenPipeline,
    extract_task,
    set_aside,
    tasks,
)
from loader.extract.worker import PageLimits, Task, Worker
from loader.pages import Page, SkipReason
from queries.counts import counted

LOGGER = logging.getLogger(__name__)

_LOOK_SECONDS = 0.2
"""How often limits are looked at."""
_TASKS_A_WORKER = 4
"""Tasks under way for each worker: one is read, the others wait to be read or to be written."""
_STARTS = 3
"""Workers that may die in a row before they have the model, until we give up."""

FEW_PAGES = 32
FEW_CHARACTERS = 300_000
"""Fewer are read before a worker process has loaded the model."""
LONG_CHARACTERS = 2 * TASK_CHARACTERS
"""What is longer may pass a limit, which can be held in a process of its own alone."""


class WorkerError(Exception):
    """No worker can be started; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Workers:
    """An extractor in ``count`` worker processes. The order of what it yields is open."""

    open_pipeline: OpenPipeline
    count: int
    limits: PageLimits = field(default_factory=PageLimits)

    def __call__(self, pages: Iterable[Page]) -> Iterator[Extracted]:
        """Yield what is on ``pages``; closing the iterator ends the workers.

        Raises:
            WorkerError: workers die before they read a page.
        """
        pool = _Pool(self.open_pipeline, self.count, self.limits)
        pool.thread.start()
        todo = tasks(pages)
        waiting = characters = 0
        tasks_at_once = _TASKS_A_WORKER * self.count
        try:
            while True:
                while (
                    waiting < tasks_at_once * TASK_PAGES
                    and characters < tasks_at_once * TASK_CHARACTERS
                    and (task := next(todo, None))
                ):
                    pool.submit(task)
                    waiting += len(task)
                    characters += sum(len(page.text) for page in task)
                if not waiting:
                    return
                result = pool.results.get()
                if isinstance(result, BaseException):
                    raise result
                waiting -= 1
                characters -= result[0]
                yield result[1]
        finally:
            pool.close()


def default_workers() -> int:
    """How many workers this process may have: one a core it may run on."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Pool:
    """The workers and the thread that feeds them.

    ``results`` holds one pair a page, its length and what is on it, or the error that ended all.
    """

    def __init__(self, open_pipeline: OpenPipeline, count: int, limits: PageLimits) -> None:
        self.results: queue.SimpleQueue[tuple[int, Extracted] | BaseException] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, name="newsgraph-workers", daemon=True)
        self._open_pipeline = open_pipeline
        self._count = count
        self._limits = limits
        self._todo: deque[Task] = deque()  # deque's ends are safe between threads
        self._news, self._bell = multiprocessing.Pipe(duplex=False)
        self._closed = False
        self._workers: list[Worker] = []
        self._failed_starts = 0

    def submit(self, pages: list[Page]) -> None:
        """Have ``pages`` read."""
        self._todo.append(Task(pages))
        self._bell.send_bytes(b"!")

    def close(self) -> None:
        """End the workers; what they are reading is lost."""
        self._closed = True
        self._bell.send_bytes(b"!")
        self.thread.join()
        self._bell.close()
        self._news.close()

    def _run(self) -> None:
        try:
            while not self._closed:
                self._feed()
                self._listen()
                self._look()
        except BaseException as error:  # whoever waits for results raises it
            self.results.put(error)
        finally:
            for worker in self._workers:
                worker.end()

    def _feed(self) -> None:
        for worker in [worker for worker in self._workers if worker.ready and not worker.task]:
            if self._todo and not worker.give(self._todo.popleft()):
                self._lose(worker, "crashed")
        starting = sum(not worker.ready for worker in self._workers)
        wanted = min(self._count - len(self._workers), len(self._todo) - starting)
        for _ in range(wanted):
            self._workers.append(Worker(self._open_pipeline))

    def _listen(self) -> None:
        sources: list[Any] = [self._news, *(worker.connection for worker in self._workers)]
        heard = wait(sources, _LOOK_SECONDS)
        if self._news in heard:
            self._news.recv_bytes()
        for worker in [worker for worker in self._workers if worker.connection in heard]:
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError):
                self._lose(worker, "crashed")
            else:
                self._take(worker, answer)

    def _take(self, worker: Worker, answer: list[Extracted] | None) -> None:
        task, worker.task = worker.task, None
        if answer is None or task is None:
            worker.ready = True
            self._failed_starts = 0
            return
        for page, found in zip(task.pages, answer, strict=True):
            self.results.put((len(page.text), found))
        if worker.memory() > self._limits.memory / 2:
            # The model remembers every word it has met: a worker grows, page by page.
            self._lose(worker, "memory")

    def _look(self) -> None:
        for worker in list(self._workers):
            reason = worker.passed(self._limits)
            if reason and not worker.connection.poll():
                self._lose(worker, reason)

    def _lose(self, worker: Worker, reason: SkipReason) -> None:
        """End ``worker``; its pages are read again, each alone, or set aside if one was."""
        self._workers.remove(worker)
        worker.end()
        task = worker.task
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts == _STARTS * self._count:
                raise WorkerError(
                    "The worker processes exit before they have loaded the language model; see "
                    "their output above, or load with --workers 0."
                )
        if task is None:
            return
        LOGGER.warning(
            "a worker was lost (%s) with %s", reason, ", ".join(p.location for p in task.pages)
        )
        if len(task.pages) > 1:
            self._todo.extendleft(Task([page]) for page in reversed(task.pages))
        elif reason == "crashed" and not task.tried:
            # Somebody may have killed it: the page alone is to blame only the second time.
            self._todo.appendleft(Task(task.pages, tried=True))
        else:
            page = task.pages[0]
            skipped = set_aside(page, reason, _why(reason, self._limits))
            self.results.put((len(page.text), skipped))


def _why(reason: SkipReason, limits: PageLimits) -> str:
    if reason == "slow":
        return f"extraction took more than {counted(limits.seconds, 'second')}; split the page"
    if reason == "memory":
        size = f"{limits.memory / 1e6:,.0f} MB"
        return f"extraction took more than {size} of memory; split the page"
    return "its worker process crashed twice; please report this as a bug"


@dataclass(frozen=True, slots=True)
class Guarded:
    """An extractor in this process that reads long pages in another, where limits hold."""

    open_pipeline: OpenPipeline
    limits: PageLimits = field(default_factory=PageLimits)

    def __call__(self, pages: Iterable[Page]) -> Iterator[Extracted]:
        """Yield what is on ``pages``, in order."""
        nlp: Language | None = None
        for task in tasks(pages):
            if sum(len(page.text) for page in task) > LONG_CHARACTERS:
                yield from Workers(self.open_pipeline, 1, self.limits)(task)
            else:
                nlp = nlp or self.open_pipeline()
                yield from extract_task(nlp, task)


def chosen_extractor(open_pipeline: OpenPipeline, workers: int | None) -> Extractor:
    """Workers if asked for by number, else by what there is to read: a few pages are read here."""
    if workers is not None:
        return Workers(open_pipeline, workers) if workers else InProcess(open_pipeline)

    def extract_pages(pages: Iterable[Page]) -> Iterator[Extracted]:
        remaining = iter(pages)
        head: list[Page] = []
        size = 0
        while len(head) < FEW_PAGES and size < FEW_CHARACTERS:
            page = next(remaining, None)
            if page is None:
                return Guarded(open_pipeline)(head)
            head.append(page)
            size += len(page.text)
        return Workers(open_pipeline, default_workers())(chain(head, remaining))

    return extract_pages
