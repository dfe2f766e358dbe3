"""The package as a stranger gets it: built, installed without our lock, run from an empty home.

Every version is the newest that ``pyproject.toml`` allows, so what a lock hides shows here.
"""

import html
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from queries.settings import Settings

ROOT = Path(__file__).parents[1]
UV = str(Path(sys.executable).with_name("uv"))
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "__pycache__", "static", "tests", "node_modules"
)

pytestmark = [pytest.mark.network, pytest.mark.neo4j]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The command of an environment that holds the package, and the environment it runs in."""

    command: str
    folder: Path
    environment: dict[str, str]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The package, built from sources without a front end where there is no Node, and installed."""
    folder = tmp_path_factory.mktemp("installed")
    source, venv, home = folder / "source", folder / "venv", folder / "home"
    shutil.copytree(ROOT, source, ignore=NOT_COPIED)
    home.mkdir()
    python = venv / "bin" / "python"
    _run([UV, "venv", "--quiet", "--python", sys.executable, str(venv)])
    _run([UV, "pip", "install", "--quiet", "--python", str(python), str(source)], PATH=os.devnull)
    assert not (source / "api" / "site" / "web" / "node_modules").exists()
    # Only Neo4j's jars are not downloaded again.
    jars = Settings().cache / "jars"
    jars.mkdir(parents=True, exist_ok=True)
    (folder / "cache").mkdir()
    (folder / "cache" / "jars").symlink_to(jars)
    environment = {
        "HOME": str(home),
        "PATH": os.defpath,
        "NEWSGRAPH_CACHE": str(folder / "cache"),
        "NEWSGRAPH_PORT": "0",
        "PYTHONUNBUFFERED": "1",
    }
    command = str(venv / "bin" / "newsgraph")
    return Installed(command=command, folder=home, environment=environment)


@pytest.fixture(scope="module")
def article(installed: Installed, seeds: Path) -> dict[str, Any]:
    """The record of one page's article, as the installed package extracts it."""
    done = subprocess.run(
        [installed.command, "extract", str(sorted(seeds.iterdir())[0])],
        env=installed.environment,
        cwd=installed.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    record: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return record


def test_it_extracts(article: dict[str, Any]) -> None:
    assert article["title"]
    assert article["statements"]


@pytest.fixture(scope="module")
def address(installed: Installed, seeds: Path) -> Iterator[str]:
    """Where the installed package serves one page of news, by a Neo4j that it has started."""
    page = sorted(seeds.iterdir())[0]
    process = subprocess.Popen(
        [installed.command, "up", str(page)],
        env=installed.environment,
        cwd=installed.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        found = re.search(r"(http://\S+)/playground", "".join(lines))
        assert found, process.communicate()[1]
        yield found[1]
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
        assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "{title}"),
        ("/playground", '<div id="playground">'),
        ("/graph.json", "{title}"),
        ("/export.ttl", "{title}"),
    ],
)
def test_it_serves_what_it_loaded(
    address: str, article: dict[str, Any], path: str, says: str
) -> None:
    assert says.format_map(article) in html.unescape(_get(address + path))


@pytest.mark.parametrize("path", ["/playground", "/graph"])
def test_the_front_end_is_there(address: str, path: str) -> None:
    scripts = re.findall(r'src="([^"]+\.js)"', _get(address + path))
    assert scripts
    for script in scripts:
        assert len(_get(urljoin(address + path, script))) > 10_000


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as response:  # noqa: S310 - our own address
        return str(response.read().decode())


def _run(command: list[str], **variables: str) -> None:
    done = subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
