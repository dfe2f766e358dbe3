"""Sentences read by the whole pipeline, loaded once."""

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from loader.articles import Article, Byline
from loader.extract.pipeline import annotate, load_pipeline
from loader.pages import Page

Read = Callable[..., Doc]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline with all components."""
    return load_pipeline()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    """Annotate a text as an article of its own, with ``authors`` as its bylines.

    Its ``title`` is its first line.
    """

    def read_text(
        text: str,
        *,
        authors: tuple[str, ...] = (),
        outlet: str | None = None,
        title: str | None = None,
    ) -> Doc:
        page = Page(name="page.txt", location="page.txt", sha256="0" * 64, text=text)
        bylines = []
        for name in authors:
            start = text.find(name)
            span = (start, start + len(name)) if start >= 0 else None
            bylines.append(Byline(name=name, span=span))
        article = Article(
            page=page,
            span=(0, len(text)),
            kind="article",
            text=text,
            title=title,
            title_span=(0, len(title)) if title else None,
            bylines=tuple(bylines),
            outlet=outlet,
        )
        ((_, doc),) = annotate(nlp, [article])
        return doc

    return read_text
