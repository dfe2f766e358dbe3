"""Write nodes and relationships with neomodel, an object at a time, as its users do."""

import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import neomodel
from neomodel import RelationshipTo, StringProperty, StructuredNode, config, db


def main() -> None:
    """Write the file named first to the server named second."""
    parts = urlsplit(sys.argv[2])
    url = f"bolt://neo4j:{sys.argv[3]}@{parts.netloc}"
    if hasattr(neomodel, "get_config"):
        neomodel.get_config().database_url = url
    else:
        config.DATABASE_URL = url
    graph = json.loads(Path(sys.argv[1]).read_text())

    keys: dict[str, set[str]] = {}
    for row in graph["nodes"]:
        keys.setdefault(row["labels"][0], set()).update(row["properties"])
    kinds: dict[str, set[str]] = {}
    for row in graph["edges"]:
        kinds.setdefault(row["a"], set()).add(row["type"])
    classes: dict[str, Any] = {}
    for label, names in keys.items():
        members: dict[str, Any] = {name: StringProperty() for name in names - {"id"}}
        members["uid"] = StringProperty(unique_index=True, required=True)
        for kind in kinds.get(label, ()):
            members[f"to_{kind.lower()}"] = RelationshipTo(StructuredNode, kind)
        members["__label__"] = label
        classes[label] = type(f"Peer{label}", (StructuredNode,), members)

    started = time.perf_counter()
    nodes: dict[str, Any] = {}
    with db.transaction:
        for row in graph["nodes"]:
            values = {key: str(value) for key, value in row["properties"].items() if key != "id"}
            values["uid"] = row["id"]
            (nodes[row["id"]],) = classes[row["labels"][0]].create_or_update(values)
        for row in graph["edges"]:
            getattr(nodes[row["source"]], f"to_{row['type'].lower()}").connect(nodes[row["target"]])
    sys.stdout.write(
        f"{(len(graph['nodes']) + len(graph['edges'])) / (time.perf_counter() - started)}\n"
    )


main()
