"""Links that open Bloom with a search phrase typed and run, its parameters filled from the graph.

Bloom takes the parameters ``search``, ``perspective`` and ``run`` in its address, whether a server
hosts it or Neo4j Desktop (Bloom user guide, "Deep links into Bloom").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, product
from urllib.parse import quote, urlencode

from neo4j import Query, Session

from api.bloom.perspective import NAME
from api.bloom.phrases import Parameter, Phrase, read_phrases
from queries import cypher
from queries.database import Database

DESKTOP = "neo4j://graphapps/neo4j-bloom"
"""Where Bloom is in Neo4j Desktop."""

_CHOICES = 12
_TRIES = 100
_SECONDS = 5.0
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepLink:
    """A search phrase as it is typed, with the address that runs it."""

    name: str
    search: str
    address: str


def bloom_links(database: Database, bloom: str = DESKTOP) -> tuple[DeepLink, ...]:
    """A link for each search phrase, about something that it finds in the graph.

    Phrases that find nothing in this graph, or lack something to be asked about, are left out.

    Args:
        database: the graph.
        bloom: where Bloom is: ``DESKTOP``, or an address such as ``http://localhost:7474/bloom/``.
    """
    links = []
    with database.driver.session(database=database.name, default_access_mode="READ") as session:
        for phrase in read_phrases():
            values = _values(session, phrase)
            if values is None:
                continue
            search = typed(phrase, values)
            where = address(search, bloom)
            links.append(DeepLink(name=phrase.name, search=search, address=where))
    return tuple(links)


def typed(phrase: Phrase, values: Mapping[str, str]) -> str:
    """The phrase as a person types it, with the values of its parameters."""
    return _PARAMETER.sub(lambda found: values[found[1]], phrase.text)


def address(search: str, bloom: str = DESKTOP) -> str:
    """The address that opens Bloom with ``search`` typed and run in newsgraph's perspective."""
    asked = {"search": search, "perspective": NAME, "run": "true"}
    return f"{bloom}?{urlencode(asked, quote_via=quote)}"


def _values(session: Session, phrase: Phrase) -> dict[str, str] | None:
    """Values of the phrase's parameters with which it finds something; None if there are none."""
    names = [parameter.name for parameter in phrase.parameters]
    choices = [_choices(session, asked) for asked in phrase.parameters]
    for values in islice(_different(product(*choices)), _TRIES):
        given = dict(zip(names, values, strict=True))
        found = session.run(Query(phrase.statement, timeout=_SECONDS), given)
        if found.peek() is not None:
            found.consume()
            return given
    return None


def _choices(session: Session, asked: Parameter) -> list[str]:
    """What is suggested for a parameter; for words, names that are likely to be among them."""
    if asked.suggestions:
        rows = session.run(Query(asked.suggestions, timeout=_SECONDS))
    else:
        rows = session.run(cypher("read/best_known_countries"), first=_CHOICES)
    return [str(row.value()) for row in islice(rows, _CHOICES)]


def _different(rows: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    return (row for row in rows if len(set(row)) == len(row))
