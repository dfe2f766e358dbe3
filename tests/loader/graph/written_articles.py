"""Articles in a few words: who wrote them, whom they name, who says something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from ontology import iris
from ontology.records import (
    ArticleRecord,
    AuthorRecord,
    CitationRecord,
    EntityRecord,
    ExtractedPage,
    MentionRecord,
    PageRecord,
    SourceRecord,
    StatementRecord,
)
from tests.loader.extract.extracting import entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an article tells; ``organizations`` are names, each with its other forms."""

    author: str
    people: tuple[str, ...]
    source: str
    says: str = "The dam will hold"
    outlet: str | None = None
    affiliation: str | None = None
    organizations: tuple[tuple[str, ...], ...] = ()


def pages_that_say(
    tellings: Iterable[Told], names: Sequence[str] | None = None
) -> list[ExtractedPage]:
    """Make a page for each of ``tellings``, called by ``names`` or by their numbers."""
    found = []
    for number, told in enumerate(tellings):
        page = PageRecord(
            id=iris.page_id(sha256(str(number).encode()).hexdigest()),
            name=f"{names[number] if names else number}.txt",
            media_type="text/plain",
        )
        found.append(ExtractedPage(page=page, articles=(article_that_says(page, told, number),)))
    return found


def article_that_says(page: PageRecord, told: Told, number: int) -> ArticleRecord:
    """Make the article of ``told``, the only one on ``page``."""
    text = f"Article {number}: {told.says}"
    identifier = iris.article_id(text)
    entities = _entities(told)
    source = iris.person_id(told.source)
    statement = StatementRecord(
        id=iris.statement_id(identifier, 11, [(11, len(text))], "said"),
        kind="direct",
        act="said",
        rule="clause",
        source_role="source",
        words=2,
        third="first",
        source=SourceRecord(span=None, text=told.source, entity=source),
        cue=None,
        content=((11, len(text)),),
        text=told.says,
        countries=(),
        denied=False,
        negative=False,
        negated=False,
        hedged=False,
        headline=False,
        question=False,
        via=iris.organization_id(told.outlet) if told.outlet else None,
        parent=None,
        claim=iris.claim_id(told.says),
    )
    return ArticleRecord(
        id=identifier,
        page=page,
        span=(0, len(text)),
        kind="article",
        text=text,
        title=None,
        title_span=None,
        subtitle=None,
        language="en",
        authors=(AuthorRecord(name=told.author, span=None, entity=iris.person_id(told.author)),),
        published=date(2026, 1, 31),
        modified=None,
        outlet=iris.organization_id(told.outlet) if told.outlet else None,
        url=None,
        noise=(),
        statements=(statement,),
        citations=(
            CitationRecord(
                entity=source,
                role="source",
                description=None,
                affiliation=iris.organization_id(told.affiliation) if told.affiliation else None,
            ),
        ),
        mentions=tuple(
            MentionRecord(
                span=(place, place + 1), text=name, entity=iris.person_id(name), form="name"
            )
            for place, name in enumerate(told.people)
        ),
        entities=entities,
    )


def _entities(told: Told) -> tuple[EntityRecord, ...]:
    found = [entity("Person", name) for name in (told.author, *told.people, told.source)]
    defined: Sequence[tuple[str, ...]] = told.organizations
    known = {name for name, *_ in defined}
    found += [entity("Organization", name, others) for name, *others in defined]
    if told.affiliation and told.affiliation not in known:
        found.append(entity("Organization", told.affiliation))
    if told.outlet:
        found.append(entity("Outlet", told.outlet))
    return tuple({item.id: item for item in found}.values())
