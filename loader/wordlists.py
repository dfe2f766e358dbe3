"""Word lists in one format, with one reader; each package binds it to its own ``data`` folder.

A file holds lists under headings, one entry a line::

    # What the list holds: a line that begins so is a comment.
    [particles] folded
    bin
    de

    [titles] ordered
    Dr.<tab>-<tab>form

A ``folded`` list is compared without case, so its entries are in lower case. Entries are sorted,
unless the list is ``ordered``. Tabs part columns, "-" is an empty one; "|" parts several values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

_HEADING = re.compile(r"\[(?P<name>\w+)\](?P<marks>(?: \w+)*)")
_MARKS = frozenset({"folded", "ordered"})


class WordListError(Exception):
    """A file of word lists cannot be read; the message says which line and why."""


@dataclass(frozen=True, kw_only=True)
class WordList:
    """One list: its entries as they are written, and what they are made of."""

    entries: tuple[str, ...]
    folded: bool
    ordered: bool

    @cached_property
    def words(self) -> frozenset[str]:
        """The entries as a set."""
        return frozenset(self.entries)

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The entries' columns."""
        return tuple(
            tuple("" if cell == "-" else cell for cell in entry.split("\t"))
            for entry in self.entries
        )

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The entries as spellings of one thing each, the usual one first."""
        return tuple(tuple(entry.split("|")) for entry in self.entries)

    @cached_property
    def alternatives(self) -> str:
        """The entries, which are regular expressions, as one."""
        return "|".join(self.entries)

    @cached_property
    def table(self) -> Mapping[str, tuple[str, ...]]:
        """The values in the second column, by what stands in the first."""
        return {key: tuple(values.split("|")) for key, values in self.rows}


class WordLists:
    """The lists in the folder of a package, by file (without ``.txt``) and heading."""

    def __init__(self, package: str) -> None:
        self._folder = files(package)
        self._lists: dict[tuple[str, str], WordList] = {}

    def __call__(self, file: str, heading: str) -> WordList:
        """The list under ``heading`` in ``file``, read once.

        Raises:
            WordListError: there is no such heading, or the file is not in the format.
        """
        found = self._lists.get((file, heading))
        if found is None:
            for name, item in parse(self._folder.joinpath(f"{file}.txt")).items():
                self._lists[file, name] = item
            found = self._lists.get((file, heading))
        if found is None:
            raise WordListError(f"{file}.txt has no list [{heading}]")
        return found


def parse(path: Traversable) -> dict[str, WordList]:
    """Read the lists of one file.

    Raises:
        WordListError: a heading stands twice or has an unknown mark, or an entry stands before all.
    """
    entries: dict[str, list[str]] = {}
    marks: dict[str, frozenset[str]] = {}
    name = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if heading := _HEADING.fullmatch(line):
            name, marked = heading["name"], frozenset(heading["marks"].split())
            if name in entries or not marked <= _MARKS:
                raise WordListError(f"{path.name}, line {number}: {line}: known, or wrongly marked")
            entries[name], marks[name] = [], marked
        elif name:
            entries[name].append(line)
        else:
            raise WordListError(f"{path.name}, line {number}: there is no heading above it")
    return {
        name: WordList(
            entries=tuple(found),
            folded="folded" in marks[name],
            ordered="ordered" in marks[name],
        )
        for name, found in entries.items()
    }
