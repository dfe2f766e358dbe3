"""Start, find, stop and reset the one Neo4j of a data directory."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from queries.server import process
from queries.server.errors import ServerError
from queries.server.jars import ensure_jars, locked_jars
from queries.server.java import ADMIN, SERVER, Java
from queries.server.layout import Layout, State
from queries.server.progress import OnProgress, Progress, ignore

USER = "neo4j"
BOLT_PORT = 7687
HTTP_PORT = 7474
START_SECONDS = 180.0
"""How long a start may take on a busy machine; an idle one needs five."""
STOP_SECONDS = 60.0

_CONFIGURATION = """\
# Written at every start: changes here are lost.
server.default_listen_address={host}
server.default_advertised_address={host}
server.bolt.listen_address={host}:{bolt}
server.bolt.advertised_address={host}:{bolt}
server.http.enabled=true
server.http.listen_address={host}:{http}
server.http.advertised_address={host}:{http}
server.https.enabled=false
server.memory.pagecache.size={page_cache}
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
client.allow_telemetry=false
db.tx_log.rotation.retention_policy=1 files
db.tx_log.rotation.size=16m
server.directories.import=import
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServer:
    """A server that answers: where, to whom, and where it writes what it does."""

    uri: str
    user: str
    password: str
    browser_url: str
    log: Path
    pid: int


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
        page_cache: memory for the store's pages beside the heap, in Neo4j's notation.
    """

    home: Path
    cache: Path
    memory: str = "512m"
    page_cache: str = "128m"

    def start(self, on_progress: OnProgress = ignore) -> RunningServer:
        """Return the running server, started if it was not.

        The first start on a machine fetches the jars. Of two commands that start at once, one does
        and the other waits for it.

        Raises:
            ServerError: it cannot be had; one sentence with the cure and the log's path.
        """
        layout = self._layout
        with layout.lock(on_progress):
            layout.claim()
            running = self._running(layout)
            if running is not None:
                return running
            java = self.java(on_progress)
            on_progress(Progress(step="start", message="Starting Neo4j"))
            password = self._password(layout, java)
            return self._launch(layout, java, password)

    def status(self) -> Status:
        """Return whether it runs, and whether there is a store."""
        layout = self._layout
        running = self._running(layout) if layout.is_ours() else None
        return Status(home=self.home, running=running, has_data=layout.databases.is_dir())

    def stop(self, on_progress: OnProgress = ignore) -> bool:
        """Stop it and wait until it has; return False if it did not run.

        Raises:
            ServerError: it had to be killed (nothing committed is lost: the next start recovers).
        """
        layout = self._layout
        if not layout.is_ours():
            return False
        with layout.lock(on_progress):
            return self._stop(layout)

    def reset(self, on_progress: OnProgress = ignore) -> bool:
        """Stop it and delete its store and password; return False if there was nothing.

        Raises:
            ServerError: the folder is none of ours, or it cannot be deleted.
        """
        layout = self._layout
        if not layout.root.exists():
            return False
        if not layout.is_ours():
            raise ServerError(
                f"{layout.root} was not made by newsgraph and is left alone; delete it yourself "
                "if you mean it"
            )
        with layout.lock(on_progress):
            self._stop(layout)
            layout.remove()
            return True

    def java(self, on_progress: OnProgress = ignore) -> Java:
        """Return the Java with Neo4j's jars, fetched and checked; also for its offline tools."""
        on_progress(Progress(step="check", message="Checking Neo4j's jars"))
        jars = ensure_jars(self.cache / "jars", locked_jars(), on_progress)
        return Java(jars=jars, memory=self.memory)

    @property
    def _layout(self) -> Layout:
        return Layout(home=self.home.absolute())

    def _running(self, layout: Layout) -> RunningServer | None:
        """Return the server if its process lives and has its port, waiting for one that starts."""
        state = layout.state()
        found = process.find(state.pid, state.created) if state else None
        if state is None or found is None:
            return None
        password = layout.password()
        if password is None:
            raise ServerError(
                f"the server runs but its password file {layout.password_file} is gone; "
                "put it back, or start over with `newsgraph db reset`"
            )
        self._wait(layout, found, state)
        return self._describe(layout, state, password)

    def _password(self, layout: Layout, java: Java) -> str:
        """Return the password, made and given to Neo4j before its first start."""
        password = layout.password()
        if layout.databases.is_dir():
            if password is None:
                raise ServerError(
                    f"there is a store in {layout.root} but its password file "
                    f"{layout.password_file.name} is gone; put it back, or start over with "
                    "`newsgraph db reset`"
                )
            return password
        password = layout.make_password()
        self._configure(layout, BOLT_PORT, HTTP_PORT)
        done = subprocess.run(
            # As an argument file: the list of processes shows arguments to every user.
            java.command(ADMIN, "dbms", "set-initial-password", f"@{layout.password_file}"),
            env=self.environment(layout),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServerError(f"Neo4j did not take its first password: {_first_line(done.stderr)}")
        return password

    def _launch(self, layout: Layout, java: Java, password: str) -> RunningServer:
        before = layout.state()
        bolt = process.free_port(*([before.bolt] if before else []), BOLT_PORT)
        http = process.free_port(*([before.http] if before else []), HTTP_PORT)
        self._configure(layout, bolt, http)
        layout.log.unlink(missing_ok=True)
        home = f"--home-dir={layout.root}"
        child = process.spawn(
            java.command(
                SERVER,
                home,
                f"--config-dir={layout.conf}",
                options=(f"-XX:ErrorFile={layout.root / 'logs' / 'crash.log'}",),
            ),
            log=layout.log,
            environment=self.environment(layout),
        )
        state = State(pid=child.pid, created=child.create_time(), bolt=bolt, http=http)
        layout.write_state(state)
        self._wait(layout, child, state)
        return self._describe(layout, state, password)

    def _wait(self, layout: Layout, child: psutil.Process, state: State) -> None:
        """Wait until ``child`` itself listens on both ports.

        Raises:
            ServerError: it ended first, or took too long.
        """
        deadline = time.monotonic() + START_SECONDS
        waiting = {state.bolt, state.http}
        while waiting:
            if not process.is_alive(child):
                raise ServerError(
                    f"Neo4j ended while it started: {layout.complaint()}; its log is {layout.log}"
                )
            if time.monotonic() > deadline:
                process.end(child, patience=STOP_SECONDS)
                raise ServerError(
                    f"Neo4j did not answer within {START_SECONDS:.0f} seconds; its log is "
                    f"{layout.log}"
                )
            waiting = {port for port in waiting if not process.listens(child, port)}
            if waiting:
                time.sleep(0.1)

    def _describe(self, layout: Layout, state: State, password: str) -> RunningServer:
        return RunningServer(
            uri=f"bolt://{process.LOOPBACK}:{state.bolt}",
            user=USER,
            password=password,
            browser_url=f"http://{process.LOOPBACK}:{state.http}/browser/",
            log=layout.log,
            pid=state.pid,
        )

    def _stop(self, layout: Layout) -> bool:
        state = layout.state()
        found = process.find(state.pid, state.created) if state else None
        if found is None:
            return False
        if not process.end(found, patience=STOP_SECONDS):
            raise ServerError(
                f"Neo4j did not stop within {STOP_SECONDS:.0f} seconds and was killed; nothing "
                f"committed is lost, the next start recovers it; its log is {layout.log}"
            )
        return True

    def _configure(self, layout: Layout, bolt: int, http: int) -> None:
        (layout.conf / "neo4j.conf").write_text(
            _CONFIGURATION.format(
                host=process.LOOPBACK, bolt=bolt, http=http, page_cache=self.page_cache
            ),
            encoding="utf-8",
        )

    def environment(self, layout: Layout) -> dict[str, str]:
        """Return our environment for a process of Neo4j: with its own variables alone."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("NEO4J_")
            and name not in {"CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"}
        }
        return inherited | {"NEO4J_HOME": str(layout.root), "NEO4J_CONF": str(layout.conf)}


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")
