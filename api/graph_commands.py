"""The commands for other tools: SPARQL, Bloom and Neo4j Browser.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.opening import opened_graph
from queries.command_line import Output, example, fail, format_of, group, settings_of

app = group()


@app.command(
    epilog=example(
        "newsgraph sparql 'SELECT * { ?s ?p ?o } LIMIT 5' --format csv",
        "newsgraph sparql question.rq -o answer.csv",
        "newsgraph sparql - < question.rq",
        "newsgraph sparql claims-about-a-country country=Ukraine",
    )
)
def sparql(
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="A query, a file with one, - for standard input, or an example's name.",
        ),
    ],
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Variables of the example.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="json, xml, csv or tsv; for triples turtle, ntriples or jsonld.",
        ),
    ] = None,
    output: Output = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="Time limit for the query, in seconds.")
    ] = 30.0,
) -> None:
    """Query the graph in SPARQL 1.1 (read-only)."""
    from api.output import write_out
    from api.query_jobs import fill_in, is_question, read_pairs, read_question
    from api.rdf.sparql_job import FORMATS, SparqlError, read_query, run_sparql, twin
    from ontology.rdf.values import RdfError

    settings = settings_of()
    form = format_of(output, form, FORMATS) if form or output else None
    given = read_pairs(parameters or [])
    asked = read_question(settings, query, given) if is_question(settings, query) else None
    if given and asked is None:
        fail(f"{query!r} is not an example, so it takes no variables.", status=2)
    try:
        text = read_query(query) if asked is None else ""
        with opened_graph(settings) as database:
            if asked is not None:
                text = twin(asked, fill_in(database, asked, given), base=settings.base)
            body = run_sparql(database, text, form=form, seconds=seconds, base=settings.base)
    except (SparqlError, RdfError) as error:
        fail(str(error))
    write_out([body if body.endswith(b"\n") else body + b"\n"], output)


@app.command(
    epilog=example(
        "newsgraph bloom -o newsgraph.json",
        "newsgraph bloom --links",
        "newsgraph bloom --links --at http://localhost:7474/bloom/",
    )
)
def bloom(
    output: Output = None,
    links: Annotated[
        bool,
        typer.Option(
            "--links", help="Print a link for each search phrase, which runs it in Bloom."
        ),
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Where Bloom is: the address of a server that hosts it.",
            show_default="Neo4j Desktop",
        ),
    ] = None,
) -> None:
    """Write a perspective for Neo4j Bloom, or links that run its search phrases.

    The links need the perspective: import it first.
    """
    from api.bloom import bloom_links, write_perspective
    from api.bloom.links import DESKTOP
    from api.output import write_out

    if at is not None and not links:
        fail("--at says where links lead; use it with --links.", status=2)
    if links:
        with opened_graph(settings_of()) as database:
            found = bloom_links(database, at or DESKTOP)
        write_out([f"{link.search}\t{link.address}\n".encode() for link in found], output)
        return
    format_of(output, None, {"json": (".json",)})
    with opened_graph(settings_of()) as database:
        perspective = write_perspective(database)
    write_out([perspective], output)
    if output not in (None, "-"):
        typer.echo(f"Import {output} in Bloom's perspective gallery.", err=True)
        typer.echo("newsgraph bloom --links prints links that run its search phrases.", err=True)


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
