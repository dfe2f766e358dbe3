"""Which columns of other nodes stand in a table beside a node's own: one row a column.

A path leads over the fields of the GraphQL API. What a class has and no row names follows by
itself (``api/tables/columns.py``), so that a new property needs no line here.
"""

from collections.abc import Mapping

Joined = tuple[tuple[str, str], ...]
"""Names of columns with their paths; ``@name`` is one of ``api/tables/computed.py``."""

_COUNTED: Joined = (
    ("statements", "statements.totalCount"),
    ("cited_in", "citedIn.totalCount"),
    ("mentioned_in", "mentionedIn.totalCount"),
)
_ARTICLE: Joined = (
    ("article_id", "inArticle.id"),
    ("title", "inArticle.title"),
    ("outlet", "inArticle.publishedBy.name"),
    ("published", "inArticle.published"),
    ("url", "inArticle.url"),
)
_NAMED: Joined = (("name", "name"), ("aliases", "aliases"))

JOINED: Mapping[str, Joined] = {
    "Statement": (
        ("speaker", "attributedTo.name"),
        ("speaker_id", "attributedTo.id"),
        ("speaker_type", "attributedTo.__typename"),
        ("role", "@role"),
        ("description", "@description"),
        ("source", "source"),
        ("cue", "cue"),
        ("text", "text"),
        ("kind", "kind"),
        ("act", "act"),
        ("denied", "denied"),
        ("negative", "negative"),
        ("negated", "negated"),
        ("hedged", "hedged"),
        ("question", "question"),
        ("headline", "headline"),
        ("countries", "about.name"),
        ("country_ids", "about.id"),
        ("claim", "expresses.text"),
        ("claim_id", "expresses.id"),
        ("near_claims", "@near_claims"),
        ("near_claim_ids", "@near_claim_ids"),
        ("article_id", "statedIn.id"),
        ("title", "statedIn.title"),
        ("outlet", "statedIn.publishedBy.name"),
        ("outlet_id", "statedIn.publishedBy.id"),
        ("authors", "statedIn.writtenBy.name"),
        ("published", "published"),
        ("url", "statedIn.url"),
        ("page", "statedIn.fromPage.name"),
        ("start", "start"),
        ("end", "@end"),
    ),
    "Article": (
        ("title", "title"),
        ("subtitle", "subtitle"),
        ("outlet", "publishedBy.name"),
        ("outlet_id", "publishedBy.id"),
        ("authors", "writtenBy.name"),
        ("author_ids", "writtenBy.id"),
        ("published", "published"),
        ("modified", "modified"),
        ("url", "url"),
        ("page", "fromPage.name"),
        ("page_ids", "fromPage.id"),
        ("kind", "kind"),
        ("language", "language"),
        ("statements", "statements.totalCount"),
        ("text", "text"),
    ),
    "Person": (*_NAMED, ("articles", "articles.totalCount"), *_COUNTED),
    "AnyOrganization": (("type", "__typename"), *_NAMED, *_COUNTED),
    "Outlet": (*_NAMED, ("articles", "articles.totalCount"), *_COUNTED),
    "Country": (
        ("name", "name"),
        ("iso2", "iso2"),
        ("iso3", "iso3"),
        ("wikidata", "wikidata"),
        ("statements", "statements.totalCount"),
        ("statements_about", "statementsAbout.totalCount"),
        ("mentioned_in", "mentionedIn.totalCount"),
    ),
    "Document": (("name", "name"), *_ARTICLE, ("statements", "statements.totalCount")),
    "Claim": (
        ("text", "text"),
        ("countries", "about.name"),
        ("country_ids", "about.id"),
        ("statements", "statements.totalCount"),
        ("near_claims", "@near"),
        ("near_claim_ids", "@near_ids"),
        ("origins", "origins.totalCount"),
    ),
    "Citation": (
        ("cited", "of.name"),
        ("cited_id", "of.id"),
        ("cited_type", "of.__typename"),
        ("role", "role"),
        ("description", "description"),
        ("affiliation", "affiliatedWith.name"),
        ("affiliation_id", "affiliatedWith.id"),
        *_ARTICLE,
    ),
    "Mention": (
        ("entity", "refersTo.name"),
        ("entity_id", "refersTo.id"),
        ("entity_type", "refersTo.__typename"),
        ("forms", "forms"),
        ("spans", "spans"),
        *_ARTICLE,
    ),
    "Name": (
        ("spelling", "spelling"),
        ("entity", "denotes.name"),
        ("entity_id", "denotes.id"),
    ),
    "ClaimMatch": (
        ("score", "score"),
        ("claims", "between.text"),
        ("claim_ids", "between.id"),
    ),
    "Origin": (
        ("claims", "claims.text"),
        ("claim_ids", "claims.id"),
        ("reasons", "reasons"),
        ("articles", "articles.totalCount"),
        ("article_ids", "articles.id"),
        ("titles", "articles.title"),
        ("evidence", "evidence.quote"),
    ),
    "Trace": (
        ("reason", "reason"),
        ("quote", "quote"),
        ("span", "span"),
        ("origin_id", "supports.id"),
        *_ARTICLE,
    ),
}

FIRST = ("statements", "articles", "people", "organizations", "outlets", "countries")
"""The tables that files with several begin with; the others follow in the ontology's order."""
