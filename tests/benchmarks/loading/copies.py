"""Many pages from a few: the same structure under new ids, with names drawn as news draws them."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any

from loader.writer import ExtractedPage

_OWN = re.compile(r"^(page|article|statement|citation|mention|claim)/")
_SHARED = re.compile(r"^(person|organization)/")


def copies(pages: Sequence[ExtractedPage]) -> Iterator[ExtractedPage]:
    """Yield copies of ``pages`` without end.

    Pages, articles and all that belongs to them are new in each copy. People and organizations
    are one of a pool that grows with the square root of the copies, countries are the same.
    """
    number = 0
    while True:
        number += 1
        pool = max(1, int(number**0.5) * 20)
        for page in pages:
            yield _copied(page, number, Random(f"{number} {page.page.id}").randrange(pool))


def _copied(value: Any, number: int, choice: int) -> Any:
    if isinstance(value, str):
        if _OWN.match(value):
            kind = value.partition("/")[0]
            digest = hashlib.sha256(f"{number} {value}".encode()).hexdigest()
            return f"{kind}/{digest[: 32 if kind == 'page' else 20]}"
        if _SHARED.match(value):
            return f"{value}-{choice}"
        return value
    if isinstance(value, tuple):
        return tuple(_copied(item, number, choice) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _copied(getattr(value, f.name), number, choice) for f in fields(value)}
        return replace(value, **changed)
    return value
