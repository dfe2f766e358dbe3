"""How what was found on a page is spelled as JSON, wherever it is kept or sent."""

from functools import cache

from pydantic import TypeAdapter

from loader.pages import SkippedPage
from ontology.records import ExtractedPage


@cache
def skipped_pages() -> TypeAdapter[SkippedPage]:
    """How skipped pages are spelled."""
    return TypeAdapter(SkippedPage)


@cache
def extracted_pages() -> TypeAdapter[ExtractedPage]:
    """How a page's records are spelled."""
    return TypeAdapter(ExtractedPage)
