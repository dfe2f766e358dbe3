"""``newsgraph sparql``: one query over a snapshot made for it, its answer on standard output."""

import sys
import tempfile
from pathlib import Path

from api.http.errors import ApiError
from api.rdf.snapshots import Snapshot
from api.rdf.sparql import Limits, answer
from queries.database import Database

MEDIA_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
}
"""The formats of answers: the first four of SELECT and ASK, the others of triples."""


class SparqlError(Exception):
    """A query cannot be asked or answered; the message says why and what to do."""


def read_query(given: str) -> str:
    """The query that the command line means: itself, a file's, or - for standard input.

    Raises:
        SparqlError: it is neither a query nor a file that can be read.
    """
    if given == "-":
        return sys.stdin.read()
    if "{" in given:
        return given
    try:
        return Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{given!r} is neither a SPARQL query nor a file that can be read: {error}"
        raise SparqlError(msg) from error


def run_sparql(
    database: Database, query: str, *, form: str | None, seconds: float, base: str
) -> bytes:
    """The answer to ``query`` over the graph as it is now.

    Args:
        database: the graph.
        query: in SPARQL 1.1; only queries are understood.
        form: a key of ``MEDIA_TYPES``; None for JSON, or Turtle where the answer is triples.
        seconds: how long the query may take, after the snapshot is made.
        base: what the graph's IRIs begin with.

    Raises:
        SparqlError: the query is refused, takes too much, or has no answer in that format.
        RdfError: the graph holds what the ontology does not name.
    """
    wanted = MEDIA_TYPES[form] if form else "*/*"
    with (
        tempfile.TemporaryDirectory(prefix="newsgraph-") as folder,
        Snapshot(database.driver, Path(folder), base=base, database=database.name) as snapshot,
    ):
        try:
            found = answer(snapshot.path(), query, accept=wanted, limits=Limits(seconds=seconds))
        except ApiError as error:
            raise SparqlError(str(error)) from error
    if form and found.media_type != wanted:
        told = next(name for name, media in MEDIA_TYPES.items() if media == found.media_type)
        msg = f"The answer to this query is not available as {form}; use {told}."
        raise SparqlError(msg)
    return found.body
