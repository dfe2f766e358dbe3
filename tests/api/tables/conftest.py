"""What the tests of tables share: the graph of the given pages, and made-up sheets."""

from typing import Any

import pytest

from api.graphql.waiting import Asker
from api.tables.columns import tables
from api.tables.reading import read_table
from api.tables.sheet import Column, Sheet
from ontology.model import Datatype
from queries.database import Database

BASE = "https://news.example"


@pytest.fixture
def asker(seeded: Database) -> Asker:
    """Asks the graph of the given pages."""
    return Asker(seeded, base=BASE)


def sheets(asker: Asker, *names: str) -> list[Sheet]:
    """Whole tables."""
    return [read_table(asker, tables()[name]) for name in names]


def made_up(
    *values: Any, many: bool = False, kind: Datatype = "string", name: str = "made"
) -> Sheet:
    """A sheet of one column."""
    column = Column(name="said", kind=kind, many=many, description="What is said.")
    rows = [(value,) for value in values]
    return Sheet(name=name, columns=(column,), pages=iter([rows]), total=len(rows))
