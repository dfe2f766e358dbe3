"""Walk the paths that were asked for and read every page below them."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from loader.pages.model import Page, SkippedPage


def read(paths: Iterable[str | Path]) -> Iterator[Page | SkippedPage]:
    """Yield every page of ``paths`` (files, or folders walked in sorted order)."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for child in sorted(p for p in path.rglob("*") if p.is_file()):
                yield _read_file(child, child.relative_to(path).as_posix())
        else:
            yield _read_file(path, path.name)


def _read_file(path: Path, name: str) -> Page | SkippedPage:
    location = path.as_posix()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        message = f"{location}: no such file; check the path"
        return SkippedPage(name=name, location=location, reason="missing", message=message)
    except OSError as error:
        message = f"{location}: cannot be read ({error.strerror}); check its permissions"
        return SkippedPage(name=name, location=location, reason="unreadable", message=message)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        message = f"{location}: not UTF-8; convert it with iconv -t UTF-8"
        return SkippedPage(name=name, location=location, reason="encoding", message=message)
    if not text.strip():
        message = f"{location}: no text in it"
        return SkippedPage(name=name, location=location, reason="empty", message=message)
    sha256 = hashlib.sha256(data).hexdigest()
    return Page(name=name, location=location, sha256=sha256, text=text)
