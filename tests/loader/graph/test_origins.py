"""The articles that carry a claim are grouped by where they have it from, with what shows it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Session

import newsgraph
from api.rdf.export import export
from api.rdf.validation import validate
from loader.graph.importing import import_file
from loader.graph.removing import remove
from ontology import iris
from ontology.records import ExtractedPage
from queries.database import Database
from queries.saving import save
from tests.loader.graph.test_writer import empty, snapshot, write

QUOTE = "The gates were built for much smaller floods than those of this autumn"
CLAIM = iris.claim_id(f"“{QUOTE},”")
REPORT = (
    "The lower gates of the old dam above the northern valley were opened for the first time in"
    " eleven years, and farmers drove their cattle to the hills while the river carried away two"
    " bridges and a mill."
)
OTHER = (
    "Villages along the stream have been waiting for engineers since the spring, when cracks were"
    " seen in the concrete and a petition with a thousand names was handed to the governor."
)
PAGES = {
    "wire.txt": f"""Dam opened as river swells

NAIROBI (Reuters) - {REPORT}

“{QUOTE},” chief engineer Bo Ek said on Monday.

Schools stay closed until the water falls, and the army has sent three boats to the town below.
""",
    "reprint.txt": f"""Floods: cattle driven to the hills

Kenyan officials are anxious. {REPORT}

“{QUOTE},” chief engineer Bo Ek said on Monday.
""",
    "credited.txt": f"""River keeps rising
By Reuters

Eleven years after they had last been opened, the lower gates of the old dam let the water through
above the northern valley; the river took away a mill and two bridges, and cattle went to the hills
with their farmers.

“{QUOTE},” chief engineer Bo Ek said on Monday.
""",
    "other.txt": f"""Cracks in the dam were known

NAIROBI (AP) — {OTHER}

“{QUOTE},” chief engineer Bo Ek said on Monday.
""",
    "elsewhere.txt": f"""What the engineer thinks

In the capital, ministers argued about money for pumps on Tuesday, and nothing was decided.

“{QUOTE},” chief engineer Bo Ek said on Monday.
""",
}
JOINED = {frozenset(("credited.txt", "reprint.txt", "wire.txt"))}
ALONE = {frozenset(("other.txt",)), frozenset(("elsewhere.txt",))}


@pytest.fixture(scope="module")
def pages() -> list[ExtractedPage]:
    return [ExtractedPage(page=item.page, articles=(item,)) for item in newsgraph.extract(PAGES)]


def groups(session: Session, claim: str = CLAIM) -> set[frozenset[str]]:
    rows = session.run(
        "MATCH (:Claim {id: $claim})<-[:CLAIMS]-(origin:Origin)-[:ARTICLES]->(article)"
        "-[:FROM_PAGE]->(page) RETURN origin.id, collect(DISTINCT page.name) AS pages",
        claim=claim,
    )
    return {frozenset(row["pages"]) for row in rows}


def test_a_claim_has_an_origin_for_each_place_it_comes_from(
    graph: Database, pages: list[ExtractedPage]
) -> None:
    with graph.session() as session:
        write(session, pages)
        assert groups(session) == JOINED | ALONE
        assert not validate(graph.driver, database=graph.name)
        (origin,) = session.run(
            "MATCH (:Claim {id: $claim})<-[:CLAIMS]-(origin) WHERE origin.reasons IS NOT NULL"
            " RETURN origin.reasons AS reasons",
            claim=CLAIM,
        )
        assert origin["reasons"] == ["credit", "passage"]
        shown = {
            (row["page"], row["reason"]): row
            for row in session.run(
                "MATCH (:Claim {id: $claim})<-[:CLAIMS]-()<-[:SUPPORTS]-(trace:Trace)"
                "-[:IN_ARTICLE]->(article)-[:FROM_PAGE]->(page) RETURN page.name AS page,"
                " trace.reason AS reason, trace.quote AS quote, trace.span AS span,"
                " article.text AS text",
                claim=CLAIM,
            )
        }
        assert set(shown) == {
            ("wire.txt", "passage"),
            ("reprint.txt", "passage"),
            ("wire.txt", "credit"),
            ("credited.txt", "credit"),
        }
        assert shown["wire.txt", "credit"]["quote"] == "NAIROBI (Reuters)"
        assert shown["credited.txt", "credit"]["quote"] == "By Reuters"
        assert shown["reprint.txt", "passage"]["quote"] in REPORT
        for row in shown.values():
            start, end = row["span"].removeprefix("char=").split(",")
            assert row["text"][int(start) : int(end)] == row["quote"]


def test_origins_outlive_an_export_and_follow_a_removal(
    graph: Database, pages: list[ExtractedPage], tmp_path: Path
) -> None:
    with graph.session() as session:
        write(session, pages)
        before = snapshot(session)
        path = tmp_path / "graph.ttl"
        save(export(graph.driver, "turtle", database=graph.name), path)
        empty(session)
        import_file(graph.driver, path, database=graph.name)
        assert snapshot(session) == before
        remove(session, ["wire.txt"])
        assert groups(session) == {frozenset((name,)) for name in PAGES if name != "wire.txt"}
        remove(session, ["reprint.txt", "other.txt", "elsewhere.txt"])
        assert groups(session) == set()


def test_what_others_call_an_outlet_is_known_whenever_they_are_loaded(graph: Database) -> None:
    said = "the committee of inquiry would hear forty more witnesses before the end of the month"
    texts = {
        "a.txt": f"Inquiry goes on\n\nReuters reported that officials said {said}.\n",
        "b.txt": f"More witnesses\n\nOn Monday, Reuters reported that officials said {said}.\n",
        "c.txt": f"The inquiry\n\nOn Monday, officials said {said}.\n",
    }
    found = [ExtractedPage(page=a.page, articles=(a,)) for a in newsgraph.extract(texts)]
    claim = iris.claim_id(said)
    with graph.session() as session:
        write(session, found)
        wanted = snapshot(session)
        assert groups(session, claim) == {frozenset(("a.txt", "b.txt")), frozenset(("c.txt",))}
        empty(session)
        for page in reversed(found):
            write(session, [page])
        assert snapshot(session) == wanted


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_origins_depend_on_the_set_of_pages_only(
    graph: Database, pages: list[ExtractedPage], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(pages), unique_by=lambda item: item.page.id))
    order = data.draw(st.permutations(pages))
    with graph.session() as session:
        empty(session)
        write(session, kept)
        wanted = snapshot(session)
        empty(session)
        write(session, order[:2], size=1)
        write(session, order)
        remove(session, [item.page.id for item in pages if item not in kept])
        assert snapshot(session) == wanted
