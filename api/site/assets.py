"""The built front end: which file each entry became, and what is in it.

Vite names files by their content, so that they can be cached for ever; its manifest says which
name an entry has. A build that is missing is a state of its own, not an error of the server.
"""

from dataclasses import dataclass
from pathlib import Path

import orjson

from api.site.webbuild import STATIC


class MissingAssetsError(Exception):
    """The front end has not been built; the message says how to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a build: its script and style sheets, each ``build/name`` under ``assets/``."""

    script: str | None
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of a build folder, as ``api.site.webbuild`` lays it out."""

    folder: Path = STATIC

    def entry(self, build: str, source: str) -> Entry:
        """What the entry ``source`` of ``build`` became.

        Raises:
            MissingAssetsError: there is no such build.
        """
        try:
            manifest = orjson.loads((self.folder / build / "manifest.json").read_bytes())
            made = manifest[source]
        except (OSError, KeyError, orjson.JSONDecodeError) as error:
            msg = f"The front end has not been built ({build}); run `make install`."
            raise MissingAssetsError(msg) from error
        files = [made["file"], *made.get("css", [])]
        names = [f"{build}/{Path(file).name}" for file in files]
        scripts = [name for name in names if name.endswith(".js")]
        return Entry(
            script=scripts[0] if scripts else None,
            styles=tuple(name for name in names if name.endswith(".css")),
        )

    def path(self, name: str) -> Path:
        """The file of ``build/name``, which need not exist."""
        build, file = name.split("/", 1)
        return self.folder / build / "assets" / file

    def text(self, name: str) -> str:
        """The content of a script or style sheet."""
        return self.path(name).read_text(encoding="utf-8")

    def licenses(self, build: str) -> str:
        """The licences of the third-party code in ``build``."""
        return (self.folder / build / "licenses.md").read_text(encoding="utf-8")
