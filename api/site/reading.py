"""What the pages ask of the graph: the documents of ``queries/site``, run as everybody's are."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from api.graphql.running import Runner
from api.http.errors import ApiError, Code, as_api_error

FOLDER = Path(__file__).parents[2] / "queries" / "site"
_FRAGMENT = re.compile(r"^fragment (\w+) on ", re.MULTILINE)
_SPREAD = re.compile(r"\.\.\.(\w+)")


class Reader:
    """Runs the site's documents.

    Args:
        runner: what runs everybody's operations.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    async def ask(self, name: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data that the document ``name`` gives.

        Raises:
            ApiError: the graph cannot answer; the message says why.
        """
        return await self.run(document(name), variables)

    async def run(self, text: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data that a document gives.

        Raises:
            ApiError: the graph cannot answer; the message says why.
        """
        given = dict(variables)
        operation = self._runner.operation(text, given)
        result = await self._runner.execute(operation, given)
        for error in result.errors or ():
            known = as_api_error(error)
            raise known or ApiError(error.message, code=Code.BAD_USER_INPUT, status=400)
        return result.data or {}

    async def version(self) -> str:
        """A text that changes whenever the graph does.

        Raises:
            ApiError: the database is away or too slow.
        """
        return await self._runner.version()


@cache
def document(name: str) -> str:
    """The document ``queries/site/NAME.graphql``, with the fragments it uses."""
    text = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    return text + "".join(f"\n{_fragments()[name]}" for name in used_fragments(text))


def documents() -> frozenset[str]:
    """Every document of the site, for servers that run known documents only."""
    names = (path.stem for path in FOLDER.glob("*.graphql"))
    return frozenset(document(name) for name in names if name != "fragments")


def used_fragments(text: str) -> list[str]:
    """The names of the fragments that a document uses, also through others, sorted."""
    known, found = _fragments(), set[str]()
    waiting = [text]
    while waiting:
        new = set(_SPREAD.findall(waiting.pop())) & known.keys() - found
        found |= new
        waiting += [known[name] for name in new]
    return sorted(found)


@cache
def _fragments() -> dict[str, str]:
    text = (FOLDER / "fragments.graphql").read_text(encoding="utf-8")
    starts = [(match.group(1), match.start()) for match in _FRAGMENT.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    return {
        name: text[start:end].strip() + "\n"
        for (name, start), end in zip(starts, ends, strict=True)
    }
