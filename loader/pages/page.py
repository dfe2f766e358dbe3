"""What reading gives: pages, and pages that were skipped with the reason and the cure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

MediaType = Literal[
    "text/plain",
    "text/html",
    "text/markdown",
    "message/rfc822",
    "application/json",
    "application/xml",
    "application/pdf",
    "application/zip",  # Word, OpenDocument
]
SkipReason = Literal[
    "missing",  # no such file, folder or match of a pattern
    "unreadable",  # the operating system refuses
    "empty",  # no text in it
    "binary",  # neither text nor an archive that is understood
    "encoding",  # text, but not of the encoding that it is marked with
    "too-large",  # over a limit of size, of unpacking or of nesting
    "damaged",  # an archive, record or document that does not parse
    "unsafe",  # an archive member or a document that attacks its reader
    "language",  # text, but not English
    "date",  # published before the date asked for
    "failed",  # reading it raised an error
    "crashed",  # reading it ended its worker process, twice
    "slow",  # reading it took more time than a page may
    "memory",  # reading it took more memory than a page may
]


class PageError(Exception):
    """A page cannot be had; carries the reason that its ``SkippedPage`` will name."""

    def __init__(self, reason: SkipReason, message: str) -> None:
        super().__init__(message)
        self.reason: SkipReason = reason


class PassingError(PageError):
    """A page cannot be had now, but perhaps later.

    ``status`` is the HTTP status of the answer, if there was one; ``again`` how many seconds the
    server asks to wait.
    """

    def __init__(
        self,
        reason: SkipReason,
        message: str,
        *,
        status: int | None = None,
        again: float | None = None,
    ) -> None:
        super().__init__(reason, message)
        self.status, self.again = status, again


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What a page says about itself outside its text: meta tags, JSON-LD, fields of a record.

    ``single`` is True where the page is known to be one article, however its text looks.
    ``authors`` are as the page's fields write them, with roles, places and outlets; ``bylines``
    what it shows as such, ``head`` the other lines that a reader sees under the headline,
    ``guessed`` a day somewhere on it, for a page that has no other.
    """

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    published: date | None = None
    modified: date | None = None
    guessed: date | None = None
    outlet: str | None = None
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was read.

    ``name`` is its path below the file or folder that was asked for (``report.txt``,
    ``dump.zip/march/a.html``, ``crawl.warc.gz#17``), ``location`` the same as it was asked for.
    ``sha256`` is of the page's own bytes. ``text`` is what every offset counts in: the decoded
    text without a byte order mark and invisible characters, or, where a format has a title of its
    own, the title, a blank line and the text. ``warnings`` say what of it may be lost.
    """

    name: str
    location: str
    sha256: str
    text: str
    media_type: MediaType = "text/plain"
    url: str | None = None
    metadata: PageMetadata | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedPage:
    """A page that was not read. ``message`` is a sentence: what, which, and what to do."""

    name: str
    location: str
    reason: SkipReason
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a page and an archive may cost; over it, a page is skipped, not cut.

    Sizes are in bytes before decoding. ``archive_bytes`` bounds what one archive may unpack to,
    ``ratio`` how many times its own size (beyond the first ``page_bytes``).
    """

    page_bytes: int = 5_000_000
    line_chars: int = 1_000_000
    archive_bytes: int = 20_000_000_000
    archive_members: int = 1_000_000
    ratio: int = 200
    depth: int = 2
