"""Read a folder's pages with one peer and print what it finds, a JSON object a page.

    python peers.py trafilatura|newspaper4k FOLDER

It stands alone: it runs in an environment of its own that has the peers and nothing of newsgraph.
"""

import importlib
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any


def main() -> None:
    """Print a line for each page."""
    read = {"trafilatura": _trafilatura, "newspaper4k": _newspaper}[sys.argv[1]]()
    for path in sorted(Path(sys.argv[2]).glob("*.html")):
        found: dict[str, Any] = {}
        try:
            found = read(path)
        except Exception as error:
            print(f"{path.name}: {error!r}", file=sys.stderr)
        print(json.dumps({"name": path.stem} | found, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _trafilatura() -> Callable[[Path], dict[str, Any]]:
    library = importlib.import_module("trafilatura")

    def read(path: Path) -> dict[str, Any]:
        found = library.bare_extraction(
            path.read_bytes(), with_metadata=True, include_comments=False
        )
        if found is None:
            return {}
        return {
            "title": found.title,
            "authors": [name.strip() for name in (found.author or "").split(";") if name.strip()],
            "published": found.date,
            "outlet": found.sitename,
            "body": found.text,
        }

    return read


def _newspaper() -> Callable[[Path], dict[str, Any]]:
    library = importlib.import_module("newspaper")

    def read(path: Path) -> dict[str, Any]:
        article = library.Article("https://example.org/page", language="en", fetch_images=False)
        article.download(input_html=path.read_bytes().decode("utf-8", errors="replace"))
        article.parse()
        return {
            "title": article.title,
            "authors": article.authors,
            "published": article.publish_date and str(article.publish_date)[:10],
            "outlet": article.meta_site_name,
            "body": article.text,
        }

    return read


if __name__ == "__main__":
    main()
