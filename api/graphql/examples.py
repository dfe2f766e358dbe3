"""The example questions of ``queries/examples``, asked of whatever the graph at hand is about.

A question is a GraphQL document, ``NAME.graphql``, whose first comment says what it answers. Where
it has variables, ``NAME.variables.json`` says of each what it names, and ``NAME.cypher`` finds in
the graph what is worth asking about, so that a question asked without variables has an answer.

Questions in a folder of a user's own stand beside these. Their variables may be as a playground has
them, values by name; none are chosen from the graph.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from api.graphql.asking import Ask
from api.graphql.naming import KINDS, Thing, find, find_all, near_names

EXAMPLES = Path(__file__).parents[2] / "queries" / "examples"
"""The folder of the documents that come along."""

OTHER_KINDS = ("words", "cursor")
"""What a variable may be that names no thing: words to search for, a place in a list."""

_FIXED = "value"

_FROM_THE_START = "null"
_EMPTY = dict.fromkeys((*KINDS, "words"), "")
_PLACE = re.compile(r"\{(\w+)\}")


class ExamplesError(Exception):
    """An example's file cannot be used; the message names it."""


class QuestionError(Exception):
    """There is no such question, or it has no such variable; the message says what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of a question.

    Attributes:
        name: as the document has it, without the dollar sign.
        kind: what its value names, of ``KINDS`` or ``OTHER_KINDS``; "value" where it is a value.
        unnamed: what the question's title says where it has no value: "a country".
        value: what it is if nothing else is given.
    """

    name: str
    kind: str
    unnamed: str
    value: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A GraphQL document as its file has it.

    Attributes:
        name: the file's.
        title: what it answers, with the variables it speaks of in braces: "about {country}".
        query: the document.
        variables: in the file's order.
        folder: where the file is.
    """

    name: str
    title: str
    query: str
    variables: tuple[Variable, ...] = ()
    folder: Path = EXAMPLES

    def variable(self, name: str) -> Variable:
        """The variable of this name.

        Raises:
            QuestionError: there is none; the message names those there are.
        """
        for variable in self.variables:
            if variable.name == name:
                return variable
        there = [f"{variable.name} ({_noun(variable)})" for variable in self.variables]
        verb = "variable is" if len(there) == 1 else "variables are"
        takes = f"its {verb} {_listed(there)}" if there else "it takes none"
        raise QuestionError(f"{self.name} has no variable {name!r}: {takes}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question with the values to ask it with, and a title that says what is asked."""

    name: str
    title: str
    query: str
    variables: dict[str, object] | None


def read_questions(own: Path | None, *, named: bool = True) -> tuple[Question, ...]:
    """The questions that come along, then those of the folder ``own``, if there is one.

    Raises:
        ExamplesError: the folder is ``named`` and not there, a file of it cannot be used, or it is
            called like a question that comes along.
    """
    questions = read_examples(EXAMPLES)
    if own is None:
        return questions
    if not own.is_dir():
        if not named:
            return questions
        msg = f"NEWSGRAPH_QUESTIONS names {own}, which is no folder; create it, or unset it."
        raise ExamplesError(msg)
    added = read_examples(own)
    known = {entry.name for entry in questions}
    for entry in added:
        if entry.name in known:
            path = own / f"{entry.name}.graphql"
            msg = f"The question {path} is called like one that comes along; rename the file."
            raise ExamplesError(msg)
    return (*questions, *added)


def read_examples(folder: Path) -> tuple[Question, ...]:
    """Every ``NAME.graphql`` of ``folder`` by name, with ``NAME.variables.json`` where it stands.

    The title is the document's first comment line, else its name.

    Raises:
        ExamplesError: a document is not UTF-8, or its variables are not said as they should be.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.graphql")))


def question(questions: Iterable[Question], name: str) -> Question:
    """The question of this name.

    Raises:
        QuestionError: there is none; the message names those with names near it, or all.
    """
    known = {entry.name: entry for entry in questions}
    if name in known:
        return known[name]
    near = near_names(name, dict(zip(known, known, strict=True)))
    told = f"Did you mean {_listed(near, 'or')}?" if near else f"Choose one of: {', '.join(known)}."
    raise QuestionError(f"There is no example query {name!r}. {told}")


async def ask_with(ask: Ask, asked: Question, given: Mapping[str, str]) -> Example:
    """The question with the values ``given``, as a person writes them, and the graph's own beside.

    Raises:
        QuestionError: it has no such variable.
        UnknownNameError: a value names nothing in the graph.
    """
    values: dict[str, object] = {}
    for name, text in given.items():
        kind = asked.variable(name).kind
        if kind in KINDS:
            values[name] = await find(ask, text, kind)
        elif kind == _FIXED:
            values[name] = _json_or_text(text)
        elif kind != "cursor" or text != _FROM_THE_START:
            values[name] = text
    (found,) = await _defaults(ask, [(asked, values)])
    return _filled(asked, {**found, **values})


async def from_graph(ask: Ask, questions: Sequence[Question]) -> tuple[Example, ...]:
    """Every question with what is worth asking in this graph."""
    found = await _defaults(ask, [(asked, {}) for asked in questions])
    return tuple(_filled(asked, values) for asked, values in zip(questions, found, strict=True))


def unasked(asked: Question) -> Example:
    """The question where nothing is known of the graph: its variables are there to be filled."""
    return _filled(asked, {})


async def _defaults(
    ask: Ask, questions: Sequence[tuple[Question, Mapping[str, object]]]
) -> list[dict[str, Thing | str]]:
    """For each question with some values, the graph's own values of its other variables."""
    rows: list[Mapping[str, str]] = []
    for asked, given in questions:
        chosen = asked.variables if asked.folder == EXAMPLES else ()
        names = [entry.name for entry in chosen if entry.kind != "cursor"]
        missing = set(names) - given.keys()
        ids = {name: _value(given[name]) if name in given else None for name in names}
        found = await ask(f"examples/{asked.name}", ids) if missing else []
        rows.append({name: found[0][name] for name in missing} if found else {})
    wanted = [
        (text, asked.variable(name).kind)
        for (asked, _), row in zip(questions, rows, strict=True)
        for name, text in sorted(row.items())
    ]
    named = [entry for entry in wanted if entry[1] in KINDS]
    things = dict(zip(named, await find_all(ask, named) if named else [], strict=True))
    return [
        {name: things.get((text, asked.variable(name).kind)) or text for name, text in row.items()}
        for (asked, _), row in zip(questions, rows, strict=True)
    ]


def _filled(asked: Question, values: Mapping[str, object]) -> Example:
    """The question with these values: its title names them, and so does its document's comment."""
    told = {entry.name: str(values.get(entry.name, entry.unnamed)) for entry in asked.variables}
    # A line's end in a name would end the comment.
    title = _PLACE.sub(lambda found: " ".join(told[found[1]].split()), asked.title)
    variables: dict[str, object] = {
        entry.name: _value(values[entry.name])
        if entry.name in values
        else _EMPTY.get(entry.kind, entry.value)
        for entry in asked.variables
    }
    query = asked.query.replace(asked.title, title, 1)
    return Example(name=asked.name, title=title, query=query, variables=variables or None)


def _value(value: object) -> object:
    return value.id if isinstance(value, Thing) else value


def _json_or_text(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _noun(variable: Variable) -> str:
    return {
        "thing": "a person, organization or country",
        "organization": "an organization",
        "outlet": "an outlet",
        "words": "words to search for",
        "cursor": "a cursor",
        _FIXED: "a value",
    }.get(variable.kind, f"a {variable.kind}")


def _listed(names: Sequence[str], last: str = "and") -> str:
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _read(path: Path) -> Question:
    try:
        query = path.read_text(encoding="utf-8").strip() + "\n"
    except UnicodeDecodeError as error:
        msg = f"The example {path} is not UTF-8: {error.reason} at byte {error.start}."
        raise ExamplesError(msg) from error
    comments = (line.strip("# \t") for line in query.splitlines() if line.startswith("#"))
    title = next((comment for comment in comments if comment), path.stem.replace("-", " "))
    return Question(
        name=path.stem,
        title=title,
        query=query,
        variables=_variables(path),
        folder=path.parent,
    )


def _variables(path: Path) -> tuple[Variable, ...]:
    beside = path.with_suffix(".variables.json")
    if not beside.is_file():
        return ()
    try:
        told = orjson.loads(beside.read_bytes())
    except orjson.JSONDecodeError as error:
        msg = f"The variables of an example, {beside}, are not JSON: {error}."
        raise ExamplesError(msg) from error
    if not isinstance(told, dict):
        msg = f"The variables of an example, {beside}, must be a JSON object."
        raise ExamplesError(msg)
    return tuple(_variable(beside, name, value) for name, value in told.items())


def _variable(path: Path, name: str, told: object) -> Variable:
    named = isinstance(told, dict) and isinstance(told.get("kind"), str)
    if path.parent != EXAMPLES and not named:
        return Variable(name=name, kind=_FIXED, unnamed="", value=told)
    kinds = (*KINDS, *OTHER_KINDS)
    match told:
        case {"kind": "cursor", **rest} if not rest:
            return Variable(name=name, kind="cursor", unnamed="")
        case {"kind": str(kind), "unnamed": str(unnamed), **rest} if kind in kinds and not rest:
            return Variable(name=name, kind=kind, unnamed=unnamed)
    msg = (
        f"The variable {name} of an example, in {path}, needs its kind, one of"
        f" {', '.join(kinds)}, and unnamed, what the title says where it has no value."
    )
    raise ExamplesError(msg)
