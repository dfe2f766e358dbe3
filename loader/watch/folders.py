"""New and changed files of a folder, found by looking at it again and again.

Looking works on every system and on network folders, whose changes no operating system announces.
A file is new or changed by its size and times. It is taken once it has stood still between two
looks, so that a file that is still being written waits.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loader.pages import Source
from loader.watch.state import State

STILL_SECONDS = 2.0
"""How long a file must not have changed."""
LOOK_SECONDS = 2.0
"""How long to wait between two looks, at least."""
_SHARE = 20
"""Looking takes no more than one part in so many of the time."""
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", "~")
"""How names end of what browsers and editors have not yet finished."""


@dataclass(slots=True)
class Folder:
    """A folder or file that is watched.

    Attributes:
        path: As it was given.
        state: Knows which files are loaded.
        software: What reads the files: another version reads them again.
        say: Told what cannot be listed, once.
        next_look: When to look again, on the monotonic clock.
        looks: How often it was looked at.
    """

    path: Path
    state: State
    software: str
    say: Callable[[str], None]
    next_look: float = 0.0
    looks: int = 0
    _ready: dict[Path, str] = field(default_factory=dict)
    _loaded: dict[str, str] | None = None
    _seen: dict[str, tuple[str, float]] = field(default_factory=dict)
    _unlisted: set[str] = field(default_factory=set)

    def look_if_due(self) -> dict[Path, str]:
        """The files, with their stamps, that are new or changed and stood still at the last look.

        It is looked again if a look is due and all that was found before is loaded.
        """
        if not self._ready and time.monotonic() >= self.next_look:
            self._ready = self.look()
        return self._ready

    def look(self) -> dict[Path, str]:
        """Look now: the files, with their stamps, that are new or changed and stand still."""
        began = time.monotonic()
        self.looks += 1
        if self._loaded is None:
            self._loaded = self.state.stamps(_absolute(self.path))
        found: dict[Path, str] = {}
        waiting: dict[str, tuple[str, float]] = {}
        for path, stamp in self.stamps():
            name = _absolute(path)
            if self._loaded.get(name) == stamp:
                continue
            before = self._seen.get(name)
            since = before[1] if before is not None and before[0] == stamp else began
            waiting[name] = (stamp, since)
            if began - since >= STILL_SECONDS:
                found[path] = stamp
        self._seen = waiting
        took = time.monotonic() - began
        self.next_look = time.monotonic() + max(LOOK_SECONDS, _SHARE * took)
        return found

    @property
    def unsettled(self) -> bool:
        """Whether there were files at the last look that are not loaded."""
        return bool(self._seen)

    def stamps(self) -> Iterator[tuple[Path, str]]:
        """Yield every file that there is now, with its stamp, in the order of their names."""
        missing: set[str] = set()
        for path in _files(self.path, missing):
            try:
                status = path.stat()
            except OSError:  # gone since it was listed
                continue
            times = f"{status.st_mtime_ns}:{status.st_ctime_ns}"
            yield path, f"{status.st_size}:{times}:{self.software}"
        for name in sorted(missing - self._unlisted):
            self.say(f"{name} cannot be listed now; it is looked at again and again")
        for name in sorted(self._unlisted - missing):
            self.say(f"{name} can be listed again")
        self._unlisted = missing

    def mark(self, stamps: dict[Path, str]) -> None:
        """Note that files are loaded as they were when they had these stamps."""
        named = {_absolute(path): stamp for path, stamp in stamps.items()}
        self.state.mark_files(named)
        if self._loaded is not None:
            self._loaded.update(named)
        for name in named:
            self._seen.pop(name, None)
        for path in stamps:
            self._ready.pop(path, None)

    def source(self, path: Path) -> Source:
        """The file as ``newsgraph load`` of this folder names it."""
        name = path.relative_to(self.path).as_posix() if path != self.path else path.name
        return Source(name=_shown(name), location=_shown(path.as_posix()))


def _files(path: Path, missing: set[str]) -> Iterator[Path]:
    """Yield the files at or below ``path``; hidden names and unfinished files are left out."""
    try:
        if not path.is_dir():
            if not path.exists():
                missing.add(str(path))
            elif not path.name.endswith(_UNFINISHED):
                yield path
            return
        with os.scandir(path) as listed:
            children = sorted(listed, key=lambda child: child.name)
    except OSError:
        missing.add(str(path))
        return
    for child in children:
        if child.name.startswith("."):
            continue
        below = path / child.name
        if _is_folder(child):
            if not child.is_symlink():
                yield from _files(below, missing)
        elif not child.name.endswith(_UNFINISHED):
            yield below


def _is_folder(child: "os.DirEntry[str]") -> bool:
    try:
        return child.is_dir()
    except OSError:
        return False


def _absolute(path: Path) -> str:
    return path.absolute().as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
