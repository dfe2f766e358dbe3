"""The lists of the site, in one table: what each shows, and how it is narrowed down and sorted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.statement_filter import TOLD
from api.site.filters import Filter, Option
from api.site.words import ACTS, ARTICLE_KINDS, KINDS, ROLES, SOURCE_ROLES, THIRDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """An order of a list; ``order`` is GraphQL's ``orderBy``."""

    key: str
    label: str
    order: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """A list of the site.

    Attributes:
        plural: the last part of its address, and the name of its document in ``queries/site``.
        title: its heading.
        noun: what one of its rows is, and several.
        lead: what it holds, in a sentence.
        filters: what narrows it down.
        sorts: its orders; the first is used where none is asked for.
        standing: a condition that holds unless ``acts=all`` is asked for.
        document: the text of its document, if that is not one of ``queries/site``. Such a list has
            no facets.
    """

    plural: str
    title: str
    noun: tuple[str, str]
    lead: str
    filters: tuple[Filter, ...]
    sorts: tuple[Sort, ...]
    standing: Mapping[str, Any] | None = None
    document: str = ""


def _thing(key: str, label: str, path: str, facet: str = "", hint: str = "") -> Filter:
    several = ".some." in path
    return Filter(
        key=key, label=label, form="thing", path=path, facet=facet, many=several, hint=hint
    )


def _words(path: str) -> Filter:
    return Filter(key="text", label="Containing", form="text", path=path, hint="words")


def _dates(path: str) -> tuple[Filter, ...]:
    return (
        Filter(key="year", label="Year", form="year", path=path, facet="byYear", hint="2023"),
        Filter(key="from", label="From", form="from", path=path, hint="2023-01-31"),
        Filter(key="to", label="Until", form="to", path=path, hint="2023-12-31"),
    )


def _options(key: str, label: str, *options: tuple[str, str, Mapping[str, Any]]) -> Filter:
    made = tuple(Option(name=name, label=text, condition=when) for name, text, when in options)
    return Filter(key=key, label=label, form="option", options=made, many=True)


def _choice(
    key: str, label: str, path: str, facet: str, words: Mapping[str, str], *, many: bool = False
) -> Filter:
    return Filter(
        key=key, label=label, form="choice", path=path, facet=facet, words=words, many=many
    )


def _sort(key: str, label: str, *order: str) -> Sort:
    """An order by properties; a minus before one turns it round."""
    return Sort(
        key=key,
        label=label,
        order=tuple({one.lstrip("-"): "DESC" if one[0] == "-" else "ASC"} for one in order),
    )


_TRUE = {"eq": True}
_NAMED_ROLES = [role for role in SOURCE_ROLES if role != "UNNAMED"]
_ANY: Mapping[str, Any] = {"some": {}}
_SPEAKS = {"statements": {"some": dict(TOLD)}}
_BY_NAME = _sort("name", "By name", "name")
_MOST_SAID = _sort("statements", "Most statements first", "-statementsCount", "name")
_NAMED = _words("name.contains")
_OF_AGENTS = (
    _choice("role", "Cited as", "citations.some.role.eq", "byRole", ROLES, many=True),
    _thing("country", "Speaks about", "statements.some.about.some.id.eq", "byCountry", "country"),
    _thing("outlet", "Cited in", "citedIn.some.publishedBy.id.eq", "byOutlet", "name"),
)

LISTS: tuple[ListKind, ...] = (
    ListKind(
        plural="statements",
        title="Statements",
        noun=("statement", "statements"),
        lead="Who said what, word for word, in which article.",
        filters=(
            _thing("speaker", "Speaker", "attributedTo.id.eq", "bySpeaker", "name"),
            _thing("country", "About", "about.some.id.eq", "byCountry", "country"),
            _thing("outlet", "Outlet", "statedIn.publishedBy.id.eq", "byOutlet", "name"),
            _options(
                "said",
                "Said with",
                ("denied", "denies", {"denied": _TRUE}),
                ("negative", "that something is not so", {"negative": _TRUE}),
                ("hedged", "with reservation", {"hedged": _TRUE}),
                ("question", "as a question", {"question": _TRUE}),
            ),
            _choice("kind", "Words", "kind.eq", "byKind", KINDS),
            _choice("act", "Act", "act.eq", "byAct", ACTS),
            _choice("role", "Source", "sourceRole.eq", "bySourceRole", SOURCE_ROLES),
            _choice("third", "In the article", "third.eq", "byThird", THIRDS),
            _options(
                "named",
                "Source is",
                ("named", "named", {"sourceRole": {"in": _NAMED_ROLES}}),
                ("unnamed", "unnamed", {"sourceRole": {"eq": "UNNAMED"}}),
            ),
            *_dates("published"),
            _words("text.contains"),
            _thing("claim", "Claim", "expresses.id.eq"),
            _thing("article", "Article", "statedIn.id.eq"),
            _thing("author", "Author", "statedIn.writtenBy.some.id.eq", hint="name"),
            _thing("via", "Relayed by", "reportedVia.id.eq"),
            _thing("voice", "Unnamed source of", "sourceCountry.id.eq"),
        ),
        sorts=(
            _sort("newest", "Newest first", "-published"),
            _sort("oldest", "Oldest first", "published"),
            _sort("speaker", "By speaker", "sourceName", "-published"),
        ),
        standing=TOLD,
    ),
    ListKind(
        plural="claims",
        title="Claims",
        noun=("claim", "claims"),
        lead="What is claimed, and how many state or deny it.",
        filters=(
            _options(
                "stated",
                "Stated",
                ("denied", "denied by somebody", {"statements": {"some": {"denied": _TRUE}}}),
                ("repeated", "more than once", {"statements": {"count": {"gte": 2}}}),
                ("similar", "also in other words", {"matches": _ANY}),
            ),
            _thing("country", "About", "about.some.id.eq", "byCountry", "country"),
            _thing(
                "speaker", "Stated by", "statements.some.attributedTo.id.eq", "bySpeaker", "name"
            ),
            _thing(
                "outlet", "Outlet", "statements.some.statedIn.publishedBy.id.eq", "byOutlet", "name"
            ),
            *_dates("statements.some.published"),
            _words("text.contains"),
        ),
        sorts=(
            _sort("most", "Most stated first", "-statementsCount"),
            _sort("similar", "Most similar claims first", "-matchesCount", "-statementsCount"),
        ),
    ),
    ListKind(
        plural="articles",
        title="Articles",
        noun=("article", "articles"),
        lead="What was published, by whom and where.",
        filters=(
            _thing("country", "Country", "mentions.some.id.eq", "byCountry", "country"),
            _thing("outlet", "Outlet", "publishedBy.id.eq", "byOutlet", "name"),
            _thing("author", "Author", "writtenBy.some.id.eq", "byAuthor", "name"),
            _thing(
                "speaker", "Who speaks", "statements.some.attributedTo.id.eq", "bySpeaker", "name"
            ),
            _choice("kind", "Kind", "kind.eq", "byKind", ARTICLE_KINDS),
            *_dates("published"),
            _words("text.contains"),
            _thing("cites", "Citing", "cites.some.id.eq"),
            _thing("mentions", "Naming", "mentions.some.id.eq"),
        ),
        sorts=(
            _sort("newest", "Newest first", "-published"),
            _sort("oldest", "Oldest first", "published"),
            _sort("statements", "Most statements first", "-statementsCount", "-published"),
            _sort("title", "By title", "title"),
        ),
    ),
    ListKind(
        plural="people",
        title="People",
        noun=("person", "people"),
        lead="Who is named, cited, or writes.",
        filters=(
            *_OF_AGENTS,
            _options(
                "does",
                "Who",
                ("speaks", "makes statements", _SPEAKS),
                ("writes", "writes articles", {"articles": _ANY}),
            ),
            _NAMED,
        ),
        sorts=(_MOST_SAID, _BY_NAME, _sort("articles", "Most articles first", "-articlesCount")),
    ),
    ListKind(
        plural="organizations",
        title="Organizations",
        noun=("organization", "organizations"),
        lead="Parties, companies, ministries, institutes, outlets and other bodies.",
        filters=(
            *_OF_AGENTS,
            _options("does", "Which", ("speaks", "makes statements", _SPEAKS)),
            _NAMED,
        ),
        sorts=(
            _MOST_SAID,
            _BY_NAME,
            _sort("named", "Named most often first", "-mentionedInCount", "name"),
        ),
    ),
    ListKind(
        plural="outlets",
        title="Outlets",
        noun=("outlet", "outlets"),
        lead="Who publishes the news, and whose reports are passed on.",
        filters=(
            _options(
                "does",
                "Which",
                ("publishes", "published articles", {"articles": _ANY}),
                ("relays", "is quoted for others' words", {"relayed": _ANY}),
            ),
            _thing(
                "country",
                "Writes about",
                "articles.some.mentions.some.id.eq",
                "byCountry",
                "country",
            ),
            _NAMED,
        ),
        sorts=(_sort("articles", "Most articles first", "-articlesCount", "name"), _BY_NAME),
    ),
    ListKind(
        plural="countries",
        title="Countries",
        noun=("country", "countries"),
        lead="What is said about countries, and what their governments say.",
        filters=(
            _options(
                "does",
                "Which",
                ("speaks", "makes statements", _SPEAKS),
            ),
            _NAMED,
        ),
        sorts=(
            _sort("about", "Most discussed first", "-statementsAboutCount", "name"),
            _MOST_SAID,
            _BY_NAME,
        ),
    ),
    ListKind(
        plural="documents",
        title="Documents",
        noun=("document", "documents"),
        lead="Memos, studies, filings and other documents that articles cite.",
        filters=(
            _thing("outlet", "Cited in", "inArticle.publishedBy.id.eq", "byOutlet", "name"),
            _options("does", "Which", ("speaks", "is the source of statements", _SPEAKS)),
            _thing("article", "Article", "inArticle.id.eq"),
            _NAMED,
        ),
        sorts=(_MOST_SAID, _BY_NAME),
    ),
)
"""The lists, in the order in which navigation shows them."""

BY_PLURAL: Mapping[str, ListKind] = {one.plural: one for one in LISTS}
