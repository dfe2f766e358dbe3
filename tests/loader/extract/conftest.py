"""What the tests of components share."""

from collections.abc import Callable

import pytest

from loader.extract.components.annotations import Attribution
from tests.loader.conftest import Read

Find = Callable[..., tuple[str, tuple[Attribution, ...]]]


@pytest.fixture(scope="module")
def find(read: Read) -> Find:
    """Return a text's attributions; its ``title`` is its first line."""

    def find_in(text: str, title: str | None = None) -> tuple[str, tuple[Attribution, ...]]:
        return text, read(text, title=title)._.attributions

    return find_in
