"""Find the origins of claims in the graph: of those that wait for it, with all that are like them.

A claim waits when another article makes it, when it matches another, when an article that makes it
goes, and when an outlet or a speaker turns out to be another. Its origins are then found anew from
what the graph holds: no order, no history.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from neo4j import ManagedTransaction, Session

from loader.graph.origins.carriers import Article, Carrier, Said, Told, article, carrier
from loader.graph.origins.grouping import Origin, origins
from loader.graph.retrying import execute_write, lock_dataset
from ontology import iris
from ontology.ranges import char_range, spans
from queries import cypher

_CLAIMS_AT_ONCE = 500
_ARTICLES_AT_ONCE = 200
_KEPT_ARTICLES = 1_000
_ROWS_AT_ONCE = 2_000

Rows = list[dict[str, Any]]


def find_origins(session: Session) -> None:
    """Find the origins of all claims that wait for it, in transactions of a bounded size."""
    while execute_write(session, _find_some):
        pass


def await_all_origins(session: Session) -> None:
    """Let all claims wait that could have origins and have none: of a graph made elsewhere."""
    session.run(cypher("write/await_all_origins")).consume()


def await_origins(tx: ManagedTransaction, claims: Iterable[str]) -> None:
    """Let those of ``claims`` (ids), which articles made or unmade, wait that can have origins."""
    if ids := sorted(claims):
        tx.run(cypher("write/await_origins"), ids=ids).consume()


def forget_origins(tx: ManagedTransaction, claims: Iterable[str]) -> None:
    """Delete the origins of ``claims`` (ids) before these change; those that shared them wait."""
    if ids := sorted(claims):
        tx.run(cypher("write/forget_origins"), ids=ids).consume()


def _find_some(tx: ManagedTransaction) -> bool:
    """Find the origins of some of the claims; return whether there may be more."""
    if not _unsettled(tx, limit=1):
        return False
    lock_dataset(tx)
    families = _families(tx, _unsettled(tx, limit=_CLAIMS_AT_ONCE))
    claims = sorted(claim for family in families for claim in family)
    forget_origins(tx, claims)
    tx.run(cypher("write/settle_origins"), ids=claims).consume()
    carried = {row["id"]: row["articles"] for row in tx.run(cypher("read/carriers"), ids=claims)}
    articles = _Articles(tx)
    rows: Rows = []
    for family in families:
        ids = sorted({found for claim in family for found in carried.get(claim, ())})
        if len(ids) > 1:
            found = origins(articles.carriers(ids, frozenset(family)))
            for part in _chunks(found):
                rows += _rows(family, part, articles)
                if len(rows) >= _ROWS_AT_ONCE:
                    tx.run(cypher("write/origins"), rows=rows).consume()
                    rows = []
    if rows:
        tx.run(cypher("write/origins"), rows=rows).consume()
    return True


def _unsettled(tx: ManagedTransaction, limit: int) -> list[str]:
    return [str(row["id"]) for row in tx.run(cypher("read/unsettled_claims"), limit=limit)]


def _families(tx: ManagedTransaction, claims: Sequence[str]) -> list[tuple[str, ...]]:
    """The claims with all that match them, directly or through others, those together that do."""
    near: dict[str, set[str]] = {}
    waiting = set(claims)
    while waiting:
        near |= {claim: set() for claim in waiting}
        for row in tx.run(cypher("read/matched_claims"), ids=sorted(waiting)):
            near[row["id"]].add(row["other"])
        waiting = {other for claim in waiting for other in near[claim]} - near.keys()
    families, seen = [], set[str]()
    for claim in sorted(near):
        if claim not in seen:
            family, reached = {claim}, [claim]
            while reached:
                new = near[reached.pop()] - family
                family |= new
                reached.extend(new)
            seen |= family
            families.append(tuple(sorted(family)))
    return families


class _Articles:
    """The articles of a transaction, read as they are asked for; the last ones are kept."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self._kept: OrderedDict[str, Article] = OrderedDict()

    def carriers(self, ids: Sequence[str], claims: frozenset[str]) -> Iterator[Carrier]:
        """Yield the articles (ids) as carriers of ``claims`` (ids)."""
        for chunk in _chunks(ids):
            for found in self.read(chunk):
                yield carrier(found, claims)

    def read(self, ids: Sequence[str]) -> list[Article]:
        """The articles with these ids, few at once."""
        missing = [identifier for identifier in ids if identifier not in self._kept]
        for row in self._tx.run(cypher("read/carried"), ids=missing) if missing else ():
            self._kept[row["id"]] = article(_told(row))
        found = [self._kept[identifier] for identifier in ids]
        for identifier in ids:
            self._kept.move_to_end(identifier)
        while len(self._kept) > _KEPT_ARTICLES:
            self._kept.popitem(last=False)
        return found


def _told(row: Any) -> Told:
    published = row["published"]
    return Told(
        id=row["id"],
        text=row["text"],
        outlet=row["outlet"],
        published=published.to_native() if published is not None else None,
        noise=spans(row["noise"]),
        statements=tuple(
            Said(**{**said, "spans": spans(said["spans"])}) for said in row["statements"]
        ),
        named=tuple((span, entity) for entity, places in row["named"] for span in spans(places)),
    )


def _rows(family: Sequence[str], found: Sequence[Origin], articles: _Articles) -> Rows:
    """The rows of origins of the claims of ``family`` (ids)."""
    wanted = sorted({trace.article for origin in found for trace in origin.traces})
    texts = {
        item.told.id: item.told.text for part in _chunks(wanted) for item in articles.read(part)
    }
    rows: Rows = []
    for origin in found:
        identifier = iris.origin_id(family, origin.articles)
        traces = [
            {
                "id": iris.trace_id(identifier, trace.article, trace.reason),
                "article": trace.article,
                "reason": trace.reason,
                "span": char_range(trace.span) if trace.span else None,
                "quote": texts[trace.article][slice(*trace.span)] if trace.span else None,
            }
            for trace in origin.traces
        ]
        rows.append(
            {
                "id": identifier,
                "reasons": list(origin.reasons) or None,
                "articles": list(origin.articles),
                "claims": list(family),
                "traces": traces,
            }
        )
    return rows


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _ARTICLES_AT_ONCE):
        yield items[start : start + _ARTICLES_AT_ONCE]
