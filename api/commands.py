"""The commands that serve, draw and check the graph.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from pathlib import Path
from typing import Annotated

import typer

import api.data_commands
import api.feed_commands
import api.graph_commands
import api.source_commands
from api.opening import opened_graph
from queries.command_line import (
    Output,
    example,
    format_of,
    group,
    leave,
    settings_of,
)

app = group()
app.add_typer(api.data_commands.app)
app.add_typer(api.source_commands.app)
app.add_typer(api.graph_commands.app)
app.add_typer(api.feed_commands.app)

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


@app.command(epilog=example("newsgraph mcp", "claude mcp add newsgraph -- newsgraph mcp"))
def mcp() -> None:
    """Serve the graph to an assistant on standard input and output.

    Assistants that speak the Model Context Protocol start this command themselves; `newsgraph
    serve` offers the same tools at /mcp. Needs the extra newsgraph[mcp].
    """
    from api.assistants.server import require, serve_stdio

    require()
    settings = settings_of()
    with opened_graph(settings) as database:
        serve_stdio(settings, database)


@app.command(epilog=example("newsgraph doctor"))
def doctor() -> None:
    """Check that everything newsgraph needs is in place.

    Shows how to fix what is wrong.
    """
    from ontology.model import load_model
    from queries.doctor import examine

    checks = examine(settings_of(), load_model().version)
    for check in checks:
        typer.echo(f"{check.level:8} {check.name}: {check.found}")
        if check.cure:
            typer.echo(f"{'':8} → {check.cure}")
    leave(skipped=any(check.level == "bad" for check in checks))


@app.command(epilog=example("newsgraph graph --about country/KE -o kenya.html"))
def graph(
    about: Annotated[str | None, typer.Option(help="The id or name of the node to draw.")] = None,
    output: Output = None,
) -> None:
    """Draw a node and its neighbours as an HTML file."""
    from api.jobs import run_graph

    format_of(output, None, {"html": (".html", ".htm")})
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


@app.command(epilog=example("newsgraph validate"))
def validate() -> None:
    """Check the graph against the ontology's shapes.

    Lists each node that breaks a rule, with the rule.
    """
    from api.jobs import run_validate

    settings = settings_of()
    with opened_graph(settings) as database:
        leave(skipped=bool(run_validate(database, base=settings.base)))
