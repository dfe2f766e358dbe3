"""The bulk verb as the command line runs it: staged, imported, and said what to do otherwise."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from loader.bulk.filling import Staging
from loader.bulk.importer import BulkError, bulk_import, shell_command
from loader.bulk.parquet import read_records
from loader.bulk.preparing import UNRESOLVED
from loader.bulk.staging import FILE, open_stage
from loader.bulk.tables import write_tables
from loader.extract.extraction import now, this_run
from loader.extract.pipeline import load_pipeline
from loader.extract.workers import chosen_extractor, default_workers
from loader.graph.intake import Report
from loader.graph.journal import open_journal
from loader.graph.origins.settling import find_origins
from loader.graph.schema import is_in_use, prepare
from loader.pages import Choice
from loader.reporting import failing_well, summary, warn
from loader.terminal import ERRORS, OUTPUT, progress_bar, stopped_by_signals
from ontology import iris
from ontology.model import load_model
from ontology.records import Run
from queries.database import Database
from queries.graph_version import check_version
from queries.logs import logged
from queries.server import Server

REPORT = "import.report"
_AGAIN = (
    "Nothing was written to the graph, but everything read so far is kept; run the same command "
    "again to resume."
)
_FINISH = "The graph was imported; load the same paths without --bulk to finish."


def run_bulk(
    database: Database,
    server: Server | None,
    paths: Sequence[str],
    *,
    home: Path,
    choice: Choice | None = None,
    workers: int | None = None,
    records: bool = False,
) -> Report:
    """Load ``paths`` into the empty ``database`` by Neo4j's offline importer.

    What was read is kept in ``home`` until it is imported, so a run that is killed goes on where
    it was; other paths, another choice or other software begin anew. With ``server`` None, the
    tables are left there and the command to import them printed. With ``records``, the paths are
    folders of records that ``newsgraph spark`` wrote.

    Raises:
        VersionError: there is a graph, of another version of the ontology.
        BulkError: the database is not empty, it or the disk fails, or there is a comma in
            ``home``, which separates files for the importer.
        ServerError: the importer refuses.
    """
    report = Report()
    run = this_run(now())
    choice = choice or Choice()
    folder = home / "bulk" / _digest(run, paths, choice, records=records)
    if "," in str(folder):
        raise BulkError(
            f"Neo4j's importer cannot read files in {home}, because the path contains a comma; "
            "set NEWSGRAPH_HOME to a path without one."
        )
    if server is not None:
        refuse_a_graph(database)
    with failing_well(BulkError, _AGAIN):
        with open_stage(folder) as stage:
            with stopped_by_signals() as stop, progress_bar(paths) as on_page:
                bulk = Staging(stage=stage, stop=stop, on_page=on_page, report=report)
                if records:
                    found = (row for path in paths for row in read_records(Path(path)))
                    places = bulk.fill_records(found, workers or default_workers())
                else:
                    extractor = chosen_extractor(logged(load_pipeline), workers)
                    places = bulk.fill(choice.read(paths), extractor)
            warn(report.skipped)
            ERRORS.print(summary(report))
            if report.stopped:
                ERRORS.print(
                    "Interrupted: nothing was written to the graph yet. Run the same command "
                    "again to resume."
                )
                raise KeyboardInterrupt
            tables = write_tables(stage, run)
        if server is not None:
            bulk_import(server, tables, folder / REPORT)
        else:
            for file in folder.glob(f"{FILE}*"):
                file.unlink()  # the tables are all of it
            shutil.rmtree(folder / UNRESOLVED, ignore_errors=True)
    if server is None:
        ERRORS.print("Stop the server, copy the tables to its machine, and run there:")
        command = shell_command(tables, folder / REPORT, database.name)
        OUTPUT.print(command, markup=False, soft_wrap=True)
        return report
    with failing_well(BulkError, _FINISH):
        finish(database, places, home=home)
        shutil.rmtree(folder)  # last: whatever fails before can be done again
    return report


def refuse_a_graph(database: Database) -> None:
    """See that an offline import into ``database`` replaces nothing.

    Raises:
        VersionError: it would replace one of another version of the ontology.
        BulkError: it would replace another.
    """
    with database.session() as session:
        check_version(session, load_model().version)
        if is_in_use(session):
            raise BulkError(
                "The database already contains a graph, which an offline import would replace; "
                "load without --bulk to add pages to it, or delete it with `newsgraph db reset`."
            )


def finish(database: Database, places: Iterable[tuple[str, str]], *, home: Path) -> None:
    """Index the graph that was imported into ``database``, and note where its pages stood."""
    with database.session() as session, open_journal(home, session) as journal:
        prepare(session, load_model())
        find_origins(session)
        journal.record(places)


def _digest(run: Run, paths: Sequence[str], choice: Choice, *, records: bool) -> str:
    """What a stage is of: which software read which of what is where."""
    places = sorted({str(Path(path).absolute()) for path in paths})
    return iris.digest(run.id, repr(choice), str(records), *places)
