"""Something to read, and the page or the report that comes of it."""

import hashlib
from dataclasses import dataclass

from loader.pages.page import Page, PageError, SkippedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something to read: its names (see ``Page``), its depth in archives, its size if known.

    ``url``, ``media_type`` and ``charset`` are what a server said of a page that was downloaded.
    """

    name: str
    location: str
    depth: int = 0
    size: int | None = None
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None

    def inner(self, member: str, size: int | None = None) -> "Source":
        """Return the source of a member of this archive."""
        return Source(
            name=f"{self.name}/{member}",
            location=f"{self.location}/{member}",
            depth=self.depth + 1,
            size=size,
        )

    def skip(self, error: PageError, at: str = "") -> SkippedPage:
        """Return the report of a page that could not be read; ``at`` is its place in this one."""
        return SkippedPage(
            name=self.name + at,
            location=self.location + at,
            reason=error.reason,
            message=f"{self.location}{at}: {error}",
        )


def page_of(source: Source, data: bytes, text: str, *, at: str = "", **fields: object) -> Page:
    """Return the page with this text; ``data`` are its bytes, ``at`` its place in the source."""
    return Page(
        name=source.name + at,
        location=source.location + at,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        **fields,  # type: ignore[arg-type]
    )
