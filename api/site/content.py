"""What the pages show, read from the graph."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from neo4j import Session

from api.graphql.asking import Ask, asking_session
from api.graphql.examples import (
    Example,
    ExamplesError,
    Question,
    from_graph,
    read_questions,
    unasked,
)
from api.graphql.naming import UnknownNameError, find
from api.http.errors import ApiError, Code
from api.site.links import thing_href
from api.site.neighborhood import SIZE, around, articles_to_read, busiest, merged, picture
from api.site.pages import (
    article_href,
)
from api.site.picture import Picture, render_picture
from ontology.model import Model, load_model

_LOG = logging.getLogger(__name__)

_NEWEST = 12


class GraphContent:
    """The pages' content, by statements of ``queries/read``.

    Args:
        ask: runs a statement.
        model: the ontology.
        questions: reads those of the playground, a user's own among them.
        root: the path under which the application stands, for links of the content's own.
    """

    def __init__(
        self,
        ask: Ask,
        model: Model,
        questions: Callable[[], Sequence[Question]] = tuple,
        *,
        root: str = "",
    ) -> None:
        self._ask = ask
        self._model = model
        self._questions = questions
        self._root = root

    async def picture(self, about: str | None, further: Sequence[str] = ()) -> Picture | None:
        """What is around ``about`` and ``further``, ids or names, or the busiest part of all."""
        try:
            found = [
                await draw(self._ask, self._model, one, href=self._href)
                for one in (about, *further)
            ]
        except UnknownNameError as error:
            raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
        drawn = [one for one in found if one is not None]
        return merged(drawn) if drawn else None

    async def examples(self) -> tuple[Example, ...]:
        """The questions, with what is worth asking in this graph."""
        try:
            questions = self._questions()
        except ExamplesError as error:
            # A file that was added since the start: the others are there all the same.
            _LOG.warning("%s", error)
            questions = read_questions(None)
        try:
            return await from_graph(self._ask, questions)
        except ApiError:
            return tuple(map(unasked, questions))

    def _href(self, identifier: str, article: str | None = None) -> str:
        if article and identifier.startswith("statement/"):
            return self._root + article_href(article, identifier)
        return self._root + thing_href(identifier)


def no_page(_identifier: str, _article: str | None = None) -> str:
    """The page of a thing where there are no pages: in a file of its own."""
    return ""


async def draw(
    ask: Ask,
    model: Model,
    about: str | None,
    *,
    size: int = SIZE,
    href: Callable[[str, str | None], str] = no_page,
) -> Picture | None:
    """The picture about an id or a name; None where the graph is empty.

    Raises:
        UnknownNameError: the graph has nothing of that id or name.
    """
    if about is None:
        rows = await ask("read/busiest_part", busiest())
        if not rows:
            return None
        title = "The graph" if rows[0]["leftOut"] <= 0 else "The busiest part of the graph"
        texts = await ask("read/article_texts", {"ids": articles_to_read(rows)})
        return picture(rows, texts, model, href=href, title=title)
    identifier = (await find(ask, about, "thing")).id
    rows = await ask("read/neighborhood", {"id": identifier, **around(size)})
    if not rows:
        msg = f"There is no picture of {identifier}; look at its article instead."
        raise UnknownNameError(msg)
    texts = await ask("read/article_texts", {"ids": articles_to_read(rows)})
    return picture(rows, texts, model, href=href)


def picture_file(session: Session, about: str | None = None, *, size: int = SIZE) -> str | None:
    """The picture about an id or a name as one HTML file; None where the graph is empty.

    Raises:
        UnknownNameError: the graph has nothing of that id or name.
        MissingAssetsError: the front end has not been built.
    """
    drawn = asyncio.run(draw(asking_session(session), load_model(), about, size=size))
    return render_picture(drawn) if drawn is not None else None
