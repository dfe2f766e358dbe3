"""The command that watches.

Imports are inside the function, so that ``--help`` responds at once.
"""

from typing import Annotated

import typer

from queries.command_line import (
    Day,
    Exclude,
    Include,
    example,
    fail,
    group,
    leave,
    opened,
    settings_of,
)

app = group()


@app.command(
    epilog=example(
        "newsgraph watch inbox/",
        "newsgraph watch https://example.org/rss.xml https://example.com/feed.json --every 30m",
        "newsgraph watch inbox/ https://example.org/rss.xml --once",
    )
)
def watch(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="PLACES", help="Folders, files, and addresses of feeds (RSS, Atom, JSON Feed)."
        ),
    ],
    every: Annotated[
        str, typer.Option(help="How often to ask feeds, such as 15m, 2h or 1d.")
    ] = "15m",
    once: Annotated[
        bool, typer.Option("--once", help="Load what is new now, and end; for cron.")
    ] = False,
    include: Include = None,
    exclude: Exclude = None,
    since: Day = None,
) -> None:
    """Load what is new in folders and feeds, until Ctrl-C.

    Folders are looked at every few seconds; a file that is still being written waits. Feeds are
    asked by their servers' rules, and the pages of new entries are fetched. What was seen is
    remembered, so that a watch that was stopped or killed goes on where it was. The exit status of
    --once is 1 if something could not be read.
    """
    from loader.pages.choice import choice_of
    from loader.watch.jobs import check_places, read_duration, run_watch

    try:
        seconds = read_duration(every)
        check_places(places)
    except (ValueError, FileNotFoundError) as error:
        fail(str(error), status=2)
    choice = choice_of(include, exclude, since)
    settings = settings_of()
    with opened(settings) as database:
        skipped = run_watch(
            database,
            places,
            home=settings.home,
            choice=choice,
            every=seconds,
            once=once,
        )
    leave(skipped=once and bool(skipped))
