"""Read the word lists in ``loader/extract/components/data``.

Lists are plain text, one entry a line; ``#`` starts a comment line.
"""

import json
from functools import cache
from importlib.resources import files

_DATA = files("loader.extract.components").joinpath("data")


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """Return the entries of the list ``name``, in file order, without comments and blank lines."""
    lines = _DATA.joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(line.rstrip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def read_set(name: str) -> frozenset[str]:
    """Return the entries of the list ``name`` as a set."""
    return frozenset(read_lines(name))


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the tab-separated list ``name``; a cell of ``-`` is empty."""
    return tuple(
        tuple("" if cell == "-" else cell for cell in line.split("\t")) for line in read_lines(name)
    )


@cache
def read_groups(name: str) -> dict[str, frozenset[str]]:
    """Return the named word sets of the JSON file ``name``."""
    groups: dict[str, list[str]] = json.loads(_DATA.joinpath(name).read_text(encoding="utf-8"))
    return {key: frozenset(words) for key, words in groups.items()}
