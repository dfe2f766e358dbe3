"""``newsgraph search``: hits as a person reads them, or as JSON."""

from typing import Any

import orjson
from rich.text import Text

from api.answers import read_list
from api.graphql.compiler.search import asked, places
from api.graphql.naming import UnknownNameError
from api.graphql.waiting import AnswerError, schema
from api.output import CommandError, UsageError, write_out
from api.searches import Wanted, search
from api.table_jobs import Target, write_sheets
from api.tables.answers import sheet_of
from ontology.meaning import available
from queries.consoles import Console
from queries.counts import counted
from queries.database import Database
from queries.settings import Settings

_OUTPUT = Console(highlight=False)
_ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)
_MATCHES = {
    "PHRASE": ("phrase", "green"),
    "ALL_WORDS": ("all words", "green"),
    "SOME_WORDS": ("some words", "yellow"),
    "NEAR": ("near", "magenta"),
}
"""How a match is called, and its colour."""
_WORDS_ALONE = (
    "Note: this machine searches by words alone, because wordllama is not installed; with a C "
    "compiler, `pip install wordllama` builds it. Then empty the database and load the pages again."
)
_SIGNS = (
    ("denied", "denied"),
    ("negative", "negative"),
    ("hedged", "hedged"),
    ("question", "question"),
)


def run_search(
    settings: Settings,
    database: Database,
    text: str,
    wanted: Wanted,
    *,
    first: int,
    target: Target | None,
) -> bool:
    """Write the best hits; return whether there are any.

    Args:
        settings: what the environment says.
        database: where to search.
        text: what to search for.
        wanted: which hits are wanted.
        first: how many of them.
        target: where to write them, and how: JSON is an object with ``totalCount`` and ``hits``;
            None prints them for a reader.

    Raises:
        UsageError: the text or a filter is invalid.
        CommandError: the graph has no such country, speaker or outlet.
        DatabaseError: the database fails.
    """
    try:
        rows = search(settings, database, text, wanted, first=first)
    except AnswerError as error:
        raise UsageError(str(error)) from error
    except UnknownNameError as error:
        raise CommandError(str(error)) from error
    total = (rows.answer or {})["search"]["totalCount"]
    if target is not None and target.form.name == "json":
        found = {"totalCount": total, "hits": list(rows)}
        write_out([orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n"], target.output)
    elif target is not None:
        document, data = read_list("search"), rows.answer or {}
        write_sheets(lambda: [sheet_of(schema()[1], "search", document, data)], target)
    if wanted.meaning and not available():
        _ERRORS.print(_WORDS_ALONE, markup=False)
    if not rows:
        _ERRORS.print(f"Nothing was found for {text!r}.{_advice(wanted)}", markup=False)
        return False
    if target is None:
        words = asked(text).words
        for number, row in enumerate(rows, start=1):
            _OUTPUT.print(_hit(number, row, words), soft_wrap=not _OUTPUT.is_terminal)
    _ERRORS.print(_summary(rows, total), markup=False)
    return True


def _hit(number: int, row: dict[str, Any], words: tuple[str, ...]) -> Text:
    name, colour = _MATCHES[row["match"]]
    shown = Text(f"{number:>3}. ")
    shown.append(f"{name:<10}", style=colour)
    text = " ".join((row.get("text") or row.get("title") or row.get("name") or row["id"]).split())
    said = Text(f"  {text}\n")
    for start, end in places(words, text):
        said.stylize("bold", start + 2, end + 2)
    shown.append_text(said)
    for line in _about(row):
        shown.append(f"     {line}\n", style="dim")
    return shown


def _about(row: dict[str, Any]) -> list[str]:
    """What stands below a hit: who says it, where and when, and its id."""
    if row["type"] == "Claim":
        return [*map(_source, row["statements"]), row["id"]]
    if row["type"] == "Statement":
        title = (row["statedIn"] or {}).get("title")
        return [_source(row), *([title] if title else []), row["id"]]
    outlet = (row.get("publishedBy") or {}).get("name")
    where = (row.get("inArticle") or {}).get("title")
    told = [row["type"], outlet, row.get("published"), where, *(row.get("aliases") or ())[:3]]
    return [" · ".join(part for part in told if part), row["id"]]


def _source(row: dict[str, Any]) -> str:
    speaker = (row["attributedTo"] or {}).get("name") or row["source"] or "unnamed source"
    outlet = ((row["statedIn"] or {}).get("publishedBy") or {}).get("name")
    signs = [word for key, word in _SIGNS if row[key]]
    return " · ".join(part for part in (speaker, outlet, row["published"], *signs) if part)


def _summary(rows: list[dict[str, Any]], total: int) -> str:
    near = sum(row["match"] == "NEAR" for row in rows)
    told = counted(total, "hit")
    if len(rows) < total:
        told += f", the best {len(rows)} shown (--first shows more)"
    if near == len(rows):
        return f"{told}. All shown are only near: about something similar, perhaps the opposite."
    return f"{told}."


def _advice(wanted: Wanted) -> str:
    """What to try where nothing was found."""
    if wanted.filtered:
        return " Try again without the filters."
    if not wanted.meaning:
        return " Try again without --words, to find what is near in meaning."
    return ""
