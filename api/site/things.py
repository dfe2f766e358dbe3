"""The page about a thing with a name, from the answer of its document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.graphql.statement_filter import TOLD
from api.site.links import list_href
from api.site.thing_kinds import PageKind
from api.site.timeline import Timeline, timeline
from api.site.words import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A list as it stands on a page.

    ``href`` leads to all of it; ``own`` says that the thing itself speaks in its statements.
    """

    title: str
    item: str
    rows: Sequence[Row]
    total: int
    href: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDivision:
    """Counts as they stand beside a page: names, counts and addresses."""

    title: str
    entries: tuple[tuple[Row, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingPage:
    """What the page of a thing shows."""

    thing: Row
    kind: PageKind
    parts: tuple[ShownPart, ...]
    divisions: tuple[ShownDivision, ...]
    time: Timeline | None
    voices: str
    """The address of who speaks in it or about it; empty where that is not told."""


def variables_of(kind: PageKind, identifier: str) -> dict[str, Any]:
    """The variables of a page's document."""
    told = dict(TOLD)
    outlet = {"statedIn": {"publishedBy": {"id": {"eq": identifier}}}}
    about = {"statements": {"some": {"about": {"some": {"id": {"eq": identifier}}}}}}
    expert = {"citations": {"some": {"role": {"eq": "EXPERT"}}}}
    every: dict[str, dict[str, Any]] = {
        "outlet": {"printed": {"and": [told, outlet]}},
        "country": {"experts": {"and": [expert, about]}},
    }
    return {"id": identifier, "told": told, **every.get(kind.segment, {})}


def thing_page(kind: PageKind, answer: Mapping[str, Any], root: str) -> ThingPage:
    """The page of the thing that ``answer`` of the kind's document tells of."""
    thing = answer["thing"]
    parts = []
    for part in kind.parts:
        found = _at(answer, part.path)
        if found and found["nodes"]:
            narrowed = {part.key: thing["id"], **(part.more or {})}
            parts.append(
                ShownPart(
                    title=part.title.format(name=thing["name"]),
                    item=part.item,
                    rows=found["nodes"],
                    total=found["totalCount"],
                    href=root + list_href(part.plural, **narrowed) if part.plural else "",
                    own=part.key == "speaker",
                )
            )
    divisions = []
    for one in kind.divisions:
        entries = tuple(
            (
                entry["node"],
                entry["count"],
                root + list_href(one.plural, **{one.key: thing["id"], one.by: entry["node"]["id"]}),
            )
            for entry in _at(answer, one.path) or ()
        )
        if entries:
            divisions.append(ShownDivision(title=one.title, entries=entries))
    return ThingPage(
        thing=thing,
        kind=kind,
        parts=tuple(parts),
        divisions=tuple(divisions),
        time=_time(kind, answer, root),
        voices=_voices(kind, answer, root),
    )


def _voices(kind: PageKind, answer: Mapping[str, Any], root: str) -> str:
    """Who speaks in an outlet, in the articles of an author, about a country."""
    thing = answer["thing"]
    wrote = (thing.get("wrote") or {}).get("totalCount")
    key = {"outlet": "outlet", "country": "country", "person": "author" if wrote else ""}
    name = key.get(kind.segment)
    return root + list_href("sources", by="role", **{name: thing["id"]}) if name else ""


def _time(kind: PageKind, answer: Mapping[str, Any], root: str) -> Timeline | None:
    if kind.time is None:
        return None
    path, title, plural, key = kind.time
    counted = _at(answer, path)
    if not counted:
        return None
    identifier = answer["thing"]["id"]

    def href(first: str, last: str) -> str:
        return root + list_href(plural, **{key: identifier, "from": first, "to": last})

    return timeline(title, counted["byMonth"], counted["byYear"], href=href, noun=plural)


def _at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        if answer is None:
            return None
        answer = answer.get(part)
    return answer
