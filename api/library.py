"""The Python API for querying the graph: ``newsgraph.connect``.

Imports are inside the functions, so that ``import newsgraph`` is fast.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ontology.records import TOLD_ACTS
from queries.errors import Error, one_error
from queries.rows import Rows

if TYPE_CHECKING:
    from queries.database import Database
    from queries.settings import Settings

_Result = TypeVar("_Result")
_ABOUT: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "articles": lambda country: {"mentions": {"some": country}},
    "claims": lambda country: {"about": {"some": country}},
    "experts": lambda country: {"citedIn": {"some": {"mentions": {"some": country}}}},
    "statements": lambda country: {"about": {"some": country}},
}
"""The filter that restricts each list to a country."""

_TOLD: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "claims": lambda act: {"statements": {"some": {"act": act}}},
    "statements": lambda act: {"act": act},
}
"""The filter that restricts each list to kinds of telling."""


class Graph:
    """A connection to the graph, from :func:`connect`. Use it in ``with``, or close it.

    Its methods wait for the result, in scripts and in notebooks.

    Example:
        >>> with newsgraph.connect() as graph:
        ...     experts = graph.experts(country="Taiwan")
        ...     claims = graph.query("claims-about-a-country", country="TW")
    """

    def __init__(self, settings: "Settings", database: "Database", opened: ExitStack) -> None:
        self._settings, self._database, self._opened = settings, database, opened
        self._closed = False

    def query(self, question: str, /, **variables: Any) -> Rows:
        """Run an example question or a GraphQL document, and return the result as rows.

        Each item of the result's list is a row. The fields around the list are repeated in every
        row, under names such as ``country.name``. A result with several lists side by side, or
        with none, is one row. ``rows.answer`` is the complete GraphQL answer.

        Args:
            question: The name of an example question (see :meth:`questions`), or a GraphQL
                document.
            variables: Its variables. In example questions, countries, people and outlets are
                given by code, name or id, and what is left out comes from the graph.

        Raises:
            Error: there is no such question or variable, the document is invalid, or the database
                fails.

        Example:
            >>> graph.query("experts-on-a-country", country="Taiwan").to_pandas()
            >>> graph.query("{ people(first: 3) { nodes { name } } }")
        """

        def work() -> Rows:
            from api.answers import answer
            from api.query_jobs import fill_in, read_question
            from api.tables.flattening import rows_of

            text, values = question, {name: _sent(value) for name, value in variables.items()}
            if "{" not in question:
                given = {name: str(value) for name, value in values.items() if value is not None}
                asked = read_question(self._settings, question, given)
                example = fill_in(self._database, asked, given)
                text, values = example.query, example.variables or {}
            return rows_of(text, answer(self._settings, self._database, text, values))

        return self._run(work)

    def questions(self) -> Rows:
        """Return the example questions: ``name``, ``question`` and ``variables``."""

        def work() -> Rows:
            from api.query_jobs import ready_questions

            return Rows(ready_questions(self._settings, self._database))

        return self._run(work)

    def articles(
        self, *, country: str | None = None, where: Mapping[str, Any] | None = None
    ) -> Rows:
        """Return all articles, with their outlets, authors and number of statements.

        Args:
            country: Only articles that mention this country, given by code, name or id.
            where: Only articles that match this filter, a GraphQL ``ArticleFilter``.

        Raises:
            Error: the country or the filter is invalid, or the database fails.
        """
        return self._list("articles", country, where)

    def experts(
        self, *, country: str | None = None, where: Mapping[str, Any] | None = None
    ) -> Rows:
        """Return all people cited as experts, with up to 100 of their citations each.

        Args:
            country: Only people cited in articles that mention this country, given by code,
                name or id.
            where: Only people that match this filter, a GraphQL ``PersonFilter``.

        Raises:
            Error: the country or the filter is invalid, or the database fails.
        """
        return self._list("experts", country, where)

    def statements(
        self,
        *,
        country: str | None = None,
        where: Mapping[str, Any] | None = None,
        acts: Collection[str] | None = TOLD_ACTS,
    ) -> Rows:
        """Return statements: who says what, and where.

        Args:
            country: Only statements that mention this country, given by code, name or id.
            where: Only statements that match this filter, a GraphQL ``StatementFilter``, such as
                ``{"denied": {"eq": True}}``.
            acts: Only these kinds of telling; None also returns what is believed and wanted.

        Raises:
            Error: the country or the filter is invalid, or the database fails.
        """
        return self._list("statements", country, where, acts)

    def claims(
        self,
        *,
        country: str | None = None,
        where: Mapping[str, Any] | None = None,
        acts: Collection[str] | None = TOLD_ACTS,
    ) -> Rows:
        """Return claims, with up to 100 of the statements that make each.

        Args:
            country: Only claims about this country, given by code, name or id.
            where: Only claims that match this filter, a GraphQL ``ClaimFilter``.
            acts: Only claims that some statement makes in these ways; None returns all.

        Raises:
            Error: the country or the filter is invalid, or the database fails.
        """
        return self._list("claims", country, where, acts)

    def search(
        self,
        text: str,
        /,
        *,
        types: str | Collection[str] = ("statement",),
        country: str | None = None,
        speaker: str | None = None,
        outlet: str | None = None,
        role: str | Collection[str] = (),
        kind: str | Collection[str] = (),
        act: str | Collection[str] = (),
        denied: bool | None = None,
        negative: bool | None = None,
        negated: bool | None = None,
        since: date | None = None,
        until: date | None = None,
        where: Mapping[str, Any] | None = None,
        meaning: bool = True,
        first: int = 25,
    ) -> Rows:
        """Search by words and by meaning, and return the best hits, best first.

        A row has ``match`` (``PHRASE``, ``ALL_WORDS``, ``SOME_WORDS`` or ``NEAR``), ``score``,
        ``type``, ``id`` and, for a statement, its ``text``, who says it (``attributedTo``,
        ``source``) and where (``statedIn``). ``NEAR`` means about something similar: the hit need
        not say the same, and may say the opposite. ``rows.answer["search"]["totalCount"]`` is the
        number of all hits.

        Args:
            text: Words, a phrase in quotation marks, or a question.
            types: What to find: one or several of ``statement``, ``claim``, ``article``,
                ``person`` and so on; nothing for all.
            country: Only statements that mention this country, given by code, name or id.
            speaker: Only statements of this person, organization or country, by name or id.
            outlet: Only statements in articles of this outlet, by name or id.
            role: Only statements whose speaker the article cites in this role, such as
                ``"expert"``; or one of several.
            kind: Only ``"direct"``, ``"indirect"`` or ``"mixed"`` statements; or several.
            act: Only what is told in this way, such as ``"said"``; or one of several.
            denied: Only what the source denies, or only what it does not.
            negative: Only what is negative, or only what is not.
            negated: Only what is denied or negative, or only what is neither.
            since: Only content published on or after this date.
            until: Only content published on or before this date.
            where: Only statements that match this filter, a GraphQL ``StatementFilter``.
            meaning: False to find by words alone.
            first: How many hits to return, at most 10,000.

        Raises:
            Error: a name or a filter is invalid, the text is too long, or the database fails.

        Example:
            >>> rows = graph.search("weapons for Russia", speaker="Xi Jinping")
            >>> [(row["match"], row["text"]) for row in rows]
        """

        def work() -> Rows:
            from api.searches import Wanted, search

            wanted = Wanted(
                types=_several(types),
                country=country,
                speaker=speaker,
                outlet=outlet,
                roles=_several(role),
                kinds=_several(kind),
                acts=_several(act),
                denied=denied,
                negative=negative,
                negated=negated,
                since=since,
                until=until,
                where=where,
                meaning=meaning,
            )
            return search(self._settings, self._database, text, wanted, first=first)

        return self._run(work)

    def sources(
        self,
        *,
        by: str = "outlet",
        outlet: str | None = None,
        author: str | None = None,
        country: str | None = None,
        role: str | None = None,
        since: date | None = None,
        until: date | None = None,
        where: Mapping[str, Any] | None = None,
        acts: Collection[str] | None = TOLD_ACTS,
    ) -> Rows:
        """Return who gets to speak: statements measured by what they have in common.

        A row is a group of statements: ``group``, ``id``, ``statements``, ``words``, ``sources``,
        how many are of experts, officials, unnamed sources and so on, quoted or reported, and in
        which third of their article. ``docs/sources.md`` describes the columns.

        Args:
            by: ``outlet``, ``author``, ``country``, ``month``, ``year``, ``role`` or ``speaker``.
            outlet: Only statements in articles of this outlet, by name or id.
            author: Only statements in articles of this author, by name or id.
            country: Only statements that mention this country, by code, name or id.
            role: Only statements whose sources speak in this role, such as ``"expert"``.
            since: Only what was published on or after this date.
            until: Only what was published on or before this date.
            where: Only statements that match this filter, a GraphQL ``StatementFilter``.
            acts: Only these kinds of telling; None also counts what is believed and wanted.

        Raises:
            Error: a name or a filter is invalid, or the database fails.

        Example:
            >>> graph.sources(by="role", outlet="The Epoch Times").to_pandas()
        """

        def work() -> Rows:
            from api.source_jobs import Asked, sources

            asked = Asked(
                by=by,
                outlet=outlet,
                author=author,
                country=country,
                role=role,
                since=since,
                until=until,
                where=where,
                acts=acts,
            )
            return sources(self._settings, self._database, asked)

        return self._run(work)

    def receipt(self, statement: str, /) -> dict[str, Any]:
        """Return the receipt of a statement, as JSON: see ``docs/receipts.md``.

        With the page's file, ``newsgraph.verify(receipt, page)`` says whether it holds.

        Args:
            statement: The statement's id.

        Raises:
            Error: there is no such statement, or the database fails.

        Example:
            >>> made = graph.receipt(graph.statements()[0]["id"])
        """

        def work() -> dict[str, Any]:
            from api.jobs import read_receipt

            return read_receipt(self._settings, self._database, statement)

        return self._run(work)

    def close(self) -> None:
        """Close the connection. The managed local Neo4j keeps running."""
        self._closed = True
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Graph at {self._database.uri}{', closed' if self._closed else ''}>"

    def _list(
        self,
        name: str,
        country: str | None,
        where: Mapping[str, Any] | None,
        acts: Collection[str] | None = None,
    ) -> Rows:
        def work() -> Rows:
            from api.answers import answer, read_list
            from api.tables.flattening import rows_of

            if where is not None and not isinstance(where, Mapping):
                msg = f"where must be a mapping such as {{'text': …}}, not {type(where).__name__}"
                raise TypeError(msg)
            conditions = [dict(where)] if where else []
            if country is not None:
                chosen = _country_id(self._database, country)
                conditions.append(_ABOUT[name]({"id": {"eq": chosen}}))
            if acts is not None:
                conditions.append(_TOLD[name]({"in": [act.upper() for act in acts]}))
            variables = {"where": {"and": conditions}} if conditions else {}
            text = read_list(name)
            data = answer(self._settings, self._database, text, variables, whole=True)
            return rows_of(text, data)

        return self._run(work)

    def _run(self, work: Callable[[], _Result]) -> _Result:
        if self._closed:
            raise Error("this connection is closed; open another with newsgraph.connect()")
        with one_error():
            return _off_the_loop(work)


def connect(
    uri: str | None = None,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> Graph:
    """Connect to the graph in Neo4j.

    By default this is the Neo4j that ``NEO4J_URI``, ``NEO4J_USER``, ``NEO4J_PASSWORD`` and
    ``NEO4J_DATABASE`` name; without ``NEO4J_URI``, it is the managed local Neo4j, which is started
    if necessary.

    Args:
        uri: Another Neo4j, such as ``bolt://127.0.0.1:7687``.
        user: The user for it.
        password: The password for it.
        database: The name of the database.

    Raises:
        Error: Neo4j cannot be started, reached or used; the message says what to do.

    Example:
        >>> with newsgraph.connect() as graph:
        ...     frame = graph.statements(country="Taiwan").to_pandas()
    """
    from ontology.model import load_model
    from queries.access import opened_quietly, read_settings
    from queries.graph_version import check_version

    settings = read_settings(uri=uri, user=user, password=password, database=database)
    with ExitStack() as stack, one_error():
        opened = stack.enter_context(opened_quietly(settings))
        with opened.session() as session:
            check_version(session, load_model().version)
        return Graph(settings, opened, stack.pop_all())


def search(text: str, /, **wanted: Any) -> Rows:
    """Search the graph once: connect, search as :meth:`Graph.search` does, and close.

    Args:
        text: Words, a phrase in quotation marks, or a question.
        wanted: The arguments of :meth:`Graph.search`.

    Raises:
        Error: see :func:`connect` and :meth:`Graph.search`.

    Example:
        >>> newsgraph.search("Who says North Korea stopped sending shells?").to_pandas()
    """
    with connect() as graph:
        return graph.search(text, **wanted)


def _country_id(database: "Database", country: str) -> str:
    """Return the id of a country, which need not be in the graph.

    Raises:
        api.graphql.naming.UnknownNameError: there is no such country; the message suggests others.
    """
    import asyncio

    from api.graphql.asking import asking_session
    from api.graphql.naming import as_id, find
    from ontology.countries import country_code
    from ontology.iris import country_id

    code = country_code(country)
    known = country_id(code) if code else as_id(country)
    if known:
        return known
    with database.session() as session:
        return asyncio.run(find(asking_session(session), country, "country")).id


def _off_the_loop(work: Callable[[], _Result]) -> _Result:
    """Run ``work`` here, or in another thread if this one runs an event loop, as in notebooks."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    executor = ThreadPoolExecutor(1, thread_name_prefix="newsgraph")
    try:
        return executor.submit(work).result()
    finally:
        executor.shutdown(wait=False)  # an interrupt does not wait for the result


def _several(value: str | Collection[str]) -> Collection[str]:
    return (value,) if isinstance(value, str) else value


def _sent(value: Any) -> Any:
    """Return the value of a variable as GraphQL takes it: dates as text."""
    return value.isoformat() if isinstance(value, date) else value
