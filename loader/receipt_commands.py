"""The command that takes statements back to their pages.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from queries.command_line import example, fail, format_of, group, opened, settings_of

app = group()


@app.command(
    epilog=example(
        "newsgraph verify",
        "newsgraph verify --sample 200",
        "newsgraph verify --outlet Reuters",
        "newsgraph verify article/1a2b3c statement/4d5e6f-12-0a1b2c3d",
        "newsgraph verify receipt.json page.html",
    )
)
def verify(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[IDS | RECEIPT PAGE]",
            help="Ids of statements and articles; or a receipt and the page's file, folder or URL.",
        ),
    ] = None,
    outlet: Annotated[
        list[str] | None,
        typer.Option(help="Only statements in articles of this outlet: id or name (repeatable)."),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Only so many statements, chosen at random.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", help="text or json.", show_default="text")
    ] = None,
) -> None:
    """Take statements back to their pages, extract again, and say what differs.

    Without a receipt, every statement of the graph is verified, or those asked for, by the text
    that the graph keeps; pages whose files still stand where they were loaded are read, too. With
    a receipt and its page, no database is needed. The exit status is 0 if all hold, 1 if one does
    not, and 3 if none is false but one cannot be confirmed, because another version of newsgraph
    made it.
    """
    from loader.receipts.jobs import run_verify, run_verify_receipt

    chosen = format_of(None, form, {"text": (), "json": ()})
    told: Literal["text", "json"] = "json" if chosen == "json" else "text"
    given = what or []
    files = [one for one in given if one.endswith(".json") or Path(one).is_file()]
    if files:
        if outlet or sample:
            fail("--outlet and --sample are for the graph; leave them out.", status=2)
        if len(given) != 2:
            fail("A receipt is verified with its page: newsgraph verify RECEIPT PAGE.", status=2)
        settings_of()
        raise typer.Exit(run_verify_receipt(given[0], given[1], form=told))
    settings = settings_of()
    with opened(settings) as database, database.session() as session:
        status = run_verify(
            session,
            ids=given,
            outlets=outlet or (),
            sample=sample,
            form=told,
            home=settings.home,
        )
    raise typer.Exit(status)
