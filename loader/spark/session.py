"""A Spark session on a Java that Spark runs on."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVAS = (17, 21)
"""The versions of Java that Spark 4.1 runs on; on 25 its Arrow fails."""

_SETTINGS = {
    # Pages may have megabytes: few are handed to Python at a time.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    # Our partitions are counted by what reading costs, which Spark cannot see.
    "spark.sql.adaptive.enabled": "false",
    # A machine may die again and again; what it read is read elsewhere.
    "spark.task.maxFailures": "8",
    "spark.ui.showConsoleProgress": "false",
}


class SparkError(Exception):
    """Spark cannot be used or gave up; the message says why and what to do."""


@contextmanager
def open_spark(master: str | None) -> Iterator["SparkSession"]:
    """Open a session on ``master``; None leaves it to ``spark-submit``, else all cores here.

    Raises:
        SparkError: Spark or a Java for it is missing, or the master does not answer.
    """
    if importlib.util.find_spec("pyspark") is None or importlib.util.find_spec("pandas") is None:
        raise SparkError("Spark is not installed; install newsgraph[spark].")
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted:
        os.environ["JAVA_HOME"] = str(java_home())
        # Workers run what we run: newsgraph is installed there under the same path, or named.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder: SparkSession.Builder = SparkSession.builder.appName("newsgraph")
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    if master is not None or not submitted:
        builder = builder.master(master or "local[*]")
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        raise SparkError(f"Spark cannot be started: {_said(error)}") from error
    try:
        spark.sparkContext.setLogLevel("ERROR")
        yield spark
    except (PySparkException, Py4JError) as error:
        raise SparkError(f"The Spark job failed: {_said(error)}") from error
    finally:
        spark.stop()


def java_home() -> Path:
    """Return the home of a Java that Spark runs on: ``JAVA_HOME``'s, the path's, or a system one.

    Raises:
        SparkError: there is none.
    """
    named = os.environ.get("JAVA_HOME")
    on_path = shutil.which("java")
    places = [
        *([Path(named)] if named else []),
        *([Path(on_path).resolve().parents[1]] if on_path else []),
        *sorted(Path("/usr/lib/jvm").glob("*")),
    ]
    for place in places:
        if _version(place / "bin" / "java") in JAVAS:
            return place
    wanted = " or ".join(map(str, JAVAS))
    raise SparkError(
        f"Spark needs Java {wanted}, which was not found; install it (Debian: apt install "
        "openjdk-17-jre-headless), or set JAVA_HOME to it."
    )


def _version(java: Path) -> int | None:
    if not java.is_file():
        return None
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else None


def _said(error: Exception) -> str:
    """The lines of an error that tell its cause, without Java's and Python's frames."""
    lines = [line.strip() for line in str(error).splitlines()]
    telling = [line for line in lines if line and not re.match(r"at |File |Traceback|\^", line)]
    return " ".join(telling[:3])[:600]
