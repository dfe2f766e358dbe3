"""The home page: one search box, what there is, what is new, disputed, and worth asking."""

from typing import Any

from api.graphql.statement_filter import TOLD
from api.site.kinds import LISTS
from api.site.links import list_href
from api.site.pages import Site, render
from api.site.reading import Reader
from api.site.words import Row

_DENIED = {"statements": {"some": {"denied": {"eq": True}}}}


async def landing(reader: Reader) -> Row:
    """What the home page shows.

    Raises:
        ApiError: the database does not answer.
    """
    variables: dict[str, Any] = {"told": dict(TOLD), "statements": dict(TOLD), "disputed": _DENIED}
    return await reader.ask("landing", variables)


def render_landing(found: Row | None, site: Site) -> str:
    """The home page; ``None`` where the database does not answer."""
    return render(
        "landing.html",
        site,
        here=f"{site.root}/",
        landing=found,
        kinds=LISTS,
        questions=_questions(found) if found else (),
    )


def _questions(found: Row) -> list[tuple[str, str]]:
    """Questions worth asking in this graph, with the addresses that answer them."""
    countries, speakers = found["countries"]["nodes"], found["speakers"]["nodes"]
    asked: list[tuple[str, str]] = []
    for one in countries:
        about = {"country": one["id"]}
        asked += [
            (f"Who says what about {one['name']}?", list_href("statements", **about)),
            (
                f"Who denies something about {one['name']}?",
                list_href("statements", **about, said="denied"),
            ),
            (
                f"Which experts speak about {one['name']}?",
                list_href("people", role="expert", **about),
            ),
        ]
    if speakers:
        name = speakers[0]["name"]
        asked.append((f"What does {name} say?", list_href("statements", speaker=speakers[0]["id"])))
    asked.append(("Which claims come in other words, too?", list_href("claims", stated="similar")))
    if len(speakers) > 1:
        first, second = speakers[:2]
        question = f"How do {first['name']} and {second['name']} compare?"
        asked.append((question, list_href("compare", a=first["id"], b=second["id"])))
    return asked
