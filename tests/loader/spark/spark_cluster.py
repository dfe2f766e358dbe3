"""A standalone Spark cluster on loopback: a master and workers that a test can kill."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pyspark

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_SECONDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The master's address, the workers, and the environment that a command needs to use them."""

    master: str
    workers: Sequence[subprocess.Popen[bytes]]
    environment: dict[str, str]

    def kill_worker(self, number: int) -> None:
        """Kill a worker with everything it has started, as a machine dies."""
        _kill_tree(self.workers[number])

    def executors(self) -> list[psutil.Process]:
        """What the workers run for a job."""
        return [
            child
            for worker in self.workers
            if worker.poll() is None
            for child in psutil.Process(worker.pid).children()
        ]


@contextmanager
def spark_cluster(folder: Path, java_home: Path, workers: int) -> Iterator[Cluster]:
    """Run a master and ``workers`` workers of one core each; their files are in ``folder``."""
    conf = folder / "conf"
    conf.mkdir(parents=True)
    (conf / "spark-defaults.conf").write_text(
        f"spark.driver.extraJavaOptions {_QUICK}\nspark.executor.extraJavaOptions {_QUICK}\n"
        "spark.network.timeout 60s\nspark.executor.heartbeatInterval 5s\nspark.ui.enabled false\n"
    )
    environment = {
        **os.environ,
        "JAVA_HOME": str(java_home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_CONF_DIR": str(conf),
        "SPARK_DAEMON_JAVA_OPTS": _QUICK,
        "SPARK_LOCAL_DIRS": str(folder / "local"),
    }
    started: list[subprocess.Popen[bytes]] = []

    def run(name: str, *arguments: str) -> Path:
        log = folder / f"{len(started)}.log"
        with log.open("wb") as file:
            started.append(
                subprocess.Popen(
                    [SPARK_CLASS, f"org.apache.spark.deploy.{name}", *arguments],
                    stdout=file,
                    stderr=subprocess.STDOUT,
                    env=environment,
                )
            )
        return log

    try:
        log = run("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        master = _said(log, r"Starting Spark master at (spark://\S+)")
        for number in range(workers):
            run(
                *("worker.Worker", master, "--cores", "1", "--memory", "2g"),
                *("--host", "127.0.0.1", "--webui-port", "0"),
                *("--work-dir", str(folder / f"work-{number}")),
            )
        for number in range(workers):
            _said(folder / f"{number + 1}.log", "Successfully registered with (master)")
        yield Cluster(master=master, workers=started[1:], environment=environment)
    finally:
        for process in reversed(started):
            _kill_tree(process)
            process.wait()


def _kill_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill ``process`` with everything it has started; what has ended by itself is passed over."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(process.pid)
        for one in [parent, *parent.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                one.kill()


def _said(log: Path, pattern: str) -> str:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.2)
    raise TimeoutError(log.read_text(errors="replace")[-2000:])
