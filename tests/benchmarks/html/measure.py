"""Measure the reading of web pages against public annotations, beside trafilatura and newspaper4k.

    python -m tests.benchmarks.html.measure FOLDER --peers PYTHON [--misses]

The collections are fetched into FOLDER by git, once. newsgraph reads their pages with
``newsgraph extract``; the peers, which are no dependencies of the project, run on the interpreter
``--peers`` of an environment that has trafilatura and newspaper4k. No candidate is told a page's
address. ``--misses`` prints every page where newsgraph differs from what is annotated.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.html.annotated import (
    FUNDUS,
    SCRAPINGHUB,
    Annotated,
    fetched,
    fundus,
    scrapinghub,
)
from tests.benchmarks.html.scoring import (
    GOOD,
    Found,
    Scores,
    body_f1,
    found_of,
    is_outlet,
    plain,
    scores,
)

PEERS = ("trafilatura", "newspaper4k")
COLLECTIONS: tuple[tuple[tuple[str, str], Callable[[Path], Iterator[Annotated]]], ...] = (
    (FUNDUS, fundus),
    (SCRAPINGHUB, scrapinghub),
)


def main() -> None:
    """Fetch the collections, run every candidate on each and print a table for each."""
    options = _options()
    for source, read in COLLECTIONS:
        pages = list(read(fetched(source, options.folder)))
        found = _candidates(pages, options.peers)
        print(f"\n{source[0].rpartition('/')[2]}, {len(pages)} pages\n")
        _table(pages, found)
        if options.misses:
            _misses(pages, found["newsgraph"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", type=Path, help="an interpreter that has the peers")
    parser.add_argument("--misses", action="store_true")
    return parser.parse_args()


def _candidates(pages: list[Annotated], peers: Path | None) -> dict[str, dict[str, Found]]:
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            (Path(folder) / f"{page.name}.html").write_bytes(page.html)
        found = {}
        for peer in PEERS if peers else ():
            command = [str(peers), str(Path(__file__).with_name("peers.py")), peer, folder]
            lines = _lines(command)
            found[peer] = {line["name"]: found_of(line) for line in lines}
        found["newsgraph"] = _newsgraph(folder)
        return found


def _lines(command: list[str]) -> Iterator[dict[str, Any]]:
    done = subprocess.run(command, stdout=subprocess.PIPE)  # fails where it skips a page
    return map(json.loads, done.stdout.splitlines())


def _newsgraph(folder: str) -> dict[str, Found]:
    """Return what newsgraph finds: of a page that it cuts, the longest piece's particulars."""
    records: dict[str, list[dict[str, Any]]] = defaultdict(list)
    script = Path(sys.executable).with_name("newsgraph")
    for record in _lines([str(script), "extract", folder]):
        records[record["file"].removesuffix(".html")].append(record)
    return {name: _found(articles) for name, articles in records.items()}


def _found(articles: list[dict[str, Any]]) -> Found:
    longest = max(articles, key=lambda article: len(article["text"]))
    names = {entity["id"]: entity["name"] for entity in longest["entities"]}
    return Found(
        title=longest["title"] or "",
        authors=tuple(author["name"] for author in longest["authors"]),
        published=longest["published"] or "",
        outlet=names.get(longest["outlet"], ""),
        body="\n\n".join(_body(article) for article in articles),
        articles=len(articles),
    )


def _body(article: dict[str, Any]) -> str:
    """Return an article's text without its title and what it marks as noise."""
    text: str = article["text"]
    apart = [span for span in (article["title_span"], *article["noise"]) if span]
    for start, end in apart:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _table(pages: list[Annotated], found: dict[str, dict[str, Found]]) -> None:
    figures = {
        name: scores([(page, each.get(page.name, Found())) for page in pages])
        for name, each in found.items()
    }
    rows: list[tuple[str, Callable[[Scores], str]]] = [
        (f"body F1, % (pages over {GOOD})", lambda s: f"{100 * s.body:.1f} ({s.good})"),
        ("pages cut into several", lambda s: str(s.cut)),
    ]
    if pages[0].particulars:
        rows = [
            ("title exact, %", lambda s: f"{100 * s.title:.0f}"),
            ("title exact, or the only h1, %", lambda s: f"{100 * s.seen:.0f}"),
            ("authors F1 as annotated, %", lambda s: f"{100 * s.authors:.1f}"),
            ("authors F1 of people, %", lambda s: f"{100 * s.people:.1f}"),
            ("day, %", lambda s: f"{100 * s.day:.0f}"),
            ("outlet, %", lambda s: f"{100 * s.outlet:.0f}"),
            *rows,
        ]
    print(f"| | {' | '.join(figures)} |\n| --- |{' --- |' * len(figures)}")
    for name, cell in rows:
        print(f"| {name} | {' | '.join(map(cell, figures.values()))} |")


def _misses(pages: list[Annotated], found: dict[str, Found]) -> None:
    print()
    for page in pages:
        told = found.get(page.name, Found())
        body = body_f1(page, told)
        if body < GOOD:
            print(f"{page.name}: body F1 {body:.3f}")
        if told.articles > 1:
            print(f"{page.name}: cut into {told.articles}")
        if not page.particulars:
            continue
        for what, gold, ours, same in (
            ("title", page.title, told.title, plain(page.title) == plain(told.title)),
            ("day", str(page.published), told.published, str(page.published) == told.published),
            ("outlet", page.outlet, told.outlet, is_outlet(page, told)),
            ("authors", list(page.authors), list(told.authors),
             set(map(plain, page.authors)) == set(map(plain, told.authors))),
        ):  # fmt: skip
            if not same:
                print(f"{page.name}: {what} {gold!r}, found {ours!r}")


if __name__ == "__main__":
    main()
