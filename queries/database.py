"""Open the graph's database: the Neo4j that was named, else the managed local one."""

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity, Session
from neo4j.exceptions import (
    AuthConfigurationError,
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
)

from queries import cypher
from queries.server import OnProgress, RunningServer, Server, ServerError
from queries.server.progress import ignore
from queries.settings import Settings

OLDEST = (5, 26)
"""The first Neo4j with everything our statements use."""
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
CONNECT_SECONDS = 10.0
RETRY_SECONDS = 5.0
"""How long the driver tries again by itself: whoever waits holds a thread. Loads try for longer."""
_FAULTS = "Neo.DatabaseError.Transaction."
PATIENCE_SECONDS = 3.0
"""How long a named server that refuses connections is asked again: it may be starting."""


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


class WrongPasswordError(DatabaseError):
    """The database refuses the user or the password."""


class CriticalError(DatabaseError):
    """The database does nothing until it is restarted, as after its disk was full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An open database: the driver, and which of the server's databases is ours.

    Attributes:
        auth: the user and the password it was opened with.
        server: the managed server, or None where another one was named.
    """

    driver: Driver
    name: str
    uri: str
    version: str
    auth: tuple[str, str] = field(repr=False)
    server: RunningServer | None = None

    def session(self) -> Session:
        """Return a new session on the database; close it, or use it in ``with``."""
        return self.driver.session(database=self.name)


@contextmanager
def open_database(settings: Settings, on_progress: OnProgress = ignore) -> Iterator[Database]:
    """Open the database of ``settings``, starting the managed server if none is named.

    What the driver raises inside the block about a lost or refused connection leaves it as a
    ``DatabaseError`` too.

    Raises:
        DatabaseError: it cannot be started, reached or used, or was lost; one sentence.
    """
    server = None
    uri, user, password = settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password
    secret = password.get_secret_value() if password else ""
    name = settings.neo4j_database
    if uri is None:
        server = _started(settings, on_progress)
        uri, user, secret = server.uri, server.user, server.password
    with _explained(server, connect(uri, user=user, password=secret, database=name)) as driver:
        version = version_of(driver)
        try:
            yield Database(
                driver=driver,
                name=name,
                uri=uri,
                version=version,
                auth=(user, secret),
                server=server,
            )
        except (ServiceUnavailable, SessionExpired, AuthError) as error:
            raise explain(error, uri=uri, user=user, database=name) from error


def _started(settings: Settings, on_progress: OnProgress) -> RunningServer:
    """The managed server, running; one that is in its critical state is restarted."""
    try:
        server = managed(settings).start(on_progress)
        secret = server.password
        try:
            with connect(
                server.uri, user=server.user, password=secret, database=settings.neo4j_database
            ):
                return server
        except CriticalError:
            return managed(settings).restart(on_progress)
        except DatabaseError:
            return server  # whoever connects next tells it
    except ServerError as error:
        raise DatabaseError(str(error)) from error


@contextmanager
def _explained(
    server: RunningServer | None, opening: AbstractContextManager[Driver]
) -> Iterator[Driver]:
    """The driver of ``opening``; a managed server that refuses us has lost its password."""
    with ExitStack() as stack:
        try:
            driver = stack.enter_context(opening)
        except WrongPasswordError as error:
            if server is None:
                raise
            raise WrongPasswordError(
                "The managed Neo4j refuses the password that newsgraph keeps for it; restore "
                "neo4j/password in the data directory, or start over with `newsgraph db reset`."
            ) from error
        yield driver


def managed(settings: Settings) -> Server:
    """Return the managed server of the data directory of ``settings``, started or not."""
    return Server(home=settings.home, cache=settings.cache, memory=settings.memory)


@contextmanager
def connect(
    uri: str,
    *,
    user: str,
    password: str,
    database: str,
    patience: float = PATIENCE_SECONDS,
) -> Iterator[Driver]:
    """Open a driver that is known to reach a Neo4j we can use, and close it afterwards.

    Raises:
        DatabaseError: nothing answers there within ``patience`` seconds, or what does is no Neo4j,
            refuses the credentials, is too old, or has no such database.
    """
    nonsense = DatabaseError(
        f"NEO4J_URI is {uri!r}, which is not the address of a Neo4j server; use one such as "
        "bolt://127.0.0.1:7687 or neo4j+s://host."
    )
    if not _is_address(uri):
        raise nonsense
    try:
        driver = GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=2 * CONNECT_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )
    except (ConfigurationError, ValueError) as error:
        raise nonsense from error
    with driver:
        _verify(driver, uri=uri, user=user, database=database, patience=patience)
        yield driver


def _verify(driver: Driver, *, uri: str, user: str, database: str, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            with driver.session(database=database) as session:
                session.run(cypher("read/alive")).consume()
            break
        except ServiceUnavailable as error:
            if time.monotonic() < deadline and not _is_foreign(error):
                time.sleep(0.25)
                continue
            raise explain(error, uri=uri, user=user, database=database) from error
        except (Neo4jError, DriverError, OSError) as error:
            raise explain(error, uri=uri, user=user, database=database) from error
    version = version_of(driver)
    numbers = tuple(map(int, re.findall(r"\d+", version)[:2]))
    if numbers < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise DatabaseError(
            f"The server at {uri} runs Neo4j {version}, but {wanted} or later is required; "
            "upgrade it, or unset NEO4J_URI to use the managed local server."
        )


def version_of(driver: Driver) -> str:
    """Return the server's version as it names itself: ``5.26.1``, ``2026.09.0``."""
    return driver.get_server_info().agent.removeprefix("Neo4j/")


@contextmanager
def explained(database: Database) -> Iterator[None]:
    """Raise what the driver raises as an error that a reader understands.

    Raises:
        DatabaseError: the database failed; see :func:`explain`.
    """
    try:
        yield
    except (Neo4jError, DriverError) as error:
        user, _ = database.auth
        raise explain(error, uri=database.uri, user=user, database=database.name) from error


def explain(
    error: Neo4jError | DriverError | OSError, *, uri: str, user: str, database: str
) -> DatabaseError:
    """Say in one sentence what an error of the driver means and what to do about it."""
    text = " ".join(str(error).split())
    code = (error.code if isinstance(error, Neo4jError) else "") or ""
    if code.endswith("DatabaseNotFound"):
        return DatabaseError(
            f"The server at {uri} has no database {database!r}; create it, or set NEO4J_DATABASE "
            "to one that exists."
        )
    if code.endswith("AuthenticationRateLimit"):
        return DatabaseError(
            f"The server at {uri} has locked out the user {user!r} after too many wrong "
            "passwords; wait a minute, then check NEO4J_USER and NEO4J_PASSWORD."
        )
    if isinstance(error, (AuthError, AuthConfigurationError)):
        return WrongPasswordError(
            f"The server at {uri} rejects the password of the user {user!r}; check NEO4J_USER and "
            "NEO4J_PASSWORD."
        )
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError) and not _is_foreign(error):
        return DatabaseError(
            f"No Neo4j server responds at {uri}; start it, correct NEO4J_URI, or unset NEO4J_URI "
            f"to use the managed local server ({text})."
        )
    if is_critical(error):
        return CriticalError(
            f"Neo4j at {uri} is in a critical state, as it is after its disk was full, and does "
            "nothing until it is restarted. Nothing that was committed is lost. Free some space on "
            "its disk and restart it; the managed local server is restarted by the next command."
        )
    if "There is no such" in text and "schema index" in text:
        return DatabaseError(
            f"The graph at {uri} has no index for searching, because nothing was loaded into it by "
            "this version; load a page, and everything in the graph is indexed."
        )
    if code:
        return DatabaseError(f"The server at {uri} reports an error: {text}")
    return DatabaseError(
        f"The server at {uri} is not Neo4j; correct the host and port in NEO4J_URI (the Bolt port "
        f"is 7687, not the browser's 7474) ({text})."
    )


def is_critical(error: BaseException) -> bool:
    """Whether the database failed in a way after which it does nothing until it is restarted.

    It tells by its text only; the transaction that meets a full disk fails with another, whose code
    says that something is wrong with transactions as such.
    """
    code = (error.code if isinstance(error, Neo4jError) else "") or ""
    return code.startswith("Neo.DatabaseError.Transaction.") or "needs to be restarted" in str(
        error
    )


def is_lost(error: BaseException) -> bool:
    """Whether the connection to the database was lost, or there is none to be had."""
    return isinstance(error, ServiceUnavailable | SessionExpired) and not _is_foreign(error)


def _is_address(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number, or out of range
        return False


def _is_foreign(error: Neo4jError | DriverError | OSError) -> bool:
    """Whether something answered that does not speak Bolt; the driver tells it by its text only."""
    return isinstance(error, UnsupportedServerProduct) or any(
        telling in str(error) for telling in ("looks like HTTP", "handshake response")
    )
