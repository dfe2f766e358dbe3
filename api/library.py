"""The graph for Python: ``newsgraph.connect`` and what it gives.

Imports are inside the functions, so that ``import newsgraph`` is light.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

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
"""What filters a list by a country."""


class Graph:
    """An open graph, from :func:`connect`: close it, or use it in ``with``.

    Its methods block until the answer is there, and work in notebooks.

    Example:
        >>> with newsgraph.connect() as graph:
        ...     experts = graph.experts(country="Kenya")
        ...     claims = graph.query("claims-about-a-country", country="KE")
    """

    def __init__(self, settings: "Settings", database: "Database", opened: ExitStack) -> None:
        self._settings, self._database, self._opened = settings, database, opened
        self._closed = False

    def query(self, question: str, /, **variables: Any) -> Rows:
        """The answer to a ready question or to a GraphQL document, as rows.

        The rows are the items of the one list that is asked for; what stands around it is repeated
        in each of them, as ``country.name``. Where several lists are asked for, there is one row.
        ``rows.answer`` is the whole answer as GraphQL gives it.

        Args:
            question: A question's name (see :meth:`questions`), or a GraphQL document.
            variables: Its variables. A ready question has values of its own for what is not given.

        Raises:
            Error: there is no such question or variable, the document is wrong, or the database
                fails.

        Example:
            >>> graph.query("experts-on-a-country", country="UA").to_pandas()
            >>> graph.query("{ people(first: 3) { nodes { name } } }")
        """

        def work() -> Rows:
            from api.answers import answer
            from api.flattening import rows_of
            from api.jobs import ready_question

            text, values = question, {name: _sent(value) for name, value in variables.items()}
            if "{" not in question:
                text, values = ready_question(question, values)
            return rows_of(text, answer(self._settings, self._database, text, values))

        return self._run(work)

    def questions(self) -> Rows:
        """The ready questions: their ``name``, what they ask, and their ``variables``."""

        def work() -> Rows:
            from api.jobs import ready_questions

            return Rows(ready_questions())

        return self._run(work)

    def articles(
        self, *, country: str | None = None, where: Mapping[str, Any] | None = None
    ) -> Rows:
        """Every article, with its outlet, its authors and how many statements it has.

        Args:
            country: Only those that name this country.
            where: Only those of which this is so: a GraphQL ``ArticleFilter``.

        Raises:
            Error: the filter is wrong, or the database fails.
        """
        return self._list("articles", country, where)

    def experts(
        self, *, country: str | None = None, where: Mapping[str, Any] | None = None
    ) -> Rows:
        """Every person cited as an expert, with the articles' words for them: a hundred at most.

        Args:
            country: Only those cited in articles that name this country.
            where: Only those of whom this is so: a GraphQL ``PersonFilter``.

        Raises:
            Error: the filter is wrong, or the database fails.
        """
        return self._list("experts", country, where)

    def statements(
        self, *, country: str | None = None, where: Mapping[str, Any] | None = None
    ) -> Rows:
        """Every statement: who says what, and where.

        Args:
            country: Only those whose words name this country.
            where: Only those of which this is so: a GraphQL ``StatementFilter``, such as
                ``{"negated": {"eq": True}}``.

        Raises:
            Error: the filter is wrong, or the database fails.
        """
        return self._list("statements", country, where)

    def claims(self, *, country: str | None = None, where: Mapping[str, Any] | None = None) -> Rows:
        """Every claim, with the statements that make it: a hundred at most of each.

        Args:
            country: Only those about this country.
            where: Only those of which this is so: a GraphQL ``ClaimFilter``.

        Raises:
            Error: the filter is wrong, or the database fails.
        """
        return self._list("claims", country, where)

    def close(self) -> None:
        """Close the connection; a managed Neo4j runs on. Nothing happens the second time."""
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

    def _list(self, name: str, country: str | None, where: Mapping[str, Any] | None) -> Rows:
        conditions = [dict(where)] if where else []
        if country is not None:
            conditions.append(_ABOUT[name]({"id": {"eq": country}}))
        variables = {"where": {"and": conditions}} if conditions else {}

        def work() -> Rows:
            from api.answers import answer, read_list
            from api.flattening import rows_of

            text = read_list(name)
            data = answer(self._settings, self._database, text, variables, whole=True)
            return rows_of(text, data)

        return self._run(work)

    def _run(self, work: Callable[[], _Result]) -> _Result:
        if self._closed:
            raise Error("this graph is closed; newsgraph.connect() opens it again")
        with one_error():
            return _off_the_loop(work)


def connect(
    uri: str | None = None,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> Graph:
    """Open the graph: the Neo4j at ``uri``, else the one that the settings name.

    Where neither names one, it is the managed local Neo4j, which is started if it does not run.
    What is not given is read from ``NEO4J_URI``, ``NEO4J_USER``, ``NEO4J_PASSWORD`` and
    ``NEO4J_DATABASE``.

    Raises:
        Error: it cannot be started, reached or used; the message says what to do.

    Example:
        >>> with newsgraph.connect() as graph:
        ...     graph.statements(country="Kenya").to_pandas()
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


def _off_the_loop(work: Callable[[], _Result]) -> _Result:
    """Do ``work`` here, or, where an event loop runs here, as in notebooks, in another thread."""
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
        executor.shutdown(wait=False)  # an interrupt does not wait for the answer


def _sent(value: Any) -> Any:
    """A variable's value as GraphQL takes it: days as text."""
    return value.isoformat() if isinstance(value, date) else value
