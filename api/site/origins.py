"""Where a claim comes from, as its page shows it: at most so many origins, each with its proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.site.links import node_href
from api.site.receipts import text_fragment
from api.site.words import Row

_REASONS = {
    "PASSAGE": "the same passage",
    "CREDIT": "credited to the same agency",
    "TOLD": "told to the same outlet",
    "REPORTED": "reported by the same outlet",
    "PUBLISHER": "published by that outlet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What shows in one article that it belongs to its origin; ``href`` leads to the words."""

    reason: str
    quote: str
    article: Row
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An origin: why its articles are together, those that are shown, and how many there are."""

    why: str
    articles: Sequence[Row]
    total: int
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The origins of a claim, the largest first.

    Attributes:
        total: How many there are: at most as many are independent.
        articles: How many articles carry the claim.
        more: Whether there can be further articles, since not all origins are shown.
        groups: Those of several articles.
        alone: The articles that nothing joins to others, as far as they are shown.
        hidden: How many origins are not shown.
    """

    total: int
    articles: int
    more: bool
    groups: tuple[Group, ...]
    alone: tuple[Row, ...]
    hidden: int


def origins_of(claim: Row) -> Origins | None:
    """The origins in the answer of a claim's document; None where one article alone has it."""
    found = claim["origins"]
    rows = found["nodes"]
    if not rows:
        return None
    hidden = found["totalCount"] - len(rows)
    shown = sum(row["articles"]["totalCount"] for row in rows)
    return Origins(
        total=found["totalCount"],
        articles=shown + hidden,
        more=hidden > 0 and rows[-1]["articles"]["totalCount"] > 1,
        groups=tuple(_group(row) for row in rows if row["articles"]["totalCount"] > 1),
        alone=tuple(
            article
            for row in rows
            if row["articles"]["totalCount"] == 1
            for article in row["articles"]["nodes"]
        ),
        hidden=hidden,
    )


def _group(row: Row) -> Group:
    return Group(
        why=" and ".join(_REASONS[reason] for reason in row["reasons"]),
        articles=row["articles"]["nodes"],
        total=row["articles"]["totalCount"],
        proofs=tuple(_proof(item) for item in row["evidence"]["nodes"] if item["inArticle"]),
    )


def _proof(item: Row) -> Proof:
    quote = item["quote"] or ""
    href = node_href(item["inArticle"])
    return Proof(
        reason=_REASONS[item["reason"]],
        quote=quote,
        article=item["inArticle"],
        href=text_fragment(href, quote, ((0, len(quote)),)) if quote else href,
    )
