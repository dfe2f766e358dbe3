"""Resolve Neo4j anew and print a lock: ``python -m queries.server.relock ENDPOINT > jars.lock``.

An endpoint is in jgo's notation, as in the first line of ``jars.lock``.
"""

import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jgo


def lock(endpoint: str) -> Iterator[str]:
    """Yield the lines of a lock of everything that ``endpoint`` needs, in jgo's order."""
    with tempfile.TemporaryDirectory(prefix="newsgraph-lock-") as work:
        environment = jgo.build(endpoint, cache_dir=Path(work))
        resolved = tomllib.loads((environment.path / "jgo.lock.toml").read_text("utf-8"))
        sizes = {path.name: path.stat().st_size for path in environment.all_jars}
        yield f"# {endpoint}"
        yield "# coordinate, bytes, SHA-256; written by python -m queries.server.relock"
        for entry in resolved["dependencies"]:
            names = [entry["groupId"], entry["artifactId"], entry["version"]]
            names += filter(None, [entry.get("classifier")])
            size = sizes["-".join(names[1:]) + ".jar"]
            yield f"{':'.join(names)} {size} {entry['sha256']}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lock(sys.argv[1]))
