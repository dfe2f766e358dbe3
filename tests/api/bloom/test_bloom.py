"""The perspective is one that Bloom exports, and what it asks is answered by the graph."""

import json
import re
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from neo4j import Query, Session

from api.bloom import write_perspective
from api.bloom.perspective import perspective
from api.bloom.phrases import Parameter, PhraseError, read_actions, read_phrases
from api.bloom.styles import EXPERT, Speaker
from ontology.model import load_model
from queries.database import Database

NEWEST = "ricgraph_bloom_config.json"
NAMED = ("labels", "relationshipTypes")
"""Objects whose keys are names of the graph's, not of the format's."""

ELSEWHERE = {
    "categories[].properties[].dataType": {"Date"},
    "categories[].properties[].property.dataType": {"Date"},
    "labels.*[].dataType": {"Date"},
    "categories[].styleRules[].condition": {"is-true"},
    "categories[].icon": {"uuid"},
}
"""Values in none of the shared exports, but in the public ones of neo4j-graph-examples: healthcare
-analytics (2.4.0) for Date, cybersecurity (2.0.0) for is-true and icons by number."""
ALSO = {
    "categories[].styleRules[].conditionValue": {"null"},
    "templates[].params[].cypher": {"text"},
}
"""Likewise: is-true compares with nothing (there the key is absent); suggestions by Cypher."""
OBSERVED = re.compile(r".*\.(dataType|condition|type|icon|captionKeys\[\])")


@pytest.fixture(scope="session")
def exports(shared: Path) -> dict[str, Any]:
    files = [*(shared / "bloom").glob("*.json"), *(shared / "bloom").glob("*.bloom-perspective")]
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in files}


@pytest.fixture
def written(seeded: Database) -> Any:
    return json.loads(write_perspective(seeded))


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a tree with its place; names of the graph's are ``*``."""
    yield path, value
    if isinstance(value, dict):
        names = path in NAMED or path.removeprefix("metadata.stats.") in NAMED
        for key, inner in value.items():
            step = "*" if names else key
            yield from walk(inner, f"{path}.{step}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, f"{path}[]")


def kind(value: Any) -> str:
    kinds = {dict: "object", list: "list", str: "text", bool: "boolean", type(None): "null"}
    return kinds.get(type(value), "number")


def kinds(*trees: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for tree in trees:
        for path, value in walk(tree):
            found.setdefault(path, set()).add(kind(value))
    return found


def spoken(tree: Any) -> dict[str, set[str]]:
    """The values of the fields that know only some; what names a property is a ``property``."""
    found: dict[str, set[str]] = {}
    for path, value in walk(tree):
        if OBSERVED.fullmatch(path) and isinstance(value, str):
            if path.startswith(("labels", "relationshipTypes")) and path.endswith(".type"):
                continue
            if re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", value):
                value = "uuid"
            if path.endswith("captionKeys[]") and not re.match(r"\d_", value):
                value = "property"
            found.setdefault(path, set()).add(value)
    return found


def test_every_field_stands_where_real_exports_have_it_with_their_types(
    written: Any, exports: dict[str, Any]
) -> None:
    real = kinds(*exports.values())
    for path, found in kinds(written).items():
        assert path in real, path
        assert found <= real[path] | ALSO.get(path, set()), path


def test_objects_have_all_the_keys_of_the_newest_export(
    written: Any, exports: dict[str, Any]
) -> None:
    def keys(tree: Any) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path, value in walk(tree):
            if isinstance(value, dict):
                found[path] = found.get(path, set(value)) & set(value)
        return found

    ours, real = keys(written), keys(exports[NEWEST])
    for path in set(ours) & set(real):
        if not path.endswith(NAMED):
            assert ours[path] == real[path], path


def test_words_of_the_format_are_ones_that_exports_speak(
    written: Any, exports: dict[str, Any]
) -> None:
    real: dict[str, set[str]] = {}
    for tree in exports.values():
        for path, found in spoken(tree).items():
            real.setdefault(path, set()).update(found)
    types = {name for path, found in real.items() if path.endswith("dataType") for name in found}
    for path, found in spoken(written).items():
        allowed = real.get(path, set()) | ELSEWHERE.get(path, set())
        if path.endswith("properties[].dataType") or path.startswith("labels"):
            allowed |= types
        if path.endswith("property.dataType"):
            allowed |= types
        assert found <= allowed, path


def test_ids_and_references_hold_together(written: Any) -> None:
    uuid = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    assert re.fullmatch(uuid, written["id"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", written["version"])
    categories = written["categories"]
    assert [item["id"] for item in categories] == list(range(1, len(categories) + 1))
    rules = [rule["id"] for item in categories for rule in item["styleRules"]]
    templates = [item["id"] for item in written["templates"]]
    actions = [item["id"] for item in written["sceneActions"]]
    for ids, form in ((rules, r"rule:\d+"), (templates, r"tmpl:\d+"), (actions, uuid)):
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(form, name) for name in ids)
    assert [item["id"] for item in written["relationshipTypes"]] == [
        item["name"] for item in written["relationshipTypes"]
    ]
    for item in categories:
        properties = {entry["name"]: entry["dataType"] for entry in item["properties"]}
        assert set(item["captionKeys"]) <= set(properties)
        assert re.fullmatch("#[0-9A-F]{6}", item["color"])
        for rule in item["styleRules"]:
            key, _, datatype = rule["basedOn"].rpartition("_")
            assert properties[key] == datatype
    labels = {item["name"] for item in categories}
    for segment in written["metadata"]["pathSegments"]:
        assert {segment["source"], segment["target"]} <= labels


def test_it_shows_what_the_ontology_and_the_data_hold(written: Any, seeded: Database) -> None:
    model = load_model()
    with seeded.session() as session:
        there = {row["label"] for row in session.run("CALL db.labels() YIELD label RETURN label")}
        types = session.run(
            "CALL db.relationshipTypes() YIELD relationshipType AS name RETURN collect(name) AS all"
        ).single(strict=True)["all"]
    shown = {item["name"]: item for item in written["categories"]}
    assert there - set(shown) <= {"ExtractionRun", "Dataset"}
    for name, item in shown.items():
        assert item["color"].lower() == model.classes[name].colour
        assert item["captionKeys"] == [model.classes[name].caption]
    counted = written["metadata"]["stats"]["relationshipTypes"]
    assert {name for name, count in counted.items() if count} <= set(types)
    assert counted["STATED_IN"] > 0
    # A node's first category colours it: an outlet is an organization too.
    names = list(shown)
    assert names.index("Outlet") < names.index("Organization")


def test_experts_have_their_colour_and_the_most_quoted_the_largest_size(
    written: Any, seeded: Database
) -> None:
    (people,) = (item for item in written["categories"] if item["name"] == "Person")
    sizes = {rule["conditionValue"]: rule["size"] for rule in people["styleRules"]}
    coloured = {rule["conditionValue"] for rule in people["styleRules"] if rule["applyColor"]}
    with seeded.session() as session:
        experts = session.run(
            "MATCH (:Citation {role: 'expert'})-[:OF]->(p:Person) RETURN collect(p.id) AS ids"
        ).single(strict=True)["ids"]
        quoted = session.run(
            "MATCH (p:Person)<-[:ATTRIBUTED_TO]-(s) RETURN p.id AS id, count(s) AS n"
            " ORDER BY n DESC, id LIMIT 1"
        ).single(strict=True)["id"]
    assert coloured == set(experts)
    assert max(sizes, key=lambda name: sizes[name]) == quoted
    assert all(1 <= size <= 3 for size in sizes.values())


def test_nobody_needs_to_stand_out() -> None:
    model = load_model()
    assert perspective(model, [], {})["categories"]
    lone = perspective(model, [Speaker(id="person/x", statements=0, expert=True)], {})
    (rule,) = (
        rule
        for item in lone["categories"]
        if item["name"] == "Person"
        for rule in item["styleRules"]
    )
    assert (rule["color"], rule["size"]) == (EXPERT, 1.0)


def test_the_same_graph_gives_the_same_bytes(seeded: Database) -> None:
    assert write_perspective(seeded) == write_perspective(seeded)


def test_there_are_at_least_ten_phrases_each_with_its_parameters_explained() -> None:
    assert len(read_phrases()) >= 10
    for phrase in read_phrases():
        assert phrase.description.endswith(".")
        assert phrase.parameters
        assert "$" in phrase.text


def plans(session: Session, statement: str, **parameters: Any) -> None:
    summary = session.run(Query(f"EXPLAIN {statement}"), parameters).consume()
    assert summary.query_type == "r"
    codes = {status.gql_status for status in summary.gql_status_objects}
    assert not codes & {"01N50", "01N51", "01N52"}, statement
    assert "AllNodesScan" not in json.dumps(summary.plan)


def suggested(session: Session, parameter: Parameter) -> list[str]:
    if not parameter.suggestions:
        return ["nuclear", "war", "water"]
    return [record[0] for record in session.run(Query(parameter.suggestions))]


def test_every_phrase_plans_and_answers_with_something_that_it_suggests(seeded: Database) -> None:
    silent = []
    with seeded.session() as session:
        for phrase in read_phrases():
            plans(session, phrase.statement, **{item.name: "x" for item in phrase.parameters})
            for item in phrase.parameters:
                if item.suggestions:
                    plans(session, item.suggestions)
            offered = [suggested(session, item) for item in phrase.parameters]
            assert all(isinstance(value, str) for values in offered for value in values)
            names = [item.name for item in phrase.parameters]
            if not any(
                drawn(session, phrase.statement, dict(zip(names, values, strict=True)))
                for values in islice(product(*offered), 2000)
            ):
                silent.append(phrase.name)
    assert silent == []


def test_every_scene_action_plans_and_answers_for_some_of_the_graph(seeded: Database) -> None:
    silent = []
    with seeded.session() as session:
        chosen = session.run(
            "MATCH (n:Person|Country|Claim|Article) RETURN collect(elementId(n)) AS nodes"
        ).single(strict=True)["nodes"]
        for action in read_actions():
            plans(session, action.statement, nodes=[])
            assert not drawn(session, action.statement, {"nodes": []})
            if not drawn(session, action.statement, {"nodes": chosen}):
                silent.append(action.name)
    assert silent == []


def drawn(session: Session, statement: str, parameters: dict[str, Any]) -> int:
    """How many relationships the answer brings onto the scene."""
    graph = session.run(Query(statement), parameters).graph()
    return len(graph.relationships)


def test_what_phrases_are_given_is_found_by_an_index() -> None:
    model = load_model()
    looked_up = re.compile(r"\(\w*:(\w+) \{(\w+): \$\w+\}\)")
    for phrase in read_phrases():
        anchors = looked_up.findall(phrase.statement)
        assert anchors or "fulltext.queryNodes('said', $words" in phrase.statement, phrase.name
        for label, key in anchors:
            assert model.classes[label] in model.keyed, "only these have indexes of their own"
            assert "range" in model.classes[label].property(key).indexes


def test_a_phrase_whose_comments_are_wrong_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {"bloom/phrases/wrong": "// Who cites $expert\n// Them.\nRETURN $other"}
    monkeypatch.setattr("api.bloom.phrases.cypher", texts.__getitem__)
    monkeypatch.setattr("api.bloom.phrases._names", lambda folder: ["wrong"])
    with pytest.raises(PhraseError, match="wrong"):
        read_phrases()
    texts["bloom/phrases/wrong"] = "// Who cites $e\n// Them.\n// $e: Robot\nRETURN $e"
    with pytest.raises(PhraseError, match="Robot"):
        read_phrases()
