"""Is a graph well formed? Its RDF held against ``shapes.ttl``, each finding with node and rule."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ontology.iris import DEFAULT_BASE, identifier
from ontology.rdf.writing import RDF_TYPE
from ontology.shapes import Description, Object, Violation, load_shapes
from ontology.terms import NAMESPACE

UNKNOWN = "known class"
"""The rule of findings about nodes that no shape is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong with a node.

    Attributes:
        node: its id, or its IRI where it is none of ours.
        rule: the shape, property and kind of constraint: ``StatementShape text minCount``.
        message: what the rule asks for, as the shape says it.
        value: the value that broke the rule, where there is one.
    """

    node: str
    rule: str
    message: str
    value: str | None = None

    def __str__(self) -> str:
        found = f" Found: {self.value}." if self.value is not None else ""
        return f"{self.node}: {self.message}{found} [{self.rule}]"


def validate(read: Callable[[], Iterable[bytes]], *, base: str = DEFAULT_BASE) -> Iterator[Finding]:
    """What the shapes find wrong with a graph, in the order of its nodes.

    Args:
        read: gives the graph as N-Triples each time it is called, in pieces of whole nodes. It is
            called twice: the first time for the classes of the nodes that others lead to.
        base: what the graph's IRIs begin with.

    Raises:
        SyntaxError: a piece is no N-Triples.
    """
    shapes = load_shapes()
    kinds: dict[frozenset[str], frozenset[str]] = {}
    types: dict[str, frozenset[str]] = {}
    for subject, description in _nodes(read()):
        found = frozenset(
            item.value for item in description.get(RDF_TYPE, ()) if isinstance(item, ox.NamedNode)
        )
        types[subject] = kinds.setdefault(found, found)

    def has_class(value: Object, name: str) -> bool:
        return isinstance(value, ox.NamedNode) and name in types.get(value.value, ())

    for subject, description in _nodes(read()):
        known = [name for name in sorted(types.get(subject, ())) if name in shapes]
        node = _id(subject, base)
        if not known:
            names = ", ".join(sorted(types.get(subject, ())))
            message = "A node needs a class from the ontology."
            yield Finding(node=node, rule=UNKNOWN, message=message, value=names or None)
        found_here = {
            _finding(node, violation, base)
            for name in known
            for violation in shapes[name].check(description, has_class)
        }
        yield from sorted(found_here, key=lambda item: (item.rule, item.value or ""))


def _nodes(pieces: Iterable[bytes]) -> Iterator[tuple[str, Description]]:
    """The nodes of ``pieces``, each with all that its run of lines says of it."""
    for piece in pieces:
        current: str | None = None
        description: Description = {}
        for triple in ox.parse(input=piece, format=ox.RdfFormat.N_TRIPLES):
            subject = str(getattr(triple.subject, "value", triple.subject))
            if subject != current:
                if current is not None:
                    yield current, description
                current, description = subject, {}
            description.setdefault(triple.predicate.value, []).append(triple.object)
        if current is not None:
            yield current, description


def _finding(node: str, violation: Violation, base: str) -> Finding:
    path = violation.path.removeprefix(NAMESPACE)
    value = violation.value
    return Finding(
        node=node,
        rule=f"{violation.shape} {path} {violation.component}",
        message=violation.message,
        value=None if value is None else _id(str(getattr(value, "value", value)), base),
    )


def _id(iri: str, base: str) -> str:
    try:
        return identifier(iri, base)
    except ValueError:
        return iri
