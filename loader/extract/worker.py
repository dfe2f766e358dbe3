"""One worker process: what it is given to read, and what that may take."""

import multiprocessing
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import psutil

from loader.extract.extractors import OpenPipeline, extract_task
from loader.pages import Page, SkipReason

_PATIENCE = 10
"""A worker may wait for the processor this many times as long as it may use it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLimits:
    """What reading a task of pages may take: seconds of the processor, bytes of memory."""

    seconds: float = 120.0
    memory: int = 2_500_000_000


@dataclass(slots=True)
class Task:
    """Pages to be read together; ``tried`` says that a worker was lost with them before."""

    pages: list[Page]
    tried: bool = False


class Worker:
    """One process, what it is reading, and since when."""

    def __init__(self, open_pipeline: OpenPipeline) -> None:
        context = _context()
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, open_pipeline), daemon=True, name="newsgraph-worker"
        )
        self._process.start()
        theirs.close()  # so that its end is the end of the connection
        self.task: Task | None = None
        self.ready = False
        self._began = (0.0, 0.0)

    def give(self, task: Task) -> bool:
        """Hand over ``task``; return False if the worker has died."""
        self.task = task
        self._began = (time.monotonic(), self._seconds())
        try:
            self.connection.send(task.pages)
        except OSError:
            return False
        return True

    def passed(self, limits: PageLimits) -> SkipReason | None:
        """The limit that the worker has passed with its task."""
        if self.task is None:
            return None
        began, used = self._began
        if self._seconds() - used > limits.seconds:
            return "slow"
        if time.monotonic() - began > limits.seconds * _PATIENCE:
            return "slow"
        return "memory" if self.memory() > limits.memory else None

    def memory(self) -> int:
        """Bytes of memory that it holds."""
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def end(self) -> None:
        """Kill the process, whatever it does, and wait for it."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()

    def _seconds(self) -> float:
        try:
            times = psutil.Process(self._process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)


def _context() -> Any:
    """How processes start: from a server that has imported spaCy once, or afresh without one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["loader.extract.pipeline", "loader.extract.extractors"])
    return context


def _work(connection: Connection, open_pipeline: OpenPipeline) -> None:
    """What a worker does until its connection ends: a list of pages in, what is on them out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends us
    nlp = open_pipeline()
    try:
        connection.send(None)
        while True:
            pages: list[Page] = connection.recv()
            connection.send(list(extract_task(nlp, pages)))
    except (EOFError, OSError):
        return  # the command is gone
