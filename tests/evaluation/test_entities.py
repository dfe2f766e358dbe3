"""Who and where on the annotated seed pages: floors that quality must not sink below."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from loader.articles import split
from loader.extract.mapping import to_record
from loader.extract.pipeline import annotate, load_pipeline
from loader.extract.serialization import article_line
from loader.pages import Page, read

SHARED = Path(__file__).parents[2].parent / "shared"
SCORER = SHARED / "gold" / "score_gold.py"

F1_FLOORS = {
    "country_mentions": 0.98,
    "person_mentions": 0.95,
    "organisation_mentions": 0.85,
    "cited_experts": 1.0,
}
SOURCES_FLOOR = 0.89
"""Of the claims that were found; what is open are documents and unnamed office holders."""

pytestmark = pytest.mark.skipif(
    not SCORER.is_file(), reason="the annotated pages in ../shared are not here"
)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """What the scorer says of the records of the annotated pages."""
    golds = sorted((SHARED / "gold").glob("*.gold.json"))
    pages = [SHARED / "seeds" / json.loads(gold.read_text("utf-8"))["file"] for gold in golds]
    articles = [
        article for page in read(pages) if isinstance(page, Page) for article in split(page)
    ]
    records = tmp_path_factory.mktemp("records") / "records.jsonl"
    with records.open("wb") as file:
        for article, doc in annotate(load_pipeline(), articles):
            file.write(article_line(to_record(doc, article)))
    scored = subprocess.run(
        [sys.executable, str(SCORER), str(records), *map(str, golds), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    figures: dict[str, dict[str, float]] = json.loads(scored.stdout)
    return figures


@pytest.mark.parametrize(("figure", "floor"), F1_FLOORS.items())
def test_mentions_and_experts_stay_above_their_floors(
    figures: dict[str, dict[str, float]], figure: str, floor: float
) -> None:
    assert figures[figure]["f1"] >= floor


def test_sources_of_found_claims_stay_above_their_floor(
    figures: dict[str, dict[str, float]],
) -> None:
    assert figures["claim_source"]["accuracy"] >= SOURCES_FLOOR
