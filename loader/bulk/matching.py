"""Decide on disk what is decided in the graph otherwise: whom names denote, which claims match."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

from loader.bulk.staging import transaction
from loader.graph.resolution import Name, resolve
from loader.graph.similarity import (
    Words,
    match_row,
    matched,
    sketch_properties,
    sketches,
    words_of,
)
from ontology import iris

_KEPT_CLAIMS = 10_000
"""Claims whose words are kept while others are compared with them."""
_AT_ONCE = 10_000


def resolve_names(connection: sqlite3.Connection) -> None:
    """Fill ``denotes``: whom each name denotes, as ``resolver`` decides in the graph."""
    connection.executescript(
        "DROP TABLE IF EXISTS denotes;"
        "CREATE TABLE denotes (name TEXT PRIMARY KEY, entity TEXT, resolution TEXT) WITHOUT ROWID;"
    )
    others: dict[str, set[str]] = defaultdict(set)
    for name, other in connection.execute("SELECT id, value FROM Name_alternatives"):
        others[name].add(other)
    with transaction(connection):
        found = connection.execute("SELECT matchKey, id, spelling FROM Name ORDER BY matchKey")
        connection.executemany("INSERT INTO denotes VALUES (?, ?, ?)", _resolved(found, others))
        connection.execute("CREATE INDEX denoted ON denotes (entity)")


def renamed(connection: sqlite3.Connection) -> dict[str, str]:
    """For each entity whose own name denotes another: that other."""
    denoted = connection.execute("SELECT name, entity FROM denotes")
    owned = ((iris.named_entity(name), entity) for name, entity in denoted)
    return {own: entity for own, entity in owned if own != entity}


def match_claims(connection: sqlite3.Connection) -> Iterator[Mapping[str, Any]]:
    """Yield the claims with their sketches; then ``matches`` has those that match.

    As ``similarity.match_claims`` does it in the graph.
    """
    connection.executescript(
        "DROP TABLE IF EXISTS sketches; DROP TABLE IF EXISTS matches;"
        "CREATE TABLE sketches (sketch TEXT, claim TEXT);"
        "CREATE TABLE matches (id TEXT PRIMARY KEY, score INTEGER, one TEXT, other TEXT)"
        " WITHOUT ROWID;"
    )
    with transaction(connection):
        claims = connection.execute("SELECT id, text FROM Claim")
        while some := claims.fetchmany(_AT_ONCE):
            rows: list[tuple[str, str]] = []
            for claim, text in some:
                found = sketches(words_of(text))
                rows.extend((sketch, claim) for sketch in found)
                yield {"id": claim, "text": text} | sketch_properties(found)
            connection.executemany("INSERT INTO sketches VALUES (?, ?)", rows)
        connection.execute("CREATE INDEX sketched ON sketches (sketch, claim)")
        connection.executemany(
            "INSERT INTO matches VALUES (:id, :score, :one, :other)", _matches(connection)
        )


def _resolved(
    found: Iterator[tuple[str, str, str]], others: Mapping[str, set[str]]
) -> Iterator[tuple[str, str, str]]:
    for _, rows in groupby(found, key=itemgetter(0)):
        names = [
            Name(id=name, spelling=spelling, alternatives=frozenset(others.get(name, ())))
            for _, name, spelling in rows
        ]
        for name, item in resolve(names).items():
            yield name, item.entity, item.resolution


def _matches(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    @lru_cache(_KEPT_CLAIMS)
    def known(claim: str) -> tuple[Words, tuple[str, ...]]:
        ((text,),) = connection.execute("SELECT text FROM Claim WHERE id = ?", (claim,))
        words = words_of(text)
        return words, sketches(words)

    shared = connection.execute("SELECT sketch, claim FROM sketches ORDER BY sketch, claim")
    for sketch, rows in groupby(shared, key=itemgetter(0)):
        claims = [claim for _, claim in rows]
        for one, other in combinations(claims, 2):
            left, right = known(one), known(other)
            if _first_shared(left[1], right[1]) != sketch:
                continue  # they were compared before
            score = matched(left[0], right[0])
            if score is not None:
                yield match_row(one, other, score)


def _first_shared(left: Sequence[str], right: Sequence[str]) -> str | None:
    return next((one for one, other in zip(left, right, strict=True) if one == other), None)
