"""What extraction finds, as plain frozen values: one ``ArticleRecord`` an article.

The writer turns records into the graph, ``newsgraph extract`` prints them as JSON
(``docs/records.md``), and ``newsgraph.extract`` yields them. Spans are half-open, in Unicode code
points; the article's own counts from the start of its page, every other from the start of the
article, so that ``article.text[slice(*span)]`` is what stands there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten
from typing import Literal

from ontology import iris

Span = tuple[int, int]
ArticleKind = Literal["article", "excerpt", "title"]
StatementKind = Literal["direct", "indirect", "mixed"]
StatementAct = Literal["said", "written", "found", "asked", "promised", "believed", "wanted"]
StatementRule = Literal[
    "quotation",
    "clause",
    "object",
    "nominal",
    "relative",
    "parenthesis",
    "adverbial",
    "headline",
    "layout",
    "followup",
]
"""The families of rules that find statements."""
SourceRole = Literal[
    "expert",
    "official",
    "spokesperson",
    "organization",
    "outlet",
    "document",
    "source",
    "government",
    "unnamed",
]
"""As what sources speak: the roles of citations, and those of countries and of nobody named."""
Third = Literal["first", "middle", "last"]
TOLD_ACTS: tuple[StatementAct, ...] = ("said", "written", "found", "asked", "promised")
"""What lists and pages show unless asked for more: all but what is believed or wanted."""
EntityType = Literal["Person", "Organization", "Outlet", "Country", "Document"]
EntityRole = Literal["author", "cited-expert", "cited-source", "mentioned"]
CitationRole = Literal[
    "expert", "official", "spokesperson", "organization", "outlet", "document", "source"
]
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
    ``country`` is the ISO code of a group's or a document's country, if it has one.
    """

    span: Span | None
    text: str | None
    entity: str | None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRecord:
    """The word or phrase that marks the attribution, such as "said"."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """One attributed utterance. ``countries`` are ISO codes; ``via``, ``parent``, ``claim`` ids.

    ``act`` is the kind of telling, ``rule`` the family of rules that found the statement. The
    source denies what is ``denied``; what is ``negative`` is so in its own words; ``negated`` is
    either. ``source_role`` is as what the source speaks, ``third`` where in the article it does.
    """

    id: str
    kind: StatementKind
    act: StatementAct
    rule: StatementRule
    source: SourceRecord | None
    source_role: SourceRole
    cue: CueRecord | None
    content: tuple[Span, ...]
    text: str
    words: int
    third: Third
    countries: tuple[str, ...]
    denied: bool
    negative: bool
    negated: bool
    hedged: bool
    headline: bool
    question: bool
    via: str | None
    parent: str | None
    claim: str

    def __repr__(self) -> str:
        source = self.source.text or self.source.entity if self.source else None
        return f"<StatementRecord {self.kind} by {source!r}: {_short(self.text)!r}>"


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
    wikidata: str | None = None
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
    published_guessed: bool = False
    modified: date | None
    outlet: str | None
    url: str | None
    noise: tuple[Span, ...]
    statements: tuple[StatementRecord, ...]
    citations: tuple[CitationRecord, ...]
    mentions: tuple[MentionRecord, ...]
    entities: tuple[EntityRecord, ...]

    def entity(self, id: str | None) -> EntityRecord | None:
        """Return the entity with this ``id``; None if there is none, or ``id`` is None."""
        return next((entity for entity in self.entities if entity.id == id), None)

    def speaker(self, statement: StatementRecord) -> str | None:
        """Return the speaker of ``statement``: the full name if known, else the article's words.

        None if the article names no source ("reportedly").
        """
        if statement.source is None:
            return None
        entity = self.entity(statement.source.entity)
        return entity.name if entity else statement.source.text

    def __repr__(self) -> str:
        counts = (
            f"{len(found)} {name if len(found) != 1 else one}"
            for found, name, one in (
                (self.statements, "statements", "statement"),
                (self.entities, "entities", "entity"),
            )
        )
        named = _short(self.title or self.text)
        return f"<ArticleRecord {named!r} on {self.page.name}: {', '.join(counts)}>"


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


def _short(text: str) -> str:
    return shorten(text, 72, placeholder="…")
