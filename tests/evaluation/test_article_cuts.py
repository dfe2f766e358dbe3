"""How well pages are cut: the annotated pages, and pages pasted from real and made-up articles."""

import json
from pathlib import Path
from typing import Any

import pytest

from loader.articles import Article, split
from loader.pages import Page, read
from tests.evaluation.pasted_layouts import pasted_layouts, stories
from tests.evaluation.pasted_pages import PastedPage, pasted_page

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT.parent / "shared" / "gold").glob("*.gold.json"))
FLOORS = {"real": 0.96, "made up": 0.94}
CUT_UP = {"real": 4, "made up": 8}
"""Made-up prose is nonsense, so that a headline's words tell little of its article."""
PAGES = 120


def likeness(first: tuple[int, int], second: tuple[int, int]) -> float:
    shared = max(0, min(first[1], second[1]) - max(first[0], second[0]))
    return shared / (first[1] - first[0] + second[1] - second[0] - shared)


def cut(pasted: PastedPage) -> tuple[Article, ...]:
    return split(Page(name="pasted", location="pasted", sha256="", text=pasted.text))


@pytest.mark.skipif(not GOLD, reason="the annotated pages are not here")
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name[:3])
def test_the_annotated_pages_are_cut_as_the_editor_cut_them(gold: Path) -> None:
    expected: dict[str, Any] = json.loads(gold.read_text("utf-8"))
    (page,) = read([ROOT / "seeds" / expected["file"]])
    assert isinstance(page, Page)
    articles = split(page)
    assert [article.span for article in articles] == [
        tuple(each["span"]) for each in expected["articles"]
    ]
    for article, each in zip(articles, expected["articles"], strict=True):
        start = article.span[0]
        assert article.title == each["title"]
        assert [byline.name for byline in article.bylines] == [
            author["name"] for author in each["authors"]
        ]
        assert (article.published and article.published.isoformat()) == each["published"]
        assert (article.modified and article.modified.isoformat()) == each["updated"]
        assert article.outlet == each["outlet"]
        assert [[s + start, e + start] for s, e in article.noise] == each["noise"]


def pasted_pages(kind: str, seeds: range, **sizes: int) -> list[PastedPage]:
    if kind == "made up":
        return [pasted_page(seed, **sizes) for seed in seeds]
    pool = stories()
    return [pasted_layouts(seed, pool, **sizes) for seed in seeds]


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_pasted_articles_are_cut_apart_again(kind: str, floor: float) -> None:
    hits = cuts = articles = 0
    for pasted in pasted_pages(kind, range(PAGES)):
        found = [article.span for article in cut(pasted)]
        hits += sum(any(likeness(span, each) >= 0.9 for each in found) for span in pasted.spans)
        cuts += len(found)
        articles += len(pasted.spans)
    assert 2 * hits / (cuts + articles) >= floor


@pytest.mark.parametrize(("kind", "most"), CUT_UP.items())
def test_one_article_is_hardly_ever_cut_up(kind: str, most: int) -> None:
    pages = pasted_pages(kind, range(PAGES, PAGES + 60), least=1, most=1)
    assert sum(len(cut(pasted)) > 1 for pasted in pages) <= most
