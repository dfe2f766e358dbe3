"""Walk the paths that were asked for and read every page below them."""

import errno
import io
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, BinaryIO

from loader.pages.addresses import fetch, is_address, plain_address
from loader.pages.formats import read_source
from loader.pages.language import other_language
from loader.pages.page import Limits, Page, PageError, SkippedPage
from loader.pages.source import Source

LOGGER = logging.getLogger(__name__)
STDIN = "-"
_GLOB = frozenset("*?[")


def read(
    paths: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    limits: Limits | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    since: date | None = None,
) -> Iterator[Page | SkippedPage]:
    """Yield the pages of ``paths`` one by one, in sorted order below each path.

    Args:
        paths: Files, folders (walked to the bottom, hidden names left out), patterns such as
            ``news/**/*.html``, URLs (``https://…``), or ``-`` for standard input. Text, HTML,
            JSON, JSON lines, RSS, Atom, news sitemaps, WARC, mail, MHTML, Markdown, PDF, Word,
            OpenDocument, EPUB; each also in gzip or zip.
        stdin: What ``-`` reads; the process's standard input if not given.
        limits: How much a page and an archive may cost.
        include: Patterns; only pages whose name matches one are read.
        exclude: Patterns; pages whose name matches one are not read. Neither kind is reported.
        since: Pages that say they were published before it are skipped.

    Nothing is raised for a page that cannot be read: it comes out as a ``SkippedPage``.
    """
    for source, origin in _origins(paths, stdin):
        if isinstance(source, SkippedPage):
            yield source
        else:
            yield from pages_of(
                source, origin, limits=limits, include=include, exclude=exclude, since=since
            )


def pages_of(
    source: Source,
    origin: Path | BinaryIO,
    *,
    limits: Limits | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    since: date | None = None,
) -> Iterator[Page | SkippedPage]:
    """Yield the pages of one file, at a path or as a stream: ``read`` for a part of its work."""
    if not wanted(source.name, (), exclude):
        return
    for page in _open(source, origin, limits or Limits()):
        if wanted(page.name, include, exclude):
            for warning in page.warnings if isinstance(page, Page) else ():
                LOGGER.warning("%s: %s", page.location, warning)
            yield page if isinstance(page, SkippedPage) else checked(page, since)


def sources(
    paths: Iterable[str | Path],
) -> Iterator[tuple[Source | SkippedPage, Path | None]]:
    """Yield what there is to read below ``paths``, and where; None is standard input."""
    for given in paths:
        text = str(given)
        if text == STDIN:
            yield Source(name="stdin", location="stdin"), None
            continue
        path = Path(given)
        found = [path]
        if not path.exists() and _GLOB.intersection(text):
            found = _matching(path)
        if not found:
            message = "no file matches; check the pattern"
            yield _skip(text, text, PageError("missing", message)), None
        for each in found:
            yield from _below(each, from_pattern=len(found) > 1)


def _origins(
    paths: Iterable[str | Path], stdin: BinaryIO | None
) -> Iterator[tuple[Source | SkippedPage, Path | BinaryIO]]:
    """Yield what there is to read in ``paths``, URLs among them, with where it is read from."""
    for given in paths:
        if isinstance(given, str) and is_address(given):
            yield _fetched(given)
            continue
        for source, path in sources([given]):
            yield source, path if path is not None else stdin or sys.stdin.buffer


def _fetched(address: str) -> tuple[Source | SkippedPage, BinaryIO]:
    location = plain_address(address)
    source = Source(name=location.partition("://")[2], location=location)
    try:
        found = fetch(address)
    except PageError as error:
        return source.skip(error), io.BytesIO()
    told = replace(
        source,
        size=len(found.data),
        url=found.url,
        media_type=found.media_type,
        charset=found.charset,
    )
    return told, io.BytesIO(found.data)


def _matching(pattern: Path) -> list[Path]:
    root = Path(pattern.anchor)
    try:
        return sorted(root.glob(str(pattern.relative_to(root))))
    except (ValueError, OSError):
        return []


def _below(path: Path, *, from_pattern: bool) -> Iterator[tuple[Source | SkippedPage, Path | None]]:
    try:
        if not path.is_dir():
            yield Source(name=_shown(path.name), location=_shown(path.as_posix())), path
        elif not from_pattern:
            for child in _walk(path):
                name = child.relative_to(path).as_posix()
                yield Source(name=_shown(name), location=_shown(child.as_posix())), child
    except OSError as error:
        message = f"cannot be listed ({error.strerror}); {_cure(error)}"
        failure = PageError("unreadable", message)
        yield _skip(_shown(path.name), _shown(path.as_posix()), failure), None


def _shown(name: str) -> str:
    """Return a file's name as text: bytes that are not UTF-8 are written as escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _walk(folder: Path) -> Iterator[Path]:
    for child in sorted(folder.iterdir()):
        if child.name.startswith("."):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _walk(child)
        elif not child.is_dir():
            yield child


def _open(source: Source, path: Path | BinaryIO, limits: Limits) -> Iterator[Page | SkippedPage]:
    if not isinstance(path, Path):
        given: Any = path
        stream = given if hasattr(given, "peek") else io.BufferedReader(given)
        yield from read_source(source, stream, limits)
        return
    try:
        if not path.is_file() and path.exists():
            message = "not a file (a device, pipe or socket); pass it on standard input"
            raise PageError("unreadable", message)
        with path.open("rb") as file:
            sized = Source(name=source.name, location=source.location, size=path.stat().st_size)
            yield from read_source(sized, file, limits)
    except FileNotFoundError:
        yield source.skip(PageError("missing", "no such file; check the path"))
    except PageError as error:
        yield source.skip(error)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"cannot be read ({reason}); {_cure(error)}"
        yield source.skip(PageError("unreadable", message))


def _cure(error: OSError | ValueError) -> str:
    if getattr(error, "errno", None) in (errno.EMFILE, errno.ENFILE):
        return "allow more open files with `ulimit -n 4096`, and load it again"
    return "check its permissions"


def checked(page: Page, since: date | None = None) -> Page | SkippedPage:
    """Return ``page``, or why it is not wanted: its language or its date."""
    published = page.metadata.published if page.metadata else None
    if since and published and published < since:
        message = f"published on {published}, before {since}"
        return _skip(page.name, page.location, PageError("date", message))
    language = other_language(page.text)
    if language:
        message = f"in {language}; only English is supported"
        return _skip(page.name, page.location, PageError("language", message))
    return page


def _skip(name: str, location: str, error: PageError) -> SkippedPage:
    return SkippedPage(
        name=name, location=location, reason=error.reason, message=f"{location}: {error}"
    )


def wanted(name: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether a page of this name is chosen by these patterns."""
    if any(fnmatchcase(name, pattern) for pattern in exclude):
        return False
    return not include or any(fnmatchcase(name, pattern) for pattern in include)
