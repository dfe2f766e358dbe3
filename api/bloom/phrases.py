"""Search phrases and scene actions, each a ``.cypher`` file of ``queries/bloom``.

A phrase's file begins with comments: the phrase as it is typed, with its parameters; a sentence
for the list of suggestions; and a line for each parameter, ``// $name: Type, suggestions``, where
``suggestions`` is the name of a statement in ``queries/bloom/suggestions``, or is left out.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from queries import cypher

FOLDER = Path(__file__).parents[2] / "queries" / "bloom"
TYPES = ("String", "Integer")
"""Types of parameters that were seen in exports."""

_PARAMETER = re.compile(r"\$(\w+): (\w+)(?:, (\w+))?")
_NAMED = re.compile(r"\$(\w+)")


class PhraseError(Exception):
    """A phrase's file does not say what it must; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a phrase; ``suggestions`` is a statement that lists values, or empty."""

    name: str
    type: str
    suggestions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What is typed into the search bar (``text``), what it means, and what answers it."""

    name: str
    text: str
    description: str
    statement: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What the context menu offers for the chosen nodes, whose element ids are ``$nodes``."""

    name: str
    title: str
    statement: str


def read_phrases() -> tuple[Phrase, ...]:
    """Every phrase, by the name of its file.

    Raises:
        PhraseError: a file's comments and its statement do not name the same parameters.
    """
    return tuple(_phrase(name) for name in _names("phrases"))


def read_actions() -> tuple[Action, ...]:
    """Every scene action, by the name of its file."""
    found = []
    for name in _names("actions"):
        comments, statement = _parts(f"bloom/actions/{name}")
        found.append(Action(name=name, title=comments[0], statement=statement))
    return tuple(found)


def _phrase(name: str) -> Phrase:
    comments, statement = _parts(f"bloom/phrases/{name}")
    if len(comments) < 2:
        msg = f"queries/bloom/phrases/{name}.cypher does not start with a phrase and a sentence"
        raise PhraseError(msg)
    text, description, *lines = comments
    parameters = tuple(_parameter(name, line) for line in lines)
    declared = [parameter.name for parameter in parameters]
    typed, asked = _NAMED.findall(text), set(_NAMED.findall(statement))
    if sorted(typed) != sorted(declared) or asked != set(declared):
        msg = (
            f"queries/bloom/phrases/{name}.cypher: the phrase, the comments and the statement "
            "have different parameters"
        )
        raise PhraseError(msg)
    return Phrase(
        name=name,
        text=text,
        description=description,
        statement=statement,
        parameters=parameters,
    )


def _parameter(name: str, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None or found[2] not in TYPES:
        msg = f"queries/bloom/phrases/{name}.cypher: {line!r} does not describe a parameter"
        raise PhraseError(msg)
    suggestions = _parts(f"bloom/suggestions/{found[3]}")[1] if found[3] else ""
    return Parameter(name=found[1], type=found[2], suggestions=suggestions)


def _names(folder: str) -> list[str]:
    return sorted(path.stem for path in (FOLDER / folder).glob("*.cypher"))


def _parts(name: str) -> tuple[list[str], str]:
    """The comments a statement begins with, and the statement without them."""
    lines = cypher(name).splitlines()
    count = next(index for index, line in enumerate(lines) if not line.startswith("//"))
    return [line.removeprefix("//").strip() for line in lines[:count]], "\n".join(lines[count:])
