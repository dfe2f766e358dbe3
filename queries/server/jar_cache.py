"""The folder of Neo4j's jars: fetched once, the same everywhere, checked at every start.

The folder may be shared by any number of data directories and processes.
"""

import json
import os
from pathlib import Path

from filelock import FileLock

from queries.server.errors import ServerError
from queries.server.jars import Jar, sha256_of
from queries.server.progress import OnProgress


def ensure_jars(folder: Path, jars: tuple[Jar, ...], on_progress: OnProgress) -> tuple[Path, ...]:
    """Have every one of ``jars`` whole in ``folder``, and return their paths in order.

    A jar that is missing, half there or altered is fetched again. A check costs one ``stat`` a jar:
    the sums are computed only for files whose size or time is new since they last agreed.

    Raises:
        ServerError: a jar cannot be fetched, is not the locked one, or cannot be stored.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "jars.lock"):
            verified = _Verified(folder)
            missing = [jar for jar in jars if not verified.holds(jar)]
            if missing:
                from queries.server.download import download  # jgo is slow to import

                for jar in download(missing, folder, on_progress):
                    verified.holds(jar)
                    verified.save()  # an interruption loses at most the jars under way
            verified.save()
    except OSError as error:
        raise ServerError(
            f"Cannot store Neo4j's jars in {folder} ({error.strerror or error}); free some space "
            "there, or set NEWSGRAPH_CACHE to another folder."
        ) from error
    return tuple(folder / jar.file_name for jar in jars)


class _Verified:
    """Which files agreed with their sums, and what size and time they had then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "verified.json"
        self._before = _remembered(self._path)
        self._now: dict[str, list[int | str]] = {}

    def holds(self, jar: Jar) -> bool:
        """Whether ``jar`` is there and whole; a file that is not is removed."""
        path = self._folder / jar.file_name
        try:
            status = path.stat()
        except FileNotFoundError:
            return False
        seal: list[int | str] = [status.st_size, status.st_mtime_ns, jar.sha256]
        whole = self._before.get(jar.file_name) == seal or (
            status.st_size == jar.size and sha256_of(path) == jar.sha256
        )
        if not whole:
            path.unlink()
            return False
        self._now[jar.file_name] = seal
        return True

    def save(self) -> None:
        """Remember the files found whole; others of an earlier lock are kept known as well."""
        seals = self._before | self._now
        if seals != self._before:
            part = self._path.with_suffix(f".{os.getpid()}.part")
            part.write_text(json.dumps(seals), encoding="utf-8")
            part.replace(self._path)


def _remembered(path: Path) -> dict[str, object]:
    """What ``save`` wrote to ``path``; nothing where that is missing or damaged."""
    try:
        seals = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return seals if isinstance(seals, dict) else {}
