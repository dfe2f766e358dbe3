"""A file of RDF read back into nodes, strictly: whatever is not the graph's is refused.

The parser is strict about syntax and IRIs; here every triple is held against the ontology. A file
is read as a whole before anything is made of it, and its graphs' names are not kept: they say
nothing that the triples do not.
"""

import gzip
import io
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from ontology.iris import DATASET_ID, base_of, identifier
from ontology.model import Class, Model, Property, Relationship
from ontology.rdf.nodes import Node, Value
from ontology.rdf.values import XSD, RdfError, Scalar, parse
from ontology.rdf.writing import RDF_TYPE, SAME_AS
from ontology.terms import NAMESPACE

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
}
"""Formats by the end of a file's name."""

_VERSION = f"{NAMESPACE}ontologyVersion"
_PACKED = ".gz"
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a gzip file raises that is cut off or is none."""

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph


@dataclass(slots=True)
class _Draft:
    """What a file says of a node, before it is known to be whole."""

    line: int
    labels: set[str] = field(default_factory=set)
    values: dict[str, dict[Scalar, int]] = field(default_factory=dict)
    edges: dict[tuple[str, str], int] = field(default_factory=dict)


def read_nodes(path: Path, model: Model, base: str | None = None) -> dict[str, Node]:
    """The nodes that the file at ``path`` holds, by id.

    Args:
        path: a file of Turtle, N-Triples, TriG, N-Quads or JSON-LD, by the end of its name; with
            ``.gz`` behind it, packed.
        model: the ontology.
        base: what the graph's IRIs begin with; None for whatever the first of the file does.

    Raises:
        RdfError: the file is no RDF, or says what the graph has no place for; the message names
            the line and the reason.
        OSError: the file cannot be read.
    """
    form = _format(path)
    if form is None:
        known = ", ".join(f".{name}" for name in _FORMATS)
        msg = (
            f"{path}: the RDF format cannot be determined from the file name; it must end in "
            f"{known}, optionally followed by .gz."
        )
        raise RdfError(msg)
    reader = _Reader(path, model, base)
    with _open(path) as file:
        try:
            reader.read(_Lines(file), form)
        except _BROKEN as error:
            msg = f"{path} cannot be decompressed: {error}."
            raise RdfError(msg) from error
    return reader.nodes()


def written_version(path: Path) -> str | None:
    """The version of the ontology that the file at ``path`` says it was written with, if any.

    Nothing else in the file is held against the ontology, so this also answers for a file that
    :func:`read_nodes` refuses, as far as it can be parsed.
    """
    form = _format(path)
    with _open(path) as file, suppress(SyntaxError, *_BROKEN):
        for quad in ox.parse(input=file, format=form) if form else ():
            if (
                quad.predicate.value == _VERSION
                and isinstance(quad.subject, ox.NamedNode)
                and quad.subject.value.endswith(f"/id/{DATASET_ID}")
            ):
                return str(getattr(quad.object, "value", quad.object))
    return None


def _format(path: Path) -> ox.RdfFormat | None:
    plain = path.with_suffix("") if path.suffix == _PACKED else path
    return _FORMATS.get(plain.suffix.removeprefix("."))


def _open(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == _PACKED else path.open("rb")


class _Reader:
    def __init__(self, path: Path, model: Model, base: str | None) -> None:
        self._path = path
        self._base = base
        self._segments = frozenset(item.segment for item in model.keyed)
        self._drafts: dict[str, _Draft] = {}
        self._classes = {item.iri: item.label for item in model.concrete}
        self._by_labels = {frozenset(item.labels): item for item in model.concrete}
        self._properties: dict[str, Property] = {
            entry.iri: entry for item in model.concrete for entry in item.properties
        }
        self._edges: dict[str, Relationship] = {
            edge.iri: edge for item in model.concrete for edge in item.relationships
        }

    def read(self, lines: "_Lines", form: ox.RdfFormat) -> None:
        """Take in every triple of the file."""
        try:
            for quad in ox.parse(input=cast(IO[bytes], lines), format=form):
                try:
                    self._take(quad, lines.number)
                except ValueError as error:
                    raise self._refusal(lines.number, str(error)) from error
        except SyntaxError as error:
            raise self._refusal(error.lineno or lines.number, _reason(error)) from error

    def _take(self, quad: ox.Quad, line: int) -> None:
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            self._id(quad.graph_name)
        subject = self._id(quad.subject)
        draft = self._drafts.get(subject)
        if draft is None:
            draft = self._drafts[subject] = _Draft(line)
        predicate = quad.predicate.value
        if predicate == RDF_TYPE:
            draft.labels.add(self._label(quad.object))
        elif entry := self._properties.get(predicate):
            draft.values.setdefault(entry.key, {}).setdefault(_value(quad.object, entry), line)
        elif edge := self._edges.get(predicate):
            draft.edges.setdefault((edge.type, self._id(quad.object)), line)
        elif predicate != SAME_AS:  # which follows from a property
            msg = f"<{predicate}> is not a property in the ontology"
            raise ValueError(msg)

    def nodes(self) -> dict[str, Node]:
        """The nodes, each of one class, with what that class may have."""
        return {name: self._node(name, draft) for name, draft in sorted(self._drafts.items())}

    def _node(self, name: str, draft: _Draft) -> Node:
        item = self._by_labels.get(frozenset(draft.labels))
        if item is None:
            found = ", ".join(sorted(draft.labels)) or "none"
            raise self._refusal(
                draft.line, f"{name} has the classes {found}, which do not form a node"
            )
        if not name.startswith(f"{item.segment}/") or name == f"{item.segment}/":
            reason = f"{name} is a {item.label}, whose ids look like {item.segment}/…"
            raise self._refusal(draft.line, reason)
        types = {edge.type for edge in item.relationships}
        for (kind, target), line in draft.edges.items():
            if kind not in types:
                raise self._refusal(line, f"{name} is a {item.label}, which has no {kind}")
            if target not in self._drafts:
                raise self._refusal(
                    line, f"{name} leads to {target}, which is not described in the file"
                )
        return Node(
            id=name,
            labels=frozenset(draft.labels),
            properties={
                key: self._property(name, item, key, values)
                for key, values in sorted(draft.values.items())
            },
            edges=frozenset(draft.edges),
        )

    def _property(self, name: str, item: Class, key: str, values: dict[Scalar, int]) -> Value:
        last = max(values.values())
        try:
            entry = item.property(key)
        except KeyError as error:
            reason = f"{name} is a {item.label}, which has no {key}"
            raise self._refusal(last, reason) from error
        if entry.many:
            return tuple(sorted(values, key=lambda value: (str(type(value)), value)))
        if len(values) > 1:
            raise self._refusal(
                last, f"{name} has {len(values)} values of {key}, but may have only one"
            )
        return next(iter(values))

    def _id(self, term: _Term) -> str:
        if not isinstance(term, ox.NamedNode):
            msg = f"{term} is not an IRI, but every node of the graph has one"
            raise ValueError(msg)
        if self._base is None:
            self._base = base_of(term.value, self._segments)
        if self._base is None:
            msg = f"<{term.value}> is not the IRI of a node, which looks like http://…/id/person/…"
            raise ValueError(msg)
        return identifier(term.value, self._base)

    def _label(self, term: _Term) -> str:
        label = self._classes.get(term.value) if isinstance(term, ox.NamedNode) else None
        if label is None:
            msg = f"{term} is not a class in the ontology that has nodes"
            raise ValueError(msg)
        return label

    def _refusal(self, line: int, reason: str) -> RdfError:
        return RdfError(f"{self._path}, line {line}: {reason}.")


class _Lines(io.RawIOBase):
    """A file that is read line by line, so that the parser is never lines ahead."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.number = 0
        self._at_start = True

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next line, or ``size`` bytes of it."""
        line: bytes = self._file.readline(size)
        self.number += self._at_start and bool(line)
        self._at_start = line.endswith(b"\n")
        return line


def _value(term: _Term, entry: Property) -> Scalar:
    if not isinstance(term, ox.Literal):
        msg = f"{entry.key} takes values, but {term} is a node"
        raise ValueError(msg)
    if term.language:
        msg = f"{term} has a language tag, which {entry.key} does not allow"
        raise ValueError(msg)
    if term.datatype.value != XSD + entry.datatype:
        msg = f"{entry.key} takes values of type xsd:{entry.datatype}, which {term} is not"
        raise ValueError(msg)
    try:
        return parse(term.value, entry.datatype)
    except ValueError as error:
        msg = f"{entry.key}: {error}"
        raise ValueError(msg) from error


def _reason(error: SyntaxError) -> str:
    text = str(error.msg)
    return text[:1].lower() + text[1:].rstrip(".")
