"""How a selection reads the rows of a plan: the views, which the shaper makes closures of."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A value; ``convert`` changes what is not null, ``many`` one by one."""

    convert: Any = None
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The same in every row: a ``__typename``."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list of rows, each read by ``view``.

    ``limit`` names the parameter that cuts it: at its end, ``backward`` at its beginning.
    """

    view: "View"
    limit: str = ""
    backward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The cursor of an edge, from the columns of its sorting values."""

    mark: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInfo:
    """Facts about a page, from its rows: ``fields`` are answer keys with what they tell.

    ``after`` and ``before`` say whether the page stands after or before a cursor.
    """

    fields: tuple[tuple[str, str], ...]
    limit: str
    after: bool
    before: bool
    backward: bool
    cursor: Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """Where a search's words stand in a node: answer keys, and the columns of the texts."""

    fields: tuple[tuple[str, str], ...]
    words: str
    columns: tuple[tuple[str, int], ...]


Reading = Leaf | Constant | Items | Cursor | PageInfo | Highlights


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An answer's field: the column it reads (-1: the whole row) and how.

    ``view`` reads a row in the column. ``required`` fields must not be null.
    """

    key: str
    column: int
    reading: "Reading | View"
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a selection reads a row: its fields by object type.

    ``labels`` is the column that tells the type, -1 where there is one type only.
    """

    types: dict[str, tuple[Field, ...]]
    labels: int = -1
