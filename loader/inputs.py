"""What a caller in Python gives to be read: paths, addresses, texts, and many of them."""

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
"""What is a path rather than a text, whether there is such a file or not."""
_GLOB = frozenset("*?[")
_LONGEST_PATH = 4_096


def readers(given: Any) -> Iterable[Reader]:
    """What reads each of the things that are ``given``, in their order.

    ``newsgraph.extract`` says what they may be. A list is looked through before anything is read,
    what comes one by one as it comes.

    Raises:
        FileNotFoundError: there is no such file or folder, or none that matches a pattern.
        TypeError: it is nothing that can be read.
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
    """The paths and addresses that are ``given``: one, or several.

    Raises:
        FileNotFoundError: there is no such file or folder, or none that matches a pattern.
        TypeError: it is none.
    """
    if not isinstance(given, str | PathLike) and isinstance(given, Iterable):
        return [str(_place(item)) for item in given]
    return [str(_place(given))]


def existing(path: Path) -> Path:
    """``path``, if there is a file or folder.

    Raises:
        FileNotFoundError: there is none.
    """
    if not path.exists():
        raise FileNotFoundError(f"there is no file or folder {path}; check the path")
    return path


def _reader(given: Any, name: str) -> Reader:
    if isinstance(given, str) and not _is_place(given.strip()):
        return _reader_of_text(given, name)
    place = _place(given)
    return lambda: read([place])


def _reader_of_text(text: Any, name: str) -> Reader:
    if not isinstance(text, str):
        raise TypeError(f"the text {name!r} is {type(text).__name__}, not str")

    def read_text() -> Iterator[Page | SkippedPage]:
        content = io.BytesIO(text.encode("utf-8", errors="replace"))
        return pages_of(Source(name=name, location=name), content)

    return read_text


def _is_place(text: str) -> bool:
    """Whether ``text`` is a path or an address rather than a text of its own."""
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
    return TypeError(f"a path, an address, a text, or several of them is wanted, not {kind}")
