"""The terminal as the loader's commands use it: progress and messages on stderr, signals."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from queries.consoles import Console

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)
OUTPUT = Console(highlight=False)


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that the first SIGINT or SIGTERM sets; the second SIGINT interrupts as ever."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def on_signal(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        ERRORS.print(
            "Stopping: committing what was read so far (press Ctrl-C again to discard it)."
        )

    before = {number: signal.signal(number, on_signal) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def progress_bar(paths: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show how many of the pages in ``paths`` are done with, how fast, and the time left."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=ERRORS,
        transient=True,
        disable=not ERRORS.is_terminal,
    ) as progress:
        task = progress.add_task("pages", total=_count(paths))

        def on_page(name: str) -> None:
            progress.update(task, advance=1, description=escape(name[-40:]))

        yield on_page


@contextmanager
def import_bar() -> Iterator[Callable[[int, int], None]]:
    """Show how many of the nodes and relationships of a file are written."""
    with Progress(
        TextColumn("nodes and relationships"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=ERRORS,
        transient=True,
        disable=not ERRORS.is_terminal,
    ) as progress:
        task = progress.add_task("import", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _count(paths: Sequence[str]) -> int | None:
    """How many files ``paths`` hold; None where that is not known before reading."""
    total = 0
    for given in paths:
        path = Path(given)
        if given == "-" or not path.exists():
            return None
        total += sum(1 for child in path.rglob("*") if child.is_file()) if path.is_dir() else 1
    return total


class _RateColumn(ProgressColumn):
    """Pages a second, over the last while."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f}/s" if task.speed else "")
