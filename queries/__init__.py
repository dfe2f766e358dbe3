"""The whole conversation with Neo4j: statements, the server they run on, the way to it.

Every statement is a ``.cypher`` file in this package, and its path is its name.
"""

from functools import cache
from importlib.resources import files
from typing import LiteralString

__all__ = ["cypher"]


@cache
def cypher(name: str) -> LiteralString:
    """Return the statement called ``name``, such as ``"read/articles"``.

    The text is that of ``queries/read/articles.cypher``; it is read once. It counts as a literal
    for the driver's types, because a file of this package is as much a constant as a string in it.

    Raises:
        LookupError: there is no statement of that name; the message lists its neighbours.
    """
    parts = name.split("/")
    if "" in parts or "." in parts or ".." in parts:
        raise LookupError(
            f"{name!r} is not the name of a statement; names look like 'read/articles'."
        )
    statement = files(__name__).joinpath(*parts[:-1], f"{parts[-1]}.cypher")
    if not statement.is_file():
        folder = files(__name__).joinpath(*parts[:-1])
        names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
        known = sorted(name.removesuffix(".cypher") for name in names if name.endswith(".cypher"))
        raise LookupError(
            f"There is no statement {name!r} in queries/; {'/'.join(parts[:-1]) or 'queries'} "
            f"contains: {', '.join(known) or 'none'}."
        )
    return statement.read_text(encoding="utf-8")
