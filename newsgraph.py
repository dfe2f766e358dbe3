"""The ``newsgraph`` command: the verbs of each room, and ``up``, from a page to the playground."""

from typing import Annotated

import typer

import api.verbs
import loader.verbs
import queries.verbs
from api.verbs import Host, Port
from queries.command_line import example, fail, group, leave, opened, settings_of

app = group(
    "News pages in, a knowledge graph with provenance out: who said what, word for word.",
    epilog="Start with: newsgraph up seeds/",
)


@app.command(epilog=example("newsgraph up seeds/", "newsgraph up --port 9000"))
def up(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATHS", help="Pages to load first.")
    ] = None,
    host: Host = None,
    port: Port = None,
) -> None:
    """Start Neo4j, load pages, and serve the API until Ctrl-C."""
    from api.listening import listen

    settings = settings_of(host=host, port=port)
    skipped = False
    rooms = ("loader.commands", "api.commands")
    with (
        listen(settings.host, settings.port) as socket,
        opened(settings, stop=True, meanwhile=rooms) as database,
    ):
        from api.commands import run_server
        from loader.commands import OUTPUT, page_table, run_load

        with database.session() as session:
            if paths:
                skipped = bool(run_load(session, paths, home=settings.home).skipped)
            OUTPUT.print(page_table(session))
        run_server(settings, database, socket)
    leave(skipped=skipped)


for room in (loader.verbs, api.verbs, queries.verbs):
    app.add_typer(room.app)


def main() -> None:
    """Run the command; an error of ours is one sentence on stderr and exit status 1."""
    try:
        app()
    except SystemExit:
        raise
    except KeyboardInterrupt:
        fail("Interrupted.", status=130)
    except _our_errors() as error:
        fail(str(error))


def _our_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is for the user. Called only when one is raised."""
    from api.auth import KeysError
    from api.commands import CommandError
    from api.documents import DocumentsError
    from api.examples import ExamplesError
    from api.listening import PortError
    from api.options import OptionsError
    from loader.bulk import BulkError
    from loader.commands import LoadError
    from loader.corrections import CorrectionError
    from loader.importing import RefusedError
    from loader.metrics import MetricsError
    from loader.schema import SchemaError
    from loader.spark.session import SparkError
    from loader.workers import WorkerError
    from ontology.rdf.values import RdfError
    from queries.database import DatabaseError
    from queries.server import ServerError

    serving = (CommandError, DocumentsError, ExamplesError, KeysError, OptionsError, PortError)
    loading = (BulkError, LoadError, MetricsError, SchemaError, SparkError, WorkerError)
    moving = (CorrectionError, RdfError, RefusedError)
    return (*serving, *loading, *moving, DatabaseError, ServerError)


if __name__ == "__main__":
    main()
