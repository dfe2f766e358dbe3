"""Turn an annotated ``Doc`` and its article into the record that the graph is written from.

Everything is copied into plain values here: a record outlives the ``Doc``. Offsets count from the
start of the article; text is the article's own, not the parser's normalised copy.
"""

from collections.abc import Iterator, Mapping
from typing import cast, get_args

from spacy.tokens import Doc, Span

from loader.articles import Article
from loader.extract.components.annotations import (
    COUNTRIES,
    ORGANIZATIONS,
    PEOPLE,
    Agent,
    Attribution,
    Speaker,
)
from loader.extract.entity_table import EntityTable
from ontology import iris
from ontology.records import (
    ArticleRecord,
    AuthorRecord,
    CitationRecord,
    CitationRole,
    CueRecord,
    EntityRole,
    MentionForm,
    MentionRecord,
    PageRecord,
    SourceRecord,
    SourceRole,
    StatementRecord,
    Third,
)

_COUNTRY_FORMS = frozenset({"name", "demonym", "metonym"})


def to_record(doc: Doc, article: Article, *, identifier: str | None = None) -> ArticleRecord:
    """Return what was found in ``article``; ``doc`` is its annotated ``Doc``.

    ``identifier`` is the id of an article that has one already.
    """
    identifier = identifier or article_id(article)
    table = EntityTable(identifier)
    mentions = tuple(_mentions(doc, article, table))
    authors = tuple(
        AuthorRecord(
            name=byline.name,
            span=byline.span,
            entity=table.add(_author(doc, byline.name), "author"),
        )
        for byline in article.bylines
    )
    outlet = table.add(Agent(type="Outlet", name=article.outlet)) if article.outlet else None
    citations = tuple(_citations(doc, table))
    for document in doc._.documents:
        for form in document.forms:
            table.add(Agent(type="Document", name=document.name), alias=form)
    roles = {citation.entity: citation.role for citation in citations}
    statements = tuple(_statements(doc, article, identifier, table, roles))
    return ArticleRecord(
        id=identifier,
        page=PageRecord(
            id=iris.page_id(article.page.sha256),
            name=article.page.name,
            media_type=article.page.media_type,
            url=article.page.url,
        ),
        span=article.span,
        kind=article.kind,
        text=article.text,
        title=article.title,
        title_span=article.title_span,
        subtitle=article.subtitle,
        language=article.language,
        authors=authors,
        published=article.published,
        published_guessed=article.published_guessed,
        modified=article.modified,
        outlet=outlet,
        url=article.page.url,
        noise=article.noise,
        statements=statements,
        citations=citations,
        mentions=mentions,
        entities=table.records(),
    )


def article_id(article: Article) -> str:
    """The same text with the same particulars is the same article, wherever it is found."""
    return iris.article_id(
        article.text,
        article.kind,
        article.title or "",
        article.outlet or "",
        article.published.isoformat() if article.published else "",
        article.modified.isoformat() if article.modified else "",
        *(byline.name for byline in article.bylines),
    )


def _mentions(doc: Doc, article: Article, table: EntityTable) -> Iterator[MentionRecord]:
    found = [
        (span.start_char, span.end_char, _agent_of(span), _form_of(span))
        for key in (COUNTRIES, PEOPLE, ORGANIZATIONS)
        for span in doc.spans.get(key, ())
    ]
    for byline in article.bylines:
        if byline.span is None:
            continue
        start, end = byline.span
        if not any(a < end and start < b and who.type == "Person" for a, b, who, _ in found):
            found.append((start, end, _author(doc, byline.name), "name"))
    bylines = [byline.span for byline in article.bylines if byline.span]
    for start, end, agent, form in sorted(found, key=lambda item: item[:2]):
        text = article.text[start:end]
        in_byline = any(a < end and start < b for a, b in bylines)
        role: EntityRole | None = None if in_byline else "mentioned"
        entity = table.add(agent, role, alias=text if form == "name" else None)
        yield MentionRecord(span=(start, end), text=text, entity=entity, form=form)


def _agent_of(span: Span) -> Agent:
    if span.label_ == "PERSON":
        return Agent(type="Person", name=span.kb_id_)
    if span.label_ == "OUTLET":
        return Agent(type="Outlet", name=span.kb_id_)
    if span.label_ == "ORGANIZATION":
        return Agent(type="Organization", name=span.kb_id_)
    return Agent(type="Country", name=span.kb_id_)


def _form_of(span: Span) -> MentionForm:
    return cast(MentionForm, span.label_) if span.label_ in _COUNTRY_FORMS else "name"


def _author(doc: Doc, name: str) -> Agent:
    """The author as a person, by the name under which the article's people know them."""
    known = {span.kb_id_.casefold(): span.kb_id_ for span in doc.spans.get(PEOPLE, ())}
    return Agent(type="Person", name=known.get(name.casefold(), name))


def _citations(doc: Doc, table: EntityTable) -> Iterator[CitationRecord]:
    for citation in doc._.citations:
        role: EntityRole = "cited-expert" if citation.role == "expert" else "cited-source"
        affiliation = citation.affiliation
        yield CitationRecord(
            entity=table.add(citation.agent, role),
            role=citation.role,
            description=citation.description,
            affiliation=table.add(affiliation) if affiliation is not None else None,
        )


def _statements(
    doc: Doc,
    article: Article,
    identifier: str,
    table: EntityTable,
    roles: Mapping[str, CitationRole],
) -> Iterator[StatementRecord]:
    attributions: tuple[Attribution, ...] = doc._.attributions
    speakers: tuple[Speaker | None, ...] = doc._.speakers
    ids = [_statement_id(article, identifier, attribution) for attribution in attributions]
    for attribution, speaker, own in zip(attributions, speakers, ids, strict=True):
        text = _content_text(article, attribution)
        via = speaker.via if speaker is not None else None
        source = _source(article, attribution, speaker, table)
        yield StatementRecord(
            id=own,
            kind=attribution.kind,
            act=attribution.act,
            rule=attribution.rule,
            source=source,
            source_role=_source_role(source, roles),
            cue=_cue(article, attribution),
            content=attribution.content,
            text=text,
            words=sum(any(map(str.isalnum, word)) for word in text.split()),
            third=_third(attribution.content[0][0], len(article.text)),
            countries=_countries_in(doc, attribution),
            denied=attribution.denied,
            negative=attribution.negative,
            negated=attribution.denied or attribution.negative,
            hedged=attribution.hedged,
            headline=attribution.headline,
            question=attribution.question,
            via=table.add(via) if via is not None else None,
            parent=ids[attribution.parent] if attribution.parent is not None else None,
            claim=iris.claim_id(text),
        )


def _statement_id(article: Article, identifier: str, attribution: Attribution) -> str:
    start = min(begin for begin, _ in attribution.content)
    cue = article.text[slice(*attribution.cue)] if attribution.cue else ""
    return iris.statement_id(identifier, start, attribution.content, cue)


def _source(
    article: Article, attribution: Attribution, speaker: Speaker | None, table: EntityTable
) -> SourceRecord | None:
    agent = speaker.agent if speaker is not None else None
    country = speaker.country if speaker is not None else None
    if agent is not None and agent.type == "Country":
        country = agent.name
    if attribution.source is None and agent is None and country is None:
        return None
    return SourceRecord(
        span=attribution.source,
        text=article.text[slice(*attribution.source)] if attribution.source else None,
        entity=table.add(agent) if agent is not None else None,
        country=iris.key(table.add(Agent(type="Country", name=country))) if country else None,
    )


def _source_role(source: SourceRecord | None, roles: Mapping[str, CitationRole]) -> SourceRole:
    """As what a source speaks in its article; who is cited without a role is any source."""
    if source is None or source.entity is None:
        return "unnamed"
    if source.entity.startswith("country/"):
        return "government"
    return roles.get(source.entity, "source")


def _third(start: int, length: int) -> Third:
    """The third of a text of ``length`` in which ``start`` is."""
    return get_args(Third)[3 * start // length]  # type: ignore[no-any-return]


def _cue(article: Article, attribution: Attribution) -> CueRecord | None:
    if attribution.cue is None:
        return None
    return CueRecord(span=attribution.cue, text=article.text[slice(*attribution.cue)])


def _content_text(article: Article, attribution: Attribution) -> str:
    return " ".join(article.text[start:end] for start, end in attribution.content)


def _countries_in(doc: Doc, attribution: Attribution) -> tuple[str, ...]:
    """The codes of the countries that the content names, in the order of the text."""
    codes: dict[str, None] = {}
    for start, end in attribution.content:
        for span in doc.spans.get(COUNTRIES, ()):
            if start <= span.start_char and span.end_char <= end:
                codes.setdefault(span.kb_id_)
    return tuple(codes)
