"""The database open for the verbs that read the graph."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from queries.command_line import opened

if TYPE_CHECKING:
    from queries.database import Database
    from queries.settings import Settings


@contextmanager
def opened_graph(
    settings: "Settings", *, stop: bool = False, meanwhile: Sequence[str] = ()
) -> Iterator["Database"]:
    """The database of ``settings`` as ``opened`` gives it, if its graph can be read or it is empty.

    Raises:
        VersionError: the graph is of another version of the ontology, and would be misread.
    """
    from ontology.model import load_model
    from queries.graph_version import check_version

    with opened(settings, stop=stop, meanwhile=meanwhile) as database:
        with database.session() as session:
            check_version(session, load_model().version)
        yield database
