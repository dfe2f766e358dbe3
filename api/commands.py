"""The commands that serve, export, query, draw and check the graph.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from pathlib import Path
from typing import Annotated

import typer

import api.graph_commands
from api.opening import opened_graph
from queries.command_line import Day, Output, example, fail, group, leave, settings_of

app = group()
app.add_typer(api.graph_commands.app)

Host = Annotated[str | None, typer.Option(help="Address to serve on.", show_default="127.0.0.1")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, help="Port to serve on.", show_default="8000")
]


@app.command(epilog=example("newsgraph serve", "newsgraph serve --host 0.0.0.0 --port 80"))
def serve(host: Host = None, port: Port = None) -> None:
    """Serve GraphQL, RDF and the playground until Ctrl-C."""
    from api.http.listening import listen

    settings = settings_of(host=host, port=port)
    with (
        listen(settings.host, settings.port) as socket,
        opened_graph(settings, meanwhile=("api.jobs",)) as database,
    ):
        from api.jobs import run_server

        run_server(settings, database, socket)


@app.command(
    epilog=example(
        "newsgraph export -o graph.ttl",
        "newsgraph export --country KE",
        "newsgraph export --query things_named name=Kenya",
    )
)
def export(
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Parameters of the query.")
    ] = None,
    output: Output = None,
    form: Annotated[
        str, typer.Option("--format", help="turtle, ntriples, trig or jsonld.")
    ] = "turtle",
    article: Annotated[
        list[str] | None, typer.Option(help="Only the article with this id (repeatable).")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Only articles that mention this country.")
    ] = None,
    since: Day = None,
    query: Annotated[
        str | None, typer.Option(help="Only the nodes returned by this statement in queries/read.")
    ] = None,
) -> None:
    """Write the graph, or a part of it, as RDF."""
    from api.jobs import read_parameters, run_export
    from api.rdf.parts import Part
    from ontology.rdf.writing import FORMATS

    if form not in FORMATS:
        fail(f"{form!r} is not a format; use one of {', '.join(FORMATS)}.", status=2)
    if parameters and not query:
        fail(f"{parameters[0]!r} is a query parameter; name a query with --query.", status=2)
    part = None
    if article or country or since or query:
        part = Part(
            articles=tuple(article or ()),
            country=country,
            since=since.date() if since else None,
            query=query,
            parameters=read_parameters(parameters or []),
        )
    settings = settings_of()
    with opened_graph(settings) as database:
        run_export(database, FORMATS[form].name, output, base=settings.base, part=part)


@app.command(epilog=example("newsgraph graph --about country/KE -o kenya.html"))
def graph(
    about: Annotated[str | None, typer.Option(help="The id or name of the node to draw.")] = None,
    output: Output = None,
) -> None:
    """Draw a node and its neighbours as an HTML file."""
    from api.jobs import run_graph

    with opened_graph(settings_of()) as database:
        run_graph(database, about, output)


@app.command(epilog=example("newsgraph key keys.txt desk"))
def key(
    path: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The file of API keys, as set in NEWSGRAPH_API_KEYS."),
    ],
    name: Annotated[str, typer.Argument(help="The name of the key's owner.")],
) -> None:
    """Create an API key.

    The file stores only its hash.
    """
    from api.http.auth import create_key

    typer.echo(create_key(path, name))
    typer.echo(
        f"Store this key now; it cannot be shown again. Its hash was added to {path}.", err=True
    )


@app.command(epilog=example("newsgraph query", "newsgraph query NAME country=TW"))
def query(
    name: Annotated[
        str | None, typer.Argument(help="The name of an example query; omit it to list them.")
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Variables of the query.")
    ] = None,
) -> None:
    """Run an example query and print the answer as JSON."""
    from api.jobs import list_examples, run_query

    if name is None:
        list_examples()
        return
    settings = settings_of()
    with opened_graph(settings) as database:
        leave(skipped=not run_query(settings, database, name, parameters or []))


@app.command(epilog=example("newsgraph validate"))
def validate() -> None:
    """Check the graph against the ontology's shapes.

    Lists each node that breaks a rule, with the rule.
    """
    from api.jobs import run_validate

    settings = settings_of()
    with opened_graph(settings) as database:
        leave(skipped=bool(run_validate(database, base=settings.base)))
