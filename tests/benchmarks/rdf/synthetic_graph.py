"""A made-up news graph of any size, the same for the same seed, conforming to the shapes.

An article brings about 190 triples: 5,400 articles make a million.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ontology.model import load_model
from ontology.rdf.nodes import Node
from ontology.rdf.values import checked_time

Row = dict[str, Any]

_TEXT = """
    dam river flood minister budget vote court strike harvest border treaty tariff rail port
    school vaccine drought election parliament energy grid storm bridge “relief” d’État café
    said on Monday that the would not be and in for of a to with after before over under
"""
_WORDS = _TEXT.split()
_CODES = [a + b for a in "ABCDEFGHIJKLMNOPQRST" for b in "ABCDEFGHIJ"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """Nodes as ``{labels, id, properties}``, edges as ``{source, type, target}``."""

    nodes: list[Row]
    edges: list[Row]


def synthetic_graph(articles: int, *, seed: int = 20) -> Synthetic:
    """A graph of ``articles`` articles with six statements and ten mentions each."""
    made = _Maker(random.Random(seed), max(20, articles))
    for number in range(articles):
        made.article(number)
    return Synthetic(nodes=made.nodes, edges=list(made.edges.values()))


def synthetic_nodes(articles: int, *, seed: int = 20) -> list[Node]:
    """The same graph as plain nodes, as an export reads back."""
    graph = synthetic_graph(articles, seed=seed)
    edges: dict[str, set[tuple[str, str]]] = {}
    for edge in graph.edges:
        edges.setdefault(edge["source"], set()).add((edge["type"], edge["target"]))
    return [
        Node(
            id=row["id"],
            labels=frozenset(row["labels"]),
            properties={key: _plain(value) for key, value in sorted(row["properties"].items())},
            edges=frozenset(edges.get(row["id"], ())),
        )
        for row in sorted(graph.nodes, key=lambda row: str(row["id"]))
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return checked_time(value.isoformat().replace("+00:00", "Z"))
    if isinstance(value, date):
        return value.isoformat()
    return tuple(sorted(value)) if isinstance(value, list) else value


class _Maker:
    def __init__(self, rng: random.Random, agents: int) -> None:
        self.rng = rng
        self.nodes: list[Row] = []
        self.edges: dict[tuple[str, str, str], Row] = {}
        version = load_model().version
        self.node("Dataset", "dataset/newsgraph", ontologyVersion=version)
        self.node(
            "ExtractionRun",
            "run/0123456789abcdef",
            software="newsgraph",
            version="0.1.0",
            model="en_core_web_sm 3.8.0",
            ontologyVersion=version,
            startedAt=datetime(2026, 1, 31, 9, 0, 0, 250_000, tzinfo=UTC),
        )
        self.people = [f"person/{self.word()}-{n}" for n in range(agents)]
        self.outlets = [f"organization/outlet-{n}" for n in range(50)]
        self.organizations = [f"organization/body-{n}" for n in range(agents // 2)]
        self.countries = [f"country/{code}" for code in _CODES]
        for n, person in enumerate(self.people):
            self.node("Person", person, name=f"{self.word().title()} {n}", aliases=[f"{n}"])
        for n, outlet in enumerate(self.outlets):
            self.node("Outlet", outlet, name=f"The {n} Times")
        for n, body in enumerate(self.organizations):
            self.node("Organization", body, name=f"Ministry “{n}”", aliases=[f"M{n}", f"Min. {n}"])
        for code, country in zip(_CODES, self.countries, strict=True):
            self.node("Country", country, name=f"{code}land", iso2=code, historical=False)

    def node(self, label: str, identifier: str, **properties: Any) -> str:
        self.nodes.append(
            {
                "labels": list(load_model().classes[label].labels),
                "id": identifier,
                "properties": properties,
            }
        )
        return identifier

    def edge(self, source: str, kind: str, target: str) -> None:
        edge = {"source": source, "type": kind, "target": target}
        self.edges[source, kind, target] = edge

    def word(self) -> str:
        return self.rng.choice(_WORDS)

    def words(self, number: int) -> str:
        return " ".join(self.rng.choices(_WORDS, k=number))

    def key(self, length: int) -> str:
        return f"{self.rng.getrandbits(4 * length):0{length}x}"

    def article(self, number: int) -> None:
        page = self.node(
            "Page", f"page/{self.key(32)}", name=f"{number}.txt", mediaType="text/plain"
        )
        self.edge(page, "EXTRACTED_BY", "run/0123456789abcdef")
        published = date(2020, 1, 1) + timedelta(days=number % 2000)
        key = self.key(20)
        article = self.node(
            "Article",
            f"article/{key}",
            kind="article",
            title=self.words(9),
            titleSpan="char=0,60",
            language="en",
            published=published,
            modified=published,
            text="\n\n".join(self.words(60) for _ in range(8)),
            locations=[f"{page}#char=0,3000"],
            noise=["char=100,200", "char=900,960"],
        )
        for kind, target in [
            ("FROM_PAGE", page),
            ("EXTRACTED_BY", "run/0123456789abcdef"),
            ("PUBLISHED_BY", self.rng.choice(self.outlets)),
            ("WRITTEN_BY", self.rng.choice(self.people)),
        ]:
            self.edge(article, kind, target)
        agents = self.rng.sample(self.people, 4) + self.rng.sample(self.organizations, 2)
        countries = self.rng.sample(self.countries, 4)
        for entity in [*agents, *countries]:
            self.mention(article, key, entity)
        for agent in agents[::3]:
            self.citation(article, key, agent)
        for index in range(6):
            self.statement(article, key, index * 200, published, agents[index], countries)

    def mention(self, article: str, key: str, entity: str) -> None:
        offsets = self.rng.sample(range(3000), 2)
        mention = self.node(
            "Mention",
            f"mention/{key}-{entity.replace('/', '-')}",
            name=entity.partition("/")[2],
            kind=entity.partition("/")[0].title(),
            spans=[f"char={start},{start + 9}" for start in offsets],
            forms=[entity.partition("/")[2], "he"],
        )
        self.edge(mention, "IN_ARTICLE", article)
        self.edge(mention, "REFERS_TO", entity)
        self.edge(article, "MENTIONS", entity)

    def citation(self, article: str, key: str, agent: str) -> None:
        citation = self.node(
            "Citation",
            f"citation/{key}-{agent.replace('/', '-')}",
            role="expert",
            description=self.words(4),
        )
        self.edge(citation, "IN_ARTICLE", article)
        self.edge(citation, "OF", agent)
        self.edge(citation, "AFFILIATED_WITH", self.rng.choice(self.organizations))
        self.edge(article, "CITES", agent)

    def statement(
        self, article: str, key: str, start: int, day: date, agent: str, countries: list[str]
    ) -> None:
        text = self.words(18)
        statement = self.node(
            "Statement",
            f"statement/{key}-{start}-{self.key(8)}",
            text=text,
            kind="direct",
            act="said",
            rule="clause",
            sourceRole="source",
            words=2,
            third="first",
            start=start,
            contentSpans=[f"char={start},{start + 80}"],
            cue="said",
            cueSpan=f"char={start + 81},{start + 85}",
            source="the engineer",
            sourceSpan=f"char={start + 86},{start + 98}",
            published=day,
            denied=False,
            negative=False,
            negated=False,
            hedged=self.rng.random() < 0.1,
            headline=False,
            question=False,
        )
        claim = self.node("Claim", f"claim/{self.key(20)}", text=text)
        self.edge(statement, "STATED_IN", article)
        self.edge(statement, "ATTRIBUTED_TO", agent)
        self.edge(statement, "EXPRESSES", claim)
        for country in self.rng.sample(countries, 2):
            self.edge(statement, "ABOUT", country)
            self.edge(claim, "ABOUT", country)


def batches(rows: list[dict[str, Any]], size: int = 10_000) -> Iterator[list[dict[str, Any]]]:
    """``rows`` in lists of at most ``size``."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
