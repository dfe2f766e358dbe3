"""A way to the database that cuts connections at their commits, as a bad network does."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's COMMIT message, in its chunk."""
Cut = Literal["before", "during", "after"]
"""The commit never arrives; it arrives and the answer is lost; it is answered, then all is lost."""


class CuttingProxy:
    """Hands on all bytes, but cuts the connection at each commit that ``cuts`` still names."""

    def __init__(self, uri: str, cuts: list[Cut | None]) -> None:
        parts = urlsplit(uri)
        self._server = (parts.hostname or "", parts.port or 7687)
        self._cuts = cuts
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self.made: list[Cut] = []
        self._pairs: list[_Pair] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def cut_all(self) -> None:
        """Cut the connections there are, as a network that goes away does."""
        for pair in self._pairs:
            pair.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            pair = _Pair(client, server)
            self._pairs.append(pair)
            threading.Thread(target=self._up, args=(pair,), daemon=True).start()
            threading.Thread(target=self._down, args=(pair,), daemon=True).start()

    def _up(self, pair: "_Pair") -> None:
        while data := pair.receive(pair.client):
            if COMMIT in data and self._cuts:
                cut = self._cuts.pop(0)
                if cut is not None:
                    self.made.append(cut)
                    if cut == "before":
                        break
                    pair.cut = cut
            pair.send(pair.server, data)
        pair.close()

    def _down(self, pair: "_Pair") -> None:
        while data := pair.receive(pair.server):
            if pair.cut != "during":
                pair.send(pair.client, data)
            if pair.cut is not None:
                break
        pair.close()


class _Pair:
    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client, self.server = client, server
        self.cut: Cut | None = None

    def receive(self, end: socket.socket) -> bytes:
        try:
            return end.recv(1 << 16)
        except OSError:
            return b""

    def send(self, end: socket.socket, data: bytes) -> None:
        with contextlib.suppress(OSError):
            end.sendall(data)

    def close(self) -> None:
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def cutting_proxy(uri: str, cuts: list[Cut | None]) -> Iterator[CuttingProxy]:
    """Open a proxy before the server at ``uri``."""
    proxy = CuttingProxy(uri, cuts)
    try:
        yield proxy
    finally:
        proxy.close()
