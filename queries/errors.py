"""The one error that callers in Python are told of, whatever package it comes from."""

from collections.abc import Iterator
from contextlib import contextmanager

_OURS = frozenset({"api", "loader", "ontology", "queries"})


class Error(Exception):
    """What newsgraph cannot do; the message says why, and what to do about it."""


@contextmanager
def one_error() -> Iterator[None]:
    """Raise what is an error of ours inside the block as an ``Error``, with the same message."""
    try:
        yield
    except Exception as error:
        is_ours = type(error).__module__.partition(".")[0] in _OURS
        if is_ours and not isinstance(error, Error):
            raise Error(str(error)) from error
        raise
