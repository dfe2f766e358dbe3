"""Group the articles that carry a claim by where they have it from.

What is joined is proven, so the groups are the most origins that there can be: a paraphrase without
a credit passes as independent. Groups are a function of the set of articles, whatever their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loader.graph.origins.carriers import Carrier, Reason
from loader.graph.origins.copies import far_evidence, far_ties, near_evidence, near_ties
from loader.graph.origins.ties import outlet_ties
from ontology.records import Span

NO_REASON = "publisher"
"""An outlet's own article joins no others by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What shows in one article (an id) that it belongs to its origin; ``span`` is where."""

    article: str
    reason: Reason
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The articles (ids, in order) that have a claim from one place, and what shows it."""

    articles: tuple[str, ...]
    traces: tuple[Trace, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the articles are together, in order; none for a single article."""
        return tuple(sorted({item.reason for item in self.traces if item.reason != NO_REASON}))


def origins(found: Iterable[Carrier]) -> list[Origin]:
    """The origins of a claim, by the first of their articles.

    Args:
        found: The articles that carry it or its like, each once, in any order.
    """
    carriers = sorted(found, key=lambda item: item.id)
    joined = _Joined(len(carriers))
    traces: dict[tuple[int, Reason], Span | None] = {}
    for one, other in near_ties(carriers):
        joined.join(one, other)
    near = joined.groups()
    for evidence in outlet_ties(carriers):
        for item in evidence:
            joined.join(evidence[0].number, item.number)
            traces.setdefault((item.number, item.reason), item.span)
    for members in near:
        spans = near_evidence(carriers, members) if len(members) > 1 else {}
        traces |= {(number, "passage"): span for number, span in spans.items()}
    alone = [group[0] for group in joined.groups() if len(group) == 1]
    for one, other in list(far_ties(carriers, alone)):
        spans_of_both = far_evidence(carriers[one], carriers[other])
        if spans_of_both is not None:
            joined.join(one, other)
            for number, span in zip((one, other), spans_of_both, strict=True):
                traces.setdefault((number, "passage"), span)
    return [_origin(carriers, members, traces) for members in joined.groups()]


def _origin(
    carriers: Sequence[Carrier],
    members: Sequence[int],
    traces: dict[tuple[int, Reason], Span | None],
) -> Origin:
    reasons: tuple[Reason, ...] = ("passage", "credit", "told", "reported", "publisher")
    return Origin(
        articles=tuple(carriers[number].id for number in members),
        traces=tuple(
            Trace(article=carriers[number].id, reason=reason, span=traces[number, reason])
            for number in members
            for reason in reasons
            if (number, reason) in traces
        ),
    )


class _Joined:
    """Numbers that were joined, directly or through others (union–find)."""

    def __init__(self, count: int) -> None:
        self._first = list(range(count))

    def join(self, one: int, other: int) -> None:
        left, right = sorted((self._root(one), self._root(other)))
        self._first[right] = left

    def groups(self) -> list[list[int]]:
        """All groups, each in order, by their first numbers."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._first)):
            found[self._root(number)].append(number)
        return list(found.values())

    def _root(self, number: int) -> int:
        while self._first[number] != number:
            self._first[number] = self._first[self._first[number]]
            number = self._first[number]
        return number
