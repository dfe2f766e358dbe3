"""The Spark job: files shared out among workers, pages to records, records to the graph."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from loader.extract import serialization
from loader.graph.origins.settling import await_all_origins, find_origins
from loader.graph.resolver import resolve_names
from loader.graph.similarity import match_claims
from loader.pages import Choice, SkippedPage, Source, sources
from loader.spark import columns, steps
from loader.spark.steps import Target

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PARTITIONS_A_CORE = 4
_PARTITION_BYTES = 4_000_000
"""Of files as they lie: some minutes of a core, so that a lost machine costs little."""


def extract_with_spark(
    spark: "SparkSession",
    paths: Sequence[str],
    choice: Choice,
    *,
    target: Target | None,
    partitions: int | None = None,
) -> "DataFrame":
    """Return the ``RECORDS`` of the pages in ``paths``, computed once they are asked for.

    Between reading and extracting pages are dealt out anew by their hashes, because an archive
    may hold a hundred thousand of them, and its reader would be the last to finish.

    Args:
        spark: The session.
        paths: Files, folders and patterns that every machine sees under that path, or addresses
            that Spark reads (``s3a://``, ``hdfs://``, ``file://``).
        choice: Which of the pages to read.
        target: The database that may know pages already; None for none.
        partitions: In how many parts pages are extracted; by their size if not given.
    """
    cores = spark.sparkContext.defaultParallelism
    remote = [path for path in paths if "://" in path]
    rows = [_source_values(*found) for found in sources(p for p in paths if "://" not in p)]
    size = sum(Path(path).stat().st_size for _, path, _ in rows if Path(path).is_file())
    parts = max(1, min(len(rows), cores * _PARTITIONS_A_CORE))
    listed = spark.createDataFrame(spark.sparkContext.parallelize(rows, parts), columns.SOURCES)
    pages = listed.mapInPandas(partial(steps.read_files, choice=choice), columns.PAGES)
    for address in remote:
        files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(address)
        size += sum(row["length"] for row in files.select("length").toLocalIterator())
        read = partial(steps.read_contents, base=f"{address.rstrip('/')}/", choice=choice)
        fetched = files.select("path", "content").mapInPandas(read, columns.PAGES)
        pages = pages.unionByName(fetched)
    count = partitions or max(cores * _PARTITIONS_A_CORE, size // _PARTITION_BYTES)
    extract = partial(steps.extract_pages, target=target)
    return pages.repartition(count, "key").mapInPandas(extract, columns.RECORDS)


def write_with_spark(records: "DataFrame", target: Target, *, writers: int) -> None:
    """Write ``records`` to ``target``: first what articles share, each node once, then articles.

    ``records`` are gone through twice, so they should be kept. At most ``writers`` workers write
    at a time: more of them wait for each other's locks.
    """
    found = records.where("state = 'extracted'").select("record")
    if target.alone:
        shared = found.mapInPandas(steps.share_rows, columns.SHARED)
        sorted_rows = shared.repartition(writers, "id").sortWithinPartitions("id")
        write = partial(steps.write_shared_rows, target=target)
        sorted_rows.mapInPandas(write, columns.WRITTEN).collect()
        with target.session() as session:
            resolve_names(
                session
            )  # before anything is said by these names, nothing has to be moved
    write = partial(steps.write_articles, target=target)
    found.coalesce(writers).mapInPandas(write, columns.WRITTEN).collect()
    with target.session() as session:
        resolve_names(session)
        match_claims(session)
        await_all_origins(session)
        find_origins(session)


def _source_values(source: Source | SkippedPage, path: Path | None) -> tuple[str, str, str]:
    if isinstance(source, SkippedPage):
        return "", "", serialization.skipped_pages().dump_json(source).decode()
    return columns.sources().dump_json(source).decode(), str(path), ""
