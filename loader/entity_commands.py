"""The verbs ``newsgraph entities …``: who is one, who is not, and what stays open.

Imports are inside the verbs, so that ``--help`` answers at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from queries.command_line import example, fail, group, opened, settings_of

if TYPE_CHECKING:
    from neo4j import Session

    from loader.graph.corrections import Corrected

entities = group("Who is one across articles: look, and correct it.")

Id = Annotated[str, typer.Argument(help="Id of a person or organization, as list shows it.")]
_MOST = 100


@entities.command(
    epilog=example("newsgraph entities merge person/elizabeth-windsor person/elizabeth-ii")
)
def merge(one: Id, other: Id) -> None:
    """Make two people, or two organizations, one; the fuller name gives the id.

    The correction stands over every later load. A split of the same two is replaced.
    """
    from loader.extract.extraction import now
    from loader.graph.corrections import merge as merge_names

    with _graph() as session:
        _say(merge_names(session, one, other, at=now()), "one now")


@entities.command(
    epilog=example(
        "newsgraph entities split person/john-smith 'J. Smith'",
        "newsgraph entities split organization/apple organization/apple-inc",
    )
)
def split(
    entity: Id,
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAMES", help="Which of its names are somebody else's."),
    ],
) -> None:
    """Part some names of a person or organization from it.

    The correction stands over every later load. A merge of the same two is replaced.
    """
    from loader.extract.extraction import now
    from loader.graph.corrections import split as split_names

    with _graph() as session:
        _say(split_names(session, entity, names, at=now()), "apart now")


@entities.command(
    epilog=example("newsgraph entities undo person/elizabeth-windsor person/elizabeth-ii")
)
def undo(one: Id, other: Id) -> None:
    """Take back what was corrected of two names: the rules decide again."""
    from loader.graph.corrections import undo as undo_correction

    with _graph() as session:
        done = undo_correction(session, one, other)
    typer.echo(f"{len(done.pairs)} corrections taken back.")


@entities.command(
    "list",
    epilog=example(
        "newsgraph entities list",
        "newsgraph entities list smith",
        "newsgraph entities list --ambiguous",
    ),
)
def list_(
    text: Annotated[
        str | None, typer.Argument(help="Show whose names have this in them, with ids.")
    ] = None,
    ambiguous: Annotated[
        bool,
        typer.Option("--ambiguous", help="Names that stay open, and whom they could denote."),
    ] = False,
) -> None:
    """List the corrections; or names that stay open; or people and organizations by a word."""
    from loader.graph.corrections import corrections, entities_named, open_names
    from ontology.iris import named_entity

    if text and ambiguous:
        fail("list takes a word or --ambiguous, not both.", status=2)
    with _graph() as session:
        if text:
            for row in entities_named(session, text, limit=_MOST):
                typer.echo(f"{row['id']}\t{row['name']}\t{', '.join(sorted(row['spellings']))}")
        elif ambiguous:
            for name in open_names(session, limit=_MOST):
                could = ", ".join(name.candidates) or "nobody else known"
                own = named_entity(name.id)
                typer.echo(f"{own}\t{name.spelling}\t{name.articles} articles\t{could}")
        else:
            for row in corrections(session):
                pair = "\t".join(map(named_entity, row["pair"]))
                typer.echo(f"{row['kind']}\t{pair}\t{row['decidedAt']:%Y-%m-%d %H:%M}")


@contextmanager
def _graph() -> "Iterator[Session]":
    """The graph, once it is known to be of this version of the ontology."""
    from loader.graph.schema import prepare_existing
    from ontology.model import load_model

    with opened(settings_of()) as database, database.session() as session:
        prepare_existing(session, load_model())
        yield session


def _say(done: "Corrected", what: str) -> None:
    from ontology.iris import named_entity

    for pair in done.pairs:
        typer.echo(f"{' and '.join(map(named_entity, pair))} are {what}.")
    if done.replaced:
        typer.echo(f"{done.replaced} earlier decisions were replaced.", err=True)
