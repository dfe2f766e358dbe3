"""A database is made ready, or refused as it is."""

import pytest
from neo4j import Session

from loader.bulk.jobs import refuse_a_graph
from loader.graph.schema import SchemaError, check, create, prepare, prepare_existing
from ontology.model import load_model
from queries import cypher
from queries.database import Database
from queries.graph_version import VersionError
from tests.loader.graph.test_resolution import ARTICLES
from tests.loader.graph.test_writer import snapshot, write
from tests.loader.graph.written_articles import pages_that_say
from tests.ontology.graphs import OTHER_VERSIONS

MODEL = load_model()


def indexes(session: Session) -> list[str]:
    return session.run(cypher("schema/existing")).value("name")


@pytest.mark.parametrize("version", [*OTHER_VERSIONS, 1, None])
def test_a_graph_of_another_version_is_refused_and_left_as_it_is(
    graph: Database, version: object
) -> None:
    with graph.session() as session:
        write(session, pages_that_say(ARTICLES[:1]))
        session.run("MATCH (n:Dataset) SET n.ontologyVersion = $version", version=version).consume()
        session.run("DROP INDEX search").consume()
        before = snapshot(session), indexes(session)
        for attempt in (check, prepare, prepare_existing):
            with pytest.raises(VersionError) as refused:
                attempt(session, MODEL)
            said = f"version {version} of" if version is not None else "does not name the version"
            assert said in str(refused.value)
            assert f"this version of newsgraph uses {MODEL.version}. Use the version" in str(
                refused.value
            )
            assert "newsgraph db reset" in str(refused.value)
        with pytest.raises(VersionError):
            refuse_a_graph(graph)
        assert (snapshot(session), indexes(session)) == before
        create(session, MODEL)


def test_the_version_of_a_graph_that_was_begun_meanwhile_is_kept(
    graph: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun(session: Session, _: object) -> None:
        session.run("CREATE (:Dataset {id: 'dataset/newsgraph', ontologyVersion: '9.9.9'})")

    with graph.session() as session:
        monkeypatch.setattr("loader.graph.schema.create", begun)
        with pytest.raises(VersionError, match=r"9\.9\.9"):
            prepare(session, MODEL)
        found = session.run("MATCH (n:Dataset) RETURN n.ontologyVersion AS version").value()
        assert found == ["9.9.9"]


def test_an_empty_database_stays_empty_until_something_is_written(graph: Database) -> None:
    with graph.session() as session:
        prepare_existing(session, MODEL)
        assert snapshot(session) == ([], [])
        assert not check(session, MODEL)
        prepare(session, MODEL)
        assert check(session, MODEL)


def test_a_database_with_other_data_is_refused(graph: Database) -> None:
    with graph.session() as session:
        session.run("CREATE (:Sheep {name: 'Dolly'})").consume()
        with pytest.raises(SchemaError, match="labels: Sheep"):
            prepare(session, MODEL)


def test_a_search_index_over_other_classes_is_replaced(graph: Database) -> None:
    with graph.session() as session:
        prepare(session, MODEL)
        session.run("DROP INDEX search").consume()
        session.run("CREATE FULLTEXT INDEX search FOR (n:Person|Claim) ON EACH [n.name]").consume()
        prepare(session, MODEL)
        write(session, pages_that_say(ARTICLES[:1]))
        session.run("CREATE (:Document {id: 'document/x', name: 'leaked memo'})").consume()
        found = session.run("CALL db.index.fulltext.queryNodes('search', 'memos') YIELD node")
        assert [row["node"]["id"] for row in found] == ["document/x"]
