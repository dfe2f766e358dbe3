"""Cut a page into its articles."""

import re

from loader.articles.model import Article
from loader.pages import Page


def split(page: Page) -> tuple[Article, ...]:
    """Return the articles of ``page`` in order; they never overlap."""
    text = page.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        return ()
    body = text[start:end]
    first = re.match(r"[^\n]*", body)
    title = first[0].strip() if first else ""
    is_title = 0 < len(title) <= 150 and title[-1] not in ".,;"
    return (
        Article(
            page=page,
            span=(start, end),
            kind="article",
            text=body,
            title=title if is_title else None,
            title_span=(0, len(title)) if is_title else None,
        ),
    )
