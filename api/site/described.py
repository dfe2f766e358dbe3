"""Things in the words of schema.org, from what the pages are told of them."""

from collections.abc import Iterator
from typing import Any

from api.site.rendering import embedded
from api.site.words import Row
from ontology.iris import path
from ontology.model import Class, Model
from ontology.rdf.nodes import Node
from ontology.rdf.schema_org import schema_org


def json_ld(thing: Row, model: Model) -> str:
    """The thing as JSON-LD for a ``<script>``: what the page's answer says of it."""
    item = model.classes[thing["__typename"]]
    links = list(_links(thing, item))
    names = {str(node["id"]): str(node["name"]) for _, node in links if node.get("name")}
    properties: dict[str, Any] = {}
    for entry in item.properties:
        value = thing.get(entry.key)
        if value is not None:
            properties[entry.key] = tuple(value) if isinstance(value, list) else value
    base = thing["iri"].removesuffix(f"/id/{path(thing['id'])}")
    node = Node(
        id=thing["id"],
        labels=frozenset(item.labels),
        properties=properties,
        edges=frozenset((kind, str(node["id"])) for kind, node in links),
    )
    return embedded(schema_org(node, model, base, names))


def _links(thing: Row, item: Class) -> Iterator[tuple[str, Row]]:
    """The nodes that the answer says the thing leads to, each by the relationship's type."""
    for edge in item.relationships:
        first, *others = edge.type.lower().split("_")
        found = thing.get(first + "".join(part.capitalize() for part in others))
        if isinstance(found, dict):
            for node in found.get("nodes", [found]):
                yield edge.type, node
