"""Start, find, stop and reset the one Neo4j of a data directory."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from queries.counts import counted
from queries.server import process
from queries.server.archive import ensure_archive
from queries.server.backup import dump, load
from queries.server.errors import ServerError
from queries.server.jar_cache import ensure_jars
from queries.server.jars import locked_jars
from queries.server.java import Java
from queries.server.launch import STOP_SECONDS, administer, launch, set_first_password, wait
from queries.server.layout import USER, Layout, State
from queries.server.progress import OnProgress, Progress, ignore

_FAILED_SECONDS = 5.0
"""How long a server has to stop that can write nothing down."""
_LITTLE_BYTES = 4 << 20
"""So little space on its disk is none to Neo4j."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServer:
    """A server that answers: where, to whom, and where it writes what it does."""

    uri: str
    user: str
    password: str
    browser_url: str
    log: Path
    pid: int

    def lives(self) -> bool:
        """Whether its process has not ended."""
        try:
            return process.is_alive(psutil.Process(self.pid))
        except psutil.Error:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is known of a managed server without starting it."""

    home: Path
    running: RunningServer | None
    has_data: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The Neo4j of the data directory ``home``.

    Attributes:
        home: the data directory; the server lives in its folder ``neo4j``.
        cache: where the jars are kept; many data directories may share it.
        memory: Java's heap, as for ``-Xmx``.
        page_cache: memory for the store's pages beside the heap, in Neo4j's notation; None is a
            quarter of the machine's. It is taken as the store needs it.
    """

    home: Path
    cache: Path
    memory: str = "512m"
    page_cache: str | None = None

    def start(self, on_progress: OnProgress = ignore) -> RunningServer:
        """Return the running server, started if it was not.

        The first start on a machine fetches the jars and prepares them for quick starts. Of two
        commands that start at once, one does and the other waits for it.

        Raises:
            ServerError: it cannot be had; one sentence with the cure and the log's path.
        """
        layout = self.layout
        with layout.lock(on_progress):
            layout.claim()
            running = self._running()
            if running is not None:
                return running
            password = layout.password()
            if password is None and layout.databases.is_dir():
                raise self._no_password("There is a graph")
            return self._launch(self._prepared(on_progress), on_progress)

    def status(self) -> Status:
        """Return whether it runs, and whether there is a store; wait for one that is starting."""
        layout = self.layout
        running = self._running() if layout.is_ours() else None
        return Status(home=self.home, running=running, has_data=layout.databases.is_dir())

    def stop(self, on_progress: OnProgress = ignore) -> bool:
        """Stop it and wait until it has; return False if it did not run.

        Raises:
            ServerError: it had to be killed (nothing committed is lost: the next start recovers).
        """
        layout = self.layout
        if not layout.is_ours():
            return False
        with layout.lock(on_progress):
            return self._stop()

    def restart(self, on_progress: OnProgress = ignore) -> RunningServer:
        """Stop a server that is in its critical state, which may need force, and start it again.

        Raises:
            ServerError: it cannot be started, as while its disk is full.
        """
        layout = self.layout
        with layout.lock(on_progress):
            layout.claim()
            on_progress(Progress(step="start", message="Restarting Neo4j, which has failed"))
            found = layout.process()
            if found is not None:
                process.end(found, patience=_FAILED_SECONDS)
            return self._launch(self._prepared(on_progress), on_progress)

    def reset(self, on_progress: OnProgress = ignore) -> bool:
        """Stop it and delete its store and password; return False if there was nothing.

        Raises:
            ServerError: the folder is none of ours, or it cannot be deleted.
        """
        layout = self.layout
        if not layout.root.exists():
            return False
        if not layout.is_ours():
            raise ServerError(
                f"{layout.root} was not created by newsgraph and is left alone; delete it "
                "yourself if you want it gone."
            )
        with layout.lock(on_progress):
            self._stop()
            layout.remove()
            return True

    def backup(self, path: Path, on_progress: OnProgress = ignore) -> None:
        """Write the graph to the file ``path`` and check it; a server that runs pauses for it.

        Raises:
            ServerError: there is no graph, it is damaged, or the file cannot be written.
        """
        if not self.layout.databases.is_dir():
            raise ServerError(
                f"There is no graph in {self.layout.root} to back up; load some pages first."
            )
        with self._stopped(on_progress) as java:
            on_progress(Progress(step="copy", message=f"Writing {path}"))
            dump(self.layout, java, path)

    def password(self) -> str | None:
        """The password, which the server generated when it first started; None before.

        Raises:
            ServerError: its file cannot be read.
        """
        return self.layout.password()

    def restore(self, path: Path, on_progress: OnProgress = ignore) -> None:
        """Replace the graph by that in the file ``path``; a server that runs pauses for it.

        Raises:
            ServerError: the file is no whole backup; the graph is as it was.
        """
        if not path.is_file():
            raise ServerError(
                f"There is no file {path}; name a file written by `newsgraph db backup`."
            )
        if self.layout.password() is None:
            self.start(on_progress)  # a server that never ran has no users to keep
            self.stop(on_progress)
        with self._stopped(on_progress) as java:
            on_progress(Progress(step="copy", message=f"Reading {path}"))
            load(self.layout, java, path)

    def import_tables(self, arguments: Sequence[str], on_progress: OnProgress = ignore) -> None:
        """Run Neo4j's offline importer with ``arguments``; a server that runs pauses for it.

        Raises:
            ServerError: it fails; the database may be half made, and only an import mends it.
        """
        if self.layout.password() is None:
            self.start(on_progress)  # a server that never ran has no users to keep
            self.stop(on_progress)
        with self._stopped(on_progress) as java:
            on_progress(Progress(step="copy", message="Importing the graph"))
            administer(self.layout, java, "database", "import", *arguments)

    @contextmanager
    def _stopped(self, on_progress: OnProgress) -> Iterator[Java]:
        """Keep the server stopped and to ourselves, and start it again if it ran."""
        layout = self.layout
        with layout.lock(on_progress):
            layout.claim()
            java = self._prepared(on_progress)
            ran = self._stop()
            try:
                yield java
            finally:
                if ran:
                    self._launch(java, on_progress)

    def _prepared(self, on_progress: OnProgress) -> Java:
        java = self.java(on_progress)
        return replace(java, archive=ensure_archive(self.cache / "archives", java, on_progress))

    def _launch(self, java: Java, on_progress: OnProgress) -> RunningServer:
        on_progress(Progress(step="start", message="Starting Neo4j"))
        page_cache = self.page_cache or _share_of_memory()
        try:
            if not self.layout.databases.is_dir():
                set_first_password(self.layout, java)
            state = launch(self.layout, java, page_cache=page_cache, on_progress=on_progress)
        except OSError as error:
            raise ServerError(
                f"Cannot write to {error.filename2 or error.filename} ({error.strerror}); free "
                "some space there, or set NEWSGRAPH_HOME to another data directory."
            ) from error
        return self._describe(state)

    def java(self, on_progress: OnProgress = ignore) -> Java:
        """Return the Java with Neo4j's jars, fetched and checked; also for its offline tools."""
        on_progress(Progress(step="check", message="Checking Neo4j's files"))
        jars = ensure_jars(self.cache / "jars", locked_jars(), on_progress)
        return Java(jars=jars, memory=self.memory)

    @property
    def layout(self) -> Layout:
        """Where its things are."""
        return Layout(home=self.home.resolve())

    def _running(self) -> RunningServer | None:
        """Return the server if its process lives, waiting until it has its ports."""
        state = self.layout.running()
        if state is None:
            return None
        wait(self.layout, state)
        return self._describe(state)

    def _describe(self, state: State) -> RunningServer:
        password = self.layout.password()
        if password is None:
            raise self._no_password("A server is running")
        return RunningServer(
            uri=f"bolt://{process.LOOPBACK}:{state.bolt}",
            user=USER,
            password=password,
            # What its form holds when it opens: where the database is, and the user.
            browser_url=(
                f"http://{process.LOOPBACK}:{state.http}/browser/"
                f"?dbms=neo4j://{USER}@{process.LOOPBACK}:{state.bolt}"
            ),
            log=self.layout.log,
            pid=state.pid,
        )

    def _no_password(self, what: str) -> ServerError:
        return ServerError(
            f"{what} in {self.layout.root}, but its password file "
            f"{self.layout.password_file.name} is missing; restore the file, or start over with "
            "`newsgraph db reset`."
        )

    def _stop(self) -> bool:
        found = self.layout.process()
        if found is None:
            return False
        # With no room for its checkpoint it would wait in vain.
        full = shutil.disk_usage(self.layout.root).free < _LITTLE_BYTES
        patience = _FAILED_SECONDS if full else STOP_SECONDS
        try:
            ended = process.end(found, patience=patience)
        except psutil.AccessDenied as error:
            raise ServerError(
                f"Neo4j runs as process {found.pid} of another user, who has to stop it"
            ) from error
        if not ended:
            raise ServerError(
                f"Neo4j did not stop within {counted(round(patience), 'second')}"
                f"{', its disk being full,' if full else ''} and was killed. No committed data is "
                f"lost; the next start recovers it. See its log: {self.layout.log}"
            )
        return True


def _share_of_memory() -> str:
    """A quarter of the machine's memory, and never too little for a small graph."""
    return f"{max(128, psutil.virtual_memory().total // 4 // 2**20)}m"
