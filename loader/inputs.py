"""Read whatever a Python caller passes: paths, URLs, texts, or many of them."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from loader.pages import Page, SkippedPage, Source, pages_of, read, sources
from loader.pages.addresses import is_address

Reader = Callable[[], Iterator[Page | SkippedPage]]

_FILE = re.compile(
    r"\S+|[^\n]*\.(?:txt|text|md|html?|xhtml|jsonl?|ndjson|xml|rss|atom|gz|zip|warc)", re.IGNORECASE
)
"""What is taken for a path even if no such file exists."""
_GLOB = frozenset("*?[")
_LONGEST_PATH = 4_096


def readers(given: Any) -> Iterable[Reader]:
    """Return a reader for each input in ``given``, in order.

    See ``newsgraph.extract`` for what an input may be. A list is checked before anything is read;
    the items of any other iterable are checked as they come.

    Raises:
        FileNotFoundError: a file or folder does not exist, or nothing matches a pattern.
        TypeError: an input is of another type.
    """
    if isinstance(given, Mapping):
        return [_reader_of_text(text, str(name)) for name, text in given.items()]
    if isinstance(given, str | PathLike):
        return [_reader(given, "text")]
    if not isinstance(given, Iterable):
        raise _unknown(given)
    found = (_reader(item, f"text#{number}") for number, item in enumerate(given, start=1))
    return list(found) if isinstance(given, Sequence) else found


def places(given: Any) -> list[str]:
    """Return the paths and URLs in ``given``, which is one or an iterable of them.

    Raises:
        FileNotFoundError: a file or folder does not exist, or nothing matches a pattern.
        TypeError: one is of another type.
    """
    if not isinstance(given, str | PathLike) and isinstance(given, Iterable):
        return [str(_place(item)) for item in given]
    return [str(_place(given))]


def existing(path: Path) -> Path:
    """Return ``path`` if it exists.

    Raises:
        FileNotFoundError: it does not.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist; check the path")
    return path


def _reader(given: Any, name: str) -> Reader:
    if isinstance(given, str) and not _is_place(given.strip()):
        return _reader_of_text(given, name)
    place = _place(given)
    return lambda: read([place])


def _reader_of_text(text: Any, name: str) -> Reader:
    if not isinstance(text, str):
        raise TypeError(f"the text {name!r} must be a str, not {type(text).__name__}")

    def read_text() -> Iterator[Page | SkippedPage]:
        content = io.BytesIO(text.encode("utf-8", errors="replace"))
        return pages_of(Source(name=name, location=name), content)

    return read_text


def _is_place(text: str) -> bool:
    """Whether ``text`` is a path or a URL rather than a text to extract from."""
    if not text or len(text) > _LONGEST_PATH or "\0" in text:
        return False
    if _FILE.fullmatch(text):
        return True
    try:
        return Path(text).exists()
    except OSError:  # longer than a file's name may be
        return False


def _place(given: Any) -> str | Path:
    if isinstance(given, PathLike):
        return existing(Path(fspath(given)))
    if not isinstance(given, str):
        raise _unknown(given)
    text = given.strip()
    if is_address(text):
        return text
    path = Path(text)
    if not _GLOB.intersection(text):
        return existing(path)
    found, _ = next(sources([path]), (None, None))
    if isinstance(found, SkippedPage) and found.reason == "missing":
        raise FileNotFoundError(f"no file matches {text}; check the pattern")
    return path


def _unknown(given: object) -> TypeError:
    kind = type(given).__name__
    return TypeError(f"expected a path, a URL, a text, or an iterable of them, not {kind}")
