"""Annotated Wikinews articles of many subjects: floors that hold wherever the tests run."""

import json
from pathlib import Path

import pytest

from loader.extract.extraction import extract
from loader.extract.pipeline import load_pipeline
from loader.extract.serialization import article_line
from loader.pages import Page, read
from tests.evaluation.scoring import score

FOLDER = Path(__file__).parent / "wikinews"

FLOORS = {
    "claims": 0.9,
    "claims with source": 0.86,
    "cited experts": 0.85,
    "countries": 0.97,
    "organizations": 0.92,
    "people": 0.96,
}


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    """The F1 scores of the records of the articles."""
    pages = [page for page in read(sorted(FOLDER.glob("text/*.txt"))) if isinstance(page, Page)]
    lines = [
        json.loads(article_line(article))
        for extracted in extract(load_pipeline(), pages)
        for article in extracted.articles
    ]
    longest = sorted(lines, key=lambda record: record["span"][1] - record["span"][0])
    golds = [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.gold.json"))]
    return score(golds, {Path(record["file"]).name: record for record in longest})


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_what_is_found_stays_above_its_floor(
    figures: dict[str, float], figure: str, floor: float
) -> None:
    assert figures[figure] >= floor
