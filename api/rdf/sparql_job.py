"""``newsgraph sparql``: one query over a snapshot made for it, its answer on standard output."""

import re
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

from api.graphql.examples import Example, Question
from api.graphql.naming import KINDS
from api.http.errors import ApiError
from api.rdf.snapshots import Snapshot
from api.rdf.sparql import Limits, answer
from ontology.iris import iri
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

FORMATS = {
    "json": (".json", ".srj"),
    "xml": (".xml", ".srx"),
    "csv": (".csv",),
    "tsv": (".tsv",),
    "turtle": (".ttl",),
    "ntriples": (".nt",),
    "jsonld": (".jsonld",),
}
"""What the names of files in these formats end in."""

_BEGINNING = re.compile(r"\s*(?:ASK|BASE|CONSTRUCT|DESCRIBE|PREFIX|SELECT)\s", re.IGNORECASE)


class SparqlError(Exception):
    """A query cannot be asked or answered; the message says why and what to do."""


def read_query(given: str) -> str:
    """The query that the command line means: itself, a file's, or - for standard input.

    Raises:
        SparqlError: it is neither a query nor a file that can be read, or it is empty.
    """
    if "{" in given or _BEGINNING.match(given):
        return given
    name = "Standard input" if given == "-" else given
    try:
        data = sys.stdin.buffer.read() if given == "-" else Path(given).read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{name} is not UTF-8 (see byte {error.start + 1}); save the query as UTF-8."
        raise SparqlError(msg) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        msg = f"{given!r} is not a SPARQL query, an example, or a file that can be read ({reason})."
        raise SparqlError(msg) from error
    if not text.strip():
        raise SparqlError(f"{name} is empty; write a query into it.")
    return text


def twin(asked: Question, example: Example, *, base: str) -> str:
    """The question in SPARQL, about what the example in GraphQL is about.

    Its file has a line ``VALUES ?country { UNDEF }`` for each variable, so that it also runs as it
    stands: about everything.

    Args:
        asked: the question.
        example: the values of its variables.
        base: what the graph's IRIs begin with.

    Raises:
        SparqlError: it has none.
    """
    path = asked.folder / f"{asked.name}.sparql"
    if not path.is_file():
        raise SparqlError(f"{asked.name} is a question in GraphQL only; write {path} to ask it so.")
    text = path.read_text(encoding="utf-8")
    for variable in asked.variables:
        value = str((example.variables or {}).get(variable.name) or "")
        term = ox.NamedNode(iri(value, base)) if variable.kind in KINDS else ox.Literal(value)
        free = f"VALUES ?{variable.name} {{ UNDEF }}"
        text = text.replace(free, f"VALUES ?{variable.name} {{ {term} }}")
    return text


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
            store, limits = snapshot.path(), Limits(seconds=seconds)
            found = answer(store, query, accept=wanted, limits=limits, base=base)
        except ApiError as error:
            raise SparqlError(str(error)) from error
    if form and found.media_type != wanted:
        told = next(name for name, media in MEDIA_TYPES.items() if media == found.media_type)
        msg = f"The answer to this query is not available as {form}; use {told}."
        raise SparqlError(msg)
    return found.body
