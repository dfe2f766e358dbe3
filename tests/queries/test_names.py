"""Every name in Cypher, GraphQL and Python's terms is one that the ontology defines."""

import re
from pathlib import Path

import pytest

from ontology.derived import UNSETTLED
from ontology.model import load_model

ROOT = Path(__file__).parents[2]
MODEL = load_model()
LABELS = {item.label for item in MODEL.concrete}
TYPES = {edge.type for item in MODEL.concrete for edge in item.relationships}
KEYS = {entry.key for item in MODEL.concrete for entry in item.properties} | {"id", UNSETTLED}
STATEMENTS = sorted((ROOT / "queries").rglob("*.cypher"))

_NOISE = re.compile(r"//[^\n]*|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`")
_RELATIONSHIP = re.compile(
    r"\[\s*\w*\s*:\s*([\w|!&: ]+?)\s*(?:\*[\d.]*)?\s*(?:\{[^}]*\})?\s*(?:WHERE[^\]]*)?\]"
)
_NODE = re.compile(r"\(\s*\w*\s*:\s*([\w|!&: ]+?)\s*(?:\{[^()]*\})?\s*(?:WHERE[^)]*)?\)")
_TEST = re.compile(r"\b[a-z]\w*:([A-Z]\w+)")
_SET = re.compile(r"\bSET\s+[a-z]\w*:([A-Z]\w+)")
_VARIABLE = re.compile(r"\(\s*(\w+)\s*(?::[\w|!&: ]+)?\s*(?:\{[^()]*\})?\s*\)")
_KEY = re.compile(r"\b([a-z]\w*)\.([a-zA-Z]\w*)\b(?!\s*\()")
_MAP = re.compile(r"\(\s*\w*\s*:\s*[\w|!&: ]+\{+([^{}()]*)\}+\s*\)")


def names_in(text: str) -> tuple[set[str], set[str], set[str]]:
    """The labels, relationship types and property keys that a statement names."""
    plain = _NOISE.sub(" ", text)
    types = {name for found in _RELATIONSHIP.findall(plain) for name in re.findall(r"\w+", found)}
    labels = {name for found in _NODE.findall(plain) for name in re.findall(r"\w+", found)}
    labels |= set(_TEST.findall(plain)) | set(_SET.findall(plain))
    nodes = set(_VARIABLE.findall(plain))
    keys = {key for variable, key in _KEY.findall(plain) if variable in nodes}
    for found in _MAP.findall(plain):
        keys |= set(re.findall(r"(\w+)\s*:", found))
    return labels - types, types, keys


@pytest.mark.parametrize(
    "path",
    STATEMENTS,
    ids=[p.relative_to(ROOT / "queries").with_suffix("").as_posix() for p in STATEMENTS],
)
def test_cypher_names_only_what_the_ontology_defines(path: Path) -> None:
    labels, types, keys = names_in(path.read_text(encoding="utf-8"))
    placeholders = {"label", "labels", "type", "source", "target", "key", "keys"}
    assert labels - LABELS - placeholders == set()
    assert types - TYPES - placeholders == set()
    assert keys - KEYS == set()


def test_an_unknown_name_would_be_found() -> None:
    text = (
        "MATCH (a:Artikel {ident: 1})-[r:WRITEN_BY|CITES]->(b) SET b:Robot RETURN a.titel, b.name"
    )
    labels, types, keys = names_in(text)
    assert {"Artikel", "Robot"} <= labels - LABELS
    assert types - TYPES == {"WRITEN_BY"}
    assert keys - KEYS == {"ident", "titel"}
