"""Records without a language model: what is found in a text follows from its letters alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from loader.extract.extraction import page_record
from loader.extract.extractors import Extracted
from loader.pages import Page
from ontology import iris
from ontology.records import (
    ArticleRecord,
    AuthorRecord,
    CitationRecord,
    CueRecord,
    EntityRecord,
    ExtractedPage,
    MentionRecord,
    PageRecord,
    SourceRecord,
    StatementRecord,
)

PEOPLE = ("Ada Byron", "ADA BYRON", "Åsa Lind", "Asa Lind", "Bo Ek")
OUTLETS = ("The Daily Reed", "Daily Reed")
WORDS = ("The dam will hold", "“the dam will hold,”", "Rivers rise", "rivers rise.")


DOCUMENT = "leaked memo"


def entity(kind: str, name: str, aliases: Sequence[str] = ()) -> EntityRecord:
    """Make an entity called ``name``."""
    mint = {
        "Person": iris.person_id,
        "Organization": iris.organization_id,
        "Outlet": iris.organization_id,
        "Country": iris.country_id,
    }
    return EntityRecord(
        id=mint[kind](name),
        type=kind,  # type: ignore[arg-type]
        name={"KE": "Kenya", "SE": "Sweden"}.get(name, name),
        aliases=tuple(aliases),
        roles=("mentioned",),
        iso2=name if kind == "Country" else None,
        iso3=f"{name}X" if kind == "Country" else None,
    )


def article_of(page: PageRecord, text: str, start: int) -> ArticleRecord:
    """Make an article of ``text`` that stands at ``start`` of ``page``.

    Where the text speaks of a memo, the last words are attributed to it.
    """
    identifier = iris.article_id(text)
    chosen = Random(text)
    speaker = entity("Person", chosen.choice(PEOPLE), chosen.sample(("Byron", "Lind", "Ek"), 2))
    kind = chosen.choice(("Outlet", "Organization"))
    outlet = entity(kind, chosen.choice(OUTLETS))
    country = entity("Country", chosen.choice(("KE", "SE")), ("Nairobi",))
    entities = {item.id: item for item in (speaker, outlet, country)}
    statements: list[StatementRecord] = []
    for place in range(chosen.randint(0, 3)):
        words = chosen.choice(WORDS)
        statements.append(
            StatementRecord(
                id=iris.statement_id(identifier, place, [(place, place + 4)], "said"),
                kind="direct",
                act="said",
                rule="clause",
                source_role="source",
                words=2,
                third="first",
                source=SourceRecord(
                    span=(0, 1), text="she", entity=chosen.choice((*entities, None)), country=None
                ),
                cue=CueRecord(span=(1, 2), text="said"),
                content=((place, place + 4),),
                text=words,
                countries=("KE",) if country.iso2 == "KE" and chosen.random() < 0.5 else (),
                denied=False,
                negative=False,
                negated=False,
                hedged=False,
                headline=False,
                question=False,
                via=outlet.id if kind == "Outlet" else None,
                parent=statements[0].id if statements else None,
                claim=iris.claim_id(words),
            )
        )
    citations = [
        CitationRecord(
            entity=speaker.id,
            role="expert",
            description="a bridge builder",
            affiliation=outlet.id,
        ),
    ]
    if "memo" in text:
        memo = EntityRecord(
            id=iris.document_id(identifier, DOCUMENT),
            type="Document",
            name=DOCUMENT,
            aliases=("secret memo",),
            roles=("cited-source",),
        )
        entities[memo.id] = memo
        said = SourceRecord(span=None, text="it", entity=memo.id, country=country.iso2)
        statements[-1:] = [replace(item, source=said) for item in statements[-1:]]
        citations.append(
            CitationRecord(
                entity=memo.id, role="document", description=None, affiliation=outlet.id
            ),
        )
    return ArticleRecord(
        id=identifier,
        page=page,
        span=(start, start + len(text)),
        kind="article",
        text=text,
        title=None,
        title_span=None,
        subtitle=None,
        language="en",
        authors=(AuthorRecord(name=speaker.name, span=None, entity=speaker.id),),
        published=date(2026, 1, 31),
        modified=None,
        outlet=outlet.id if kind == "Outlet" else None,
        url=None,
        noise=(),
        statements=tuple(statements),
        citations=tuple(citations),
        mentions=(
            MentionRecord(span=(0, 4), text=speaker.name, entity=speaker.id, form="name"),
            MentionRecord(span=(5, 9), text="Nairobi", entity=country.id, form="metonym"),
        ),
        entities=tuple(entities.values()),
    )


def extract_lines(pages: Iterable[Page]) -> Iterator[Extracted]:
    """Extract as ``loader.extract.extractors`` does: here, every line of a page is an article."""
    for page in pages:
        articles: list[ArticleRecord] = []
        start = 0
        for line in page.text.splitlines(keepends=True):
            if line.strip():
                articles.append(article_of(page_record(page), line.strip(), start))
            start += len(line)
        yield ExtractedPage(page=page_record(page), articles=tuple(articles))
