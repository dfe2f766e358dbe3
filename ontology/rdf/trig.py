"""The graph as TriG: a named graph for each article, provenance in its own.

What articles share stands in the default graph. An article's graph bears the article's own IRI
and holds the article with its statements, citations and mentions. Which page an article comes
from and which run found what is provenance: it stands, with pages and runs, in one graph.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ontology.iris import path
from ontology.model import Model
from ontology.rdf.nodes import Row
from ontology.rdf.writing import TurtleWriter

PROVENANCE = "graph/provenance"
"""The id under which the graph of provenance stands."""

_PROVENANCE_LABELS = ("ExtractionRun", "Page")
_PROVENANCE_NAMES = ("fromPage", "extractedBy")
_ARTICLE = "Article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The labels in the order in which the file holds them."""

    shared: tuple[str, ...]
    provenance: tuple[str, ...]
    article: str
    belonging: tuple[str, ...]


def order(model: Model) -> Order:
    """What goes where: what must stand in exactly one article belongs to it."""
    labels = [item.label for item in sorted(model.keyed, key=lambda item: item.segment)]
    belonging = {
        edge.source
        for edge in model.relationships()
        if edge.targets == (_ARTICLE,) and edge.required and not edge.many
    }
    apart = {_ARTICLE, *belonging, *_PROVENANCE_LABELS}
    return Order(
        shared=tuple(label for label in labels if label not in apart),
        provenance=tuple(label for label in labels if label in _PROVENANCE_LABELS),
        article=_ARTICLE,
        belonging=tuple(label for label in labels if label in belonging),
    )


class TrigWriter(TurtleWriter):
    """TriG: https://www.w3.org/TR/trig/."""

    def shared(self, label: str, rows: Iterable[Row]) -> bytes:
        """``rows`` in the default graph."""
        return self.rows(label, rows)

    def provenance(self, label: str, rows: Iterable[Row]) -> bytes:
        """``rows`` in the graph of provenance."""
        return _graph(PROVENANCE, [self.block(label, row) for row in rows]).encode()

    def articles(
        self, rows: Iterable[Row], belongings: Mapping[str, Iterable[tuple[str, Row]]]
    ) -> bytes:
        """Each article of ``rows`` in its graph, with what ``belongings`` has for its id."""
        texts = []
        for row in rows:
            own: list[str] = []
            origin: list[str] = []
            for label, entry in ((_ARTICLE, row), *belongings[row[0]]):
                for lines, blocks in zip(self._parted(label, entry), (own, origin), strict=True):
                    if lines:
                        blocks.append(self.text(entry, lines))
            texts += [_graph(row[0], own), _graph(PROVENANCE, origin)]
        return "".join(texts).encode()

    def _parted(self, label: str, row: Row) -> tuple[list[str], list[str]]:
        """The lines of ``row`` that are not provenance, and those that are."""
        own: list[str] = []
        origin: list[str] = []
        for line in self.lines(label, row):
            (origin if line.startswith(_PROVENANCE_LINES) else own).append(line)
        return own, origin


def _graph(name: str, blocks: list[str]) -> str:
    return f"\n<{path(name)}> {{{''.join(blocks)}}}\n" if blocks else ""


_PROVENANCE_LINES = tuple(f"ng:{name} " for name in _PROVENANCE_NAMES)
