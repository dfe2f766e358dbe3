"""A statement's path is its name."""

import pytest

from queries import cypher


def test_a_statement_is_read_by_its_path() -> None:
    assert cypher("schema/await_indexes").startswith("// ")


@pytest.mark.parametrize(
    "name", ["", "read", "/read/page_counts", "read/", "../pyproject", "read//x"]
)
def test_what_is_no_statement_is_refused(name: str) -> None:
    with pytest.raises(LookupError, match="statement"):
        cypher(name)


def test_a_wrong_name_is_answered_with_its_neighbours() -> None:
    with pytest.raises(LookupError, match=r"read/nothing.*page_counts"):
        cypher("read/nothing")
