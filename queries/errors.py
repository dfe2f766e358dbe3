"""The exception that the Python API raises, whichever package the error comes from."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

_OURS = frozenset({"api", "loader", "ontology", "queries"})
_SPACE = "free some space there, and run the command again"
_CURES = {
    errno.EMFILE: "allow more open files with `ulimit -n 4096`, and run the command again",
    errno.ENFILE: "close other programs, and run the command again",
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EROFS: "choose a place that can be written to, and run the command again",
    errno.EACCES: "check its permissions, and run the command again",
}


def cure_of(error: BaseException) -> str | None:
    """What to do about something that the machine refuses, wherever it is asked for it."""
    return _CURES.get(error.errno or 0) if isinstance(error, OSError) else None


class Error(Exception):
    """Something went wrong; the message says what, and what to do about it."""


@contextmanager
def one_error() -> Iterator[None]:
    """Raise any exception class of newsgraph's own as an ``Error`` with the same message."""
    try:
        yield
    except Exception as error:
        is_ours = type(error).__module__.partition(".")[0] in _OURS
        if is_ours and not isinstance(error, Error):
            raise Error(str(error)) from None  # the message is for a reader, tracebacks are not
        raise
