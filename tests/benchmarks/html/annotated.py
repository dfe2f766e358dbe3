"""Public collections of web pages with what people annotated on them, fetched by git."""

import ast
import gzip
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FUNDUS = ("https://github.com/flairNLP/fundus", "18da6e53592f99cf0ac5770dc63d6ba99ba63ae8")
SCRAPINGHUB = (
    "https://github.com/scrapinghub/article-extraction-benchmark",
    "4a3bc979f76c0df73cb95fe272e2fc1b96f9f010",
)
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "with", "as",
    "he", "be", "at", "by", "his", "has", "from", "had", "are", "not", "they", "this", "have",
    "but", "an", "were", "said", "which",
})  # fmt: skip
_SHARE = 0.2
"""In English, so many words are of these; in other languages, fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A page and what it says; of a collection that annotates bodies alone, the rest is empty."""

    name: str
    html: bytes
    body: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    outlet: str = ""
    site: str = ""
    particulars: bool = False
    """Whether more than the body is annotated."""


def fetched(source: tuple[str, str], folder: Path) -> Path:
    """Return a checkout of ``source``, a repository and a commit, in ``folder``; fetch it once."""
    address, commit = source
    place = folder / address.rpartition("/")[2]
    if place.exists():
        return place
    with tempfile.TemporaryDirectory(dir=folder) as made:
        git = ["git", "-C", made]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "fetch", "-q", "--depth=1", address, commit], check=True)
        subprocess.run([*git, "checkout", "-q", commit], check=True)
        shutil.copytree(made, place)
    return place


def fundus(place: Path) -> Iterator[Annotated]:
    """Yield the English test pages of fundus; its parsers' versions and pages go by date."""
    data = place / "tests/resources/parser/test_data"
    outlets = _publishers(place / "src/fundus/publishers")
    for path in sorted(data.glob("*/*.json")):
        versions: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        ordered = sorted(versions, key=lambda key: [int(part) for part in re.findall(r"\d+", key)])
        dated = re.compile(re.escape(path.stem) + r"_\d{4}_\d\d_\d\d\.html\.gz")
        pages = sorted(page for page in path.parent.iterdir() if dated.fullmatch(page.name))
        for version, page in zip(ordered, pages, strict=True):
            told = versions[version]
            body = _body(told.get("body") or {})
            if _is_english(body):
                yield Annotated(
                    name=page.name.removesuffix(".html.gz"),
                    html=gzip.decompress(page.read_bytes()),
                    body=body,
                    title=told["title"],
                    authors=tuple(told.get("authors") or ()),
                    published=date.fromisoformat(told["publishing_date"][:10]),
                    outlet=outlets[path.stem][0],
                    site=outlets[path.stem][1],
                    particulars=True,
                )


def scrapinghub(place: Path) -> Iterator[Annotated]:
    """Yield the English pages of Scrapinghub's benchmark of article bodies."""
    told = json.loads((place / "ground-truth.json").read_text(encoding="utf-8"))
    for key in sorted(told):
        page = gzip.decompress((place / "html" / f"{key}.html.gz").read_bytes())
        if _is_english(told[key]["articleBody"]):
            yield Annotated(name=key, html=page, body=told[key]["articleBody"])


def _body(body: dict[str, Any]) -> str:
    parts = list(body.get("summary", ()))
    for section in body.get("sections", ()):
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n\n".join(parts)


def _is_english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return sum(word in _ENGLISH for word in words) > _SHARE * max(1, len(words))


def _publishers(folder: Path) -> dict[str, tuple[str, str]]:
    """Return the name and site of each publisher from the sources, without running them."""
    names: dict[str, tuple[str, str]] = {}
    for path in folder.glob("*/__init__.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                told = {
                    keyword.arg: keyword.value.value
                    for keyword in node.value.keywords
                    if isinstance(keyword.value, ast.Constant)
                }
                if isinstance(node.targets[0], ast.Name) and "name" in told:
                    site = urlsplit(str(told.get("domain", ""))).hostname or ""
                    names[node.targets[0].id] = (str(told["name"]), site)
    return names
