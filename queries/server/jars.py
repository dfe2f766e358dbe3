"""The jars that Neo4j is made of.

``jars.lock`` names each by its Maven coordinate, size and SHA-256, so nothing is resolved at run
time and a jar is either the one that was tested or none at all.
"""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


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


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
