"""Whatever is wrong with the database is one sentence with its cure."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from pydantic import SecretStr

from queries.database import Database, DatabaseError, connect, open_database
from queries.settings import Settings

Answer = Callable[[socket.socket], None]


@contextmanager
def listener(answer: Answer) -> Iterator[str]:
    """A program that listens and is no Neo4j; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    connection.recv(100)
                    answer(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"bolt://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def http(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def another_protocol(connection: socket.socket) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH\r\n")


def hang_up(connection: socket.socket) -> None:
    connection.sendall(b"")


def reach(uri: str, *, password: str = "", database: str = "neo4j") -> None:
    with connect(uri, user="neo4j", password=password, database=database, patience=0):
        pass


@pytest.mark.parametrize("answer", [http, another_protocol, hang_up])
def test_a_program_that_is_no_neo4j_is_told(answer: Answer) -> None:
    with listener(answer) as uri, pytest.raises(DatabaseError, match="is not Neo4j; correct"):
        reach(uri)


def test_a_dead_server_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(
        DatabaseError, match=f"No Neo4j server responds at bolt://127.0.0.1:{port}; start it"
    ):
        reach(f"bolt://127.0.0.1:{port}")


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:7474", "127.0.0.1:7687", "bolt://", "bolt://a:b"]
)
def test_an_address_that_is_none_is_told(uri: str) -> None:
    with pytest.raises(DatabaseError, match="not the address of a Neo4j server"):
        reach(uri)


def test_a_wrong_password_is_told_without_repeating_it(database: Database) -> None:
    with pytest.raises(DatabaseError, match="NEO4J_PASSWORD") as caught:
        reach(database.uri, password="not-the-password")
    assert "not-the-password" not in str(caught.value)


def test_a_missing_database_is_told(server_settings: Settings, database: Database) -> None:
    given = SecretStr(database.auth[1])
    other = server_settings.model_copy(
        update={"neo4j_uri": database.uri, "neo4j_password": given, "neo4j_database": "nowhere"}
    )
    with pytest.raises(DatabaseError, match="no database 'nowhere'"), open_database(other):
        pass


def test_the_version_is_known(database: Database) -> None:
    assert int(database.version.split(".")[0]) >= 5


def test_a_connection_lost_in_use_is_told(database: Database, server_settings: Settings) -> None:
    given = SecretStr(database.auth[1])
    host, port = database.uri.rpartition("//")[2].split(":")
    with proxy(host, int(port)) as (uri, cut):
        settings = server_settings.model_copy(update={"neo4j_uri": uri, "neo4j_password": given})
        with pytest.raises(DatabaseError, match="No Neo4j server responds"):
            _use_and_cut(settings, cut)


def _use_and_cut(settings: Settings, cut: Callable[[], None]) -> None:
    with open_database(settings) as opened, opened.session() as session:
        session.run("RETURN 1").consume()
        cut()
        session.run("RETURN 1").consume()


@contextmanager
def proxy(host: str, port: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """A way to a server that can be cut; yields its address and the knife."""
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def pump(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass

    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                upstream = socket.create_connection((host, port))
                opened.extend((client, upstream))
                for pair in ((client, upstream), (upstream, client)):
                    threads.append(threading.Thread(target=pump, args=pair, daemon=True))
                    threads[-1].start()

        acceptor = threading.Thread(target=serve, daemon=True)
        acceptor.start()

        def cut() -> None:
            for end in (server, *opened):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

        try:
            yield f"bolt://127.0.0.1:{server.getsockname()[1]}", cut
        finally:
            cut()
            acceptor.join()
            for thread in threads:
                thread.join()
            for end in opened:
                end.close()
