"""Rows of the graph as the bytes of Turtle, N-Triples, TriG and JSON-LD.

Blocks of one node each, in the order of the rows; inside a block the triples are sorted, one a
line, so that exports can be compared line by line. Written for speed: all that is the same for
many rows is put together once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

import orjson

from ontology.iris import path
from ontology.model import Datatype, Model
from ontology.rdf.context import context
from ontology.rdf.nodes import FIXED, Node, Projection, Row, projections
from ontology.rdf.values import XSD, Encode, RdfError, encoders
from ontology.rdf.wholeness import COUNT_KEY, PROMISE, ending, json_ending

FormatName = Literal["turtle", "ntriples", "trig", "jsonld"]

SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write RDF.

    Attributes:
        name: as ``--format`` says it.
        extension: what the names of its files end in, without the dot.
        media_type: by the IANA.
        others: what else the names of its files may end in.
    """

    name: FormatName
    extension: str
    media_type: str
    others: tuple[str, ...] = ()

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What the names of its files may end in, with the dot."""
        return tuple(f".{end}" for end in (self.extension, *self.others))


FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format(name="turtle", extension="ttl", media_type="text/turtle"),
        Format(name="ntriples", extension="nt", media_type="application/n-triples"),
        Format(name="trig", extension="trig", media_type="application/trig"),
        Format(
            name="jsonld", extension="jsonld", media_type="application/ld+json", others=("json",)
        ),
    )
}


class Writer(Protocol):
    """Writes a whole file: the opening, rows of any number of ranges, the end."""

    def opening(self) -> bytes:
        """What the file begins with."""

    def rows(self, label: str, rows: Iterable[Row]) -> bytes:
        """``rows`` of the projection ``label``; RdfError for one that has no reading as RDF."""

    def ending(self) -> bytes:
        """What the file ends with."""


def writer(form: FormatName, model: Model, base: str) -> Writer:
    """A writer of one file in ``form``, with the graph's IRIs below ``base``."""
    match form:
        case "turtle":
            return TurtleWriter(model, base)
        case "ntriples":
            return NTriplesWriter(model, base)
        case "jsonld":
            return JsonLdWriter(model, base)
        case _:
            msg = f"{form} is not an RDF format that is written row by row"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a projection's names are written, put together before the first row.

    Attributes:
        types: the lines of a node's labels.
        columns: for each value of a row, what its line begins with, how it is encoded, and
            whether it is a set.
        edges: for the labels of a node, by type, what a relationship's line begins with.
        links: the places of values that link to the same thing elsewhere, with what the link
            begins with.
    """

    types: dict[frozenset[str], tuple[str, ...]]
    columns: tuple[tuple[str, Encode, bool], ...]
    edges: dict[frozenset[str], dict[str, str]]
    links: tuple[tuple[int, str], ...]


class _LineWriter:
    """What Turtle and N-Triples share: a line a triple.

    Args:
        name: how an IRI of the ontology is written, a format for its local name.
        rdf_type: how ``rdf:type`` is written.
        target: what the IRI of another node begins with, up to the path of its id.
    """

    def __init__(
        self, model: Model, encode: dict[Datatype, Encode], *, name: str, rdf_type: str, target: str
    ) -> None:
        self._projections = {item.label: item for item in projections(model)}
        self._triples = 0
        self._terms = {
            label: Terms(
                types={
                    labels: tuple(f"{rdf_type} {name.format(entry)}" for entry in labels)
                    for labels in item.classes
                },
                columns=tuple(
                    (f"{name.format(entry.key)} ", encode[entry.datatype], entry.many)
                    for entry in item.properties
                ),
                edges={
                    labels: {
                        kind: f"{name.format(edge.name)} <{target}" for kind, edge in kinds.items()
                    }
                    for labels, kinds in item.edges.items()
                },
                links=tuple(
                    (place, f"<{SAME_AS}> <{entry.same_as}")
                    for place, entry in enumerate(item.properties, FIXED)
                    if entry.same_as
                ),
            )
            for label, item in self._projections.items()
        }

    def lines(self, label: str, row: Row) -> list[str]:
        """The triples of ``row``, sorted, each without its subject and full stop."""
        projection = self._projections[label]
        terms = self._terms[label]
        try:
            _, labels = projection.identity(row)
            lines = list(terms.types[labels])
            for (start, encode, many), value in zip(terms.columns, row[FIXED:], strict=True):
                if value is None:
                    continue
                if not many:
                    lines.append(start + encode(value))
                elif value.__class__ is list and value:
                    lines += [start + encode(item) for item in value]
                else:
                    raise projection.explain(row, ValueError("no list"))
            for place, link in terms.links:
                if row[place] is not None:
                    lines.append(f"{link}{path(row[place])}>")
            starts = terms.edges[labels]
            for edge in row[3]:
                kind, _, target = edge.partition(" ")
                lines.append(f"{starts[kind]}{path(target)}>")
        except RdfError:
            raise
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise projection.explain(row, error) from error
        if len(set(lines)) != len(lines):
            raise projection.explain(row, ValueError("it repeats a value"))
        lines.sort()
        self._triples += len(lines)
        return lines

    def ending(self) -> bytes:
        """How many triples were written."""
        return ending(self._triples)


class NTriplesWriter(_LineWriter):
    """N-Triples: https://www.w3.org/TR/n-triples/."""

    def __init__(self, model: Model, base: str) -> None:
        self._base = f"{base}/id/"
        super().__init__(
            model,
            encoders(short=False, xsd=f"<{XSD}"),
            name=f"<{model.namespace}{{}}>",
            rdf_type=f"<{RDF_TYPE}>",
            target=self._base,
        )

    def opening(self) -> bytes:
        """The promise of a count; N-Triples has no prefixes."""
        return PROMISE

    def rows(self, label: str, rows: Iterable[Row]) -> bytes:
        """``rows`` of the projection ``label``, a line a triple."""
        blocks = []
        for row in rows:
            lines = self.lines(label, row)
            subject = f"<{self._base}{path(row[0])}> "
            blocks.append(subject + f" .\n{subject}".join(lines) + " .\n")
        return "".join(blocks).encode()


class TurtleWriter(_LineWriter):
    """Turtle: https://www.w3.org/TR/turtle/, ids as relative IRIs under ``@base``."""

    def __init__(self, model: Model, base: str) -> None:
        self._header = (
            f"@base <{base}/id/> .\n@prefix ng: <{model.namespace}> .\n@prefix xsd: <{XSD}> .\n"
        )
        super().__init__(
            model,
            encoders(short=True, xsd="xsd:"),
            name="ng:{}",
            rdf_type="a",
            target="",
        )

    def opening(self) -> bytes:
        """The promise of a count, the base and prefixes."""
        return PROMISE + self._header.encode()

    def rows(self, label: str, rows: Iterable[Row]) -> bytes:
        """``rows`` of the projection ``label``, a block a node."""
        return "".join([self.block(label, row) for row in rows]).encode()

    def block(self, label: str, row: Row) -> str:
        """One node, with an empty line before it."""
        return self.text(row, self.lines(label, row))

    def text(self, row: Row, lines: list[str]) -> str:
        """``lines`` of the node that is ``row``, with an empty line before it."""
        return f"\n<{path(row[0])}>\n    " + " ;\n    ".join(lines) + " .\n"


class JsonLdWriter:
    """JSON-LD 1.1: https://www.w3.org/TR/json-ld11/, one node a line in ``@graph``.

    Types come first, so that it can be read as a stream (https://www.w3.org/TR/json-ld11-streaming/).
    """

    def __init__(self, model: Model, base: str) -> None:
        self._projections: dict[str, Projection] = {item.label: item for item in projections(model)}
        self._context = orjson.dumps({**context(model, base), COUNT_KEY: None})
        self._first = True
        self._triples = 0

    def opening(self) -> bytes:
        """The context."""
        return b'{"@context":' + self._context + b',\n"@graph":['

    def rows(self, label: str, rows: Iterable[Row]) -> bytes:
        """``rows`` of the projection ``label``, an object a node."""
        lines = []
        for row in rows:
            lines.append(b"\n" if self._first else b",\n")
            lines.append(orjson.dumps(self._object(self._projections[label], row)))
            self._first = False
        return b"".join(lines)

    def ending(self) -> bytes:
        """How many triples were written, and the closing brackets."""
        return (b"\n" if self._first else b",\n") + json_ending(self._triples) + b"\n]}\n"

    def _same(self, projection: Projection, node: Node) -> dict[str, list[str]]:
        """The links to the same thing elsewhere."""
        keys = [entry for entry in projection.properties if entry.same_as]
        links = [
            f"{entry.same_as}{path(str(node.properties[entry.key]))}"
            for entry in keys
            if entry.key in node.properties
        ]
        return {"sameAs": links} if links else {}

    def _object(self, projection: Projection, row: Row) -> dict[str, object]:
        node = projection.node(row)
        kinds = projection.edges[node.labels]
        links: dict[str, list[str]] = {}
        for kind, target in sorted(node.edges):
            links.setdefault(kinds[kind].name, []).append(path(target))
        same = self._same(projection, node)
        told = (*node.properties.values(), *same.values())
        values = sum(len(value) if isinstance(value, list | tuple) else 1 for value in told)
        self._triples += len(node.labels) + values + len(node.edges)
        return {
            "@type": sorted(node.labels),
            "@id": path(node.id),
            **node.properties,
            **same,
            **{name: links[name] for name in sorted(links)},
        }
