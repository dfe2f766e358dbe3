"""The commands that take data out of the graph: export, query, search.

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
    fail,
    group,
    leave,
    opened_if_running,
    settings_of,
)

app = group()


@app.command(
    epilog=example(
        "newsgraph export -o statements.csv",
        "newsgraph export -o graph.xlsx",
        "newsgraph export --format parquet -o tables/",
        "newsgraph export --table people --table articles -o tables.zip",
        "newsgraph export --country Ukraine -o ukraine.ttl",
        "newsgraph export --query newest_articles first=10 -o newest.graphml",
    )
)
def export(
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Parameters of the query.")
    ] = None,
    output: Output = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="turtle, ntriples, trig or jsonld; csv, jsonl, xlsx or parquet; graphml, gexf or "
            "ftm; else what the file's name ends in.",
            show_default="turtle",
        ),
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(help="Only this table, such as people (repeatable); for formats of tables."),
    ] = None,
    article: Annotated[
        list[str] | None, typer.Option(help="Only the article with this id (repeatable).")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Only articles that mention this country (code or name).")
    ] = None,
    since: Day = None,
    query: Annotated[
        str | None, typer.Option(help="Only the nodes returned by this statement in queries/read.")
    ] = None,
) -> None:
    """Write the graph, or a part of it, as RDF, tables, or a file for graph tools.

    The file's name says the format: .ttl, .nt, .trig, .jsonld (RDF); .csv, .jsonl, .xlsx, .parquet
    (tables); .graphml, .gexf, .ftm (graphs); each also with .gz. A folder or a .zip holds a file
    for each table. The exit status is 1 where there is nothing to export; a file is then left as it
    is.
    """
    from api.jobs import run_export
    from api.query_jobs import read_parameters
    from api.rdf.parts import Part
    from api.table_jobs import EXPORTS, Target, run_graph_file, run_tables, target_of
    from ontology.rdf.writing import FORMATS

    target = target_of(output, form, EXPORTS)
    if parameters and not query:
        fail(f"{parameters[0]!r} is a query parameter; name a query with --query.", status=2)
    if country is not None and not country.strip():
        fail("--country names no country; give a code or a name.", status=2)
    if table and not isinstance(target, Target):
        fail(f"--table is for tables, and {target} is none; use --format csv.", status=2)
    part = None
    if article or country or since or query:
        part = Part(
            articles=tuple(article or ()),
            country=country,
            since=since.date() if since else None,
            query=query,
            parameters=read_parameters(parameters or []),
        )
    settings = settings_of()
    with opened_graph(settings) as database:
        if isinstance(target, Target):
            run_tables(database, target, table or [], base=settings.base, part=part)
        elif target not in FORMATS:
            run_graph_file(database, target, output, part)
        else:
            run_export(database, target, output, base=settings.base, part=part)


@app.command(
    epilog=example(
        "newsgraph query",
        "newsgraph query experts-on-a-country",
        "newsgraph query experts-on-a-country country=Ukraine",
        "newsgraph query one-country-on-another source=CN about=rus",
        'newsgraph query cited-together person="John Kirby"',
        "newsgraph query claims-about-a-country country=UA -o claims.xlsx",
        "newsgraph query claims-about-a-country country=UA -o claims.gexf",
    )
)
def query(
    name: Annotated[
        str | None, typer.Argument(help="The name of an example query; omit it to list them.")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY=VALUE", help="Variables of the query: names, codes, ids or words."
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="json; csv, jsonl, xlsx or parquet; graphml, gexf or ftm; else what the file's "
            "name ends in.",
            show_default="json",
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Run an example query and print the answer as JSON, or write it as a table.

    graphml, gexf and ftm write what the answer is about, with all that it leads to.

    Give a country by code, name or id, and a person or organization by name or id. Variables that
    you leave out are chosen from the graph. The exit status is 1 if nothing is found, and 2 if the
    query or a variable does not exist.
    """
    from api.query_jobs import list_examples, read_pairs, read_question, run_query, run_question
    from api.table_jobs import question_target

    target = question_target(output, form)
    settings = settings_of()
    if name is None:
        with opened_if_running(settings) as running:
            list_examples(settings, running)
        return
    given = read_pairs(parameters or [])
    asked = read_question(settings, name, given)
    with opened_graph(settings) as database:
        if isinstance(target, str) or target.form.only:
            run_question(settings, database, asked, given, target, output)
            return
        leave(skipped=not run_query(settings, database, asked, given, target))


@app.command(
    epilog=example(
        'newsgraph search "weapons for Russia"',
        'newsgraph search "Who says North Korea stopped sending shells?" --since 2024-01-01',
        "newsgraph search '\"body armor\"' --country Ukraine --role expert",
        'newsgraph search "Frank Lehberger" --type person --type article',
        'newsgraph search "peace mission" --not-negated --json',
        'newsgraph search "peace mission" --first 200 -o hits.xlsx',
    )
)
def search(
    text: Annotated[str, typer.Argument(help="Words, a phrase in quotation marks, or a question.")],
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            help="What to find: statement, claim, article, person … or all (repeatable).",
            show_default="statement",
        ),
    ] = None,
    country: AboutCountry = None,
    speaker: Annotated[
        str | None,
        typer.Option(help="Only statements of this person, organization or country."),
    ] = None,
    outlet: InOutlet = None,
    role: Annotated[
        list[str] | None,
        typer.Option(help="Only statements of sources cited as expert, official … (repeatable)."),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only direct, indirect or mixed (repeatable).")
    ] = None,
    act: Annotated[
        list[str] | None,
        typer.Option(help="Only what is said, written, found, asked … (repeatable)."),
    ] = None,
    denied: Annotated[
        bool | None, typer.Option("--denied/--not-denied", help="Only what the source denies.")
    ] = None,
    negated: Annotated[
        bool | None,
        typer.Option("--negated/--not-negated", help="Only what is denied or negative."),
    ] = None,
    since: Day = None,
    until: LastDay = None,
    words: Annotated[
        bool, typer.Option("--words", help="By words alone, without what is near in meaning.")
    ] = False,
    first: Annotated[int, typer.Option("--first", "-n", min=1, help="How many hits to show.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print the hits as JSON.")] = False,
    form: TableFormat = None,
    output: Output = None,
) -> None:
    """Search statements by words and by meaning.

    Each hit says how it matches: phrase, all words, some words, or near, which is about something
    similar and may say the opposite. The exit status is 1 if nothing is found.
    """
    from api.search_jobs import run_search
    from api.searches import Wanted
    from api.table_jobs import answer_target

    target = None
    if as_json or form or output not in (None, "-"):
        target = answer_target(output, "json" if as_json and form is None else form)
    named = tuple(types or ("statement",))
    wanted = Wanted(
        types=() if "all" in named else named,
        country=country,
        speaker=speaker,
        outlet=outlet,
        roles=tuple(role or ()),
        kinds=tuple(kind or ()),
        acts=tuple(act or ()),
        denied=denied,
        negated=negated,
        since=since.date() if since else None,
        until=until.date() if until else None,
        meaning=not words,
    )
    settings = settings_of()
    with opened_graph(settings) as database:
        found = run_search(settings, database, text, wanted, first=first, target=target)
    leave(skipped=not found)
