"""What every answer tells first: whether anything was found, how much, and what to mind."""

from collections.abc import Mapping
from typing import Any

from api.assistants.results import Answer, Answered, Quoted
from api.graphql.naming import UnknownNameError

Row = Mapping[str, Any]

_NOTHING = "Nothing of this is in the graph."
_ONLY_NEAR = (
    "No statement has these words. Those below are about something similar and may say something"
    " else, or the opposite: do not present them as an answer."
)
_MORE = "There are more; pass the cursor to get them."


def told(found: Row, shown: int, *, near: bool = False, more: bool | None = None) -> dict[str, Any]:
    """What an answer tells of a connection."""
    page = found.get("pageInfo") or {"hasNextPage": bool(more), "endCursor": None}
    answer: Answered = "only near" if near else "found" if shown else "nothing found"
    if near:
        note = _ONLY_NEAR
    elif not shown:
        note = _NOTHING
    elif page["hasNextPage"]:
        note = _MORE if page["endCursor"] else "There are more than are shown."
    else:
        note = "These are all."
    return {
        "answer": answer,
        "note": note,
        "total": found["totalCount"],
        "shown": shown,
        "cursor": page["endCursor"] if page["hasNextPage"] else None,
    }


def missing(note: str) -> dict[str, Any]:
    """What an answer tells that has nothing, for the reason in ``note``."""
    return Answer(answer="nothing found", note=note).model_dump()


def unknown(error: UnknownNameError) -> dict[str, Any]:
    """What an answer tells where a name is of nothing; names near it are quotations."""
    note = "Nothing in the graph is called so"
    note += f": {error.asked!r}." if error.asked else "."
    if error.near:
        note += " The suggestions are spelled nearly so; ask with one if it is meant."
    suggestions = [Quoted(quoted=name) for name in error.near]
    return Answer(answer="nothing found", note=note, suggestions=suggestions).model_dump()
