"""The graph of the given pages: well formed, and the same after a way out and in."""

from pathlib import Path

import pytest

from api.rdf.export import export
from api.rdf.validation import validate
from loader.graph.importing import import_file
from ontology.rdf.writing import FORMATS, FormatName
from queries.database import Database
from queries.saving import save
from tests.loader.graph.test_writer import empty

FORMS: list[FormatName] = ["turtle", "trig"]


def test_the_loaded_seeds_conform_to_the_shapes(seeded: Database) -> None:
    found = validate(seeded.driver, database=seeded.name)
    assert [str(finding) for finding in found] == []


@pytest.mark.parametrize("form", FORMS)
def test_the_loaded_seeds_come_back_as_they_were(
    seeded: Database, tmp_path: Path, form: FormatName
) -> None:
    path = tmp_path / f"seeds.{FORMATS[form].extension}"
    save(export(seeded.driver, form, database=seeded.name), path)
    before = path.read_bytes()
    with seeded.session() as session:
        empty(session)
    done = import_file(seeded.driver, path, database=seeded.name)
    assert done.new_nodes == done.nodes > 100
    save(export(seeded.driver, form, database=seeded.name), path)
    assert path.read_bytes() == before
