"""The examples' twins in SPARQL find what the examples in GraphQL find."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphql import ExecutionResult

from api.sparql import Snapshot, answer
from queries.database import Database

EXAMPLES = Path(__file__).parents[3] / "queries" / "examples"
Found = tuple[str | None, ...]


def denials(data: Any) -> list[Found]:
    return [(s["text"], s["cue"], s["attributedTo"]["name"]) for s in data["statements"]["nodes"]]


def unnamed_sources(data: Any) -> list[Found]:
    return [
        (s["source"], s["text"], s["sourceCountry"]["name"], s["statedIn"]["title"])
        for s in data["statements"]["nodes"]
    ]


def officials(data: Any) -> list[Found]:
    return [
        (c["role"].lower(), c["description"], c["of"]["name"]) for c in data["citations"]["nodes"]
    ]


def experts_and_credentials(data: Any) -> list[Found]:
    return [
        (
            expert["name"],
            citation["description"],
            (citation["affiliatedWith"] or {}).get("name"),
            citation["inArticle"]["title"],
        )
        for expert in data["experts"]["nodes"]
        for citation in expert["citations"]["nodes"]
    ]


def most_discussed_countries(data: Any) -> list[Found]:
    return [
        (c["name"], c["iso2"], str(c["statementsAbout"]["totalCount"]))
        for c in data["countries"]["nodes"]
    ]


TWINS: dict[str, Callable[[Any], list[Found]]] = {
    "denials": denials,
    "unnamed-sources": unnamed_sources,
    "officials": officials,
    "experts-and-credentials": experts_and_credentials,
    "most-discussed-countries": most_discussed_countries,
}

WHOLE = ("experts-and-credentials", "most-discussed-countries")
"""Examples whose page is all there is to compare."""


def test_every_twin_is_compared() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.sparql")} == set(TWINS)


def test_twins_find_what_the_examples_find(
    ask: Callable[..., ExecutionResult], seeded: Database, tmp_path: Path
) -> None:
    with Snapshot(seeded.driver, tmp_path, database=seeded.name) as snapshot:
        store = snapshot.path()
        for name, rows_of in TWINS.items():
            data = ask((EXAMPLES / f"{name}.graphql").read_text(encoding="utf-8"), {}).data
            assert data
            query = (EXAMPLES / f"{name}.sparql").read_text(encoding="utf-8")
            told = json.loads(answer(store, query).body)
            found = [
                tuple(row[column]["value"] if column in row else None for column in columns)
                for columns in [told["head"]["vars"]]
                for row in told["results"]["bindings"]
            ]
            page = rows_of(data)
            assert page, name
            assert set(page) <= set(found), name
            # A page of GraphQL's may be shorter than the whole, which its count then tells.
            (connection,) = data.values()
            whole = len(page) if name in WHOLE else connection["totalCount"]
            assert len(found) == whole, name
