"""The commands ``newsgraph entities …``: show and correct entity resolution.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from queries.command_line import example, fail, group, opened, settings_of
from queries.counts import counted

if TYPE_CHECKING:
    from neo4j import Session

    from loader.graph.corrections import Corrected

entities = group("Show and correct how names are resolved to entities.")

Id = Annotated[
    str, typer.Argument(help="Id of a person or organization, as shown by `entities list`.")
]
_MOST = 100


@entities.command(
    epilog=example("newsgraph entities merge person/elizabeth-windsor person/elizabeth-ii")
)
def merge(one: Id, other: Id) -> None:
    """Merge two people, or two organizations.

    The fuller name provides the id. The correction applies to all later loads. It replaces
    a split of the same two.
    """
    from loader.extract.extraction import now
    from loader.graph.corrections import merge as merge_names

    with _graph() as session:
        _say(merge_names(session, one, other, at=now()), "now the same entity")


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
        typer.Argument(metavar="NAMES", help="The names that belong to somebody else."),
    ],
) -> None:
    """Split some names off a person or organization.

    The correction applies to all later loads. It replaces a merge of the same two.
    """
    from loader.extract.extraction import now
    from loader.graph.corrections import split as split_names

    with _graph() as session:
        _say(split_names(session, entity, names, at=now()), "now separate entities")


@entities.command(
    epilog=example("newsgraph entities undo person/elizabeth-windsor person/elizabeth-ii")
)
def undo(one: Id, other: Id) -> None:
    """Undo a correction, so that the rules decide again."""
    from loader.graph.corrections import undo as undo_correction

    with _graph() as session:
        done = undo_correction(session, one, other)
    typer.echo(f"{counted(len(done.pairs), 'correction')} undone.")


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
        str | None,
        typer.Argument(help="Show the entities whose names contain this text, with their ids."),
    ] = None,
    ambiguous: Annotated[
        bool,
        typer.Option(
            "--ambiguous", help="Show the names that are ambiguous, and who they could refer to."
        ),
    ] = False,
) -> None:
    """List corrections, ambiguous names, or entities by name."""
    from loader.graph.corrections import corrections, entities_named, open_names
    from ontology.iris import named_entity

    if text and ambiguous:
        fail("`list` takes a text or --ambiguous, not both.", status=2)
    with _graph() as session:
        if text:
            for row in entities_named(session, text, limit=_MOST):
                typer.echo(f"{row['id']}\t{row['name']}\t{', '.join(sorted(row['spellings']))}")
        elif ambiguous:
            for name in open_names(session, limit=_MOST):
                could = ", ".join(name.candidates) or "no other candidates"
                own = named_entity(name.id)
                typer.echo(f"{own}\t{name.spelling}\t{counted(name.articles, 'article')}\t{could}")
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
        replaced = counted(done.replaced, "earlier correction was", "earlier corrections were")
        typer.echo(f"{replaced} replaced.", err=True)
