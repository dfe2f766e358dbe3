"""Many pages from a few: the same structure under new ids, with other names and other words."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from loader.pages import Page, read
from ontology import iris
from ontology.records import ExtractedPage, StatementRecord

_OWN = re.compile(r"^(page|article|document|statement|citation|mention)/")
_SHARED = re.compile(r"^(person|organization)/")
_REPEATED = 10
"""One statement in so many says what its first copy says, as syndicated news does."""


def seed_pages() -> list[Page]:
    """The pages that copies are made from."""
    found = read([Path(__file__).parents[3] / "seeds"])
    return [page for page in found if isinstance(page, Page)]


def copies(pages: Sequence[ExtractedPage]) -> Iterator[ExtractedPage]:
    """Yield copies of ``pages`` without end.

    Pages, articles and all that belongs to them are new in each copy, and what is claimed has as
    many words as before, drawn from those of all ``pages``. People and organizations are one of a
    pool that grows with the square root of the copies, countries are the same.
    """
    vocabulary = [
        word
        for page in pages
        for article in page.articles
        for statement in article.statements
        for word in statement.text.split()
    ]
    number = 0
    while True:
        number += 1
        pool = max(1, int(number**0.5) * 20)
        for page in pages:
            random = Random(f"{number} {page.page.id}")
            yield _Copy(number, random.randrange(pool), random, vocabulary).of(page)


class _Copy:
    """One copy of one page."""

    def __init__(self, number: int, choice: int, random: Random, vocabulary: list[str]) -> None:
        self._number = number
        self._choice = choice
        self._random = random
        self._vocabulary = vocabulary

    def of(self, value: Any) -> Any:
        """Return ``value``, a record or a part of one, as this copy has it."""
        if isinstance(value, str):
            if _OWN.match(value):
                kind = value.partition("/")[0]
                digest = hashlib.sha256(f"{self._number} {value}".encode()).hexdigest()
                return f"{kind}/{digest[: 32 if kind == 'page' else 20]}"
            return f"{value}-{self._choice}" if _SHARED.match(value) else value
        if isinstance(value, tuple):
            return tuple(self.of(item) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {f.name: self.of(getattr(value, f.name)) for f in fields(value)}
            copied = replace(value, **changed)
            return self._reworded(copied) if isinstance(copied, StatementRecord) else copied
        return value

    def _reworded(self, statement: StatementRecord) -> StatementRecord:
        if self._random.randrange(_REPEATED) == 0:
            return statement
        text = " ".join(self._random.choices(self._vocabulary, k=len(statement.text.split())))
        return replace(statement, text=text, claim=iris.claim_id(text))
