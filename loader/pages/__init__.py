"""Pages in: files, folders and archives to decoded text, each with its hash and its name.

A page that cannot be read is never an exception: it comes out as a ``SkippedPage`` with the
reason and the cure, and the rest goes on.
"""

from loader.pages.choice import Choice
from loader.pages.page import Limits, Page, PageError, PageMetadata, SkippedPage, SkipReason
from loader.pages.reader import pages_of, read, sources
from loader.pages.source import Source

__all__ = [
    "Choice",
    "Limits",
    "Page",
    "PageError",
    "PageMetadata",
    "SkipReason",
    "SkippedPage",
    "Source",
    "pages_of",
    "read",
    "sources",
]
