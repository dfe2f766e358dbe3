"""The pages about things with a name, in one table: what each shows of its document's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


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
            replace(_SAID, title="Statements by the government of {name}"),
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
        parts=(replace(_SAID, title="What is quoted from it"),),
        divisions=(_ABOUT,),
    ),
)
"""The pages of things with a name."""
