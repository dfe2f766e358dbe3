"""Rich's console for a terminal whose text comes from pages."""

from collections.abc import Iterable
from typing import IO

from rich import console
from rich.segment import Segment

from queries.terminal import Escaping, escaped


class Console(console.Console):
    """A console that escapes text in a terminal; colours and bars are its own to write."""

    @property
    def file(self) -> IO[str]:
        """The stream itself, for which all text is escaped here."""
        found = super().file
        return found.stream if isinstance(found, Escaping) else found

    @file.setter
    def file(self, new_file: IO[str]) -> None:
        self._file = new_file

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        if not self.is_terminal:
            return super()._render_buffer(buffer)
        return super()._render_buffer(
            piece if piece.control else Segment(escaped(piece.text), piece.style)
            for piece in buffer
        )
