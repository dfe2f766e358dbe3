"""The log on stderr: lines to read, or one JSON object a line for machines."""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

_OURS = ("loader", "ontology", "queries", "api", "newsgraph", "uvicorn")
_REPORTED = ("neo4j", "trafilatura", "htmldate", "courlan", "justext")
"""Libraries whose errors are reported in our words: a page skipped, a database that is away."""
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

Opened = TypeVar("Opened")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time, level, logger, message, what it carries, its error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _STANDARD},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]  # generic in stubs alone
    """The handler of the log, which knows how it was set up."""

    def __init__(self, level: str, *, as_json: bool) -> None:
        super().__init__(sys.stderr)
        self.set_up = partial(set_up_logs, level, as_json=as_json)
        self.setFormatter(
            JsonFormatter() if as_json else logging.Formatter("%(levelname)s %(name)s: %(message)s")
        )


def set_up_logs(level: str, *, as_json: bool) -> None:
    """Log to stderr: our messages from ``level`` on, of libraries errors alone.

    At ``DEBUG`` everything is logged, Python's warnings too, which are dropped otherwise.
    """
    everything = level == "DEBUG"
    logging.basicConfig(
        handlers=[_Handler(level, as_json=as_json)],
        level=logging.DEBUG if everything else logging.ERROR,
        force=True,
    )
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    for name in _REPORTED:
        logging.getLogger(name).setLevel(logging.NOTSET if everything else logging.CRITICAL)
    logging.captureWarnings(True)


def logged(start: Callable[[], Opened]) -> Callable[[], Opened]:
    """``start`` for another process, where it sets up the log first as it is in this one."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _Handler):
            return partial(_start_logged, handler.set_up, start)
    return start


def _start_logged(set_up: Callable[[], None], start: Callable[[], Opened]) -> Opened:
    set_up()
    return start()
