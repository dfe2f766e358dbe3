"""How well what was found on a page agrees with what is annotated."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html

from tests.benchmarks.html.annotated import Annotated

GROUPS = re.compile(
    r"\b(?:afp|ap|reuters|associated press|press association|pa media|bloomberg|xinhua|dpa|"
    r"agenc(?:y|ies)|agence|staff|news(?:room| desk| service)?|desk|team|editors?|editorial|"
    r"reporters?|correspondents?|board|press|magazine|times|post|daily|online|media|digital)\b",
    re.IGNORECASE,
)
"""Bylines that are no person's: agencies, desks, outlets."""
GOOD = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a candidate found on one page; ``articles`` is how many it takes it for."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    outlet: str = ""
    body: str = ""
    articles: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The figures of one candidate on one collection."""

    title: float
    seen: float
    authors: float
    people: float
    day: float
    outlet: float
    body: float
    good: int
    cut: int


def scores(pairs: Sequence[tuple[Annotated, Found]]) -> Scores:
    """Return the figures for ``pairs``: shares of the pages, the mean F1 of bodies' words."""
    bodies = [body_f1(page, found) for page, found in pairs]
    of = max(1, len(pairs))
    return Scores(
        title=sum(plain(page.title) == plain(found.title) for page, found in pairs) / of,
        seen=sum(is_title(page, found) for page, found in pairs) / of,
        authors=_authors(pairs, people=False),
        people=_authors(pairs, people=True),
        day=sum(str(page.published) == found.published for page, found in pairs) / of,
        outlet=sum(is_outlet(page, found) for page, found in pairs) / of,
        body=sum(bodies) / of,
        good=sum(body >= GOOD for body in bodies),
        cut=sum(found.articles > 1 for _, found in pairs),
    )


def body_f1(page: Annotated, found: Found) -> float:
    """Return F1 over the words of the body, each as often as it stands there."""
    gold, told = (Counter(re.findall(r"\w+", text.casefold())) for text in (page.body, found.body))
    return _f1((gold & told).total(), told.total(), gold.total())


def is_title(page: Annotated, found: Found) -> bool:
    """Tell whether the title is as annotated, or as the page's only heading of the first rank."""
    tree = html.document_fromstring(page.html, parser=html.HTMLParser(encoding="utf-8"))
    shown = [plain("".join(map(str, heading.itertext()))) for heading in tree.iter("h1")]
    return plain(found.title) in {plain(page.title), *(shown if len(shown) == 1 else ())}


def is_outlet(page: Annotated, found: Found) -> bool:
    """Tell whether the outlet is the publisher, in whatever spelling of its name or site."""
    told = _outlet(found.outlet)
    labels = {label for label in page.site.split(".")[:-1] if label != "www"}
    name = _outlet(page.outlet)
    return bool(told) and (told in name or name in told or told in labels)


def plain(text: str | None) -> str:
    """Return the words of ``text`` alone."""
    return re.sub(r"\W+", " ", (text or "").replace("’", "'").casefold()).strip()


def found_of(record: dict[str, Any]) -> Found:
    """Return what a peer's line says."""
    return Found(
        title=record.get("title") or "",
        authors=tuple(record.get("authors") or ()),
        published=str(record.get("published") or "")[:10],
        outlet=record.get("outlet") or "",
        body=record.get("body") or "",
    )


def _outlet(name: str) -> str:
    name = re.sub(r"\.(?:com|org|net)?(?:\.?co)?(?:\.[a-z]{2})?$", "", name.strip().casefold())
    return re.sub(r"^the|\W", "", name)


def _authors(pairs: Iterable[tuple[Annotated, Found]], *, people: bool) -> float:
    right = told = gold = 0
    for page, found in pairs:
        wanted = {plain(name) for name in page.authors if not (people and GROUPS.search(name))}
        named = {plain(name) for name in found.authors if not (people and GROUPS.search(name))}
        right += len(wanted & named)
        told, gold = told + len(named), gold + len(wanted)
    return _f1(right, told, gold)


def _f1(right: int, told: int, gold: int) -> float:
    return 2 * right / (told + gold) if told + gold else 1.0
