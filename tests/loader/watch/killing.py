"""A watch in a process of its own, which is killed at a point that a test names."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from loader.graph import loading, writer
from loader.graph.journal import Journal
from loader.pages import manners
from loader.watch import asking
from loader.watch.state import State
from loader.watch.watching import Watch
from queries.database import Database, connect
from tests.loader.extract.extracting import extract_lines

_MODULES = ("loader.watch.watching", "tests.loader.watch.killing")


def watch_until(point: int, places: Sequence[str], home: Path, database: Database) -> int:
    """Watch once, until step ``point`` of all that a watch writes; return how many steps it took.

    A step is the moment before or after each call that changes the graph or a file. The process is
    killed there; if there are fewer steps, the watch ends by itself, and their number is returned.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_MODULES))
    ours, theirs = context.Pipe(duplex=False)
    named = (database.uri, *database.auth, database.name)
    process = context.Process(target=_run, args=(theirs, point, list(places), home, named))
    process.start()
    theirs.close()
    steps = 0
    with suppress(EOFError):  # killed
        steps = ours.recv() if ours.poll(120) else 0
    process.join(30)
    if process.exitcode == -signal.SIGKILL:
        return point
    assert process.exitcode == 0, process.exitcode
    assert isinstance(steps, int)
    return steps


def _run(result: Any, point: int, places: list[str], home: Path, named: tuple[str, ...]) -> None:
    manners.PAUSE_SECONDS = 0.0
    steps = _armed(point)
    uri, user, password, name = named
    with connect(uri, user=user, password=password, database=name) as driver:
        opened = Database(driver=driver, name=name, uri=uri, version="", auth=(user, password))
        watch = Watch(database=opened, home=home, places=places, extractor=extract_lines, once=True)
        for _ in watch.reports():
            pass
    result.send(steps())


def _armed(point: int) -> Callable[[], int]:
    """Have the process killed at step ``point``; return what tells the steps so far."""
    done = [0]

    def step() -> None:
        done[0] += 1
        if done[0] == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepping(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            step()
            result = call(*args, **kwargs)
            step()
            return result

        return called

    for holder, name in (
        (State, "set_feed"),
        (State, "keep"),
        (State, "mark_files"),
        (State, "strike_out"),
        (Journal, "record"),
        (Journal, "forget"),
        (writer, "_write_batch"),
        (writer, "execute_write"),
        (writer, "resolve_names"),
        (loading, "write_run"),
        (asking, "fetch"),
    ):
        setattr(holder, name, stepping(getattr(holder, name)))
    return lambda: done[0]
