"""``newsgraph query``: the ready questions, listed and asked; how parameters are read."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from api.answers import answer
from api.graphql.asking import asking_session
from api.graphql.examples import (
    Example,
    ExamplesError,
    Question,
    QuestionError,
    ask_with,
    from_graph,
    question,
    read_questions,
    unasked,
)
from api.graphql.naming import UnknownNameError
from api.graphql.waiting import AnswerError, Asker, schema
from api.http.options import options_of
from api.output import ERRORS, OUTPUT, CommandError, UsageError, write_out
from api.rdf.parts import Part
from api.table_jobs import Target, run_graph_file, run_tables, write_sheets
from api.tables.answered import answered_ids
from api.tables.answers import sheet_of
from queries.database import Database
from queries.settings import Settings


def read_parameters(given: Sequence[str]) -> dict[str, Any]:
    """The values in ``key=value``: JSON where they parse as JSON, else text.

    Raises:
        UsageError: one is not of that form.
    """
    values: dict[str, Any] = {}
    for key, value in read_pairs(given).items():
        try:
            values[key] = orjson.loads(value)
        except orjson.JSONDecodeError:
            values[key] = value
    return values


def read_pairs(given: Sequence[str]) -> dict[str, str]:
    """The texts in ``key=value``.

    Raises:
        UsageError: one is not of that form.
    """
    values: dict[str, str] = {}
    for parameter in given:
        key, equals, value = parameter.partition("=")
        if not equals or not key:
            msg = f"{parameter!r} is not a parameter; parameters look like country=Kenya."
            raise UsageError(msg)
        if key in values:
            msg = f"{key} is given twice, as {values[key]!r} and {value!r}; give it once."
            raise UsageError(msg)
        values[key] = value
    return values


def is_question(settings: Settings, name: str) -> bool:
    """Whether an example has this name, and no file has."""
    return any(entry.name == name for entry in _questions(settings)) and not Path(name).exists()


def read_question(settings: Settings, name: str, given: Mapping[str, str]) -> Question:
    """The example ``name``, if it has the variables that are ``given``.

    Raises:
        UsageError: there is no such example, or it has no such variable; the message says what
            there is. The folder of the user's own questions cannot be used.
    """
    try:
        asked = question(_questions(settings), name)
        for key in given:
            asked.variable(key)
    except QuestionError as error:
        raise UsageError(str(error)) from error
    return asked


def fill_in(database: Database, asked: Question, given: Mapping[str, str]) -> Example:
    """The example with the values ``given``, names among them, and the graph's own for the others.

    Raises:
        CommandError: a value names nothing in the graph, or there is nothing to ask about.
    """
    with database.session() as session:
        try:
            example = asyncio.run(ask_with(asking_session(session), asked, given))
        except UnknownNameError as error:
            raise CommandError(str(error)) from error
    if "" in (example.variables or {}).values():
        raise CommandError(f"The graph has nothing to answer this with: {example.title}")
    return example


def run_query(
    settings: Settings,
    database: Database,
    asked: Question,
    given: dict[str, str],
    target: Target,
) -> bool:
    """Write the answer to an example; return whether it holds anything.

    Args:
        settings: what the environment says.
        database: where to ask.
        asked: the example.
        given: values of its variables, as a person writes them: names, codes, ids, words.
        target: where to write, and how: JSON is the answer as GraphQL has it.

    Raises:
        CommandError: a value names nothing in the graph, there is nothing to ask about, or the
            file cannot be written.
    """
    example = fill_in(database, asked, given)
    try:
        data = answer(settings, database, example.query, example.variables or {})
    except AnswerError as error:
        raise CommandError(str(error)) from error
    if target.form.name == "json":
        whole = orjson.dumps({"data": data}, option=orjson.OPT_INDENT_2) + b"\n"
        write_out([whole], target.output)
        ERRORS.print(example.title, markup=False)
    else:
        ERRORS.print(example.title, markup=False)
        name = asked.name.replace("-", "_")
        note = _cut_short(data)
        write_sheets(lambda: [sheet_of(schema()[1], name, example.query, data)], target, note=note)
    if not says_something(data):
        ERRORS.print("Nothing was found.")
        return False
    return True


def run_question(
    settings: Settings,
    database: Database,
    asked: Question,
    given: dict[str, str],
    target: Target | str,
    output: str | None,
) -> None:
    """Write the nodes in the answer to an example, with all that they lead to.

    Args:
        settings: what the environment says.
        database: where to ask.
        asked: the example.
        given: values of its variables, as a person writes them: names, codes, ids, words.
        target: where to write, for a format that is made of tables; the name of any other.
        output: the file.

    Raises:
        CommandError: a value names nothing in the graph, nothing is found, or the file cannot be
            written.
    """
    example = fill_in(database, asked, given)
    ERRORS.print(example.title, markup=False)
    seconds = options_of(settings).limits.query_seconds
    asker = Asker(database, base=settings.base, seconds=seconds)
    try:
        ids = answered_ids(asker, example.query, example.variables or {})
    except AnswerError as error:
        raise CommandError(str(error)) from error
    if not ids:
        raise CommandError("Nothing was found.")
    part = Part(nodes=tuple(ids))
    if isinstance(target, str):
        run_graph_file(database, target, output, part)
    else:
        run_tables(database, target, (), base=settings.base, part=part)


def _cut_short(data: Mapping[str, Any]) -> str | None:
    """What to tell of lists of which the question asks for a part only."""
    told = [
        f"{name}: the question asks for the first {shown} of {total:,} only."
        for name, value in data.items()
        if isinstance(value, dict)
        and isinstance(total := value.get("totalCount"), int)
        and total > (shown := len(value.get("nodes") or value.get("edges") or ())) > 0
    ]
    return " ".join((*told, "`newsgraph export` writes whole lists.")) if told else None


def says_something(value: object) -> bool:
    """Whether any list in an answer has something in it; every example asks for lists."""
    if isinstance(value, dict):
        return any(map(says_something, value.values()))
    return isinstance(value, list) and bool(value)


def list_examples(settings: Settings, database: Database | None) -> None:
    """Print the examples that ``newsgraph query`` knows, each with its variables and question.

    Args:
        settings: what the environment says.
        database: the graph whose things the questions are about; None where none runs, and the
            questions are told in general.
    """
    for asked, example in _asked(settings, database):
        values = (
            f" {entry.name}={(example.variables or {}).get(entry.name) or entry.kind.upper()}"
            for entry in asked.variables
        )
        OUTPUT.print(f"{example.name}{''.join(values)}\n    {example.title}", markup=False)


def ready_questions(settings: Settings, database: Database) -> list[dict[str, Any]]:
    """The ``name``, ``question`` and ``variables`` of every example, asked of this graph."""
    return [
        {"name": example.name, "question": example.title, "variables": example.variables or {}}
        for _, example in _asked(settings, database)
    ]


def _questions(settings: Settings) -> tuple[Question, ...]:
    try:
        named = settings.questions is not None
        return read_questions(settings.question_folder, named=named)
    except ExamplesError as error:
        raise UsageError(str(error)) from error


def _asked(settings: Settings, database: Database | None) -> list[tuple[Question, Example]]:
    """Every example as its file has it, and as it is asked of ``database``, if there is one."""
    questions = _questions(settings)
    examples = tuple(map(unasked, questions))
    if database is not None:
        with database.session() as session:
            examples = asyncio.run(from_graph(asking_session(session), questions))
    return list(zip(questions, examples, strict=True))
