"""The house stands as it is drawn: imports, names, files."""

import importlib.metadata
import re
from pathlib import Path

import pytest

from ontology.model import load_model, relationship_type

ROOT = Path(__file__).parents[1]
PACKAGES = ("loader", "ontology", "api", "queries")
SOURCES = [ROOT / "newsgraph.py", *(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))]
STATEMENTS = sorted(
    path.relative_to(ROOT / "queries").with_suffix("").as_posix()
    for folder in ("schema", "write", "read")
    for path in (ROOT / "queries" / folder).rglob("*.cypher")
)


def test_no_installed_distribution_owns_a_package_name() -> None:
    owners = importlib.metadata.packages_distributions()
    for name in (*PACKAGES, "newsgraph"):
        assert set(owners.get(name, ["newsgraph"])) == {"newsgraph"}


def test_the_top_level_is_the_house() -> None:
    folders = {path.parts[0] for path in (p.relative_to(ROOT) for p in ROOT.glob("*/*.py"))}
    assert {name for name in folders if not name.startswith(".")} <= {*PACKAGES, "tests"}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_says_what_it_answers_and_is_used(statement: str) -> None:
    text = (ROOT / "queries" / f"{statement}.cypher").read_text(encoding="utf-8")
    assert re.match(r"// \S.*[.?,]?\n", text)
    folder, _, name = statement.rpartition("/")
    # Some are named whole, some by their last part, where one function runs several alike.
    used = re.compile(rf"[\"']({re.escape(statement)}|{re.escape(name)})[\"']|--query {name}\b")
    stem = re.compile(rf"f[\"']{re.escape(folder)}/([a-z_]*)\{{")
    sources = [path.read_text(encoding="utf-8") for path in SOURCES]
    assert any(
        used.search(source)
        or any(name.startswith(prefix) for prefix in stem.findall(source) if prefix)
        for source in sources
    )


def test_names_are_translated_mechanically() -> None:
    model = load_model()
    assert relationship_type("attributedTo") == "ATTRIBUTED_TO"
    for item in model.concrete:
        assert item.iri == model.namespace + item.label
        for entry in item.properties:
            assert entry.iri == model.namespace + entry.key
            assert re.fullmatch(r"[a-z][A-Za-z0-9]*", entry.key)
        for edge in item.relationships:
            assert edge.iri == model.namespace + edge.name
            assert edge.type == relationship_type(edge.name)


def test_nothing_imports_the_roof() -> None:
    for path in SOURCES[1:]:
        assert not re.search(
            r"^\s*(from|import) newsgraph\b", path.read_text(encoding="utf-8"), re.M
        )


def test_the_lock_files_name_no_index() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        assert "://" not in re.sub(r"\s*#.*", "", lock.read_text(encoding="utf-8"))
    assert '"resolved"' not in (ROOT / "api/site/web/package-lock.json").read_text(encoding="utf-8")
