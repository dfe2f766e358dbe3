"""The Spark verb as the command line runs it: counts at the end, as of any load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from loader.extract.extraction import now, this_run
from loader.extract.serialization import skipped_pages
from loader.graph.intake import Report
from loader.graph.journal import open_journal
from loader.graph.removing import remove_displaced
from loader.graph.schema import check, prepare
from loader.graph.writer import write_run
from loader.pages import Choice
from loader.reporting import failing_well, summary, warn
from loader.spark.dataflow import extract_with_spark, write_with_spark
from loader.spark.session import SparkError, open_spark
from loader.spark.steps import Target
from loader.terminal import ERRORS
from ontology.model import load_model
from queries import cypher
from queries.database import Database

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

WRITERS = 4
_BATCH = 1_000
_GO_ON = "Run the same command again to resume."


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to load with Spark, and how.

    Attributes:
        paths: Files, folders and patterns that all machines see, or addresses that Spark reads.
        choice: Which of the pages.
        master: Spark's master; None for the one that ``spark-submit`` names, or this machine.
        partitions: In how many parts pages are extracted; None for as many as their size asks for.
        writers: How many workers write at a time.
    """

    paths: Sequence[str]
    choice: Choice
    master: str | None = None
    partitions: int | None = None
    writers: int = WRITERS


def run_spark(database: Database, job: Job, *, home: Path) -> Report:
    """Load with Spark into ``database``, whose address and password its workers use too.

    Raises:
        SparkError: Spark cannot be used, or gave up; or the database or the disk fails.
        VersionError: the graph is of another version of the ontology.
        SchemaError: the database holds other data.
    """
    run = this_run(now())
    report = Report()
    with failing_well(SparkError, _GO_ON), database.session() as session:
        check(session, load_model())  # before a cluster is asked for anything
    with (
        failing_well(SparkError, _GO_ON),
        open_spark(job.master) as spark,
        database.session() as session,
    ):
        from pyspark import StorageLevel  # known to be there

        prepare(session, load_model())
        write_run(session, run)
        others = session.run(cypher("read/other_runs"), run=run.id).single(strict=True)
        user, password = database.auth
        target = Target(
            uri=database.uri,
            user=user,
            password=password,
            database=database.name,
            run=run,
            alone=not others["any"],
        )
        records = extract_with_spark(
            spark, job.paths, job.choice, target=target, partitions=job.partitions
        ).persist(StorageLevel.DISK_ONLY)
        # Counted before anything is written: what a machine lost later is found in the graph.
        _count(records, report)
        write_with_spark(records, target, writers=job.writers)
        with open_journal(home, session) as journal:
            places = _places(records)
            while chunk := list(islice(places, _BATCH)):
                journal.record(chunk)
            report.replaced = sum(remove_displaced(journal, session))
    _say(report)
    return report


def run_records(job: Job, folder: str) -> Report:
    """Extract with Spark, and write the records to Parquet in ``folder`` (a path or an address)."""
    report = Report()
    with open_spark(job.master) as spark:
        records = extract_with_spark(
            spark, job.paths, job.choice, target=None, partitions=job.partitions
        )
        records.write.mode("overwrite").parquet(folder)
        _count(spark.read.parquet(folder), report)
    _say(report)
    return report


def _count(records: "DataFrame", report: Report) -> None:
    """Fill ``report`` with what came of the pages."""
    totals = records.selectExpr(
        "count_if(state = 'extracted') AS pages",
        "count_if(state = 'known') AS known",
        "coalesce(sum(articles), 0) AS articles",
        "coalesce(sum(statements), 0) AS statements",
    ).collect()[0]
    report.pages, report.known = totals["pages"], totals["known"]
    report.articles = report.new_articles = totals["articles"]
    report.statements = totals["statements"]
    skipped = records.where("state = 'skipped'").select("record").toLocalIterator()
    report.skipped = [skipped_pages().validate_json(row["record"]) for row in skipped]


def _places(records: "DataFrame") -> Iterator[tuple[str, str]]:
    """Yield where each page stood and its id."""
    for row in records.select("page", "places").toLocalIterator():
        yield from ((place, row["page"]) for place in row["places"])


def _say(report: Report) -> None:
    warn(report.skipped)
    ERRORS.print(summary(report))
