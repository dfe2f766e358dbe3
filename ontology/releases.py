"""The published versions of the ontology, kept as they were: ``python -m ontology.releases``.

A version is published once, into ``ontology/versions/NUMBER``, and never changes again; the sums in
``ontology/versions/SHA256SUMS`` hold it to that. Whoever changes a published ontology gives it the
next number and names the one before (``owl:priorVersion``).
"""

import hashlib
import sys
from importlib.resources import files
from pathlib import Path

from ontology.model import load_model

NAMES = ("ontology", "shapes")
FOLDER = Path(__file__).parent / "versions"
SUMS = FOLDER / "SHA256SUMS"


class ReleaseError(Exception):
    """A version cannot be published or is not there; the message says why and what to do."""


def versions() -> tuple[str, ...]:
    """The numbers of the published versions, oldest first."""
    found = (path.name for path in FOLDER.iterdir() if path.is_dir())
    return tuple(sorted(found, key=number))


def number(version: str) -> tuple[int, ...]:
    """A version as what versions are ordered by."""
    return tuple(int(part) for part in version.split("."))


def text(name: str, version: str | None = None) -> str:
    """The Turtle of ``ontology`` or ``shapes``: of a published version, or as it is now.

    Raises:
        ReleaseError: no such version has been published.
    """
    if version is None or (version == load_model().version and version not in versions()):
        return (files("ontology") / f"{name}.ttl").read_text(encoding="utf-8")
    if version not in versions() or name not in NAMES:
        msg = f"There is no {name} {version}; published are {', '.join(versions())}."
        raise ReleaseError(msg)
    return (FOLDER / version / f"{name}.ttl").read_text(encoding="utf-8")


def publish() -> str:
    """Keep the ontology as it is now under its number, and return that.

    Raises:
        ReleaseError: something else has been published under it.
    """
    version = load_model().version
    now = {name: text(name) for name in NAMES}
    if version in versions():
        if now != {name: text(name, version) for name in NAMES}:
            msg = f"{version} is published and differs: give the ontology the next number."
            raise ReleaseError(msg)
        return version
    (FOLDER / version).mkdir()
    lines = []
    for name, turtle in now.items():
        (FOLDER / version / f"{name}.ttl").write_text(turtle, encoding="utf-8")
        lines.append(f"{hashlib.sha256(turtle.encode()).hexdigest()}  {version}/{name}.ttl\n")
    with SUMS.open("a", encoding="utf-8") as sums:
        sums.writelines(lines)
    return version


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{publish()} is published.\n")
    except ReleaseError as error:
        sys.exit(str(error))
