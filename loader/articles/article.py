"""What a page is cut into."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from loader.pages import Page

Span = tuple[int, int]
ArticleKind = Literal["article", "excerpt", "title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """One author as named; ``span`` is None where only the page's metadata names them."""

    name: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a page.

    ``span`` counts in ``page.text`` and ``text == page.text[span[0]:span[1]]``; every other span
    counts in ``text``. All are half-open, in Unicode code points. ``noise`` holds what stands
    inside the article without being its prose: captions, credits, promotions, "Continue reading".
    ``head`` holds what tells about the article (byline, date and masthead lines).
    """

    page: Page
    span: Span
    kind: ArticleKind
    text: str
    title: str | None = None
    title_span: Span | None = None
    subtitle: str | None = None
    subtitle_span: Span | None = None
    bylines: tuple[Byline, ...] = ()
    published: date | None = None
    published_guessed: bool = False
    modified: date | None = None
    outlet: str | None = None
    language: str = "en"
    head: tuple[Span, ...] = ()
    noise: tuple[Span, ...] = ()
