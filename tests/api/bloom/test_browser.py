"""What Neo4j Browser is given: a style it can parse, questions that run, to it alone."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from neo4j import Query

from api.bloom.browser import GUIDE, STYLE, router, scripts, style, write_files
from ontology.model import load_model
from queries.database import Database
from tests.api.asking_http import ask

RULE = re.compile(r'(node|relationship)(\.\w+)? \{(?: [a-z-]+: (?:"[^"]*"|[^;"]+);)+ \}')


def test_the_style_has_a_rule_for_each_label_and_type() -> None:
    model = load_model()
    rules = style(model).splitlines()
    assert all(RULE.fullmatch(rule) for rule in rules)
    named = {rule.split(" ")[0] for rule in rules}
    assert {f"node.{item.label}" for item in model.concrete} <= named
    assert {f"relationship.{edge.type}" for edge in model.relationships()} <= named
    for item in model.concrete:
        (rule,) = (rule for rule in rules if rule.startswith(f"node.{item.label} "))
        assert f" color: {item.colour};" in rule
        assert f'caption: "{{{item.caption}}}"' in rule


def test_style_and_questions_are_whole_for_the_seeds(seeded: Database, tmp_path: Path) -> None:
    found = scripts(seeded)
    assert len(found) >= 10
    with seeded.session() as session:
        for text in found.values():
            assert text.startswith("// ")
            assert "$" not in text
            assert session.run(Query(text)).graph().relationships
    told = write_files(seeded, tmp_path / "new")
    with zipfile.ZipFile(io.BytesIO(told[1].read_bytes())) as archive:
        assert {Path(name).name for name in archive.namelist()} == set(found)


@pytest.mark.parametrize(
    ("origin", "may_read"),
    [
        ("http://127.0.0.1:7474", True),
        ("http://localhost:7474", True),
        ("https://example.org", False),
        ("http://localhost.example.org", False),
        ("http://[", False),
        ("null", False),
    ],
)
def test_only_pages_of_this_machine_may_read_them(
    graph: Database, origin: str, may_read: bool
) -> None:
    for method, name in (("OPTIONS", STYLE), ("GET", STYLE), ("GET", GUIDE)):
        told = ask(router(graph), f"/browser/{name}", method=method, headers={"origin": origin})
        assert told.status_code < 300
        allowed = told.headers.get("access-control-allow-origin")
        assert allowed == (origin if may_read else None)


def test_an_empty_graph_has_a_guide_of_one_slide(graph: Database) -> None:
    told = ask(router(graph), f"/browser/{GUIDE}")
    assert told.text.count("<slide") == 1
    assert ":style http://127.0.0.1:8000/browser/newsgraph.grass" in told.text
