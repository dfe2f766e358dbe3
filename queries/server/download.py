"""Fetch jars through jgo, several at once, and let only whole ones into the folder."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import requests
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext, PythonResolver

from queries.counts import counted
from queries.server.errors import ServerError
from queries.server.jars import Jar, sha256_of
from queries.server.progress import OnProgress, Progress

DOWNLOADS = 8
"""Jars fetched at once: most are small, so the round trips are what takes time."""
ATTEMPTS = 3
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 30
_WORK = "fetch-"
"""What the folders of downloads under way begin with."""


class DamagedError(Exception):
    """What arrived is not what the lock names."""


def download(jars: Sequence[Jar], folder: Path, on_progress: OnProgress) -> Iterator[Jar]:
    """Fetch ``jars`` into ``folder`` and yield each once it is there, in order.

    Call it from one process at a time: what a download that was killed has left is removed.

    Raises:
        ServerError: one cannot be fetched, or arrives other than the lock says; those that came
            before it stay.
    """
    counter = _Counter(jars, on_progress)
    for left in folder.glob(f"{_WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=folder) as work:
        pool = ThreadPoolExecutor(DOWNLOADS)
        try:
            yield from pool.map(lambda jar: _fetch(jar, folder, Path(work), counter), jars)
        finally:
            pool.shutdown(cancel_futures=True)


class _Counter:
    """Sum what all downloads have brought and pass it on."""

    def __init__(self, jars: Sequence[Jar], on_progress: OnProgress) -> None:
        self._lock = threading.Lock()
        self._on_progress = on_progress
        self._total = sum(jar.size for jar in jars)
        self._done = 0
        self._message = (
            f"Downloading Neo4j: {counted(len(jars), 'jar')}, {self._total / 1000000.0:.0f} MB"
        )

    def add(self, size: int) -> None:
        """Count ``size`` more bytes; fewer where a download starts anew."""
        with self._lock:
            self._done += size
            self._on_progress(
                Progress(step="download", message=self._message, done=self._done, total=self._total)
            )


def _fetch(jar: Jar, folder: Path, work: Path, counter: _Counter) -> Jar:
    """Fetch ``jar`` into ``work``, check it, and only then move it to ``folder``."""
    for attempt in range(1, ATTEMPTS + 1):
        got = 0

        def add(size: int) -> None:
            nonlocal got
            got += size
            counter.add(size)

        try:
            path = _download(jar, work / f"{jar.file_name}.{attempt}", add)
            if sha256_of(path) != jar.sha256:
                raise DamagedError(
                    f"{counted(path.stat().st_size, 'byte')} whose SHA-256 does not match the lock"
                    " file"
                )
            path.replace(folder / jar.file_name)
        except (requests.RequestException, RuntimeError, DamagedError) as error:
            counter.add(-got)
            if attempt == ATTEMPTS:
                raise _explain(error, jar, folder) from error
            time.sleep(attempt * PAUSE_SECONDS)
        else:
            counter.add(jar.size - got)
            break
    return jar


def _download(jar: Jar, repository: Path, add: Callable[[int], None]) -> Path:
    """Let jgo bring ``jar``, from its configured repositories and Maven's central one."""

    @contextmanager
    def report(_file_name: str, _size: int) -> Iterator[Callable[[int], None]]:
        yield add

    context = MavenContext(
        resolver=PythonResolver(progress_callback=report),
        repo_cache=repository,
        local_repos=[],
        remote_repos={**GlobalSettings.load().repositories, "central": MAVEN_CENTRAL_URL},
        timeout=TIMEOUT_SECONDS,
    )
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    path: Path = component.artifact(classifier=jar.classifier, packaging="jar").resolve()
    return path


def _explain(error: Exception, jar: Jar, folder: Path) -> ServerError:
    if isinstance(error, DamagedError):
        return ServerError(
            f"{jar.file_name} was damaged in {ATTEMPTS} downloads ({error}); something between "
            "this machine and the repository modifies downloads. Try another network."
        )
    if isinstance(error, (requests.ConnectionError, requests.Timeout)):
        return ServerError(
            "No network connection: the first start downloads Neo4j's jars (about 200 MB, once). "
            f"Connect and try again, copy {folder} from a machine that has them, or set NEO4J_URI "
            "to a running Neo4j server."
        )
    return ServerError(
        f"{jar.file_name} could not be downloaded ({error}); try again later, or set NEO4J_URI to "
        "a running Neo4j server."
    )
