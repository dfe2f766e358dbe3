"""The pages about things, in one table: what each shows, from the answer of its document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.site.links import list_href
from api.site.timeline import Timeline, timeline
from api.site.words import TOLD, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A list on a page.

    Attributes:
        path: where it is in the answer, with dots; a connection.
        title: its heading, in which ``{name}`` is the thing's name.
        item: how its rows are shown: a macro of ``parts/items.html``.
        plural: the list that holds all of it; empty where none does.
        key: the filter of that list that takes the thing's id.
        more: further filters of that list.
    """

    path: str
    title: str
    item: str
    plural: str = ""
    key: str = ""
    more: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """How a list divides, beside the page: each count leads to those that it counts.

    Attributes:
        path: where it is in the answer, with dots; entries with ``node`` and ``count``.
        title: its heading.
        plural: the list that is counted.
        key: the filter of that list that takes the thing's id.
        by: the filter that takes the id of an entry's node.
    """

    path: str
    title: str
    plural: str
    key: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A kind of thing with a page of its own.

    Attributes:
        segment: the first part of its address, and the name of its document.
        id_segment: the first part of its ids.
        label: its class in the ontology, and what it is called above its name.
        plural: the list that it is on.
        parts: its lists.
        divisions: what stands beside them.
        time: the path to the aggregate of its timeline, its heading, and the list and filter of
            what is counted.
    """

    segment: str
    id_segment: str
    label: str
    plural: str
    parts: tuple[Part, ...] = ()
    divisions: tuple[Division, ...] = ()
    time: tuple[str, str, str, str] | None = None


_SAID = Part(
    path="thing.said",
    title="Statements by {name}",
    item="statements",
    plural="statements",
    key="speaker",
)
_NAMED = Part(
    path="thing.named",
    title="Articles that name {name}",
    item="articles",
    plural="articles",
    key="mentions",
)
_ABOUT = Division(
    path="thing.said.aggregate.byCountry",
    title="About which countries",
    plural="statements",
    key="speaker",
    by="country",
)
_WHERE = Division(
    path="thing.said.aggregate.byOutlet",
    title="In which outlets",
    plural="statements",
    key="speaker",
    by="outlet",
)
_WHEN = ("thing.said.aggregate", "Statements over time", "statements", "speaker")

PAGES: tuple[PageKind, ...] = (
    PageKind(
        segment="person",
        id_segment="person",
        label="Person",
        plural="people",
        parts=(
            _SAID,
            Part(
                path="thing.wrote",
                title="Articles by {name}",
                item="articles",
                plural="articles",
                key="author",
            ),
            _NAMED,
        ),
        divisions=(_ABOUT, _WHERE),
        time=_WHEN,
    ),
    PageKind(
        segment="organization",
        id_segment="organization",
        label="Organization",
        plural="organizations",
        parts=(_SAID, _NAMED),
        divisions=(_ABOUT, _WHERE),
        time=_WHEN,
    ),
    PageKind(
        segment="outlet",
        id_segment="organization",
        label="Outlet",
        plural="outlets",
        parts=(
            Part(
                path="thing.published",
                title="Newest articles of {name}",
                item="articles",
                plural="articles",
                key="outlet",
            ),
            Part(
                path="printed",
                title="What is said in {name}",
                item="statements",
                plural="statements",
                key="outlet",
            ),
            Part(
                path="thing.relayed",
                title="What others pass on from {name}",
                item="statements",
                plural="statements",
                key="via",
            ),
            _SAID,
            _NAMED,
        ),
        divisions=(
            Division(
                path="printed.aggregate.bySpeaker",
                title="Who speaks in it",
                plural="statements",
                key="outlet",
                by="speaker",
            ),
            Division(
                path="thing.published.aggregate.byCountry",
                title="Countries in its articles",
                plural="articles",
                key="outlet",
                by="country",
            ),
            Division(
                path="thing.published.aggregate.byAuthor",
                title="Who writes for it",
                plural="articles",
                key="outlet",
                by="author",
            ),
        ),
        time=("thing.published.aggregate", "Articles over time", "articles", "outlet"),
    ),
    PageKind(
        segment="country",
        id_segment="country",
        label="Country",
        plural="countries",
        parts=(
            Part(
                path="thing.discussed",
                title="What is said about {name}",
                item="statements",
                plural="statements",
                key="country",
            ),
            Part(
                path="experts",
                title="Experts who speak about {name}",
                item="people",
                plural="people",
                key="country",
                more={"role": "expert"},
            ),
            Part(
                path="thing.said",
                title="Statements by the government of {name}",
                item="statements",
                plural="statements",
                key="speaker",
            ),
            Part(
                path="thing.voiced",
                title="Statements by unnamed sources of {name}",
                item="statements",
                plural="statements",
                key="voice",
            ),
            Part(
                path="thing.claims",
                title="Claims about {name}",
                item="claims",
                plural="claims",
                key="country",
            ),
            _NAMED,
        ),
        divisions=(
            Division(
                path="thing.discussed.aggregate.bySpeaker",
                title="Who speaks about it",
                plural="statements",
                key="country",
                by="speaker",
            ),
            Division(
                path="thing.discussed.aggregate.byOutlet",
                title="In which outlets",
                plural="statements",
                key="country",
                by="outlet",
            ),
        ),
        time=("thing.discussed.aggregate", "Statements over time", "statements", "country"),
    ),
    PageKind(
        segment="document",
        id_segment="document",
        label="Document",
        plural="documents",
        parts=(
            Part(
                path="thing.said",
                title="What is quoted from it",
                item="statements",
                plural="statements",
                key="speaker",
            ),
        ),
        divisions=(_ABOUT,),
    ),
)
"""The pages of things with a name."""


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
    )


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
