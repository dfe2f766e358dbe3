"""Asking what the pages ask before a reader does.

After a start, the database plans each statement anew, which may take seconds for the longest.
"""

from typing import Any

from api.http.errors import ApiError
from api.site.browse import Pages
from api.site.kinds import LISTS
from api.site.listing import asked
from api.site.thing_kinds import PAGES
from api.site.things import variables_of

_NOBODY = "nobody"
_SEARCH: dict[str, Any] = {"text": "news", "types": ["STATEMENT"], "first": 1}


async def warm_up(pages: Pages) -> None:
    """Ask every document of the site once, one after the other; what fails is left."""
    reader = pages.reader
    try:
        await pages.home()
        for kind in LISTS:
            wanted = asked(kind, ())
            await reader.ask(kind.plural, wanted.variables)
            await pages.facets.counts(kind, wanted.variables["where"])
        await reader.ask("search", _SEARCH)
        for page in PAGES:
            await reader.ask(page.segment, variables_of(page, f"{page.id_segment}/{_NOBODY}"))
        for name in ("claim", "statement", "article"):
            await reader.ask(name, {"id": f"{name}/{_NOBODY}"})
    except ApiError:
        return  # the database is away, or busy: readers' own questions will warm it
