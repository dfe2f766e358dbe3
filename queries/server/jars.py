"""The jars that Neo4j is made of: fetched once, the same everywhere, checked at every start.

``jars.lock`` names each by its Maven coordinate, size and SHA-256, so nothing is resolved at run
time and a jar is either the one that was tested or none at all. The folder may be shared by any
number of data directories and processes.
"""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from filelock import FileLock

from queries.server.errors import ServerError
from queries.server.progress import OnProgress

WORK = "fetch-"
"""What the folders of downloads under way begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """One locked jar."""

    group: str
    artifact: str
    version: str
    classifier: str
    size: int
    sha256: str

    @property
    def file_name(self) -> str:
        """Its name in the folder; unique in the lock."""
        return "-".join(filter(None, (self.artifact, self.version, self.classifier))) + ".jar"


def locked_jars() -> tuple[Jar, ...]:
    """Return the jars of ``jars.lock``, in its order, which is that of the class path."""
    lines = files(__package__).joinpath("jars.lock").read_text(encoding="utf-8").splitlines()
    return tuple(_parse(line) for line in lines if line and not line.startswith("#"))


def _parse(line: str) -> Jar:
    coordinate, size, sha256 = line.split()
    group, artifact, version, *classifier = coordinate.split(":")
    return Jar(
        group=group,
        artifact=artifact,
        version=version,
        classifier="".join(classifier),
        size=int(size),
        sha256=sha256,
    )


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
                for left in folder.glob(f"{WORK}*"):  # by a download that was killed
                    shutil.rmtree(left, ignore_errors=True)
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
        try:
            self._before = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._before = {}
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


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
