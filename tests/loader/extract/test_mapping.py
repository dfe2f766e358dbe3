"""Mapping: an annotated article as the record of what was found in it."""

import hashlib
from datetime import date

import pytest
from spacy.language import Language

from loader.articles import Article, Byline
from loader.extract.components.annotations import Attribution
from loader.extract.mapping import to_record
from loader.extract.pipeline import annotate
from loader.pages import Page
from ontology import iris
from ontology.records import ArticleRecord

TEXT = (
    "Dam in Ghana May Break, Expert Warns | Riverwatch\n\n"
    "By Ruth Ames\n\n"
    "“The dam\u00a0is weak,” said Omar Haddad, an engineer at the Center for Water Studies in "
    "Germany. Haddad told Reuters that Accra had known. Ghanaian officials deny that it leaks.\n\n"
    "A caption about Peru. (John Doe/AFP)\n"
)


@pytest.fixture(scope="module")
def article() -> Article:
    page = Page(
        name="dam.txt",
        location="pages/dam.txt",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        text=f"Heading\n\n{TEXT}",
    )
    caption = TEXT.index("A caption")
    start = TEXT.index("Ruth Ames")
    return Article(
        page=page,
        span=(9, 9 + len(TEXT)),
        kind="article",
        text=TEXT,
        title="Dam in Ghana May Break, Expert Warns",
        title_span=(0, 36),
        bylines=(Byline(name="Ruth Ames", span=(start, start + 9)),),
        published=date(2024, 5, 6),
        outlet="Riverwatch",
        noise=((caption, len(TEXT) - 1),),
    )


@pytest.fixture(scope="module")
def record(nlp: Language, article: Article) -> ArticleRecord:
    ((_, doc),) = annotate(nlp, [article])
    return to_record(doc, article)


def test_every_span_holds_its_text(record: ArticleRecord) -> None:
    for mention in record.mentions:
        assert TEXT[slice(*mention.span)] == mention.text
    for statement in record.statements:
        assert " ".join(TEXT[slice(*span)] for span in statement.content) == statement.text
        if statement.source and statement.source.span:
            assert TEXT[slice(*statement.source.span)] == statement.source.text
        if statement.cue:
            assert TEXT[slice(*statement.cue.span)] == statement.cue.text


def test_every_id_used_has_its_entity(record: ArticleRecord) -> None:
    known = {entity.id for entity in record.entities}
    used = {mention.entity for mention in record.mentions}
    used |= {author.entity for author in record.authors}
    used |= {record.outlet} if record.outlet else set()
    used |= {citation.entity for citation in record.citations}
    used |= {citation.affiliation for citation in record.citations if citation.affiliation}
    used |= {s.source.entity for s in record.statements if s.source and s.source.entity}
    used |= {s.via for s in record.statements if s.via}
    assert used <= known


def test_entities_have_ids_of_their_names_and_codes(record: ArticleRecord) -> None:
    by_id = {entity.id: entity for entity in record.entities}
    assert by_id["person/omar-haddad"].name == "Omar Haddad"
    assert by_id["person/omar-haddad"].aliases == ("Haddad",)
    assert by_id["country/GH"].name == "Ghana"
    assert (by_id["country/GH"].iso2, by_id["country/GH"].iso3) == ("GH", "GHA")
    assert by_id["organization/riverwatch"].type == "Outlet"
    assert by_id["organization/center-for-water-studies"].type == "Organization"


def test_roles_sum_up_what_an_entity_does_in_the_article(record: ArticleRecord) -> None:
    roles = {entity.id: entity.roles for entity in record.entities}
    assert roles["person/omar-haddad"] == ("cited-expert", "mentioned")
    assert roles["person/ruth-ames"] == ("author",)


def test_citations_keep_the_texts_own_words(record: ArticleRecord) -> None:
    citation = next(c for c in record.citations if c.role == "expert")
    assert citation.entity == "person/omar-haddad"
    assert citation.description == "an engineer at the Center for Water Studies in Germany"
    assert citation.affiliation == "organization/center-for-water-studies"


def test_statements_carry_source_channel_and_countries(record: ArticleRecord) -> None:
    told = next(s for s in record.statements if s.via is not None)
    assert told.via == "organization/reuters"
    assert told.source is not None
    assert (told.source.entity, told.countries) == ("person/omar-haddad", ("GH",))
    denied = next(s for s in record.statements if s.cue and s.cue.text == "deny")
    assert denied.source is not None
    assert (denied.source.entity, denied.source.country) == (None, "GH")


def test_noise_names_nobody(record: ArticleRecord) -> None:
    assert "country/PE" not in {entity.id for entity in record.entities}


def test_parents_and_claims_are_ids(nlp: Language, article: Article) -> None:
    ((_, doc),) = annotate(nlp, [article])
    outer, inner = (TEXT.index("Haddad told"), TEXT.index(" Ghanaian")), (0, 36)
    doc._.attributions = (
        Attribution(source=None, cue=None, content=(outer,), kind="indirect"),
        Attribution(source=None, cue=None, content=(inner,), kind="indirect", parent=0),
    )
    doc._.speakers = (None, None)
    first, second = to_record(doc, article).statements
    assert (first.source, first.parent, second.parent) == (None, None, first.id)
    assert second.claim == iris.claim_id("Dam in Ghana May Break, Expert Warns")


def test_the_same_article_gets_the_same_ids_on_any_page(nlp: Language, article: Article) -> None:
    ((_, doc),) = annotate(nlp, [article])
    once = to_record(doc, article)
    ((_, again),) = annotate(nlp, [article])
    assert to_record(again, article) == once
