"""What the verbs share: their errors, progress on stderr, and output that is whole or not there."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from queries.consoles import Console
from queries.saving import packed, save, unsaved

OUTPUT = Console(highlight=False, soft_wrap=True)
ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)


class CommandError(Exception):
    """A verb cannot be carried out; the message says why and what to do."""

    status = 1


class UsageError(CommandError):
    """A verb is not asked as it may be; the message says how it may."""

    status = 2


def write_out(pieces: Iterable[bytes], output: str | None) -> int:
    """Write to the file ``output``, or to standard output; return the number of bytes.

    A file whose name ends in ``.gz`` is packed.

    Raises:
        CommandError: the file cannot be written; what was there before is there still.
    """
    if output in (None, "-"):
        size = sum(sys.stdout.buffer.write(piece) for piece in pieces)
        sys.stdout.buffer.flush()
        return size
    path = Path(str(output))
    try:
        return save(packed(pieces) if path.suffix.lower() == ".gz" else pieces, path)
    except OSError as error:
        raise CommandError(unsaved(path, error)) from error


@contextmanager
def progress(unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, in a terminal, that is told how many of how many are done."""
    with Progress(
        TextColumn(unit),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=ERRORS,
        transient=True,
        disable=not ERRORS.is_terminal,
    ) as shown:
        task = shown.add_task(unit, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
