"""A file of RDF read back into nodes, strictly: whatever is not the graph's is refused.

The parser is strict about syntax and IRIs; here every triple is held against the ontology. A file
is read as a whole before anything is made of it, and its graphs' names are not kept: they say
nothing that the triples do not.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from ontology.iris import DATASET_ID, base_of, identifier
from ontology.model import Class, Model, Property, Relationship
from ontology.rdf.nodes import Node, Value, projections
from ontology.rdf.staging import Draft, Staging, open_staging
from ontology.rdf.values import XSD, RdfError, Scalar, parse
from ontology.rdf.wholeness import Wholeness
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


@contextmanager
def staged_nodes(path: Path, model: Model, base: str | None = None) -> Iterator[Staging]:
    """The nodes that the file at ``path`` holds, all of them checked; on disk, if they are many.

    Args:
        path: a file of Turtle, N-Triples, TriG, N-Quads or JSON-LD, by the end of its name; with
            ``.gz`` behind it, packed.
        model: the ontology.
        base: what the graph's IRIs begin with; None for whatever the first of the file does.

    Raises:
        RdfError: the file is no RDF, is not whole, or says what the graph has no place for; the
            message names the line and the reason.
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
    with open_staging() as staging:
        reader = _Reader(path, model, base, staging)
        with _open(path) as file:
            try:
                reader.read(_Lines(file), _streamed(path) if form == ox.RdfFormat.JSON_LD else form)
            except _BROKEN as error:
                msg = f"{path} cannot be decompressed: {error}."
                raise RdfError(msg) from error
        reader.check()
        yield staging


def read_nodes(path: Path, model: Model, base: str | None = None) -> dict[str, Node]:
    """The nodes of a small file, by id; as :func:`staged_nodes`."""
    with staged_nodes(path, model, base) as staging:
        return {node.id: node for node in staging.nodes()}


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


def _streamed(path: Path) -> ox.RdfFormat:
    """How to read a file of JSON-LD: node by node, if its keys stand in the order that this takes.

    Any other is held in memory as a whole. (https://www.w3.org/TR/json-ld11-streaming/)
    """
    with _open(path) as file:
        ours = file.readline().startswith(b'{"@context":') and file.readline() == b'"@graph":[\n'
        ours = ours and file.readline().startswith(b'{"@type":')
    return ox.RdfFormat.STREAMING_JSON_LD if ours else ox.RdfFormat.JSON_LD


def _open(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == _PACKED else path.open("rb")


class _Reader:
    """Takes in triples; those of one subject that follow one another are staged as a draft."""

    def __init__(self, path: Path, model: Model, base: str | None, staging: Staging) -> None:
        self._path = path
        self._base = base
        self._staging = staging
        self._subject: tuple[str, str] = ("", "")
        self._draft = Draft()
        self._triples = 0
        self._segments = frozenset(item.segment for item in model.keyed)
        self._classes = {item.iri: item.label for item in model.concrete}
        self._by_labels = {frozenset(item.labels): item for item in model.concrete}
        self._keys = {labels: item.label for item in projections(model) for labels in item.classes}
        self._properties: dict[str, Property] = {
            entry.iri: entry for item in model.concrete for entry in item.properties
        }
        self._edges: dict[str, Relationship] = {
            edge.iri: edge for item in model.concrete for edge in item.relationships
        }

    def read(self, lines: "_Lines", form: ox.RdfFormat) -> None:
        """Take in every triple of the file, and hold their number against what it says."""
        try:
            for quad in ox.parse(input=cast(IO[bytes], lines), format=form):
                try:
                    self._take(quad, lines.number)
                except ValueError as error:
                    raise self._refusal(lines.number, str(error)) from error
        except SyntaxError as error:
            raise self._refusal(error.lineno or lines.number, _reason(error)) from error
        self._staging.draft(self._subject[1], self._draft)
        lines.wholeness.check(str(self._path), self._triples)
        self._staging.counted = lines.wholeness.counts

    def check(self) -> None:
        """Make nodes of the drafts, and see that relationships lead to some."""
        for name, draft in self._staging.drafts():
            self._staging.add(*self._node(name, draft))
        for source, _, target, line in self._staging.loose():
            reason = f"{source} leads to {target}, which is not described in the file"
            raise self._refusal(line, reason)

    def _take(self, quad: ox.Quad, line: int) -> None:
        self._triples += 1
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            self._id(quad.graph_name)
        if not isinstance(quad.subject, ox.NamedNode) or quad.subject.value != self._subject[0]:
            subject = self._id(quad.subject)
            self._staging.draft(self._subject[1], self._draft)
            self._subject = (quad.subject.value, subject)  # type: ignore[union-attr]
            self._draft = Draft(line=line)
        draft = self._draft
        predicate = quad.predicate.value
        if predicate == RDF_TYPE:
            draft.labels.add(self._label(quad.object))
        elif entry := self._properties.get(predicate):
            draft.values.append((entry.key, _value(quad.object, entry), line))
        elif edge := self._edges.get(predicate):
            draft.edges.append((edge.type, self._id(quad.object), line))
        elif predicate != SAME_AS:  # which follows from a property
            msg = f"<{predicate}> is not a property in the ontology"
            raise ValueError(msg)

    def _node(self, name: str, draft: Draft) -> tuple[Node, str, dict[tuple[str, str], int]]:
        """A node of one class, with what that class may have; its key, and its edges' lines."""
        labels = frozenset(draft.labels)
        item = self._by_labels.get(labels)
        if item is None:
            found = ", ".join(sorted(labels)) or "none"
            raise self._refusal(
                draft.line, f"{name} has the classes {found}, which do not form a node"
            )
        if not name.startswith(f"{item.segment}/") or name == f"{item.segment}/":
            reason = f"{name} is a {item.label}, whose ids look like {item.segment}/…"
            raise self._refusal(draft.line, reason)
        types = {edge.type for edge in item.relationships}
        edges: dict[tuple[str, str], int] = {}
        for kind, target, line in draft.edges:
            if kind not in types:
                raise self._refusal(line, f"{name} is a {item.label}, which has no {kind}")
            edges.setdefault((kind, target), line)
        values: dict[str, dict[Scalar, int]] = {}
        for key, value, line in draft.values:
            values.setdefault(key, {}).setdefault(value, line)
        node = Node(
            id=name,
            labels=labels,
            properties={
                key: self._property(name, item, key, values[key]) for key in sorted(values)
            },
            edges=frozenset(edges),
        )
        return node, self._keys[labels], edges

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
        self.wholeness = Wholeness()
        self._at_start = True

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next line, or ``size`` bytes of it."""
        line: bytes = self._file.readline(size)
        if self._at_start and line:
            self.number += 1
            self.wholeness.line(line)
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
