"""Write the parts of ``docs/api.md`` that follow from the project: its limits and its cookbook.

``python -m tests.api.graphql.cookbook`` puts them between their markers; a test holds the page
equal to that.
"""

import dataclasses
import re
from pathlib import Path

import orjson

from api.graphql.examples import EXAMPLES, Question, read_examples
from api.http.limits import Limits

ANSWERS = Path(__file__).with_name("answers")
PAGE = Path(__file__).parents[3] / "docs" / "api.md"

_MEANING = re.compile(r"^ {8}(\w+): (.+(?:\n {12}.+)*)$", re.MULTILINE)


def filled(text: str) -> str:
    """The page with its generated parts as they should be.

    Raises:
        ValueError: a part's markers are missing; the message names it.
    """
    for name, part in (("limits", limits_table()), ("cookbook", cookbook())):
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, found, rest = text.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            msg = f"the page has no part between {begin} and {end}"
            raise ValueError(msg)
        text = f"{before}{begin}\n\n{part}\n\n{end}{after}"
    return text


def limits_table() -> str:
    """Every limit with its default and its meaning."""
    meanings = {
        name: " ".join(text.replace("``", "`").split())
        for name, text in _MEANING.findall(Limits.__doc__ or "")
    }
    rows = [
        f"| `{name}` | {value:,} | {meanings[name]} |"
        for name, value in dataclasses.asdict(Limits()).items()
    ]
    return "\n".join(["| limit | default | what it limits |", "| --- | --- | --- |", *rows])


def cookbook() -> str:
    """Every example: its question, its document, its variables and its answer on the seeds."""
    asked = orjson.loads((ANSWERS / "asked.json").read_bytes())
    return "\n\n".join(_recipe(entry, **asked[entry.name]) for entry in read_examples(EXAMPLES))


def _recipe(example: Question, title: str, variables: dict[str, object] | None) -> str:
    parts = [f"### {title}", f"```graphql\n{_without_title(example)}\n```"]
    if variables is not None:
        parts.append(f"Variables: `{orjson.dumps(variables).decode()}`")
    answer = (ANSWERS / f"{example.name}.json").read_text(encoding="utf-8").strip()
    parts.append(f"<details><summary>Answer</summary>\n\n```json\n{answer}\n```\n\n</details>")
    return "\n\n".join(parts)


def _without_title(example: Question) -> str:
    first, _, rest = example.query.partition("\n")
    return (rest if first.strip("# ") == example.title else example.query).strip()


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
