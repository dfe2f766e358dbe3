"""Which version of the ontology a graph was written with; any other than ours is refused."""

from neo4j import Session

from queries import cypher
from queries.database import DatabaseError


class VersionError(DatabaseError):
    """A graph is of another version of the ontology; the message says which, and what to do."""


def check_version(session: Session, ours: str) -> bool:
    """Check that the graph of ``session``'s database is of version ``ours`` of the ontology.

    Returns:
        Whether there is a graph; an empty database is of no version.

    Raises:
        VersionError: it is of another version, or does not say of which.
    """
    row = session.run(cypher("read/dataset")).single()
    if row is None:
        return False
    written = row["ontologyVersion"]
    if written == ours:
        return True
    said = (
        "does not name the version of the ontology it was written with"
        if written is None
        else f"was written with version {written} of the ontology"
    )
    raise VersionError(
        f"The graph in the database {said}; this version of newsgraph uses {ours}. Use the "
        "version of newsgraph that wrote it, or load the pages again into an empty database "
        "(`newsgraph db reset` empties the local one)."
    )
