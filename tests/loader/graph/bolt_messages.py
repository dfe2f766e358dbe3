"""Bolt's messages on their way between a driver and a server, one by one and unchanged."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass

COMMIT, SUCCESS = 0x12, 0x70
"""Tags of messages."""
_MANIFEST = bytes((0, 0, 1, 0xFF))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message: its tag (None for an empty one, which only keeps a connection alive), its bytes.

    The bytes are those that were sent, with the sizes of its chunks and the end mark.
    """

    tag: int | None
    data: bytes


class Peer:
    """What is at the other end of a socket. Reading raises ``OSError`` when it has hung up."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._received = bytearray()

    def read(self, size: int) -> bytes:
        """Read exactly so many bytes."""
        while len(self._received) < size:
            data = self._end.recv(1 << 16)
            if not data:
                raise ConnectionResetError
            self._received += data
        data = bytes(self._received[:size])
        del self._received[:size]
        return data

    def read_varint(self) -> tuple[int, bytes]:
        """Read a number of variable length: its value, and its bytes."""
        data = self.read(1)
        while data[-1] & 0x80:
            data += self.read(1)
        return sum((byte & 0x7F) << 7 * place for place, byte in enumerate(data)), data

    def messages(self) -> Iterator[Message]:
        """Yield the messages that come after the handshake."""
        while True:
            data, payload = b"", b""
            while size := int.from_bytes(header := self.read(2), "big"):
                chunk = self.read(size)
                data += header + chunk
                payload += chunk
            yield Message(tag=payload[1] if payload else None, data=data + header)

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self._end.sendall(data)

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)
        self._end.close()


def shake_hands(client: Peer, server: Peer) -> None:
    """Hand on the handshake: versions offered, the one chosen, or the manifest to choose from.

    Source: the Bolt handshake specification (magic and four versions; manifest version 1).
    """
    server.send(client.read(20))
    chosen = server.read(4)
    client.send(chosen)
    if chosen == _MANIFEST:
        count, data = server.read_varint()
        client.send(data + server.read(4 * count) + server.read_varint()[1])
        server.send(client.read(4) + client.read_varint()[1])


def failure(code: str, text: str) -> bytes:
    """The message by which a server refuses, as old and new versions of Bolt spell it."""
    fields = {
        **{"code": code, "message": text},
        **{"neo4j_code": code, "description": text, "gql_status": "50N42"},
    }
    words = (_packed(word) for field in fields.items() for word in field)
    packed = bytes((0xB1, 0x7F, 0xA0 + len(fields))) + b"".join(words)
    return len(packed).to_bytes(2, "big") + packed + bytes(2)


def _packed(text: str) -> bytes:
    data = text.encode()
    return bytes((0xD0, len(data))) + data
