"""What the pages of claims, statements and articles show, from the answers of their documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.graphql.statement_filter import TOLD
from api.site.differences import Run, differences
from api.site.links import node_href
from api.site.origins import Origins, origins_of
from api.site.pages import ArticleView, Link, StatementView, graph_href
from api.site.reading import Reader
from api.site.receipts import in_context, places, spans, text_fragment
from api.site.words import ACTS, Row, manner

_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A claim in nearly the same words: this one's words and the other's, in runs."""

    other: Row
    percent: int
    these: tuple[Run, ...]
    those: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """What the page of a claim shows; ``context`` is HTML."""

    claim: Row
    context: str
    stated: Sequence[Row]
    denied: Sequence[Row]
    alike: tuple[Alike, ...]
    origins: Origins | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """What the receipt of a statement shows; ``context`` is HTML."""

    statement: Row
    context: str
    place: str
    original: str
    """The address of the words where they were published; empty where it is not known."""


def claim_page(claim: Row) -> ClaimPage:
    """The page of a claim."""
    context = "".join(
        in_context(first["statedIn"]["text"], spans(first["contentSpans"]))
        for first in claim["context"]["nodes"]
        if first["statedIn"]
    )
    rows = claim["said"]["nodes"]
    return ClaimPage(
        claim=claim,
        context=context,
        stated=[row for row in rows if not row["denied"]],
        denied=[row for row in rows if row["denied"]],
        alike=tuple(_alike(claim, match) for match in claim["matches"]["nodes"]),
        origins=origins_of(claim),
    )


def statement_page(statement: Row) -> StatementPage:
    """The receipt of a statement."""
    article = statement["article"]
    content = spans(statement["contentSpans"])
    text = article["text"] if article else ""
    return StatementPage(
        statement=statement,
        context=in_context(
            text, content, spans([statement["sourceSpan"]]), spans([statement["cueSpan"]])
        ),
        place=places(content),
        original=text_fragment(article["url"], text, content) if article and article["url"] else "",
    )


async def article_view(reader: Reader, identifier: str, root: str) -> ArticleView | None:
    """The article with its statements; None where there is none."""
    found = (await reader.ask("article", {"id": identifier}))["thing"]
    if found is None:
        return None
    rows: list[Row] = []
    after = None
    while True:
        page = {"id": identifier, "first": _PAGE, "after": after}
        told = (await reader.ask("article-statements", page))["article"]["statements"]
        rows += told["nodes"]
        after = told["pageInfo"]["endCursor"]
        if not told["pageInfo"]["hasNextPage"]:
            break
    links = [Link(label="In the graph", href=root + graph_href(identifier))]
    if found["url"]:
        links.append(Link(label="Where it was published", href=found["url"]))
    published = found["published"]
    return ArticleView(
        id=identifier,
        title=found["title"] or "Article without a title",
        subtitle=found["subtitle"] or "",
        outlet=_link(found["publishedBy"], root) if found["publishedBy"] else None,
        authors=tuple(_link(one, root) for one in found["writtenBy"]["nodes"]),
        named=tuple(_link(one, root) for one in found["mentions"]["nodes"]),
        documents=tuple(_link(one, root) for one in found["documents"]["nodes"]),
        published=date.fromisoformat(published) if published else None,
        language=found["language"],
        text=found["text"],
        title_span=next(iter(spans([found["titleSpan"]])), None),
        statements=tuple(_view(row, found, root) for row in rows),
        links=tuple(links),
    )


def _alike(claim: Row, match: Mapping[str, Any]) -> Alike:
    others = [one for one in match["between"]["nodes"] if one["id"] != claim["id"]]
    other = others[0] if others else claim
    these, those = differences(claim["text"], other["text"])
    return Alike(other=other, percent=round(match["score"] / 10), these=these, those=those)


def _view(row: Row, article: Row, root: str) -> StatementView:
    speaker = row["attributedTo"]
    notes = manner(row)
    if row["act"] != "SAID":
        notes.insert(1, ACTS.get(row["act"], str(row["act"]).lower()))
    content, url = spans(row["contentSpans"]), article["url"]
    return StatementView(
        id=row["id"],
        speaker=speaker["name"] if speaker else row["source"] or "",
        speaker_href=root + node_href(speaker) if speaker else "",
        href=root + node_href(row),
        original=text_fragment(url, article["text"], content) if url else "",
        spans=content,
        text=row["text"],
        note=", ".join(notes),
        told=row["act"] in TOLD["act"]["in"],
    )


def _link(node: Row, root: str) -> Link:
    return Link(label=node["name"], href=root + node_href(node))
