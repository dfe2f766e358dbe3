"""Statements against annotated news: floors that quality must not sink below.

The corpus and its scorer stay where they are; nothing of them is part of the project.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from spacy.language import Language

from loader.extract.extraction import extract
from loader.extract.pipeline import load_pipeline
from loader.extract.serialization import article_line
from loader.pages import Page, read

SHARED = Path(__file__).parents[2].parent / "shared"
CORPUS = SHARED / "attribution"
GOLD = SHARED / "gold"

HALVES = {
    ("first", "a_detection", "f1"): 0.774,
    ("first", "a_detection", "p"): 0.862,
    ("first", "c_full_source_overlap", "f1"): 0.74,
    ("first", "statements_detection", "f1"): 0.881,
    ("first", "statements_full", "f1"): 0.852,
    ("second", "a_detection", "f1"): 0.74,
    ("second", "a_detection", "p"): 0.852,
    ("second", "c_full_source_overlap", "f1"): 0.697,
    ("second", "statements_detection", "f1"): 0.853,
    ("second", "statements_full", "f1"): 0.82,
}
CLAIMS = {
    ("claims", "f1"): 0.92,
    ("claims_with_source", "f1"): 0.85,
    ("claim_source", "accuracy"): 0.93,
    ("claim_cue", "accuracy"): 0.96,
    ("claim_kind", "accuracy"): 1.0,
    ("claim_negated", "accuracy"): 0.98,
}

Figures = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The whole pipeline."""
    return load_pipeline()


@pytest.fixture(scope="module")
def halves(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figures]:
    """What the scorer says of either half of the corpus; it is tuned on the first alone."""
    texts = sorted((CORPUS / "dev" / "text").glob("*.txt"))
    if not texts:
        pytest.skip("the annotated articles in ../shared are not here")
    records = tmp_path_factory.mktemp("articles") / "records.jsonl"
    _write(nlp, texts, records)
    scorer = CORPUS / "score_records.py"
    return {
        half: _run([str(scorer), str(records), "--half", half, "--json"])
        for half in ("first", "second")
    }


@pytest.fixture(scope="module")
def claims(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """What the scorer says of the annotated seed pages."""
    golds = sorted(GOLD.glob("*.gold.json"))
    if not golds:
        pytest.skip("the annotated pages in ../shared are not here")
    pages = [SHARED / "seeds" / json.loads(gold.read_text("utf-8"))["file"] for gold in golds]
    records = tmp_path_factory.mktemp("pages") / "records.jsonl"
    _write(nlp, pages, records)
    return _run([str(GOLD / "score_gold.py"), str(records), *map(str, golds), "--json"])


@pytest.mark.slow
@pytest.mark.parametrize(("half", "figure", "part"), HALVES)
def test_attributions_stay_above_their_floors(
    halves: dict[str, Figures], half: str, figure: str, part: str
) -> None:
    assert halves[half][figure][part] >= HALVES[half, figure, part]


@pytest.mark.parametrize(("figure", "part"), CLAIMS)
def test_claims_of_the_seed_pages_stay_above_their_floors(
    claims: Figures, figure: str, part: str
) -> None:
    assert claims[figure][part] >= CLAIMS[figure, part]


def _write(nlp: Language, paths: Iterable[Path], records: Path) -> None:
    pages = (page for page in read(paths) if isinstance(page, Page))
    with records.open("wb") as file:
        for extracted in extract(nlp, pages):
            for article in extracted.articles:
                file.write(article_line(article))


def _run(command: list[str]) -> Figures:
    scored = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    figures: Figures = json.loads(scored.stdout)
    return figures
