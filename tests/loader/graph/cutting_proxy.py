"""A way to the database where commits go wrong, as a script says: cut off, or refused.

Neo4j's own boltstub, a server that follows a script, is in no package index for the versions of
Bolt that drivers speak today. Here a real server answers all that the script leaves alone.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from tests.loader.graph.bolt_messages import COMMIT, SUCCESS, Peer, failure, shake_hands

Cut = Literal["before", "during", "after"]
"""The commit never arrives; it is done and the answer is lost; it is answered, then all is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The commit never arrives, and is answered by an error of this code."""

    code: str
    text: str = "it was refused"


Fault = Cut | Refusal


class CuttingProxy:
    """Hands on all messages; of each commit there is, the next of ``faults`` says what befalls it.

    ``made`` are the faults so far: those during and after a commit once the server has said that
    it is done.
    """

    def __init__(self, uri: str, faults: Sequence[Fault | None]) -> None:
        parts = urlsplit(uri)
        self._server = (parts.hostname or "", parts.port or 7687)
        self._faults = list(faults)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self.made: list[Fault] = []
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
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._up, args=(client,), daemon=True).start()

    def _up(self, client: socket.socket) -> None:
        with (
            contextlib.suppress(OSError),
            client,
            socket.create_connection(self._server) as server,
        ):
            pair = _Pair(client=Peer(client), server=Peer(server))
            self._pairs.append(pair)
            try:
                shake_hands(pair.client, pair.server)
                threading.Thread(target=self._down, args=(pair,), daemon=True).start()
                self._hand_up(pair)
            finally:
                pair.close()

    def _hand_up(self, pair: "_Pair") -> None:
        for message in pair.client.messages():
            fault = self._faults.pop(0) if message.tag == COMMIT and self._faults else None
            if fault == "before":
                self.made.append(fault)
                return
            if isinstance(fault, Refusal):
                self.made.append(fault)
                pair.client.send(failure(fault.code, fault.text))
                continue
            if fault is not None:
                pair.cut = fault
            pair.server.send(message.data)

    def _down(self, pair: "_Pair") -> None:
        with contextlib.suppress(OSError):
            for message in pair.server.messages():
                cut = pair.cut if message.tag is not None else None
                if cut is not None and message.tag == SUCCESS:
                    self.made.append(cut)
                if cut != "during":
                    pair.client.send(message.data)
                if cut is not None:
                    break
        pair.close()


@dataclass(slots=True, kw_only=True)
class _Pair:
    """The two ends of a connection, and what is to befall the answer that is due."""

    client: Peer
    server: Peer
    cut: Cut | None = None

    def close(self) -> None:
        self.client.close()
        self.server.close()


@contextmanager
def cutting_proxy(uri: str, faults: Sequence[Fault | None]) -> Iterator[CuttingProxy]:
    """Open a proxy before the server at ``uri``."""
    proxy = CuttingProxy(uri, faults)
    try:
        yield proxy
    finally:
        proxy.close()
