"""What the tests of components share."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from loader.articles import Article
from loader.extract.components.annotations import Attribution
from loader.extract.pipeline import annotate
from loader.pages import Page

Find = Callable[..., tuple[str, tuple[Attribution, ...]]]


@pytest.fixture(scope="module")
def find(nlp: Language) -> Find:
    """Return a text's attributions; its ``title`` is its first line."""

    def find_in(text: str, title: str | None = None) -> tuple[str, tuple[Attribution, ...]]:
        page = Page(name="page.txt", location="page.txt", sha256="0" * 64, text=text)
        article = Article(
            page=page,
            span=(0, len(text)),
            kind="article",
            text=text,
            title=title,
            title_span=(0, len(title)) if title else None,
        )
        ((_, doc),) = annotate(nlp, [article])
        return text, doc._.attributions

    return find_in
