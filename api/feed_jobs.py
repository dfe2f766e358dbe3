"""``newsgraph save`` and ``newsgraph feed``: questions saved under names, and their feeds."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from api.answers import read_list
from api.feeds.feeds import FeedError, Feeds
from api.feeds.matching import NoListError, narrow
from api.feeds.record import FILE, Record
from api.feeds.saving import SavingError, delete_question, document_path, save_question
from api.graphql.examples import read_questions
from api.graphql.naming import UnknownNameError
from api.graphql.waiting import AnswerError, check_document, schema
from api.http.errors import ApiError
from api.http.options import options_of
from api.output import ERRORS, OUTPUT, CommandError, write_out
from api.query_jobs import fill_in, read_question
from api.searches import Wanted, search_variables
from api.site.kinds import BY_PLURAL
from api.site.listing import asked
from api.site.reading import document
from api.site.search import search_variables as site_search_variables
from queries.database import Database
from queries.settings import Settings

_FIRST = 50
_THINGS = {"person": "speaker", "organization": "speaker", "outlet": "outlet", "country": "country"}
"""The filter of statements that a thing's page stands for, by the first part of its address."""


def run_save_search(
    settings: Settings, database: Database, name: str, text: str, wanted: Wanted, *, replace: bool
) -> None:
    """Save a search under ``name``.

    Raises:
        CommandError: it cannot be saved; the message says why.
    """
    try:
        variables = search_variables(database, text, wanted)
    except (AnswerError, UnknownNameError) as error:
        raise CommandError(str(error)) from error
    whole = {**variables, "first": _FIRST, "after": None}
    _save(settings, name, f"Search: {text}", read_list("search"), whole, replace=replace)


def run_save_question(
    settings: Settings,
    database: Database,
    name: str,
    question: str,
    given: Mapping[str, str],
    *,
    replace: bool,
) -> None:
    """Save a ready question under ``name``, with the values of its variables.

    Raises:
        CommandError: it cannot be saved; the message says why.
    """
    found = read_question(settings, question, given)
    missing = [each.name for each in found.variables if each.name not in given]
    example = fill_in(database, found, given)
    if missing and found.variables:
        values = example.variables or {}
        told = ", ".join(f"{each}={values[each]}" for each in missing)
        ERRORS.print(f"Chosen from the graph: {told}.", markup=False)
    variables = example.variables or {}
    _save(settings, name, example.title, example.query, variables, replace=replace)


def run_save_address(settings: Settings, name: str, address: str, *, replace: bool) -> None:
    """Save under ``name`` the list, search or thing whose page is at ``address`` on the site.

    Raises:
        CommandError: it cannot be saved; the message says why.
    """
    title, text, variables = _of_address(address)
    _save(settings, name, title, text, variables, replace=replace)


def run_delete(settings: Settings, name: str) -> None:
    """Delete the saved question ``name`` with its feed.

    Raises:
        CommandError: there is none.
    """
    try:
        delete_question(settings.question_folder, name)
    except SavingError as error:
        raise CommandError(str(error)) from error
    Record(settings.home / FILE).forget(name)
    ERRORS.print(f"The question {name} is deleted, and its feed with it.", markup=False)


def run_feed(
    settings: Settings, database: Database, name: str, output: str | None, page: int | None
) -> None:
    """Write the feed ``name`` as Atom.

    Raises:
        CommandError: there is no such feed, or the file cannot be written.
    """
    feeds = _feeds(settings, database)
    try:
        found = feeds.document(name, page)
    except FeedError as error:
        raise CommandError(str(error)) from error
    write_out([found.data], output)


def list_feeds(settings: Settings) -> None:
    """Print the feeds there are: name, question, address."""
    questions = read_questions(settings.question_folder, named=settings.questions is not None)
    feeds = [
        each for each in questions if each.folder == settings.question_folder or not each.variables
    ]
    for each in feeds:
        OUTPUT.print(
            f"{each.name}\n    {each.title}\n    {settings.base}/feeds/{each.name}.atom",
            markup=False,
        )
    ERRORS.print("`newsgraph save --help` shows how to make others.")


def _feeds(settings: Settings, database: Database) -> Feeds:
    read = partial(read_questions, settings.question_folder, named=settings.questions is not None)
    return Feeds(
        database,
        Record(settings.home / FILE),
        base=settings.base,
        published_at=settings.named_base,
        seconds=options_of(settings).limits.query_seconds,
        questions=read,
    )


def _save(
    settings: Settings,
    name: str,
    title: str,
    query: str,
    variables: Mapping[str, Any],
    *,
    replace: bool,
) -> None:
    folder = settings.question_folder
    try:
        document_path(folder, name)
        check_document(query)
        narrow(schema()[1], query)
        path = save_question(
            folder, name, title=title, query=query, variables=variables, replace=replace
        )
    except NoListError as error:
        raise CommandError(f"The question cannot be followed: {error}.") from error
    except (SavingError, AnswerError) as error:
        raise CommandError(str(error)) from error
    ERRORS.print(f"Saved as {path}.", markup=False)
    ERRORS.print(f"Feed     {settings.base}/feeds/{name}.atom (while newsgraph serves)")
    ERRORS.print(f"Answer   newsgraph query {name}")


def _of_address(address: str) -> tuple[str, str, dict[str, Any]]:
    """What a page of the site shows: a title, a document, and its variables."""
    parts = urlsplit(address)
    pairs = tuple(parse_qsl(parts.query, keep_blank_values=True))
    path = [unquote(each) for each in parts.path.split("/") if each]
    try:
        if path and path[-1] == "search":
            text = dict(pairs).get("q", "").strip()
            if not text:
                raise CommandError("The address of the search has no words; search first.")
            variables = site_search_variables(text, pairs)
            told = {**variables, "meaning": False, "first": _FIRST, "after": None}
            return f"Search: {text}", read_list("search"), told
        thing = next((at for at, each in enumerate(path[:-1]) if each in _THINGS), None)
        if thing is not None:
            segment, key = path[thing], "/".join(path[thing + 1 :])
            identifier = f"{'organization' if segment == 'outlet' else segment}/{key}"
            pairs, path = ((_THINGS[segment], identifier),), ["statements"]
        kind = BY_PLURAL.get(path[-1]) if path else None
        if kind is None:
            known = ", ".join(f"/{plural}" for plural in BY_PLURAL)
            raise CommandError(
                f"{address} is no list or search of the site; copy the address of one, such as"
                f" /search?q=… or one below {known}."
            )
        wanted = asked(kind, pairs)
    except ApiError as error:
        raise CommandError(error.message) from error
    values = ", ".join(f"{one.filter.label.lower()} {one.value}" for one in wanted.chosen)
    title = f"{kind.title}{f': {values}' if values else ''}"
    text = document(kind.plural)
    variables = {
        key: value
        for key, value in {**wanted.variables, "first": _FIRST}.items()
        if key not in ("after", "before", "last") and f"${key}" in text
    }
    return title, text, variables
