"""The exception that the Python API raises, whichever package the error comes from."""

from collections.abc import Iterator
from contextlib import contextmanager

_OURS = frozenset({"api", "loader", "ontology", "queries"})


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
