"""Records as rows: what each write statement takes, one dictionary a row."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from loader.graph.resolution import alternatives_in, match_key
from loader.graph.similarity import pending_sketch
from ontology import iris
from ontology.records import ArticleRecord, EntityRecord, Span, StatementRecord

Row = dict[str, Any]
Rows = dict[str, list[Row]]

LINKS = (
    "article_authors",
    "article_mentions",
    "article_citations",
    "statement_sources",
    "statement_channels",
    "statement_source_countries",
    "statement_countries",
    "statement_parents",
    "citation_affiliations",
    "claim_countries",
)
"""Statements whose rows are pairs of ids, ``source`` and ``target``: see :func:`reference`."""

SHARED = ("person_names", "organization_names", "countries", "claims")
"""Statements that merge nodes which several articles share; they come first."""

OWNED = ("article_details", "documents", "statements", "citations", "mentions")
"""Statements that write what belongs to one article."""


def char_range(span: Span) -> str:
    """A range of characters as RFC 5147 spells it, without the ``#``: ``char=12,20``."""
    return f"char={span[0]},{span[1]}"


def shared_rows(articles: Iterable[ArticleRecord]) -> Rows:
    """Rows for the nodes that ``articles`` share with others, sorted by id.

    One order for every writer: two that meet on the same nodes lock them in the same order.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    alternatives: dict[str, set[str]] = defaultdict(set)
    entities: dict[str, EntityRecord] = {}
    outlets: set[str] = set()
    claims: dict[str, str] = {}
    for article in articles:
        for entity in article.entities:
            if entity.type == "Document":
                continue
            known = entities.get(entity.id)
            if known is None or known.name < entity.name:
                entities[entity.id] = entity
            own = (entity.name, *entity.aliases)
            forms[entity.id].update(own)
            alternatives[entity.id].update(alternatives_in(entity.id, own))
            if entity.type == "Outlet":
                outlets.add(entity.id)
        for statement in article.statements:
            text = iris.claim_words(statement.text)
            claims[statement.claim] = min(claims.get(statement.claim, text), text)
    rows: Rows = {name: [] for name in SHARED}
    for identifier in sorted(entities):
        entity = entities[identifier]
        if entity.type == "Country":
            rows["countries"].append(
                {
                    "id": identifier,
                    "forms": sorted(forms[identifier]),
                    "properties": {
                        "name": entity.name,
                        "iso2": entity.iso2,
                        "iso3": entity.iso3,
                        "historical": entity.historical,
                    },
                }
            )
            continue
        kind = "Outlet" if identifier in outlets else entity.type
        names = "person_names" if kind == "Person" else "organization_names"
        rows[names].append(
            {
                "id": iris.name_id(identifier),
                "entity": identifier,
                "kind": kind,
                "spelling": entity.name,
                "matchKey": match_key(identifier),
                "forms": sorted(forms[identifier]),
                "alternatives": sorted(alternatives[identifier]),
            }
        )
    rows["claims"] = [
        {"id": claim, "text": text, "sketch": pending_sketch(text)}
        for claim, text in sorted(claims.items())
    ]
    return rows


def merged_row(one: Row, other: Row) -> Row:
    """The row of a shared node that says what two rows with its id say, as the database would."""
    merged = dict(one)
    for key, value in other.items():
        if key == "text":
            merged[key] = min(one[key], value)
        elif isinstance(value, list):
            merged[key] = sorted({*one[key], *value})
        elif isinstance(value, str | bool):  # what is no name is the same in both, or true in one
            merged[key] = max(one[key], value)
    return merged


def reference(entity: str | None) -> str | None:
    """What rows call an entity by: a person's or organization's name (its id), others themselves.

    Whom a name denotes is decided in the graph.
    """
    if entity is None or entity.startswith(("country/", "document/")):
        return entity
    return iris.name_id(entity)


def owned_rows(article: ArticleRecord) -> Rows:
    """Rows for ``article`` itself and for what belongs to it alone."""
    rows: Rows = {name: [] for name in OWNED}
    rows["article_details"].append(
        {
            "id": article.id,
            "outlet": reference(article.outlet),
            "properties": _article(article),
        }
    )
    for statement in _distinct(article.statements):
        rows["statements"].append(
            {
                "id": statement.id,
                "article": article.id,
                "claim": statement.claim,
                "properties": _statement(statement, article),
            }
        )
    for citation in article.citations:
        rows["citations"].append(
            {
                "id": iris.citation_id(article.id, citation.entity),
                "article": article.id,
                "agent": reference(citation.entity),
                "properties": _filled(
                    role=citation.role,
                    description=citation.description,
                    affiliationName=reference(citation.affiliation),
                ),
            }
        )
    named: dict[str, list[Span]] = defaultdict(list)
    for mention in article.mentions:
        named[mention.entity].append(mention.span)
    for entity in article.entities:
        if entity.type == "Document":
            rows["documents"].append(
                {
                    "id": entity.id,
                    "article": article.id,
                    "properties": _filled(name=entity.name, aliases=sorted(entity.aliases)),
                }
            )
            continue
        places = sorted(named.get(entity.id, ()))
        bylines = sorted(a.span for a in article.authors if a.entity == entity.id and a.span)
        rows["mentions"].append(
            {
                "id": iris.mention_id(article.id, entity.id),
                "article": article.id,
                "entity": reference(entity.id),
                "properties": _filled(
                    name=entity.name,
                    kind=entity.type,
                    forms=sorted({entity.name, *entity.aliases}),
                    spans=[char_range(span) for span in places],
                    bylineSpans=[char_range(span) for span in bylines],
                ),
            }
        )
    return rows


def link_rows(article: ArticleRecord) -> Rows:
    """Pairs of ids for the relationships of ``article`` and of what belongs to it."""
    rows: Rows = {name: [] for name in LINKS}

    def link(name: str, source: str, target: str | None) -> None:
        if target is not None:
            rows[name].append({"source": source, "target": target})

    for author in {author.entity for author in article.authors}:
        link("article_authors", article.id, reference(author))
    for entity in {mention.entity for mention in article.mentions}:
        link("article_mentions", article.id, reference(entity))
    for citation in article.citations:
        link("article_citations", article.id, reference(citation.entity))
        link(
            "citation_affiliations",
            iris.citation_id(article.id, citation.entity),
            reference(citation.affiliation),
        )
    for statement in _distinct(article.statements):
        source = statement.source
        link("statement_sources", statement.id, reference(source.entity if source else None))
        link("statement_channels", statement.id, reference(statement.via))
        link("statement_source_countries", statement.id, _source_country(statement))
        link("statement_parents", statement.id, statement.parent)
        for code in statement.countries:
            link("statement_countries", statement.id, iris.country_id(code))
            link("claim_countries", statement.claim, iris.country_id(code))
    return rows


def _article(article: ArticleRecord) -> Row:
    return _filled(
        kind=article.kind,
        title=article.title,
        titleSpan=char_range(article.title_span) if article.title_span else None,
        subtitle=article.subtitle,
        language=article.language,
        published=article.published,
        modified=article.modified,
        url=article.url,
        text=article.text,
        noise=[char_range(span) for span in article.noise],
        authorNames=sorted({iris.name_id(author.entity) for author in article.authors}),
        outletName=reference(article.outlet),
    )


def _statement(statement: StatementRecord, article: ArticleRecord) -> Row:
    source, cue = statement.source, statement.cue
    return _filled(
        text=statement.text,
        kind=statement.kind,
        start=statement.content[0][0],
        contentSpans=[char_range(span) for span in statement.content],
        cue=cue.text if cue else None,
        cueSpan=char_range(cue.span) if cue else None,
        source=source.text if source else None,
        sourceSpan=char_range(source.span) if source and source.span else None,
        published=article.published,
        negated=statement.negated,
        hedged=statement.hedged,
        headline=statement.headline,
        question=statement.question,
        sourceName=_name(source.entity if source else None),
        channelName=reference(statement.via),
    )


def _name(entity: str | None) -> str | None:
    """The id of the name, where what is named is no country and no document."""
    found = reference(entity)
    return None if found == entity else found


def _source_country(statement: StatementRecord) -> str | None:
    source = statement.source
    if source is None:
        return None
    if source.entity is not None and source.entity.startswith("country/"):
        return source.entity
    return iris.country_id(source.country) if source.country else None


def _distinct(statements: Iterable[StatementRecord]) -> Iterable[StatementRecord]:
    return {statement.id: statement for statement in statements}.values()


def _filled(**properties: Any) -> Row:
    return {key: value for key, value in properties.items() if value not in (None, [], "")}
