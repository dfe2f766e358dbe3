"""What a terminal is shown: text as it is, control characters spelt out.

Titles, names and paths come from pages. In a terminal, an escape sequence in one would move the
cursor, rename the window or fill the clipboard, and a mark of direction would turn the line round.
Files and pipes get every byte as it is.
"""

import codecs
import io
import re
import sys
from typing import Any, TextIO

_UNSEEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]"
    "|\r(?!\n)"
)
"""Control characters of C0 and C1, but for tabs and ends of lines; and marks of direction
(Unicode, UAX 9, 2)."""


def escaped(text: str) -> str:
    r"""``text`` with control characters spelt as JSON and Python do: ``\u001b``."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    r"""``text`` with the ends of its lines spelt ``\n``, where each line is an item of its own."""
    return text.replace("\r", "\\r").replace("\n", "\\n")


class Escaping(io.TextIOBase):
    """A terminal's stream of text that escapes what is written to it.

    Attributes:
        stream: the stream behind it, for what has escaped its text already.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream
        self._bytes = _EscapingBytes(stream)

    def write(self, text: str) -> int:
        """Write ``text`` escaped; return its own length."""
        self._bytes.flush()
        self.stream.write(escaped(text))
        return len(text)

    def flush(self) -> None:
        """Have the terminal show what was written."""
        self._bytes.flush()
        self.stream.flush()

    def writable(self) -> bool:
        """It is."""
        return True

    def isatty(self) -> bool:
        """It is a terminal."""
        return self.stream.isatty()

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self.stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The terminal's."""
        return self.stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """What becomes of characters that the terminal's encoding lacks."""
        return self.stream.errors

    @property
    def buffer(self) -> "_EscapingBytes":
        """The same for bytes of UTF-8."""
        return self._bytes


class _EscapingBytes(io.RawIOBase):
    """A terminal's stream of bytes; what is no UTF-8 is escaped, too."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        self._held = ""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        given = bytes(data)
        self._show(self._held + self._decoder.decode(given))
        return len(given)

    def flush(self) -> None:
        if self.closed:
            return
        self._show(self._held + self._decoder.decode(b"", final=True), final=True)
        self._stream.flush()

    def _show(self, text: str, *, final: bool = False) -> None:
        # A carriage return is one of a line's end only if the next piece begins so.
        self._held = "\r" if text.endswith("\r") and not final else ""
        self._stream.write(escaped(text.removesuffix(self._held) if self._held else text))


def guard_terminal() -> None:
    """Escape what this process writes on a terminal from now on."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, Escaping) and stream.isatty():
            setattr(sys, name, Escaping(stream))
