"""A graph that lies in the user's home directory itself, where an early version put it.

That version took ``HOME`` for the data directory unless ``NEWSGRAPH_HOME`` was set. Nothing is
moved by itself: commands only say what is there and how to move it.
"""

import shlex
from dataclasses import dataclass
from pathlib import Path

from queries.server.layout import Layout
from queries.settings import Settings

STORE = "neo4j"
JOURNAL = "journal.sqlite"
"""As loader/graph/journal.py calls it."""
_SQLITE = b"SQLite format 3\0"
"""What such files begin with: https://www.sqlite.org/fileformat.html, section 1.3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """What of a data directory lies in the user's home directory.

    Attributes:
        folder: the user's home directory.
        names: which files and folders there are newsgraph's.
        home: the data directory, where they belong.
    """

    folder: Path
    names: tuple[str, ...]
    home: Path

    @property
    def is_superseded(self) -> bool:
        """Whether it is a journal alone, and the data directory has another."""
        return self.names == (JOURNAL,) and (self.home / JOURNAL).exists()

    @property
    def cure(self) -> str:
        """The line for a POSIX shell that moves it; in place of a graph, it asks first.

        A journal alone is of no use where there is another; it is not put in its place.
        """
        if self.is_superseded:
            return f"rm {shlex.quote(str(self.folder / JOURNAL))}"
        sources, target = [self.folder / name for name in self.names], shlex.quote(str(self.home))
        steps = [
            f"mkdir -p {target}",
            f"mv {' '.join(shlex.quote(str(path)) for path in sources)} {target}",
        ]
        if STORE in self.names:
            old = f"NEWSGRAPH_HOME={shlex.quote(str(self.folder))}"
            steps = [f"{old} newsgraph db stop", "newsgraph db reset", *steps]
        return " && ".join(steps)


def find_stray(settings: Settings) -> Stray | None:
    """Return what lies in the user's home directory, unless that is the data directory."""
    folder = Path.home()
    if folder.resolve() == settings.home.resolve():
        return None
    names = tuple(name for name, there in _THERE.items() if there(folder))
    return Stray(folder=folder, names=names, home=settings.home) if names else None


def note(settings: Settings) -> str | None:
    """Return the sentence for a command that would begin anew and leave a stray graph behind."""
    stray = find_stray(settings)
    needed = STORE if settings.neo4j_uri is None else JOURNAL
    if stray is None or needed not in stray.names or _THERE[needed](settings.home):
        return None
    what = "a graph" if needed == STORE else f"a journal of loads, {JOURNAL},"
    return (
        f"an earlier version left {what} in {stray.folder}. The data directory is now"
        f" {settings.home} and has none. To move it there: {stray.cure}"
    )


def _has_store(folder: Path) -> bool:
    layout = Layout(home=folder)
    return layout.is_ours() and layout.databases.is_dir()


def _has_journal(folder: Path) -> bool:
    try:
        with (folder / JOURNAL).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


_THERE = {STORE: _has_store, JOURNAL: _has_journal}
