"""What extraction finds, as plain frozen values: one ``ArticleRecord`` an article.

The writer turns records into the graph, ``newsgraph extract`` prints them as JSON. Spans are
half-open, in Unicode code points; the article's own counts from the start of its page, every
other from the start of the article.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from ontology import iris

Span = tuple[int, int]
ArticleKind = Literal["article", "excerpt", "title"]
StatementKind = Literal["direct", "indirect", "mixed"]
EntityType = Literal["Person", "Organization", "Outlet", "Country", "Document"]
EntityRole = Literal["author", "cited-expert", "cited-source", "mentioned"]
CitationRole = Literal["expert", "official", "spokesperson", "outlet", "document", "source"]
MentionForm = Literal["name", "demonym", "metonym"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """The page an article stands on: ``id`` from the SHA-256 of its bytes."""

    id: str
    name: str
    media_type: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRecord:
    """An author by the byline: ``span`` is None where only metadata names the author."""

    name: str
    span: Span | None
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """The source of a statement.

    ``span`` is None where the speaker is carried over, ``entity`` None for an unnamed group.
    ``country`` is the id of a group's or a document's country, if it has one.
    """

    span: Span | None
    text: str | None
    entity: str | None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """One attributed utterance. ``countries`` are ISO codes; ``via``, ``parent``, ``claim`` ids."""

    id: str
    kind: StatementKind
    source: SourceRecord | None
    cue: tuple[Span, str] | None
    content: tuple[Span, ...]
    text: str
    countries: tuple[str, ...]
    negated: bool
    hedged: bool
    headline: bool
    question: bool
    via: str | None
    parent: str | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRecord:
    """In the article, ``entity`` is cited as ``role``."""

    entity: str
    role: CitationRole
    description: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRecord:
    """One place where the article names an entity."""

    span: Span
    text: str
    entity: str
    form: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRecord:
    """An entity or document of the article: ``name`` is the fullest form, ``aliases`` the others.

    A document is the article's own: it is cited, and never mentioned.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    roles: tuple[EntityRole, ...]
    iso2: str | None = None
    iso3: str | None = None
    historical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article with all that was found in it. ``outlet`` is an organization's id."""

    id: str
    page: PageRecord
    span: Span
    kind: ArticleKind
    text: str
    title: str | None
    title_span: Span | None
    subtitle: str | None
    language: str
    authors: tuple[AuthorRecord, ...]
    published: date | None
    modified: date | None
    outlet: str | None
    url: str | None
    noise: tuple[Span, ...]
    statements: tuple[StatementRecord, ...]
    citations: tuple[CitationRecord, ...]
    mentions: tuple[MentionRecord, ...]
    entities: tuple[EntityRecord, ...]

    def as_json(self) -> dict[str, Any]:
        """The record as ``newsgraph extract`` prints it, ready for ``json.dumps``."""
        return {
            "file": self.page.name,
            "id": self.id,
            "span": list(self.span),
            "kind": self.kind,
            "title": self.title,
            "subtitle": self.subtitle,
            "language": self.language,
            "authors": [
                {"name": a.name, "span": _list(a.span), "entity": a.entity} for a in self.authors
            ],
            "published": self.published.isoformat() if self.published else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "outlet": self.outlet,
            "noise": [list(span) for span in self.noise],
            "statements": [_statement(statement) for statement in self.statements],
            "citations": [
                {
                    "entity": c.entity,
                    "role": c.role,
                    "description": c.description,
                    "affiliation": c.affiliation,
                }
                for c in self.citations
            ],
            "mentions": [
                {"span": list(m.span), "text": m.text, "entity": m.entity, "form": m.form}
                for m in self.mentions
            ],
            "entities": [
                {
                    "id": e.id,
                    "type": e.type,
                    "name": e.name,
                    "aliases": list(e.aliases),
                    "iso2": e.iso2,
                    "roles": list(e.roles),
                }
                for e in self.entities
            ],
        }


def _statement(statement: StatementRecord) -> dict[str, Any]:
    source, cue = statement.source, statement.cue
    return {
        "id": statement.id,
        "kind": statement.kind,
        "source": _source(source) if source else None,
        "cue": {"span": list(cue[0]), "text": cue[1]} if cue else None,
        "content": [list(span) for span in statement.content],
        "text": statement.text,
        "countries": list(statement.countries),
        "negated": statement.negated,
        "hedged": statement.hedged,
        "headline": statement.headline,
        "via": statement.via,
        "parent": statement.parent,
        "claim": statement.claim,
    }


def _source(source: SourceRecord) -> dict[str, Any]:
    return {
        "span": _list(source.span),
        "text": source.text,
        "entity": source.entity,
        "country": iris.key(source.country) if source.country else None,
    }


def _list(span: Span | None) -> list[int] | None:
    return list(span) if span else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The software that read the pages: name, version, model, the ontology's version, and when.

    ``started`` is kept from the first time this software wrote to a database.
    """

    software: str
    version: str
    model: str
    ontology_version: str
    started: datetime

    @property
    def id(self) -> str:
        """The run's id: the same software with the same rules is the same run."""
        return iris.run_id(self.software, self.version, self.model, self.ontology_version)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedPage:
    """A page with the records of its articles, in page order."""

    page: PageRecord
    articles: tuple[ArticleRecord, ...]
