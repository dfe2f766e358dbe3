"""Tables as the command line writes them: files, folders, archives, and how many rows they hold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.graphql.waiting import AnswerError, Asker
from api.output import ERRORS, CommandError, UsageError, progress, write_out
from api.rdf.parts import Part, part_ids
from api.tables.columns import Table, snake, tables, whole_tables
from api.tables.errors import TableError
from api.tables.formats import (
    GRAPH_FORMATS,
    TABLE_FORMATS,
    TableFormat,
    write_files,
    write_zip,
)
from api.tables.graph import GraphReader
from api.tables.reading import read_table
from api.tables.sheet import Sheet, Tally
from ontology.rdf.writing import FORMATS as RDF_FORMATS
from queries.command_line import format_of
from queries.counts import counted
from queries.database import Database
from queries.saving import replacing, unsaved

EXPORTS: Mapping[str, tuple[str, ...]] = {
    **{name: item.suffixes for name, item in RDF_FORMATS.items()},
    **{name: item.suffixes for name, item in TABLE_FORMATS.items() if name != "json"},
    **{name: (f".{name}",) for name in GRAPH_FORMATS},
}
"""What the graph is written as, with the endings of the files; .json is JSON-LD."""
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "json": TABLE_FORMATS["json"].suffixes,
    **{name: item.suffixes for name, item in TABLE_FORMATS.items() if not item.only},
}
"""What an answer is written as: JSON as GraphQL has it, or a table."""
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    **ANSWERS,
    **{name: item.suffixes for name, item in TABLE_FORMATS.items()},
    **{name: (f".{name}",) for name in GRAPH_FORMATS},
}
"""What the answer to a question is written as: also the part of the graph that it is about."""

MAIN = "statements"
"""The table of a file that holds one, unless another is asked for."""

_OTHERS = (
    f"This is the table of {MAIN}. --table chooses another; a folder (-o tables/), an archive"
    " (-o tables.zip) and a workbook (-o tables.xlsx) hold all."
)

Into = Literal["file", "folder", "archive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where rows go: ``output`` is a file, a folder or a zip archive; None is standard output."""

    form: TableFormat
    output: str | None
    into: Into = "file"

    @property
    def several(self) -> bool:
        """Whether it holds several tables."""
        return self.form.book or self.into != "file"


def several_in(output: str | None) -> Into | None:
    """What ``output`` is, if it holds files: a folder, or a zip archive by its name."""
    if output in (None, "-", ""):
        return None
    if str(output).lower().endswith(".zip"):
        return "archive"
    return "folder" if str(output).endswith(("/", "\\")) or Path(str(output)).is_dir() else None


def target_of(
    output: str | None, named: str | None, formats: Mapping[str, tuple[str, ...]]
) -> Target | str:
    """Where to write, or the name of a format that is none of tables.

    Ends with status 2 as :func:`queries.command_line.format_of`.

    Args:
        output: the file, the folder or the archive; None or - for standard output.
        named: what ``--format`` says.
        formats: every format with the endings of its files.

    Raises:
        UsageError: files of that format do not go into a folder or an archive.
    """
    into = several_in(output)
    if into is None:
        form = format_of(output, named, formats, packed=True)
        known = TABLE_FORMATS.get(form)
        return form if known is None else Target(form=known, output=output)
    form = named or "csv"
    known = TABLE_FORMATS.get(form)
    if known is None or known.book:
        fitting = ", ".join(name for name, item in TABLE_FORMATS.items() if not item.book)
        msg = f"A file of {form} is written as one; name the file, or choose of {fitting}."
        raise UsageError(msg)
    return Target(form=known, output=output, into=into)


def question_target(output: str | None, named: str | None) -> Target | str:
    """Where to write the answer to a question, or the name of a format for graph tools.

    Ends with status 2 as :func:`queries.command_line.format_of`.
    """
    form = format_of(output, named, QUESTIONS, packed=True)
    known = TABLE_FORMATS.get(form)
    return form if known is None else Target(form=known, output=output)


def answer_target(output: str | None, named: str | None) -> Target:
    """Where to write an answer: JSON, unless the file's name or ``--format`` says otherwise.

    Ends with status 2 as :func:`queries.command_line.format_of`.
    """
    return Target(form=TABLE_FORMATS[format_of(output, named, ANSWERS, packed=True)], output=output)


def chosen_tables(target: Target, names: Sequence[str]) -> list[Table]:
    """The tables to write: those named, else what ``target`` holds.

    Raises:
        UsageError: there is no such table, or ``target`` holds one only.
    """
    known = tables()
    if names and target.form.only:
        msg = f"{target.form.name} is made of the tables it needs; leave --table out."
        raise UsageError(msg)
    for name in names:
        if snake(name) not in known:
            msg = f"There is no table {name!r}; the tables are {', '.join(known)}."
            raise UsageError(msg)
    if len(names) > 1 and not target.several:
        msg = (
            f"A file of {target.form.name} holds one table; write to a folder (-o tables/) or an "
            "archive (-o tables.zip) to have several."
        )
        raise UsageError(msg)
    every = list(target.form.only) or whole_tables()
    wanted = [snake(name) for name in names] or (every if target.several else [MAIN])
    return [known[name] for name in dict.fromkeys(wanted)]


def run_tables(
    database: Database, target: Target, names: Sequence[str], *, base: str, part: Part | None
) -> None:
    """Write tables of the graph, or of ``part`` of it; tell on stderr how many rows.

    Args:
        database: the graph.
        target: where to write.
        names: the tables; none named, those that ``target`` holds.
        base: what permalinks begin with.
        part: the part of the graph; None for all of it.

    Raises:
        UsageError: there is no such table, or ``target`` holds one only.
        CommandError: they cannot be read or written; what was there before is there still.
        RdfError: there is nothing in the part, or it names what is not there.
    """
    chosen = chosen_tables(target, names)
    asker = Asker(database, base=base)
    ids = None if part is None else part_ids(database.driver, part, database=database.name)

    def sheets() -> list[Sheet]:
        return [
            read_table(asker, table, ids=None if ids is None else ids[table.label])
            for table in chosen
        ]

    alone = not names and not target.several
    write_sheets(sheets, target, note=_OTHERS if alone else None)


def run_graph_file(database: Database, form: str, output: str | None, part: Part | None) -> None:
    """Write the graph, or ``part`` of it, for graph tools; tell on stderr how many nodes.

    Raises:
        CommandError: the file cannot be written; what was there before is there still.
        RdfError: the graph holds what the ontology does not name, or there is nothing in the part.
    """
    with progress("nodes") as advance:
        graph = GraphReader(database.driver, database=database.name, part=part)
        pieces = GRAPH_FORMATS[form].write(graph, lambda done: advance(done, graph.total))
        write_out(pieces, output)
    nodes, links = counted(graph.read_nodes, "node"), counted(graph.read_edges, "relationship")
    ERRORS.print(f"{nodes} and {links} written to {_where(output)}.", markup=False)


def write_sheets(
    make: Callable[[], Sequence[Sheet]], target: Target, *, note: str | None = None
) -> None:
    """Write the sheets that ``make`` gives; the last line on stderr tells how many rows.

    ``note`` is printed before it, where something was written.

    Raises:
        CommandError: they cannot be read or written; what was there before is there still.
    """
    try:
        with progress("rows") as advance:
            sheets = make()
            total = sum(sheet.total for sheet in sheets)
            tally = Tally(lambda done: advance(done, total))
            _write(sheets, target, tally)
    except (AnswerError, TableError) as error:
        raise CommandError(str(error)) from error
    for line in (*tally.notes, *filter(None, [note])):
        ERRORS.print(line, markup=False)
    ERRORS.print(f"{tally} written to {_where(target.output)}.", markup=False)


def _where(output: str | None) -> str:
    return "standard output" if output in (None, "-") else str(output)


def _write(sheets: Sequence[Sheet], target: Target, tally: Tally) -> None:
    if target.into == "archive":
        write_out(write_zip(target.form, sheets, tally), target.output)
    elif target.into == "folder":
        _write_folder(sheets, target, tally)
    else:
        write_out(target.form.write(sheets, tally), target.output)


def _write_folder(sheets: Sequence[Sheet], target: Target, tally: Tally) -> None:
    """Write a file for each sheet; each replaces another when all are whole."""
    folder = Path(str(target.output))
    try:
        with _made(folder), ExitStack() as stack:
            for path, pieces in write_files(target.form, sheets, tally, folder):
                file = stack.enter_context(replacing(path))
                for piece in pieces:
                    file.write(piece)
    except OSError as error:
        raise CommandError(unsaved(folder, error)) from error


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, made if it is not there; taken away again if the block fails."""
    there = folder.is_dir()
    folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if not there:
            folder.rmdir()
        raise
