"""The word lists and phrases of this package, read once from their data files."""

from functools import cache
from importlib.resources import files


@cache
def alternatives(kind: str) -> str:
    """Return the phrases of a kind in ``patterns.txt`` as one regular expression."""
    return "|".join(_section("patterns.txt", kind))


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of a kind in ``words.txt``."""
    return frozenset(" ".join(_section("words.txt", kind)).split())


def _section(name: str, kind: str) -> list[str]:
    text = files("loader.articles").joinpath(f"data/{name}").read_text("utf-8")
    _, _, rest = text.partition(f"\n[{kind}]\n")
    found = []
    for line in rest.splitlines():
        if line.startswith("[") and line.endswith("]"):
            break
        if line and not line.startswith("# "):
            found.append(line)
    return found
