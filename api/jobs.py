"""The API's verbs as the command line runs them: progress on stderr, counts at the end."""

import contextlib
import socket

from api.answers import answer
from api.app import create_app
from api.graphql.naming import UnknownNameError
from api.http.options import options_of
from api.http.serving import make_server
from api.output import ERRORS, OUTPUT, CommandError, progress, write_out
from api.rdf.export import export
from api.rdf.parts import Part
from api.rdf.validation import validate
from api.site.assets import MissingAssetsError
from api.site.content import picture_file
from api.site.reading import document
from api.site.receipt_files import DOCUMENT, receipt_of
from ontology.rdf.writing import FORMATS
from ontology.receipts import Receipt, dumped
from queries.command_line import login
from queries.counts import counted
from queries.database import Database
from queries.settings import Settings


def run_server(settings: Settings, database: Database, opened: socket.socket) -> None:
    """Serve the API on ``opened`` until Ctrl-C, after printing where everything is.

    Unless ``settings`` name another base, IRIs begin with the address that is served.
    """
    settings = settings.model_copy(update={"port": opened.getsockname()[1]})
    app = create_app(settings, database, warm=True)
    server = make_server(app, options_of(settings).limits, log_level=settings.log_level.lower())
    OUTPUT.print(f"Pages               {settings.address}/")
    OUTPUT.print(f"GraphQL playground  {settings.address}/playground")
    if database.server:
        OUTPUT.print(
            f"Neo4j Browser       {database.server.browser_url}  ({login(database.server)})"
        )
        guide = f":play http://localhost:{settings.port}/browser/guide.html"
        OUTPUT.print(f"                    for questions to begin with, type there: {guide}")
    OUTPUT.print(f"Turtle export       {settings.address}/export.ttl")
    OUTPUT.print("Press Ctrl-C to stop.")
    # Ctrl-C has ended it by then: uvicorn raises it again for those who did not see it.
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[opened])


def read_receipt(settings: Settings, database: Database, identifier: str) -> Receipt:
    """The receipt of a statement, by its id, with or without ``statement/``.

    Raises:
        CommandError: there is no such statement.
        DatabaseError: the database fails.
    """
    full = identifier if "/" in identifier else f"statement/{identifier}"
    found = answer(settings, database, document(DOCUMENT), {"id": full})["statement"]
    if found is None:
        msg = f"The graph has no statement with the id {full}; its page and every list show ids."
        raise CommandError(msg)
    return receipt_of(found)


def run_receipt(
    settings: Settings, database: Database, identifier: str, output: str | None
) -> None:
    """Write the receipt of a statement to a file, or to standard output.

    Raises:
        CommandError: there is no such statement, or the file cannot be written.
        DatabaseError: the database fails.
    """
    write_out([dumped(read_receipt(settings, database, identifier))], output)


def run_export(
    database: Database, form: str, output: str | None, *, base: str, part: Part | None
) -> None:
    """Write the graph, or ``part`` of it, to the file ``output`` or to standard output.

    A file appears when it is whole: what is interrupted leaves nothing behind.

    Raises:
        CommandError: the file cannot be written.
        RdfError: the graph cannot be exported, or the part is not there.
    """
    with progress("nodes") as advance:
        pieces = export(
            database.driver,
            FORMATS[form].name,
            base=base,
            database=database.name,
            part=part,
            progress=advance,
        )
        size = write_out(pieces, output)
    where = "standard output" if output in (None, "-") else output
    ERRORS.print(f"{counted(size, 'byte')} of {form} written to {where}.")


def run_validate(database: Database, *, base: str) -> int:
    """Print what the shapes find wrong with the graph, a line each; return how much it is."""
    with progress("nodes") as advance:
        findings = validate(database.driver, base=base, database=database.name, progress=advance)
    for finding in findings:
        OUTPUT.print(str(finding), markup=False)
    ERRORS.print(
        f"{counted(len(findings), 'finding')}: the graph does not conform to the ontology's shapes."
        if findings
        else "The graph conforms to the ontology's shapes."
    )
    return len(findings)


def run_graph(database: Database, about: str | None, output: str | None) -> None:
    """Write the picture of what surrounds ``about``, as HTML.

    Raises:
        CommandError: nothing has that id or name, or the front end has not been built.
    """
    try:
        with database.session() as session:
            page = picture_file(session, about)
    except (MissingAssetsError, UnknownNameError) as error:
        raise CommandError(str(error)) from error
    if page is None:
        raise CommandError("The graph is empty; load some pages first.")
    size = write_out([page.encode()], output)
    ERRORS.print(f"{counted(size, 'byte')} written to {output or 'standard output'}.")
