"""The API's verbs as the command line runs them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from rich.console import Console

from api.app import create_app
from queries.database import Database
from queries.settings import Settings

_OUTPUT = Console(highlight=False)


class CommandError(Exception):
    """A verb cannot be carried out; the message says why and what to do."""


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """Open the socket to serve on, before anything slow is done.

    Raises:
        CommandError: the port is in use or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            msg = (
                f"Port {port} on {host} cannot be used ({reason.lower()})."
                " Choose another one with --port, or stop what listens there."
            )
            raise CommandError(msg) from error
        yield opened


def run_server(settings: Settings, database: Database, opened: socket.socket) -> None:
    """Serve the API on ``opened`` until Ctrl-C, after printing where everything is."""
    host, port = opened.getsockname()[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104 - shown, not bound
    address = f"http://{shown}:{port}"
    app = create_app(settings, database)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level=settings.log_level.lower(), access_log=False)
    )
    _OUTPUT.print(f"GraphQL playground  {address}/playground", soft_wrap=True)
    if database.server:
        _OUTPUT.print(
            f"Neo4j Browser       {database.server.browser_url}"
            f"  (user {database.server.user}, password {database.server.password})",
            soft_wrap=True,
        )
    _OUTPUT.print(f"Turtle export       {address}/export.ttl", soft_wrap=True)
    _OUTPUT.print("Ctrl-C stops.", soft_wrap=True)
    server.run(sockets=[opened])
