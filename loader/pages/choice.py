"""Which pages are wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from loader.pages.page import Page, SkippedPage
from loader.pages.reader import pages_of, read, wanted
from loader.pages.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which pages to load: name patterns, and the first day of publication."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: date | None = None

    def read(self, paths: Sequence[str]) -> Iterator[Page | SkippedPage]:
        """Yield the chosen pages of ``paths``."""
        return read(paths, include=self.include, exclude=self.exclude, since=self.since)

    def pages_of(self, source: Source, origin: Path | BinaryIO) -> Iterator[Page | SkippedPage]:
        """Yield the chosen pages of one file."""
        return pages_of(
            source, origin, include=self.include, exclude=self.exclude, since=self.since
        )

    def wants(self, name: str) -> bool:
        """Whether the page of this name is chosen."""
        return wanted(name, self.include, self.exclude)


def choice_of(
    include: Sequence[str] | None, exclude: Sequence[str] | None, since: datetime | None
) -> Choice:
    """The choice that a command's options tell."""
    return Choice(
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        since=since.date() if since else None,
    )
