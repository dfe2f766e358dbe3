"""The ways to count the nodes of a list: by time, country, outlet, speaker, role and kind."""

from dataclasses import replace

from api.graphql.compiler.catalog import Group, NodeType, Period, Walk
from api.graphql.compiler.conditions import CITED

# Ways to count: name → path of walks, then a property, or none to count by the nodes themselves.
GROUPS: dict[str, dict[str, str]] = {
    "Article": {
        "byDay": "published",
        "byMonth": "published",
        "byYear": "published",
        "byCountry": "mentions:Country",
        "byOutlet": "publishedBy",
        "byAuthor": "writtenBy",
        "bySpeaker": "statements.attributedTo",
        "byRole": "citations.role",
        "byKind": "kind",
    },
    "Statement": {
        "byDay": "published",
        "byMonth": "published",
        "byYear": "published",
        "byCountry": "about",
        "bySpeaker": "attributedTo",
        "byOutlet": "statedIn.publishedBy",
        "byRole": "Citation.role",
        "byKind": "kind",
        "byAct": "act",
        "byAuthor": "statedIn.writtenBy",
        "bySourceRole": "sourceRole",
        "byThird": "third",
        "sourcesByOutlet": "statedIn.publishedBy",
        "sourcesByAuthor": "statedIn.writtenBy",
        "sourcesByCountry": "about",
        "sourcesByMonth": "published",
        "sourcesByYear": "published",
        "sourcesByRole": "sourceRole",
        "sourcesBySpeaker": "attributedTo",
    },
    "Claim": {
        "byDay": "statements.published",
        "byMonth": "statements.published",
        "byYear": "statements.published",
        "byCountry": "about",
        "bySpeaker": "statements.attributedTo",
        "byOutlet": "statements.statedIn.publishedBy",
    },
    "Citation": {
        "byDay": "inArticle.published",
        "byMonth": "inArticle.published",
        "byYear": "inArticle.published",
        "byOutlet": "inArticle.publishedBy",
        "byRole": "role",
    },
    "Person": {
        "byCountry": "statements.about",
        "byOutlet": "citedIn.publishedBy",
        "byRole": "citations.role",
    },
    "AnyOrganization": {
        "byCountry": "statements.about",
        "byOutlet": "citedIn.publishedBy",
        "byRole": "citations.role",
    },
    "Outlet": {
        "byCountry": "articles.mentions:Country",
        "byAuthor": "articles.writtenBy",
        "byRole": "citations.role",
    },
    "Document": {"byOutlet": "inArticle.publishedBy"},
    "Mention": {"byDay": "inArticle.published", "byOutlet": "inArticle.publishedBy"},
}
_PATTERNS = {("Statement", "byRole"): CITED}
_PERIODS: dict[str, Period] = {"byDay": "day", "byMonth": "month", "byYear": "year"}
_GROUPED = {
    "byDay": "by publication date, newest first",
    "byMonth": "by month of publication, newest first",
    "byYear": "by year of publication, newest first",
    "byCountry": "by country, highest count first",
    "byOutlet": "by publishing outlet, highest count first",
    "byAuthor": "by author, highest count first",
    "bySpeaker": "by the agent or document that statements are attributed to, highest count first",
    "byRole": "by citation role, highest count first",
    "byKind": "by kind, highest count first",
    "byAct": "by act, highest count first",
    "bySourceRole": "by the role of their sources, highest count first",
    "byThird": "by third of the article, highest count first",
}
_MEASURED = "sourcesBy"


def grouped(item: NodeType, types: dict[str, NodeType]) -> NodeType:
    """``item`` with the ways to count it; ``types`` are all types, as walks lead from one on."""
    wanted = GROUPS.get(item.name, {})
    groups = {name: _group(name, path, item, types) for name, path in wanted.items()}
    return replace(item, groups=groups)


def _group(name: str, path: str, item: NodeType, types: dict[str, NodeType]) -> Group:
    path, _, narrowed = path.partition(":")
    here, walks, key = item, list[Walk](), ""
    for part in path.split("."):
        if part in here.walks:
            walks.append(here.walks[part])
            here = types[walks[-1].target]
        elif part in types:
            here = types[part]
        else:
            key = part
    prop = here.properties[key] if key else None
    measured = name.startswith(_MEASURED)
    plain = name.replace(_MEASURED, "by")
    of = "Counts, with who speaks and how," if measured else "Counts"
    ways = _GROUPED["bySourceRole" if measured and plain == "byRole" else plain]
    return Group(
        name=name,
        path=tuple(walks),
        key=key,
        kind=prop.kind if prop else "id",
        target=prop.enum if prop else narrowed or here.name,
        description=f"{of} {ways}.",
        pattern=_PATTERNS.get((item.name, name), ""),
        period=_PERIODS.get(plain),
        measured=measured,
    )
