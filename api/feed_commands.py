"""The commands for saved questions and their feeds.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from typing import Annotated

import typer

from api.opening import opened_graph
from queries.command_line import AboutCountry, InOutlet, Output, example, fail, group, settings_of

app = group()


@app.command(
    epilog=example(
        'newsgraph save grain --search "grain exports"',
        'newsgraph save denials-on-ukraine --search "troops" --country Ukraine --denied',
        "newsgraph save ukraine-claims claims-about-a-country country=Ukraine",
        "newsgraph save minister --from 'http://127.0.0.1:8000/statements?year=2026&said=denied'",
        "newsgraph save grain --delete",
    )
)
def save(
    name: Annotated[
        str, typer.Argument(help="What it is called: small letters, digits and hyphens.")
    ],
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="An example query, as `newsgraph query` lists them."),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY=VALUE", help="Variables of the query."),
    ] = None,
    search: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Words or a phrase to search for.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--from", metavar="ADDRESS", help="A list, search or thing on the site."),
    ] = None,
    country: AboutCountry = None,
    speaker: Annotated[
        str | None, typer.Option(help="Only statements of this person, organization or country.")
    ] = None,
    outlet: InOutlet = None,
    role: Annotated[
        list[str] | None,
        typer.Option(help="Only statements of sources cited as expert, official … (repeatable)."),
    ] = None,
    act: Annotated[
        list[str] | None,
        typer.Option(help="Only what is said, written, found, asked … (repeatable)."),
    ] = None,
    denied: Annotated[
        bool | None, typer.Option("--denied/--not-denied", help="Only what the source denies.")
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="With --search, also what is near in meaning.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a question that has this name.")
    ] = False,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the question.")] = False,
) -> None:
    """Save a search, a list or a query under a name, and follow it as a feed.

    Each new match then appears once in the feed /feeds/NAME.atom of `newsgraph serve`. The question
    also stands in the playground, and `newsgraph query NAME` answers it. It is a GraphQL document
    in the folder NEWSGRAPH_QUESTIONS, which you may edit.
    """
    from api.feed_jobs import run_delete, run_save_address, run_save_question, run_save_search
    from api.query_jobs import read_pairs
    from api.searches import Wanted

    given = [one for one in (question, search, address, delete or None) if one is not None]
    if len(given) != 1:
        fail("Say what to save: an example query, --search TEXT or --from ADDRESS.", status=2)
    wanted = Wanted(
        country=country,
        speaker=speaker,
        outlet=outlet,
        roles=tuple(role or ()),
        acts=tuple(act or ()),
        denied=denied,
        meaning=near,
    )
    if search is None and wanted != Wanted(meaning=False):
        fail("Filters and --near are for --search.", status=2)
    settings = settings_of()
    if delete:
        run_delete(settings, name)
    elif address is not None:
        run_save_address(settings, name, address, replace=replace)
    else:
        with opened_graph(settings) as database:
            if search is not None:
                run_save_search(settings, database, name, search, wanted, replace=replace)
            elif question is not None:
                pairs = read_pairs(parameters or [])
                run_save_question(settings, database, name, question, pairs, replace=replace)


@app.command(epilog=example("newsgraph feed", "newsgraph feed grain -o grain.atom"))
def feed(
    name: Annotated[
        str | None, typer.Argument(help="The name of a saved question; omit it to list them.")
    ] = None,
    page: Annotated[
        int | None, typer.Option(min=1, help="Which page of what came before, from the oldest.")
    ] = None,
    output: Output = None,
) -> None:
    """Print the feed of a saved question as Atom, as /feeds/NAME.atom serves it."""
    from api.feed_jobs import list_feeds, run_feed

    settings = settings_of()
    if name is None:
        list_feeds(settings)
        return
    with opened_graph(settings) as database:
        run_feed(settings, database, name, output, page)
