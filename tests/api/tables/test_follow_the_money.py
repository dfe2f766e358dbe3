"""FollowTheMoney entities, held against followthemoney's own model."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy
from followthemoney.types import registry

from api.graphql.waiting import Asker
from api.rdf.parts import Part, part_ids
from api.tables.columns import tables
from api.tables.errors import MissingExtraError
from api.tables.follow_the_money import TABLES, entity_id, write_entities
from api.tables.reading import read_table
from api.tables.sheet import Sheet, Tally
from queries.database import Database
from tests.api.tables.conftest import sheets


def entities(found: list[Sheet]) -> list[EntityProxy]:
    data = b"".join(write_entities(found, Tally()))
    return [model.get_proxy(orjson.loads(line)) for line in data.splitlines()]


def test_entities_pass_followthemoneys_validation_and_lead_to_each_other(asker: Asker) -> None:
    found = entities(sheets(asker, *TABLES))
    ids = Counter(entity.id for entity in found)
    assert max(ids.values()) == 1
    for entity in found:
        told: Any = entity.to_dict()
        entity.schema.validate(told)
        assert all(entity.get(name) for name in entity.schema.required if name != "fileName")
        for prop, value in entity.itervalues():
            assert prop.type.validate(value), (entity.schema.name, prop.name, value)
            assert prop.type.name != "entity" or value in ids


def test_there_are_as_many_as_the_graph_holds(asker: Asker) -> None:
    count = Counter(entity.schema.name for entity in entities(sheets(asker, *TABLES)))
    totals = {sheet.name: sheet.total for sheet in sheets(asker, *TABLES)}
    assert count["Person"] == totals["people"]
    assert count["Organization"] == totals["organizations"]
    assert count["Article"] == totals["articles"]
    assert count["Document"] == totals["documents"]
    assert count["Note"] == totals["statements"]
    lines = [
        dict(zip([c.name for c in s.columns], row, strict=True))
        for s in sheets(asker, "mentions", "citations", "articles", "countries")
        for page in s.pages
        for row in page
    ]
    named = [line for line in lines if "refers" not in line and line.get("entity_id")]
    assert count["Mention"] == sum(line["entity_type"] != "Country" for line in named)
    cited = [line for line in lines if line.get("cited_id")]
    authors = sum(len(line["author_ids"]) for line in lines if "author_ids" in line)
    assert count["Documentation"] == len(cited) + authors
    assert count["UnknownLink"] == sum(line["affiliation_id"] is not None for line in cited)
    speaking = [line for line in lines if line.get("iso2") and line["statements"]]
    assert count["PublicBody"] == len(speaking) > 0


def test_a_note_says_what_the_statement_says(asker: Asker) -> None:
    notes = {
        entity.id: entity
        for entity in entities(sheets(asker, *TABLES))
        if entity.schema.name == "Note"
    }
    (sheet,) = sheets(asker, "statements")
    names = [column.name for column in sheet.columns]
    for row in (dict(zip(names, row, strict=True)) for page in sheet.pages for row in page):
        note = notes[entity_id(row["id"])]
        assert note.get("description") == [row["text"]]
        assert note.get("sourceUrl") == [row["permalink"]]
        expected = {entity_id(name) for name in (row["speaker_id"], row["article_id"]) if name}
        assert set(note.get("entity")) == expected
        assert note.get("createdAt") == ([row["published"]] if row["published"] else [])
        assert set(note.get("country")) == {
            name.removeprefix("country/").lower() for name in row["country_ids"]
        }
        assert ("denied" in note.get("keywords")) == row["denied"]


def test_a_part_is_closed(asker: Asker, seeded: Database) -> None:
    ids = part_ids(seeded.driver, Part(country="TW"), database=seeded.name)
    some = [read_table(asker, tables()[name], ids=ids[tables()[name].label]) for name in TABLES]
    found = entities(some)
    known = {entity.id for entity in found}
    assert 0 < len(found) < len(entities(sheets(asker, *TABLES)))
    for entity in found:
        for prop, value in entity.itervalues():
            assert prop.type.name != "entity" or value in known


def test_files_are_the_same_from_run_to_run(asker: Asker) -> None:
    once = b"".join(write_entities(sheets(asker, *TABLES), Tally()))
    assert b"".join(write_entities(sheets(asker, *TABLES), Tally())) == once


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("person/ada-byron", "person-ada-byron"),
        ("country/KE", "country-KE"),
        ("person/nguyễn", "person-0ab25d4bb16aa1d6c1ab1c7a"),
        ("organization/-x", "organization--x"),
    ],
)
def test_ids_are_such_as_followthemoney_takes(identifier: str, expected: str) -> None:
    made = entity_id(identifier)
    assert registry.entity.validate(made)
    assert made.partition("-")[0] == expected.partition("-")[0]
    assert made == entity_id(identifier)
    assert made.isascii()


def test_a_missing_extra_is_told_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'newsgraph\[ftm\]'"):
        list(write_entities([], Tally()))


def test_followthemoneys_command_validates_the_file(asker: Asker, tmp_path: Path) -> None:
    path = tmp_path / "graph.ftm.json"
    path.write_bytes(b"".join(write_entities(sheets(asker, *TABLES), Tally())))
    command = [str(Path(sys.executable).with_name("ftm")), "validate", "-i", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    lines = path.read_text(encoding="utf-8").splitlines()
    told = {entity["id"]: entity for entity in map(orjson.loads, done.stdout.splitlines())}
    assert len(told) == len(lines)
    for line in map(orjson.loads, lines):
        found = {key: sorted(values) for key, values in told[line["id"]]["properties"].items()}
        assert found == line["properties"]
