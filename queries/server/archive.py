"""Java's archive of Neo4j's classes, made once a machine: it halves a start and the first query.

Without it, every start reads, checks and links some twenty thousand classes anew. The archive (an
AOT cache, JEP 483 and 514) is what a training run of the real server leaves when it ends. Java
takes it only if jars, runtime and options are those of the training, so its name is made of these;
whatever is wrong with it, Java starts without.
"""

import hashlib
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from filelock import FileLock
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from queries import cypher
from queries.server import process
from queries.server.errors import ServerError
from queries.server.java import Java
from queries.server.launch import launch, set_first_password
from queries.server.layout import USER, Layout
from queries.server.progress import OnProgress, Progress

KEPT = 3
"""Archives of other environments or versions that stay; each takes some 130 MB."""
DUMP_SECONDS = 600.0
ROUNDS = 3
"""How often the training asks its questions: what runs once is not all that runs."""
_WORK = "train-"


def ensure_archive(folder: Path, java: Java, on_progress: OnProgress) -> Path | None:
    """Return the archive for ``java``, made if there is none, or None if it cannot be made.

    A training that failed is not tried again for the same jars and runtime: an archive saves time,
    and nothing else depends on it.
    """
    archive = folder / f"{_name(java)}.aot"
    failed = archive.with_suffix(".failed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "archives.lock"):
            if not archive.exists() and not failed.exists():
                _clear(folder)
                on_progress(
                    Progress(
                        step="prepare",
                        message="Preparing Neo4j for faster starts (once, about a minute)",
                    )
                )
                try:
                    _train(archive, java)
                except (ServerError, Neo4jError, DriverError) as error:
                    failed.write_text(f"{error}\n", encoding="utf-8")
                finally:
                    _clear(folder)
    except OSError:
        return None
    return archive if archive.exists() else None


def _name(java: Java) -> str:
    """Name what an archive depends on: each jar's path, size and time, and options but memory."""
    seal = hashlib.sha256("\0".join(replace(java, memory="").command("Main")).encode())
    for jar in java.jars:
        status = jar.stat()
        seal.update(f"{status.st_size} {status.st_mtime_ns}\n".encode())
    return seal.hexdigest()[:20]


def _train(archive: Path, java: Java) -> None:
    """Run a server in a folder of its own, use it as we do, and let it write ``archive``."""
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=archive.parent) as work:
        layout = Layout(home=Path(work))
        layout.claim()
        set_first_password(layout, java)
        part = layout.home / archive.name
        # Levels below errors list each class that is left out, and why; some hundreds are.
        options = (f"-XX:AOTCacheOutput={part}", "-Xlog:aot=error,cds=error")
        state = launch(layout, java, page_cache="8m", options=options)
        child = layout.process()
        try:
            _use(layout, f"bolt://{process.LOOPBACK}:{state.bolt}")
            # It is in ending that the archive is written.
            ended = child is None or process.end(child, patience=DUMP_SECONDS)
        except BaseException:
            _kill(layout)
            raise
        if not ended or not part.exists():
            raise ServerError(f"Java did not write an AOT cache: {layout.complaint()}")
        part.replace(archive)


def _clear(folder: Path) -> None:
    """Remove what a training that was killed has left, its server first; call it in the lock."""
    for left in folder.glob(f"{_WORK}*"):
        _kill(Layout(home=left))
        shutil.rmtree(left, ignore_errors=True)
    archives = sorted(folder.glob("*.aot"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in archives[KEPT:]:
        path.unlink(missing_ok=True)


def _kill(layout: Layout) -> None:
    child = layout.process()
    if child is not None:
        process.end(child, patience=0)


def _use(layout: Layout, uri: str) -> None:
    rows = [
        {"id": f"a{n}", "author": f"p{n % 7}", "properties": {"title": f"Word {n}", "year": n}}
        for n in range(50)
    ]
    with (
        GraphDatabase.driver(uri, auth=(USER, layout.password() or "")) as driver,
        driver.session() as session,
    ):
        for name in ("training/constraint", "training/fulltext"):
            session.run(cypher(name)).consume()
        for _ in range(ROUNDS):
            session.execute_write(lambda tx: tx.run(cypher("training/write"), rows=rows).data())
            ids = [row["id"] for row in rows]
            session.execute_read(
                lambda tx, ids: tx.run(cypher("training/read"), words="word", ids=ids).data(), ids
            )
