"""The example documents of ``queries/examples``: questions a reader may begin with."""

from dataclasses import dataclass
from pathlib import Path

import orjson

EXAMPLES = Path(__file__).parents[2] / "queries" / "examples"
"""The folder of the documents that come along."""


class ExamplesError(Exception):
    """An example's file cannot be used; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A GraphQL document with the question it answers and the variables to ask it with."""

    name: str
    title: str
    query: str
    variables: dict[str, object] | None


def read_examples(folder: Path) -> tuple[Example, ...]:
    """Every ``NAME.graphql`` of ``folder`` by name, with ``NAME.variables.json`` where it stands.

    The title is the document's first comment line, else its name.

    Raises:
        ExamplesError: a document is not UTF-8, or its variables are not a JSON object.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.graphql")))


def _read(path: Path) -> Example:
    try:
        query = path.read_text(encoding="utf-8").strip() + "\n"
    except UnicodeDecodeError as error:
        msg = f"The example {path} is not UTF-8: {error.reason} at byte {error.start}."
        raise ExamplesError(msg) from error
    comments = (line.strip("# \t") for line in query.splitlines() if line.startswith("#"))
    title = next((comment for comment in comments if comment), path.stem.replace("-", " "))
    return Example(name=path.stem, title=title, query=query, variables=_variables(path))


def _variables(path: Path) -> dict[str, object] | None:
    beside = path.with_suffix(".variables.json")
    if not beside.is_file():
        return None
    try:
        variables = orjson.loads(beside.read_bytes())
    except orjson.JSONDecodeError as error:
        msg = f"The variables of an example, {beside}, are not JSON: {error}."
        raise ExamplesError(msg) from error
    if not isinstance(variables, dict):
        msg = f"The variables of an example, {beside}, must be a JSON object."
        raise ExamplesError(msg)
    return variables
