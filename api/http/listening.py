"""The socket to serve on: opened first, since a port in use is known at once."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class PortError(Exception):
    """There is no serving on that port; the message says why and what to do."""


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """Open the socket to serve on.

    Raises:
        PortError: the port is in use or may not be used, or the host is unknown.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as opened:
        if sys.platform != "win32":  # where it would let two programs have one port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, port))
            opened.listen()
        except (socket.gaierror, UnicodeError) as error:
            msg = (
                f"{host!r} is not an address of this machine. Choose another one with --host, or"
                " leave it out to listen on 127.0.0.1 only."
            )
            raise PortError(msg) from error
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            msg = (
                f"Port {port} on {host} cannot be used: {reason}. Choose another port with "
                "--port, or stop the program that uses it."
            )
            raise PortError(msg) from error
        yield opened
