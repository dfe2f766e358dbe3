"""How well a search finds the claims that answer a question, beside words and vectors alone.

Run it for the table of docs/benchmarks.md: python -m tests.evaluation.searching
It loads the texts into the database that the environment names, which must be empty.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from neo4j import Session

from api.searches import Wanted, search
from loader.extract.extraction import extract
from loader.extract.pipeline import load_pipeline
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from loader.pages import Page, read
from ontology.derived import MEANING_INDEX, STATEMENTS_INDEX
from ontology.meaning import vector
from ontology.model import load_model
from queries.database import Database, open_database
from queries.settings import Settings
from tests.benchmarks.loading.bench import RUN

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEXTS = (
    *sorted((HERE / "wikinews" / "text").glob("*.txt")),
    *(path for number in ("000", "001") for path in (ROOT / "seeds").glob(f"{number}_*")),
)
QUESTIONS = HERE / "search" / "questions.json"
AMONG = 5
UNANSWERABLE = "unanswerable"
_LOOKED_AT = 25
_SAME = 0.5
_WORD = re.compile(r"\w+")
_BARE = "bare_claims"

Ranked = Callable[[str], Sequence[str]]
"""The texts of the claims that a question finds, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of questions whose answer stands first and among five, and the mean of 1 / rank."""

    questions: int
    first: float
    among: float
    reciprocal: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the texts' questions find.

    Attributes:
        search: The figures of newsgraph's search by class, and of all under "all".
        words: Those of any-word BM25, as the index makes it of claims.
        vectors: Those of claims' vectors alone.
        ceiling: Those of a search that finds all claims that newsgraph has found.
        near_only: The share of unanswerable questions that find nothing, or nothing but what is
            said to be near.
    """

    search: dict[str, Figures]
    words: dict[str, Figures]
    vectors: dict[str, Figures]
    ceiling: dict[str, Figures]
    near_only: float


def load(session: Session, paths: Iterable[Path] = TEXTS) -> None:
    """Load the texts into an empty graph, its indexes as new."""
    for name in (STATEMENTS_INDEX, MEANING_INDEX):
        session.run(f"DROP INDEX {name} IF EXISTS").consume()
    prepare(session, load_model())
    pages = [page for page in read(list(paths)) if isinstance(page, Page)]
    write_run(session, RUN)
    for _ in write_pages(session, extract(load_pipeline(), pages), RUN):
        pass


def measure(settings: Settings, database: Database, questions: list[dict[str, Any]]) -> Found:
    """Ask all ``questions`` in each way."""
    with database.session() as session:
        claims = [row["text"] for row in session.run("MATCH (c:Claim) RETURN c.text AS text")]
        session.run(
            f"CREATE FULLTEXT INDEX {_BARE} IF NOT EXISTS FOR (c:Claim) ON EACH [c.text] "
            "OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}}"
        ).consume()
        session.run("CALL db.awaitIndexes(300)").consume()
        try:
            words = _figures(questions, lambda text: _any_word(session, text))
        finally:
            session.run(f"DROP INDEX {_BARE}").consume()
    answerable = [item for item in questions if item["class"] != UNANSWERABLE]
    others = [item for item in questions if item["class"] == UNANSWERABLE]
    matrix = np.array([vector(text) or vector("x") for text in claims])

    def by_vector(text: str) -> list[str]:
        order = np.argsort(-(matrix @ np.array(vector(text))), kind="stable")
        return [claims[place] for place in order[:_LOOKED_AT]]

    def hits(text: str) -> list[dict[str, Any]]:
        wanted = Wanted(types=("claim",))
        return list(search(settings, database, text, wanted, first=_LOOKED_AT))

    near = [all(hit["match"] == "NEAR" for hit in hits(item["q"])) for item in others]
    return Found(
        search=_figures(answerable, lambda text: [hit["text"] for hit in hits(text)]),
        words={name: words[name] for name in words if name != UNANSWERABLE},
        vectors=_figures(answerable, by_vector),
        ceiling=_figures(
            answerable,
            lambda text: sorted(claims, key=lambda claim: -_best(claim, text, questions)),
        ),
        near_only=sum(near) / len(near),
    )


def _figures(questions: list[dict[str, Any]], ranked: Ranked) -> dict[str, Figures]:
    ranks: dict[str, list[int]] = defaultdict(list)
    for item in questions:
        if item["class"] != UNANSWERABLE:
            contents = [answer["content"] for answer in item["relevant"]]
            rank = next(
                (
                    place
                    for place, text in enumerate(ranked(item["q"]), start=1)
                    if any(_overlap(text, content) >= _SAME for content in contents)
                ),
                0,
            )
            ranks["all"].append(rank)
            ranks[item["class"]].append(rank)
    return {
        name: Figures(
            questions=len(found),
            first=sum(rank == 1 for rank in found) / len(found),
            among=sum(0 < rank <= AMONG for rank in found) / len(found),
            reciprocal=sum(1 / rank for rank in found if rank) / len(found),
        )
        for name, found in ranks.items()
    }


def _any_word(session: Session, text: str) -> list[str]:
    query = " ".join(f'"{word}"' for word in _WORD.findall(text)) or '-"x"'
    found = session.run(
        f"CALL db.index.fulltext.queryNodes('{_BARE}', $words, {{limit: {_LOOKED_AT}}}) "
        "YIELD node RETURN node.text AS text",
        words=query,
    )
    return [row["text"] for row in found]


def _best(claim: str, text: str, questions: list[dict[str, Any]]) -> float:
    (item,) = (item for item in questions if item["q"] == text)
    return max(_overlap(claim, answer["content"]) for answer in item["relevant"])


def _overlap(one: str, other: str) -> float:
    left, right = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(left & right) / max(1, len(left | right))


def table(found: Found) -> str:
    """The figures as a table of Markdown."""
    lines = [
        "| questions | newsgraph | any-word BM25 | vectors alone | ceiling |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in ("all", *sorted(set(found.search) - {"all"})):
        cells = [
            f"{one.first:.2f} / {one.among:.2f} / {one.reciprocal:.2f}"
            for one in (found.search[name], found.words[name], found.vectors[name])
        ]
        told = f"{name} ({found.search[name].questions})"
        lines.append(f"| {told} | {' | '.join(cells)} | {found.ceiling[name].among:.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Load, measure, print."""
    settings = Settings()
    with open_database(settings) as database:
        with database.session() as session:
            load(session)
        found = measure(settings, database, json.loads(QUESTIONS.read_text("utf-8")))
    print(table(found))
    print(f"unanswerable: {found.near_only:.2f} find nothing but what is near")


if __name__ == "__main__":
    main()
