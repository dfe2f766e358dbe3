"""A synthetic graph in the project's own model: 20,000 articles, 60,000 statements, 5,000 people.

Everything is drawn from one seeded generator, so the same scale and seed are the same graph. Some
countries, speakers and authors are named far more often than others, as in the news.

    python generate.py bolt://127.0.0.1:7687 --user neo4j --password … [--scale 1.0]

The database is emptied first.
"""

import argparse
import datetime as dt
import random
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from neo4j import Driver, GraphDatabase

from loader.graph.schema import prepare
from ontology.model import load_model

FIRST = (
    "Ana",
    "Ben",
    "Chen",
    "Dora",
    "Emil",
    "Fatima",
    "Gita",
    "Hugo",
    "Ines",
    "Jamal",
    "Kofi",
    "Lena",
    "Maya",
    "Noor",
    "Omar",
    "Petra",
    "Quinn",
    "Rosa",
    "Sami",
    "Tara",
)
LAST = (
    "Abe",
    "Brandt",
    "Costa",
    "Diaz",
    "Evans",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ito",
    "Jansen",
    "Khan",
    "Lopez",
    "Meyer",
    "Novak",
    "Okoro",
    "Patel",
    "Rossi",
    "Silva",
    "Tanaka",
    "Weber",
)
WORDS = (
    "trade",
    "border",
    "vaccine",
    "inflation",
    "election",
    "climate",
    "drought",
    "export",
    "tariff",
    "energy",
    "pipeline",
    "grain",
    "refugee",
    "satellite",
    "treaty",
    "budget",
    "reform",
    "court",
    "strike",
    "port",
    "subsidy",
    "harvest",
    "rainfall",
    "emission",
    "debt",
    "growth",
)
ROLES = ("expert", "official", "spokesperson", "source")
COUNTRIES = 200
OUTLETS = 100
_BATCH = 5_000
_FIRST_DAY = dt.date(2015, 1, 1)

Node = dict[str, Any]
Edge = tuple[str, str]


class Graph:
    """Nodes by label and edges by (source label, type, target label), as they are drawn."""

    def __init__(self, scale: float, seed: int) -> None:
        self._random = random.Random(seed)
        self.nodes: dict[str, list[Node]] = {}
        self.edges: dict[tuple[str, str, str], set[Edge]] = {}
        self._draw(scale)

    def _node(self, label: str, identifier: str, **properties: Any) -> str:
        self.nodes.setdefault(label, []).append({"id": identifier, **properties})
        return identifier

    def _edge(self, kind: tuple[str, str, str], source: str, target: str) -> None:
        self.edges.setdefault(kind, set()).add((source, target))

    def _few(self, count: int) -> int:
        """A number below ``count``, the small ones far more often."""
        return min(count - 1, int(count * self._random.random() ** 1.6))

    def _words(self, count: int) -> str:
        return " ".join(self._random.choice(WORDS) for _ in range(count)).capitalize()

    def _draw(self, scale: float) -> None:
        draw = self._random
        run = self._node(
            "ExtractionRun",
            "run/0",
            software="newsgraph",
            version="0",
            model="none",
            ontologyVersion="1.0.0",
            startedAt=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )
        codes = [f"{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(COUNTRIES)]
        for index, code in enumerate(codes):
            self._node(
                "Country",
                f"country/{code}",
                name=f"Country {index:03d}",
                iso2=code,
                historical=False,
            )
        outlets = [
            self._node("Outlet:Organization", f"organization/outlet-{i}", name=f"Outlet {i:03d}")
            for i in range(OUTLETS)
        ]
        people = [
            self._node(
                "Person",
                f"person/p{index}",
                name=f"{draw.choice(FIRST)} {draw.choice(LAST)} {index}",
            )
            for index in range(max(50, int(5_000 * scale)))
        ]
        articles = [
            self._article(index, people, outlets, codes, run)
            for index in range(int(20_000 * scale))
        ]
        for index in range(int(60_000 * scale)):
            self._statement(index, draw.choice(articles), people, codes)

    def _article(
        self, index: int, people: list[str], outlets: list[str], codes: list[str], run: str
    ) -> Node:
        draw = self._random
        page = self._node("Page", f"page/{index:032x}", name=f"{index}.txt", mediaType="text/plain")
        self._edge(("Page", "EXTRACTED_BY", "ExtractionRun"), page, run)
        day = _FIRST_DAY + dt.timedelta(days=draw.randrange(3_900))
        article = self._node(
            "Article",
            f"article/a{index}",
            title=self._words(7),
            kind="article",
            language="en",
            published=day,
            text=self._words(60),
            locations=[f"{page}#char=0,500"],
        )
        self._edge(("Article", "FROM_PAGE", "Page"), article, page)
        self._edge(("Article", "EXTRACTED_BY", "ExtractionRun"), article, run)
        self._edge(("Article", "PUBLISHED_BY", "Outlet"), article, outlets[self._few(len(outlets))])
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            author = people[self._few(len(people) // 5)]
            self._edge(("Article", "WRITTEN_BY", "Person"), article, author)
        for _ in range(draw.randrange(0, 6)):
            country = f"country/{codes[self._few(len(codes))]}"
            self._edge(("Article", "MENTIONS", "Country"), article, country)
        for _ in range(draw.choice((0, 1, 1, 2))):
            self._citation(article, people[self._few(len(people))])
        return self.nodes["Article"][-1]

    def _citation(self, article: str, person: str) -> None:
        if (article, person) in self.edges.get(("Article", "CITES", "Person"), ()):
            return
        citation = self._node(
            "Citation",
            f"citation/{article.removeprefix('article/')}-{person.replace('/', '-')}",
            role=self._random.choice(ROLES),
        )
        self._edge(("Citation", "IN_ARTICLE", "Article"), citation, article)
        self._edge(("Citation", "OF", "Person"), citation, person)
        self._edge(("Article", "CITES", "Person"), article, person)

    def _statement(self, index: int, article: Node, people: list[str], codes: list[str]) -> None:
        draw = self._random
        text = f"{self._words(16)}."
        statement = self._node(
            "Statement",
            f"statement/s{index}",
            text=text,
            kind=draw.choice(("direct", "indirect", "mixed")),
            start=draw.randrange(400),
            contentSpans=["char=0,100"],
            cue="said",
            published=article["published"],
            act="said",
            rule="clause",
            sourceRole="source",
            words=2,
            third="first",
            denied=False,
            negative=False,
            negated=draw.random() < 0.1,
            hedged=False,
            headline=False,
            question=False,
        )
        claim = self._node("Claim", f"claim/c{index}", text=text)
        self._edge(("Statement", "STATED_IN", "Article"), statement, article["id"])
        self._edge(("Statement", "EXPRESSES", "Claim"), statement, claim)
        speaker = people[self._few(len(people))]
        self._edge(("Statement", "ATTRIBUTED_TO", "Person"), statement, speaker)
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            country = f"country/{codes[self._few(len(codes))]}"
            self._edge(("Statement", "ABOUT", "Country"), statement, country)
            self._edge(("Claim", "ABOUT", "Country"), claim, country)


def write(driver: Driver, graph: Graph, database: str | None = None) -> None:
    """Empty the database, then write ``graph`` into it, with the ontology's indexes."""

    def run(statement: str, **parameters: Any) -> None:
        with driver.session(database=database) as session:
            session.run(statement, parameters).consume()

    run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
    with driver.session(database=database) as session:
        prepare(session, load_model())
    for label, nodes in graph.nodes.items():
        for rows in _batches(nodes):
            run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=rows)
    run("CALL db.awaitIndexes(300)")
    for (source, kind, target), edges in graph.edges.items():
        key = "Organization" if target == "Outlet" else target
        statement = (
            f"UNWIND $rows AS row MATCH (a:{source} {{id: row[0]}}) "
            f"MATCH (b:{key} {{id: row[1]}}) CREATE (a)-[:{kind}]->(b)"
        )
        for rows in _batches(sorted(edges)):
            run(statement, rows=rows)


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def main() -> None:
    """Generate and write, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uri")
    parser.add_argument("--user", default="neo4j")
    parser.add_argument("--password")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    started = time.monotonic()
    auth = (given.user, given.password) if given.password else None
    graph = Graph(given.scale, given.seed)
    with GraphDatabase.driver(given.uri, auth=auth) as driver:
        write(driver, graph)
    nodes = sum(map(len, graph.nodes.values()))
    edges = sum(map(len, graph.edges.values()))
    print(f"{nodes} nodes and {edges} relationships in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
