"""Configure a server in its folder, start its process, and wait until that process answers."""

import os
import subprocess
import time
from collections.abc import Sequence

import psutil

from queries.server import process
from queries.server.errors import ServerError
from queries.server.java import ADMIN, SERVER, Java
from queries.server.layout import Layout, State
from queries.server.process import LOOPBACK
from queries.server.progress import OnProgress, Progress, ignore

BOLT_PORT = 7687
HTTP_PORT = 7474
START_SECONDS = 300.0
"""How long a start may take on a busy machine; an idle one needs five."""
STOP_SECONDS = 60.0
TRIES = 3

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
# Netty waits this long, twice, for work that may still come; nobody sends any after a stop.
internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s
"""


def set_first_password(layout: Layout, java: Java) -> None:
    """Make a password and give it to the Neo4j of ``layout``, which has never been started.

    Raises:
        ServerError: Neo4j does not take it.
    """
    layout.make_password()
    configure(layout, bolt=BOLT_PORT, http=HTTP_PORT, page_cache="8m")
    # As an argument file: the list of processes shows arguments to every user.
    administer(layout, java, "dbms", "set-initial-password", f"@{layout.password_file}")


def administer(layout: Layout, java: Java, *arguments: str) -> None:
    """Run Neo4j's administration command on the stopped server of ``layout``.

    Raises:
        ServerError: it fails; the message has the first line of its complaint.
    """
    done = subprocess.run(
        java.command(ADMIN, *arguments),
        env=environment(layout),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        umask=process.OWNER_ONLY,
    )
    if done.returncode:
        lines = [line.strip() for line in f"{done.stderr}\n{done.stdout}".splitlines()]
        reasons = [line for line in lines if line and not line.startswith(("WARNING", "Files:"))]
        telling = [line for line in reasons if line.startswith(("Failed", "Unable", "Error"))]
        reason = [*telling, *reasons, "no reason given"][0]
        raise ServerError(f"Neo4j's command `{' '.join(arguments[:2])}` failed: {reason}")


def launch(
    layout: Layout,
    java: Java,
    *,
    page_cache: str,
    options: Sequence[str] = (),
    on_progress: OnProgress = ignore,
) -> State:
    """Start the server of ``layout``, and return once its own process listens on both its ports.

    It gets the ports it had before, else Neo4j's usual ones, else any, as they are free.

    Raises:
        ServerError: it ended or took too long; the message has the log's reason and path.
    """
    for attempt in range(1, TRIES + 1):
        before = layout.state()
        state = _spawn(
            layout,
            java,
            bolt=process.free_port(*([before.bolt] if before else []), BOLT_PORT),
            http=process.free_port(*([before.http] if before else []), HTTP_PORT),
            page_cache=page_cache,
            options=options,
        )
        on_progress(Progress(step="boot", message="Waiting for Neo4j"))
        try:
            wait(layout, state)
        except ServerError:
            # Another program may have taken a port between our look and Neo4j's.
            if attempt == TRIES or not layout.lost_port():
                raise
        else:
            break
    return state


def wait(layout: Layout, state: State) -> None:
    """Wait until the process of ``state`` itself listens on both ports.

    Raises:
        ServerError: it ended first, or took too long and was ended.
    """
    deadline = time.monotonic() + START_SECONDS
    waiting = {state.bolt, state.http}
    while True:
        child = layout.process()
        if child is None:
            raise ServerError(
                f"Neo4j exited during startup: {layout.complaint()}. See its log: {layout.log}"
            )
        waiting = {port for port in waiting if not process.listens(child, port)}
        if not waiting:
            return
        if time.monotonic() > deadline:
            process.end(child, patience=STOP_SECONDS)
            raise ServerError(
                f"Neo4j did not respond within {START_SECONDS:.0f} seconds and was stopped. See "
                f"its log: {layout.log}"
            )
        time.sleep(0.1)


def configure(layout: Layout, *, bolt: int, http: int, page_cache: str) -> None:
    """Write Neo4j's configuration, which is the same but for its ports and memory."""
    text = _CONFIGURATION.format(host=LOOPBACK, bolt=bolt, http=http, page_cache=page_cache)
    (layout.conf / "neo4j.conf").write_text(text, encoding="utf-8")


def environment(layout: Layout) -> dict[str, str]:
    """Return our environment for a process of Neo4j, with no settings of Java or Neo4j but ours."""
    foreign = {"CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in foreign and not name.startswith("NEO4J_")
    }
    return kept | {"NEO4J_HOME": str(layout.root), "NEO4J_CONF": str(layout.conf)}


def _spawn(
    layout: Layout, java: Java, *, bolt: int, http: int, page_cache: str, options: Sequence[str]
) -> State:
    configure(layout, bolt=bolt, http=http, page_cache=page_cache)
    layout.log.unlink(missing_ok=True)
    command = java.command(
        SERVER,
        layout.argument,
        f"--config-dir={layout.conf}",
        options=(f"-XX:ErrorFile={layout.log.with_name('crash.log')}", *options),
    )
    child: psutil.Process = process.spawn(command, log=layout.log, environment=environment(layout))
    state = State(pid=child.pid, bolt=bolt, http=http)
    try:
        layout.write_state(state)
    except OSError:
        process.end(child, patience=STOP_SECONDS)
        raise
    return state
