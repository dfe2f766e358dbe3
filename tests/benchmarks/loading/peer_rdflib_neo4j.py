"""Write nodes and relationships as triples through rdflib-neo4j's store, in its batches."""

import json
import sys
import time
from pathlib import Path

from rdflib import RDF, Graph, Literal, Namespace
from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig

BASE = Namespace("http://example.org/")
graph = json.loads(Path(sys.argv[1]).read_text())
store = Neo4jStore(
    config=Neo4jStoreConfig(
        auth_data={"uri": sys.argv[2], "database": "neo4j", "user": "neo4j", "pwd": sys.argv[3]},
        handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
        batching=True,
    )
)
target = Graph(store=store)
started = time.perf_counter()
for row in graph["nodes"]:
    subject = BASE[row["id"]]
    target.add((subject, RDF.type, BASE[row["labels"][0]]))
    for key, value in row["properties"].items():
        target.add((subject, BASE[key], Literal(str(value))))
for row in graph["edges"]:
    target.add((BASE[row["source"]], BASE[row["type"]], BASE[row["target"]]))
target.close(True)
sys.stdout.write(
    f"{(len(graph['nodes']) + len(graph['edges'])) / (time.perf_counter() - started)}\n"
)
