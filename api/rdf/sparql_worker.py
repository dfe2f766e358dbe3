"""One SPARQL query in a process of its own, so that it can be stopped and its memory is bounded.

Run as ``python -m api.rdf.sparql_worker STORE ACCEPT BYTES BASE DATASET``: the query on standard
input, its answer on standard output after a line with the media type. DATASET is JSON, the
arguments by which the store chooses what is queried. Exit status 2: the query cannot be answered;
3: it does not parse. Standard error says why.
"""

import csv
import io
import json
import os
import sys
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from api.http.negotiation import best
from queries.formulas import defused

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_PIECE = 1 << 16
REFUSED = 2
MISWRITTEN = 3


def main(store: str, accept: str, memory: str, base: str, dataset: str) -> int:
    """Answer the query on standard input from the store at this path."""
    if sys.platform == "linux":
        import resource  # elsewhere the process that started us watches what we hold

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    text = sys.stdin.buffer.read().decode()
    try:
        answer = ox.Store.read_only(store).query(text, base_iri=base, **_dataset(dataset))
        media_type = _choose(accept, _TRIPLES if isinstance(answer, ox.QueryTriples) else _RESULTS)
        if media_type in ("text/csv", "text/tab-separated-values") and isinstance(
            answer, ox.QueryBoolean
        ):
            media_type = "application/sparql-results+json"
        sys.stdout.write(f"{media_type}\n")
        sys.stdout.flush()
        if isinstance(answer, ox.QueryTriples):
            answer.serialize(sys.stdout.buffer, format=_TRIPLES[media_type])
        elif isinstance(answer, ox.QuerySolutions) and media_type == "text/csv":
            _write_csv(answer)
        else:
            answer.serialize(sys.stdout.buffer, format=_RESULTS[media_type])
        sys.stdout.flush()
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        sys.stderr.write(str(getattr(error, "msg", None) or error))
        sys.stderr.flush()
        # Not through the interpreter's end: a store that failed may not close.
        os._exit(MISWRITTEN if isinstance(error, SyntaxError) else REFUSED)
    return 0


def _write_csv(answer: ox.QuerySolutions) -> None:
    """The solutions as CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/), defused.

    Unlike the other formats, it is opened in spreadsheets.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(variable.value for variable in answer.variables)
    for solution in answer:
        writer.writerow(_cell(term) for term in solution)
        if lines.tell() > _PIECE:
            sys.stdout.write(lines.getvalue())
            lines.seek(0)
            lines.truncate()
    sys.stdout.write(lines.getvalue())


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return defused(term.value) if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _dataset(told: str) -> dict[str, Any]:
    """The arguments that choose what is queried: graphs by their IRIs, or flags."""
    return {
        name: [ox.NamedNode(iri) for iri in value] if isinstance(value, list) else value
        for name, value in json.loads(told).items()
    }


def _choose(accept: str, offered: Iterable[str]) -> str:
    names = tuple(offered)
    return best(accept, names) or names[0]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
