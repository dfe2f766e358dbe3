"""Copy a stopped server's graph to a file and back, by Neo4j's own offline tools.

Both directions are checked before anything is replaced: what was written or is to be read is
unpacked and its consistency examined.
"""

import shutil
import tempfile
from pathlib import Path

from queries.server.errors import ServerError
from queries.server.java import Java
from queries.server.launch import administer
from queries.server.layout import Layout

DATABASE = "neo4j"
_INCOMING = "incoming"
"""Under this name a restored graph is checked beside the present one."""


def dump(layout: Layout, java: Java, path: Path) -> None:
    """Write the graph of the stopped server of ``layout`` to the file ``path``, in place of any.

    Raises:
        ServerError: the file cannot be written, or the graph is damaged; an older file stays.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as work:
            administer(layout, java, "database", "dump", DATABASE, f"--to-path={work}")
            folders = (f"--from-path={work}", f"--temp-path={work}", f"--report-path={work}")
            administer(layout, java, "database", "check", DATABASE, *folders)
            (Path(work) / f"{DATABASE}.dump").replace(path)
    except OSError as error:
        raise ServerError(
            f"Cannot write {path} ({error.strerror}); choose another file, or check the disk."
        ) from error


def load(layout: Layout, java: Java, path: Path) -> None:
    """Put the graph in the file ``path`` in place of that of the stopped server of ``layout``.

    Raises:
        ServerError: the file is no backup, or damaged; the graph there stays as it is.
    """
    stores = [layout.root / "data" / kind for kind in ("databases", "transactions")]
    try:
        _clear(stores, _INCOMING)
        with tempfile.TemporaryDirectory(prefix="restore-", dir=layout.root) as work:
            _link(path.resolve(), Path(work) / f"{_INCOMING}.dump")
            administer(layout, java, "database", "load", _INCOMING, f"--from-path={work}")
            administer(layout, java, "database", "check", _INCOMING, f"--report-path={work}")
            for store in stores:
                if (store / DATABASE).exists():
                    (store / DATABASE).rename(Path(work) / store.name)
                (store / _INCOMING).rename(store / DATABASE)
    except ServerError as error:
        raise ServerError(
            f"{path} was not restored, and the graph is unchanged: {error}"
        ) from error
    except OSError as error:
        raise ServerError(
            f"Cannot restore {path} ({error.strerror}: {error.filename}); check the disk and try "
            "again."
        ) from error
    finally:
        _clear(stores, _INCOMING)


def _link(path: Path, name: Path) -> None:
    try:
        name.symlink_to(path)
    except OSError:  # not everybody may make links on Windows
        shutil.copyfile(path, name)


def _clear(stores: list[Path], name: str) -> None:
    for store in stores:
        shutil.rmtree(store / name, ignore_errors=True)
