"""The examples' twins in SPARQL find what the examples in GraphQL find."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphql import ExecutionResult

from api.graphql.examples import read_examples
from api.rdf.snapshots import Snapshot
from api.rdf.sparql import answer
from api.rdf.sparql_job import twin
from ontology.iris import DEFAULT_BASE
from ontology.model import load_model
from queries.database import Database
from tests.api.graphql.compiler.goldens import examples

EXAMPLES = Path(__file__).parents[4] / "queries" / "examples"
Found = tuple[str | None, ...]


def denials(data: Any) -> list[Found]:
    return [
        (s["text"], s["source"], s["cue"], s["attributedTo"] and s["attributedTo"]["name"])
        for s in data["statements"]["nodes"]
    ]


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


def around_a_thing(data: Any) -> list[Found]:
    return [
        (
            edge["relationship"],
            str(edge["forward"]).lower(),
            f"{DEFAULT_BASE}/id/{edge['node']['id']}",
        )
        for edge in data["neighbors"]["edges"]
    ]


def authors_and_outlets(data: Any) -> list[Found]:
    return [
        (author["name"], article["title"], name(article["publishedBy"]), name(cited))
        for author in data["authors"]["nodes"]
        for article in author["articles"]["nodes"]
        for cited in article["cites"]["nodes"] or [None]
    ]


def cited_together(data: Any) -> list[Found]:
    return [(edge["node"]["name"], str(edge["articles"])) for edge in data["coCited"]["edges"]]


def cited_documents(data: Any) -> list[Found]:
    return [
        (node["name"], node["inArticle"]["title"], said["text"], name(said["sourceCountry"]))
        for node in data["documents"]["nodes"]
        for said in node["statements"]["nodes"]
    ]


def claims_about_a_country(data: Any) -> list[Found]:
    return [
        (claim["text"], s["source"], s["cue"], name(s["attributedTo"]), s["statedIn"]["title"])
        for claim in data["country"]["claims"]["nodes"]
        for s in claim["statements"]["nodes"]
    ]


def experts_on_a_country(data: Any) -> list[Found]:
    return [
        (
            article["title"],
            article["published"],
            name(article["publishedBy"]),
            expert["name"],
            str(expert["statements"]["totalCount"]),
        )
        for article in data["articles"]["nodes"]
        for expert in article["experts"]["nodes"]
    ]


def one_country_on_another(data: Any) -> list[Found]:
    return [(claim["text"],) for claim in data["claimsBetween"]["nodes"]]


def origins(data: Any) -> list[Found]:
    return [
        (c["text"], str(c["statements"]["totalCount"]), str(c["origins"]["totalCount"]))
        for c in data["claims"]["nodes"]
    ]


def page_by_page(data: Any) -> list[Found]:
    nodes = [edge["node"] for edge in data["statements"]["edges"]]
    return [(node["published"], node["text"], name(node["attributedTo"])) for node in nodes]


def receipts(data: Any) -> list[Found]:
    return [
        (
            s["text"],
            s["rule"].lower(),
            s["cue"],
            s["cueSpan"],
            s["statedIn"]["fromPage"]["nodes"][0]["name"],
        )
        for s in data["statements"]["nodes"]
    ]


def relayed_by_outlets(data: Any) -> list[Found]:
    return [
        (outlet["name"], str(outlet["relayed"]["totalCount"]))
        for outlet in data["outlets"]["nodes"]
    ]


def search(data: Any) -> list[Found]:
    return [
        (
            node["__typename"],
            node["title"] if "title" in node else node["statedIn"]["title"],
            name(node.get("attributedTo")),
        )
        for node in (edge["node"] for edge in data["search"]["edges"])
    ]


def the_whole_graph(data: Any) -> list[Found]:
    told = {key: str(value) for key, value in data["stats"].items()}
    roles = data["citations"]["aggregate"]["byRole"]
    return [*told.items(), *((item["value"].lower(), str(item["count"])) for item in roles)]


def ways_between(data: Any) -> list[Found]:
    terms = {edge.type: edge.iri for edge in load_model().relationships()}
    return [
        (
            f"{DEFAULT_BASE}/id/{way['nodes'][1]['id']}",
            *(terms[step["type"]] for step in way["steps"]),
        )
        for way in data["path"]
    ]


def who_gets_to_speak(data: Any) -> list[Found]:
    groups = data["statements"]["aggregate"]["sourcesByOutlet"]
    return [
        (group["node"]["name"], *(str(group[key]) for key in group if key != "node"))
        for group in groups
    ]


def word_for_word(data: Any) -> list[Found]:
    return [
        (s["text"], s["source"], s["sourceSpan"], s["statedIn"]["title"])
        for s in data["statements"]["nodes"]
    ]


def name(thing: Any) -> str | None:
    return thing["name"] if thing else None


TWINS: dict[str, Callable[[Any], list[Found]]] = {
    "around-a-thing": around_a_thing,
    "authors-and-outlets": authors_and_outlets,
    "cited-documents": cited_documents,
    "cited-together": cited_together,
    "claims-about-a-country": claims_about_a_country,
    "denials": denials,
    "experts-and-credentials": experts_and_credentials,
    "experts-on-a-country": experts_on_a_country,
    "most-discussed-countries": most_discussed_countries,
    "officials": officials,
    "one-country-on-another": one_country_on_another,
    "origins": origins,
    "page-by-page": page_by_page,
    "receipts": receipts,
    "relayed-by-outlets": relayed_by_outlets,
    "search": search,
    "the-whole-graph": the_whole_graph,
    "unnamed-sources": unnamed_sources,
    "ways-between": ways_between,
    "who-gets-to-speak": who_gets_to_speak,
    "word-for-word": word_for_word,
}


def test_every_example_has_its_twin_and_every_twin_is_compared() -> None:
    twins = {path.stem for path in EXAMPLES.glob("*.sparql")}
    assert twins == set(TWINS) == {path.stem for path in EXAMPLES.glob("*.graphql")}


def test_twins_find_what_the_examples_find(
    ask: Callable[..., ExecutionResult], seeded: Database, tmp_path: Path
) -> None:
    with Snapshot(seeded.driver, tmp_path, database=seeded.name) as snapshot:
        store = snapshot.path()
        questions = {entry.name: entry for entry in read_examples(EXAMPLES)}
        for example in examples(seeded):
            data = ask(example.query, example.variables or {}).data
            assert data
            query = twin(questions[example.name], example, base=DEFAULT_BASE)
            told = json.loads(answer(store, query).body)
            found = [
                tuple(row[column]["value"] if column in row else None for column in columns)
                for columns in [told["head"]["vars"]]
                for row in told["results"]["bindings"]
            ]
            page = TWINS[example.name](data)
            assert page, example.name
            assert set(page) <= set(found), example.name
            # A page of GraphQL's may be shorter than the whole, which its count then tells.
            whole = _total(data)
            if example.name in FIRST_ONLY:
                continue
            if whole is None:
                assert Counter(found) == Counter(page), example.name
            else:
                counted = {row[0] for row in found} if example.name in BY_FIRST else found
                assert len(counted) == whole, example.name


FIRST_ONLY = ("ways-between",)
"""Examples that ask for the first few of more, and do not tell of how many."""
BY_FIRST = ("claims-about-a-country", "cited-documents")
"""Twins of a row a statement, whose example counts what the first column names."""
UNCOUNTED = ("experts", "stats", "outlets", "articles", "authors")


def _total(data: Any) -> int | None:
    """The count of the example's own list, if it asks for it."""
    for key, value in data.items():
        inner = value.get("claims", value) if isinstance(value, dict) else value
        if key not in UNCOUNTED and isinstance(inner, dict) and "totalCount" in inner:
            return int(inner["totalCount"])
    return None
