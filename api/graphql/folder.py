"""Folders of GraphQL documents that share fragments: the site's, and the assistants'."""

import re
from pathlib import Path

_FRAGMENT = re.compile(r"^fragment (\w+) on ", re.MULTILINE)
_SPREAD = re.compile(r"\.\.\.(\w+)")


class Folder:
    """The documents of a folder; ``fragments.graphql`` holds what several use.

    Args:
        path: the folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._documents: dict[str, str] = {}
        self._fragments: dict[str, str] = {}

    def document(self, name: str) -> str:
        """The document ``NAME.graphql`` with the fragments it uses."""
        if name not in self._documents:
            text = self._read(name)
            used = "".join(f"\n{self._known()[one]}" for one in self.used_fragments(text))
            self._documents[name] = text + used
        return self._documents[name]

    def documents(self) -> frozenset[str]:
        """Every document, for servers that run known documents only."""
        names = (path.stem for path in self._path.glob("*.graphql"))
        return frozenset(self.document(name) for name in names if name != "fragments")

    def used_fragments(self, text: str) -> list[str]:
        """The names of the fragments that a document uses, also through others, sorted."""
        known, found = self._known(), set[str]()
        waiting = [text]
        while waiting:
            new = set(_SPREAD.findall(waiting.pop())) & known.keys() - found
            found |= new
            waiting += [known[name] for name in new]
        return sorted(found)

    def _read(self, name: str) -> str:
        return (self._path / f"{name}.graphql").read_text(encoding="utf-8")

    def _known(self) -> dict[str, str]:
        if not self._fragments:
            text = self._read("fragments")
            starts = [(match.group(1), match.start()) for match in _FRAGMENT.finditer(text)]
            ends = [start for _, start in starts[1:]] + [len(text)]
            self._fragments = {
                name: text[start:end].strip() + "\n"
                for (name, start), end in zip(starts, ends, strict=True)
            }
        return self._fragments
