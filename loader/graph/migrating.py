"""Carry a graph that an older version of the ontology wrote over to this one's.

A migration is a folder of statements in ``queries/migrate``, named by the version it leads to. Each
may be done twice, also when names have been settled in between, and the dataset gets the version
when all are done: a migration that is killed is done again by the next load.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from neo4j import ManagedTransaction, Session

from loader.graph.removing import refresh_names
from loader.graph.resolution import match_key
from loader.graph.resolution.settling import settle
from loader.graph.retrying import execute_write
from loader.graph.similarity import match_claims
from ontology.iris import DATASET_ID, named_entity
from ontology.releases import number
from queries import cypher

LOGGER = logging.getLogger(__name__)

_BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What leads to ``version``: statements in order, then what only Python can do."""

    version: str
    statements: tuple[str, ...]
    finish: Callable[[Session], None]


def migrate(session: Session, written: str) -> None:
    """Do the migrations to the versions after ``written``, oldest first."""
    for migration in _MIGRATIONS:
        if number(migration.version) <= number(written):
            continue
        LOGGER.warning("carrying the graph over to version %s", migration.version)
        for name in migration.statements:
            # Each commits by itself as it goes, so that a large graph needs no large memory.
            session.run(cypher(f"migrate/{migration.version}/{name}")).consume()
        migration.finish(session)
        session.run(cypher("write/dataset"), id=DATASET_ID, version=migration.version).consume()


def _compare(session: Session) -> None:
    """Spell names as their mentions do; compare them, and the claims."""
    while execute_write(session, _key_some):
        pass
    settle(session)
    match_claims(session)


def _key_some(tx: ManagedTransaction) -> bool:
    found = tx.run(cypher("migrate/1.1.0/unkeyed"), limit=_BATCH)
    ids = [str(row["id"]) for row in found]
    rows = [{"id": name, "key": match_key(named_entity(name))} for name in ids]
    tx.run(cypher("migrate/1.1.0/keys"), rows=rows).consume()
    refresh_names(tx, ids)
    return bool(ids)


_MIGRATIONS = (
    Migration(
        version="1.1.0",
        statements=("names", "mentions", "statements", "citations", "articles", "claims"),
        finish=_compare,
    ),
    Migration(version="1.2.0", statements=("matches", "claims"), finish=match_claims),
)
