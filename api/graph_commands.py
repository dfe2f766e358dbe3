"""The commands for other tools: SPARQL, Bloom and Neo4j Browser.

Imports are inside the functions, so that ``--help`` responds at once.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.opening import opened_graph
from queries.command_line import Output, example, fail, group, settings_of

app = group()


@app.command(
    epilog=example(
        "newsgraph sparql 'SELECT * { ?s ?p ?o } LIMIT 5' --format csv",
        "newsgraph sparql question.rq",
        "newsgraph sparql - < question.rq",
    )
)
def sparql(
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help="A query, the path of a file with one, or - for standard input."
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="json, xml, csv or tsv; for triples turtle, ntriples or jsonld.",
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="Time limit for the query, in seconds.")
    ] = 30.0,
) -> None:
    """Query the graph in SPARQL 1.1 (read-only)."""
    from api.rdf.sparql_job import MEDIA_TYPES, SparqlError, read_query, run_sparql
    from ontology.rdf.values import RdfError

    if form is not None and form not in MEDIA_TYPES:
        fail(f"{form!r} is not a format; use one of {', '.join(MEDIA_TYPES)}.", status=2)
    try:
        text = read_query(query)
        settings = settings_of()
        with opened_graph(settings) as database:
            body = run_sparql(database, text, form=form, seconds=seconds, base=settings.base)
    except (SparqlError, RdfError) as error:
        fail(str(error))
    sys.stdout.buffer.write(body if body.endswith(b"\n") else body + b"\n")


@app.command(epilog=example("newsgraph bloom -o newsgraph.json"))
def bloom(output: Output = None) -> None:
    """Write a perspective for Neo4j Bloom."""
    from api.bloom import write_perspective
    from api.jobs import write_out

    with opened_graph(settings_of()) as database:
        perspective = write_perspective(database)
    write_out([perspective], output)
    if output not in (None, "-"):
        typer.echo(f"Import {output} in Bloom's perspective gallery.", err=True)


@app.command(epilog=example("newsgraph browser newsgraph-browser/"))
def browser(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to write the files to.")
    ],
) -> None:
    """Write a style and saved questions for Neo4j Browser."""
    from api.bloom.browser import write_files

    with opened_graph(settings_of()) as database:
        try:
            files = write_files(database, folder)
        except OSError as error:
            fail(f"{folder} cannot be written to ({error.strerror}); choose another folder.")
    typer.echo(f"Drag {' and '.join(map(str, files))} onto the Neo4j Browser window.", err=True)
