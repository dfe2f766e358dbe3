"""Records as a delta: what the graph holds once they are written, as nodes and edges.

This is the one place where a record becomes a part of the graph. What the ontology says a class
has, properties and relationships alike, is taken from the record's attribute of that name in
snake_case; what is called otherwise in the record, or is not in it, is said here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from loader.graph.building import Builder, Delta, owned
from loader.graph.resolution import alternatives_in, match_key
from loader.graph.shared import Row
from loader.graph.similarity import pending_sketch
from ontology import iris
from ontology.derived import article_search, statement_search
from ontology.model import Model
from ontology.ranges import char_range
from ontology.records import (
    ArticleRecord,
    CitationRecord,
    ExtractedPage,
    Run,
    Span,
    StatementRecord,
)


def run_delta(run: Run, model: Model) -> Delta:
    """What the graph holds of ``run`` itself."""
    builder = Builder(model)
    builder.add("ExtractionRun", run.id, run, startedAt=run.started)
    return builder.delta


def page_delta(pages: Iterable[ExtractedPage], model: Model, run: str | None = None) -> Delta:
    """What the graph holds of ``pages`` and where articles stand on them, whoever read them before.

    Args:
        pages: The pages.
        model: The ontology's.
        run: The id of the run that read them; None if that is not to be said.
    """
    builder = Builder(model)
    for item in pages:
        page = item.page
        builder.add("Page", page.id, page, extractedBy=run)
        for article in item.articles:
            location = f"{page.id}#{char_range(article.span)}"
            builder.add("Article", article.id, locations=[location], fromPage=page.id)
    return builder.delta


def article_delta(articles: Iterable[ArticleRecord], model: Model, run: str | None = None) -> Delta:
    """What the graph holds of ``articles``: all that was found in them.

    Args:
        articles: The records, each once.
        model: The ontology's.
        run: The id of the run that found it; None if that is not to be said.
    """
    builder = Builder(model)
    inside = owned(model)
    for article in articles:
        _add_article(builder, article, run)
        for part in _parts(article):
            label = type(part).__name__.removesuffix("Record")
            home = {inside[label].name: article.id} if label in inside else {}
            builder.add(label, part.id, part, **home)
    return builder.delta


def evidence(entity: str, name: str, kind: str, forms: list[str]) -> tuple[str, str, Row]:
    """What a mention of ``entity`` (an id) tells of a node that articles share.

    Args:
        entity: The id of what is mentioned; of what is known by names, the name's own entity.
        name: The mention's properties of these names.
        kind: Likewise.
        forms: Likewise; the name is one of them.

    Returns:
        The label, id and properties of the country, or of the name, by which it is known.
    """
    if kind == "Country":
        return "Country", entity, {"aliases": [form for form in forms if form != name]}
    row = {
        "spelling": name,
        "kind": kind,
        "matchKey": match_key(entity),
        "forms": forms,
        "alternatives": sorted(alternatives_in(entity, forms)),
        "resolution": "pending",
    }
    return "Name", iris.name_id(entity), row


def _add_article(builder: Builder, article: ArticleRecord, run: str | None) -> None:
    """Add an article with all that was found in it."""
    builder.add(
        "Article",
        article.id,
        article,
        authorNames=sorted({iris.name_id(author.entity) for author in article.authors}),
        outletName=_name(article.outlet),
        writtenBy={author.entity for author in article.authors},
        publishedBy=article.outlet,
        mentions={mention.entity for mention in article.mentions},
        cites={citation.entity for citation in article.citations},
        extractedBy=run,
        **article_search(article.title, article.text),
    )
    names = {entity.id: entity.name for entity in article.entities}
    for statement in article.statements:
        _add_statement(builder, statement, article, names)
    for citation in article.citations:
        _add_citation(builder, citation, article)
    _add_entities(builder, article)


def _add_statement(
    builder: Builder, statement: StatementRecord, article: ArticleRecord, names: Mapping[str, str]
) -> None:
    source, cue = statement.source, statement.cue
    speaker = source.entity if source else None
    countries = [iris.country_id(code) for code in statement.countries]
    builder.add(
        "Statement",
        statement.id,
        statement,
        start=statement.content[0][0],
        contentSpans=statement.content,
        cue=cue.text if cue else None,
        cueSpan=cue.span if cue else None,
        source=source.text if source else None,
        sourceSpan=source.span if source else None,
        published=article.published,
        sourceName=_name(speaker),
        channelName=_name(statement.via),
        statedIn=article.id,
        expresses=statement.claim,
        attributedTo=speaker,
        reportedVia=statement.via,
        sourceCountry=_source_country(statement),
        partOf=statement.parent,
        about=countries,
        **statement_search(statement.text, _called(statement, names), article.title),
    )
    text = iris.claim_words(statement.text)
    sketch = pending_sketch(text)
    builder.add("Claim", statement.claim, text=text, sketch1=sketch, about=countries)


def _called(statement: StatementRecord, names: Mapping[str, str]) -> str | None:
    """The speaker's name in the article, or else the words for the speaker."""
    source = statement.source
    if source is None:
        return None
    return names.get(source.entity, source.text) if source.entity else source.text


def _add_citation(builder: Builder, citation: CitationRecord, article: ArticleRecord) -> None:
    if citation.entity.startswith("country/"):
        return  # countries are not cited
    builder.add(
        "Citation",
        iris.citation_id(article.id, citation.entity),
        citation,
        affiliationName=_name(citation.affiliation),
        inArticle=article.id,
        of=citation.entity,
        affiliatedWith=citation.affiliation,
    )


def _add_entities(builder: Builder, article: ArticleRecord) -> None:
    """Add documents, mentions, and what these tell of countries and names."""
    places: dict[str, list[Span]] = defaultdict(list)
    for mention in article.mentions:
        places[mention.entity].append(mention.span)
    bylines: dict[str, list[Span]] = defaultdict(list)
    for author in article.authors:
        if author.span:
            bylines[author.entity].append(author.span)
    for entity in article.entities:
        if entity.type == "Document":
            aliases = sorted(entity.aliases)
            builder.add("Document", entity.id, entity, aliases=aliases, inArticle=article.id)
            continue
        forms = sorted({entity.name, *entity.aliases})
        builder.add(
            "Mention",
            iris.mention_id(article.id, entity.id),
            name=entity.name,
            kind=entity.type,
            forms=forms,
            spans=tuple(sorted(places[entity.id])),
            bylineSpans=tuple(sorted(bylines[entity.id])),
            inArticle=article.id,
            refersTo=entity.id,
            usesName=_name(entity.id),
        )
        label, identifier, row = evidence(entity.id, entity.name, entity.type, forms)
        builder.add(label, identifier, entity if label == "Country" else None, **row)


def _parts(article: ArticleRecord) -> Iterator[Any]:
    """Records of the article's that have an id and a class named like them, and no line above."""
    for entry in fields(article):
        value = getattr(article, entry.name)
        if value.__class__ is tuple and entry.name not in ("statements", "entities"):
            yield from value if value and hasattr(value[0], "id") else ()


def _name(entity: str | None) -> str | None:
    """The id of the name by which an entity is known; None for a country or document."""
    if entity is None or entity.startswith(("country/", "document/")):
        return None
    return iris.name_id(entity)


def _source_country(statement: StatementRecord) -> str | None:
    source = statement.source
    if source is None:
        return None
    if source.entity is not None and source.entity.startswith("country/"):
        return source.entity
    return iris.country_id(source.country) if source.country else None
