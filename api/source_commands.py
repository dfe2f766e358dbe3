"""The commands about statements and their sources: who gets to speak, and receipts.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from typing import Annotated

import typer

from api.opening import opened_graph
from queries.command_line import (
    AboutCountry,
    Day,
    InOutlet,
    LastDay,
    Output,
    TableFormat,
    example,
    format_of,
    group,
    settings_of,
)

app = group()


@app.command(
    epilog=example(
        "newsgraph sources",
        'newsgraph sources --by role --outlet "The Epoch Times"',
        "newsgraph sources --by speaker --country Ukraine --since 2023-01-01",
        "newsgraph sources --by month --format csv",
        "newsgraph sources --by author -o authors.xlsx",
    )
)
def sources(
    by: Annotated[
        str, typer.Option(help="outlet, author, country, month, year, role or speaker.")
    ] = "outlet",
    outlet: InOutlet = None,
    author: Annotated[
        str | None, typer.Option(help="Only statements in articles of this author.")
    ] = None,
    country: AboutCountry = None,
    role: Annotated[
        str | None, typer.Option(help="Only statements of experts, officials … unnamed sources.")
    ] = None,
    since: Day = None,
    until: LastDay = None,
    form: TableFormat = None,
    output: Output = None,
) -> None:
    """Show who gets to speak: as what, how much, quoted or reported, and where in the article.

    The terminal shows the most telling columns; files have all of them. What is only believed or
    wanted is left out. The exit status is 1 if no statement matches.
    """
    from api.source_jobs import Asked, run_sources
    from api.table_jobs import answer_target

    target = None
    if form or output not in (None, "-"):
        target = answer_target(output, form)
    asked = Asked(
        by=by,
        outlet=outlet,
        author=author,
        country=country,
        role=role,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    settings = settings_of()
    with opened_graph(settings) as database:
        run_sources(settings, database, asked, target)


@app.command(
    epilog=example(
        "newsgraph receipt statement/1a2b3c-12-0a1b2c3d -o receipt.json",
        "newsgraph receipt 1a2b3c-12-0a1b2c3d",
    )
)
def receipt(
    statement: Annotated[str, typer.Argument(help="The id of the statement.")],
    output: Output = None,
) -> None:
    """Write the receipt of a statement: what was found where on which page, by what.

    With the page's file, `newsgraph verify receipt.json PAGE` checks it without a database.
    """
    from api.jobs import run_receipt

    format_of(output, None, {"json": (".json",)})
    settings = settings_of()
    with opened_graph(settings) as database:
        run_receipt(settings, database, statement, output)
