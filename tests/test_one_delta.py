"""What a change touches: a new property and a new class arrive everywhere from a few files."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from queries.database import Database

ROOT = Path(__file__).parents[1]
LINKED = ("api", "loader", "queries", "tests")
"""What is not changed for a property or a class."""

TERMS = """
ng:Figure a owl:Class ;
    rdfs:label "figure"@en ;
    rdfs:comment "A number that a statement gives."@en ;
    skos:example "forty"@en ;
    rdfs:subClassOf prov:Entity ;
    map:segment "figure" ; map:caption "amount" ; map:colour "#a989bd" ; map:icon "pin" .

ng:Unit a owl:Class ;
    rdfs:label "unit"@en ;
    rdfs:comment "What figures are counted in."@en ;
    skos:example "percent"@en ;
    rdfs:subClassOf prov:Entity ;
    map:segment "unit" ; map:caption "name" ; map:colour "#a989bd" ; map:icon "pin" .

ng:countedIn a owl:ObjectProperty ;
    rdfs:label "counted in"@en ;
    rdfs:comment "The unit of the number."@en ;
    skos:example "figure/1f… countedIn unit/percent"@en ;
    rdfs:subPropertyOf schema:isPartOf .

ng:said a owl:ObjectProperty ;
    rdfs:label "said in"@en ;
    rdfs:comment "The statement that gives the number."@en ;
    skos:example "figure/1f… said statement/1f…"@en ;
    rdfs:subPropertyOf schema:isPartOf .

ng:amount a owl:DatatypeProperty ;
    rdfs:label "amount"@en ;
    rdfs:comment "The number as it is written."@en ;
    skos:example "forty"@en ;
    rdfs:subPropertyOf schema:value ; rdfs:range xsd:string .

ng:tone a owl:DatatypeProperty ;
    rdfs:label "tone"@en ;
    rdfs:comment "How the statement is made."@en ;
    skos:example "calm"@en ;
    rdfs:subPropertyOf schema:description ; rdfs:range xsd:string .
"""
TONE = """ng:StatementShape a sh:NodeShape ;
    sh:property [ sh:path ng:tone ; sh:datatype xsd:string ; sh:maxCount 1 ;
        sh:message "A statement has at most one tone."@en ] ;"""
FIGURE = """
ng:FigureShape a sh:NodeShape ;
    sh:targetClass ng:Figure ;
    sh:closed true ;
    sh:ignoredProperties ( rdf:type ) ;
    sh:property [ sh:path ng:amount ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ;
        sh:message "A figure needs its amount."@en ] ;
    sh:property [ sh:path ng:spans ; sh:datatype xsd:string ;
        sh:message "A figure's places are ranges such as char=12,20."@en ] ;
    sh:property [ sh:path ng:said ; sh:class ng:Statement ; sh:nodeKind sh:IRI ;
        sh:minCount 1 ; sh:maxCount 1 ;
        map:inverse "figures" ; map:inverseComment "The numbers that the statement gives." ;
        sh:message "A figure needs its statement."@en ] ;
    sh:property [ sh:path ng:countedIn ; sh:class ng:Unit ; sh:nodeKind sh:IRI ; sh:maxCount 1 ;
        map:inverse "figures" ; map:inverseComment "The numbers in this unit." ;
        sh:message "A figure has at most one unit."@en ] ;
    sh:property [ sh:path ng:inArticle ; sh:class ng:Article ; sh:nodeKind sh:IRI ;
        sh:minCount 1 ; sh:maxCount 1 ;
        map:inverse "figures" ; map:inverseComment "The numbers that the article gives." ;
        sh:message "A figure needs its article."@en ] .

ng:UnitShape a sh:NodeShape ;
    sh:targetClass ng:Unit ;
    sh:closed true ;
    sh:ignoredProperties ( rdf:type ) ;
    sh:property [ sh:path ng:name ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ;
        sh:message "A unit needs its name."@en ] .
"""
RECORD = '''@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """What several articles count in."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord:
    """A number that a statement, by its id, gives."""

    id: str
    amount: str
    spans: tuple[Span, ...]
    said: str
    counted_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:'''
CHANGES = {
    "ontology.ttl": [("\n# ── Relationships", f"{TERMS}\n# ── Relationships")],
    "shapes.ttl": [
        ("ng:StatementShape a sh:NodeShape ;", TONE),
        ("\nng:ClaimShape ", f"{FIGURE}\nng:ClaimShape "),
    ],
    "records.py": [
        (
            "    parent: str | None\n    claim: str\n",
            '    parent: str | None\n    claim: str\n    tone: str = "calm"\n',
        ),
        ("@dataclass(frozen=True, slots=True, kw_only=True)\nclass ArticleRecord:", RECORD),
        (
            "    entities: tuple[EntityRecord, ...]\n",
            "    entities: tuple[EntityRecord, ...]\n    figures: tuple[FigureRecord, ...] = ()\n"
            "    units: tuple[UnitRecord, ...] = ()\n",
        ),
    ],
}


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the project with a property and a class more, said in three files."""
    for name in LINKED:
        (tmp_path / name).symlink_to(ROOT / name)
    copied = tmp_path / "ontology"
    for path in (ROOT / "ontology").rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            copy = copied / path.relative_to(ROOT / "ontology")
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            for before, after in (
                CHANGES.get(path.name, []) if path.parent.name == "ontology" else []
            ):
                assert text.count(before) == 1, before
                text = text.replace(before, after)
            copy.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_new_property_and_class_arrive_from_the_ontology_and_the_records_alone(
    graph: Database, environment: dict[str, str], changed: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.made_up_news"],
        cwd=changed,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    node, _ = found["neo4j"]
    assert node == {"id": node["id"], "amount": "forty", "spans": ["char=5,10"]}
    assert "type Figure implements Node" in found["schema"]
    assert re.search(r"type Statement .*?\n  tone: String", found["schema"], re.DOTALL)
    answered, _ = found["graphql"]["data"]["figures"]["nodes"]
    assert answered["amount"] == "forty"
    assert answered["said"]["tone"] == "calm"
    assert answered["inArticle"]["kind"]
    assert 'ng:amount "forty"' in found["rdf"]
    assert 'ng:tone "calm"' in found["rdf"]
    assert "forty" in found["site"]
    assert "said in" in found["site"].lower()
    assert f"{node['id']}," in found["bulk"]["nodes-Figure.csv"]
    assert "tone:string" in found["bulk"]["nodes-Statement.csv"]
    assert node["id"] in found["bulk"]["edges-SAID.csv"]
    assert answered["countedIn"]["figures"]["totalCount"] == 2
    assert found["bulk"]["nodes-Unit.csv"].splitlines()[1:] == ["unit/percent,percent"]
    assert found["left"] == [{"label": "Figure", "n": 1}, {"label": "Unit", "n": 1}]
    assert found["empty"] == 0


@pytest.mark.parametrize(("change", "most"), [("A property", 5), ("A class", 8)])
def test_the_files_that_a_change_touches_are_named_and_few(change: str, most: int) -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (A property|A class) \|(.*)\|$", text, re.M))
    files = re.findall(r"`([^`]+/[^`]+)`", rows[change])
    if "the same" in rows[change]:
        files += re.findall(r"`([^`]+/[^`]+)`", rows["A property"])
    assert 4 <= len(files) <= most
    for name in files:
        assert (ROOT / name).exists(), name
