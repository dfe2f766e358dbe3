"""The pages' content, read from a real graph."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from api.graphql.asking import asking_session
from api.graphql.naming import UnknownNameError
from api.http.errors import ApiError
from api.site.content import GraphContent, picture_file
from api.site.picture import Picture
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from ontology import iris
from ontology.model import load_model
from ontology.records import (
    ArticleRecord,
    AuthorRecord,
    CueRecord,
    EntityRecord,
    EntityType,
    ExtractedPage,
    MentionRecord,
    PageRecord,
    Run,
    SourceRecord,
    StatementRecord,
)
from queries.database import Database

TEXT = "🌊 Rivers rise\nBy Ada Byron\n“The dam will hold,” said Bo Ek in Kenya."
RUN = Run(
    software="newsgraph",
    version="1",
    model="none",
    ontology_version="1.0.0",
    started=datetime(2026, 1, 31, 9, tzinfo=UTC),
)
ADA, BO = iris.person_id("Ada Byron"), iris.person_id("Bo Ek")
REED, KENYA = iris.organization_id("The Daily Reed"), iris.country_id("KE")
ARTICLE = iris.article_id(TEXT)
WORDS = "The dam will hold,"
STATEMENT = "statement/hold"
UNTITLED = iris.article_id("A lone excerpt.")


def span(part: str) -> tuple[int, int]:
    return TEXT.index(part), TEXT.index(part) + len(part)


def entity(identifier: str, kind: EntityType, name: str) -> EntityRecord:
    return EntityRecord(
        id=identifier,
        type=kind,
        name=name,
        aliases=(),
        roles=("mentioned",),
        iso2="KE" if kind == "Country" else None,
        iso3="KEN" if kind == "Country" else None,
    )


def article(page: PageRecord) -> ArticleRecord:
    statement = StatementRecord(
        id=STATEMENT,
        kind="direct",
        act="said",
        rule="clause",
        source_role="source",
        words=2,
        third="first",
        source=SourceRecord(span=span("Bo Ek"), text="Bo Ek", entity=BO),
        cue=CueRecord(span=span("said"), text="said"),
        content=(span(WORDS),),
        text=WORDS,
        countries=("KE",),
        denied=False,
        negative=False,
        negated=False,
        hedged=True,
        headline=False,
        question=False,
        via=None,
        parent=None,
        claim=iris.claim_id("the dam will hold"),
    )
    return ArticleRecord(
        id=ARTICLE,
        page=page,
        span=(0, len(TEXT)),
        kind="article",
        text=TEXT,
        title="Rivers rise",
        title_span=span("Rivers rise"),
        subtitle=None,
        language="en",
        authors=(AuthorRecord(name="Ada Byron", span=span("Ada Byron"), entity=ADA),),
        published=date(2023, 3, 20),
        modified=None,
        outlet=REED,
        url="https://example.org/rivers",
        noise=(),
        statements=(statement,),
        citations=(),
        mentions=(
            MentionRecord(span=span("Bo Ek"), text="Bo Ek", entity=BO, form="name"),
            MentionRecord(span=span("Kenya"), text="Kenya", entity=KENYA, form="name"),
        ),
        entities=(
            entity(ADA, "Person", "Ada Byron"),
            entity(BO, "Person", "Bo Ek"),
            entity(REED, "Outlet", "The Daily Reed"),
            entity(KENYA, "Country", "Kenya"),
        ),
    )


def excerpt(page: PageRecord) -> ArticleRecord:
    text = "A lone excerpt."
    return ArticleRecord(
        id=UNTITLED,
        page=page,
        span=(len(TEXT), len(TEXT) + len(text)),
        kind="excerpt",
        text=text,
        title=None,
        title_span=None,
        subtitle=None,
        language="en",
        authors=(),
        published=None,
        modified=None,
        outlet=None,
        url=None,
        noise=(),
        statements=(),
        citations=(),
        mentions=(MentionRecord(span=(2, 6), text="lone", entity=KENYA, form="name"),),
        entities=(entity(KENYA, "Country", "Kenya"),),
    )


@pytest.fixture
def loaded(graph: Database) -> Database:
    page = PageRecord(id=iris.page_id("0" * 64), name="a.txt", media_type="text/plain")
    with graph.session() as session:
        prepare(session, load_model())
        write_run(session, RUN)
        records = (article(page), excerpt(page))
        list(write_pages(session, [ExtractedPage(page=page, articles=records)], RUN))
    return graph


@pytest.fixture
def content(loaded: Database) -> Iterator[GraphContent]:
    with loaded.session() as session:
        yield GraphContent(asking_session(session), load_model())


def drawn(content: GraphContent, about: str | None) -> Picture:
    picture = asyncio.run(content.picture(about))
    assert picture is not None
    return picture


def test_a_picture_shows_what_hangs_on_a_thing_and_on_that(content: GraphContent) -> None:
    picture = drawn(content, BO)
    kinds = {node.id: node.kind for node in picture.nodes}
    assert picture.focus == BO
    assert kinds[BO] == kinds[ADA] == "Person"
    assert kinds[REED] == "Outlet"
    assert kinds[STATEMENT] == "Statement"
    assert set(kinds.values()) <= {kind.name for kind in picture.kinds}
    edges = {(edge.source, edge.type, edge.target) for edge in picture.edges}
    assert (STATEMENT, "ATTRIBUTED_TO", BO) in edges
    assert (ARTICLE, "WRITTEN_BY", ADA) in edges


def test_a_picture_carries_the_texts_its_statements_stand_in(content: GraphContent) -> None:
    picture = drawn(content, BO)
    (text,) = picture.texts
    (statement,) = [node for node in picture.nodes if node.id == STATEMENT]
    ((start, end),) = statement.passages[0].spans
    assert statement.passages[0].text == text.id == ARTICLE
    assert text.text[start:end] == WORDS
    assert text.byline == "Ada Byron · The Daily Reed · 20 March 2023"
    assert ("source", "Bo Ek") in statement.details


@pytest.mark.parametrize(
    ("about", "focus"),
    [
        (None, None),
        ("Bo Ek", BO),
        ("Kenya", KENYA),
        ("KE", KENYA),
        ("Rivers rise", ARTICLE),
        (UNTITLED, UNTITLED),
    ],
)
def test_a_picture_is_about_an_id_a_name_or_the_whole(
    content: GraphContent, about: str | None, focus: str | None
) -> None:
    assert drawn(content, about).focus == focus


def test_a_small_graph_is_shown_whole_and_a_claim_of_one_statement_as_that(
    content: GraphContent,
) -> None:
    whole = drawn(content, None)
    assert whole.title == "The graph"
    assert {ADA, BO, REED, KENYA, ARTICLE, UNTITLED, STATEMENT} == {node.id for node in whole.nodes}
    assert "Claim" not in {node.kind for node in drawn(content, BO).nodes}


def test_what_hangs_on_further_things_is_added(content: GraphContent) -> None:
    both = asyncio.run(content.picture(UNTITLED, [BO]))
    assert both is not None
    assert both.title == drawn(content, UNTITLED).title
    alone = {node.id for node in drawn(content, UNTITLED).nodes}
    assert {node.id for node in both.nodes} == alone | {n.id for n in drawn(content, BO).nodes}


def test_an_article_without_a_title_is_called_by_its_first_words(content: GraphContent) -> None:
    assert drawn(content, UNTITLED).title == "A lone excerpt."


@pytest.mark.parametrize("about", ["person/nobody", "Nobody", "page/x", "'; MATCH (n) //"])
def test_nothing_is_drawn_about_what_is_not_there(content: GraphContent, about: str) -> None:
    with pytest.raises(ApiError) as refused:
        asyncio.run(content.picture(about))
    assert refused.value.status == 404


@pytest.mark.parametrize("about", ["bo ek", "BO EK", "http://127.0.0.1:9/id/person/bo-ek"])
def test_a_picture_is_found_by_name_in_any_case_and_by_iri(
    content: GraphContent, about: str
) -> None:
    assert drawn(content, about).focus == BO


def test_an_empty_graph_has_no_picture(graph: Database) -> None:
    with graph.session() as session:
        content = GraphContent(asking_session(session), load_model())
        assert asyncio.run(content.picture(None)) is None


def test_a_picture_is_written_as_a_file(loaded: Database, static_build: None) -> None:
    with loaded.session() as session:
        file = picture_file(session, "Bo Ek")
        assert file is not None
        assert "<title>Bo Ek · newsgraph</title>" in file
        with pytest.raises(UnknownNameError, match="Similar names: Bo Ek"):
            picture_file(session, "Bob Ek")


@pytest.fixture(scope="session")
def static_build() -> None:
    from api.site.webbuild import ensure_built

    ensure_built()
