"""How a list divides: counts beside it, each a link to the narrower list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.http.errors import ApiError, Code
from api.site.filters import Chosen, Filter, every
from api.site.keeping import Keeper
from api.site.kinds import ListKind
from api.site.links import Address
from api.site.reading import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet: how many of the list have it, and where they are."""

    key: str
    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way in which a list divides."""

    label: str
    values: tuple[FacetValue, ...]


class FacetReader:
    """Counts how lists divide, and keeps what took long to count.

    To count a whole list costs far more than to show a page of it, and while pages are loaded the
    graph changes all the time. Rows and totals are always those of the graph.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._keeper: Keeper[dict[str, Any]] = Keeper()

    async def counts(self, kind: ListKind, where: Mapping[str, Any] | None) -> dict[str, Any]:
        """The answer of the list's document of facets; empty where that would cost too much.

        Raises:
            ApiError: the graph cannot answer.
        """
        variables: dict[str, Any] = {"where": where}
        for option in (option for one in kind.filters for option in one.options):
            variables[option.name] = every([*([where] if where else []), option.condition])

        async def counted() -> dict[str, Any]:
            try:
                return await self._reader.ask(f"{kind.plural}-facets", variables)
            except ApiError as error:
                if error.code is not Code.LIMIT_EXCEEDED:
                    raise
                return {}

        key = orjson.dumps([kind.plural, variables], option=orjson.OPT_SORT_KEYS)
        return await self._keeper.get(key, counted)


def facets_of(
    kind: ListKind, counted: Mapping[str, Any], found: Sequence[Chosen], start: Address
) -> tuple[Facet, ...]:
    """The facets of a list, without those that divide nothing."""
    groups = (counted.get("list") or {}).get("aggregate", {})
    facets = []
    for one in kind.filters:
        pairs = _pairs(one, groups, counted)
        values = tuple(
            FacetValue(
                key=key,
                label=label,
                count=count,
                href=_href(one, key, start, chosen=_is_chosen(one, key, label, found)),
                chosen=_is_chosen(one, key, label, found),
            )
            for key, label, count in pairs
            if count or _is_chosen(one, key, label, found)
        )
        if values:
            facets.append(Facet(label=one.label, values=values))
    return tuple(facets)


def _pairs(
    one: Filter, groups: Mapping[str, Any], counted: Mapping[str, Any]
) -> list[tuple[str, str, int]]:
    """Keys in the query string, labels and counts."""
    if one.form == "option":
        return [
            (option.name, option.label, counted[option.name]["totalCount"])
            for option in one.options
            if option.name in counted
        ]
    entries = groups.get(one.facet, ()) if one.facet else ()
    if one.form == "thing":
        return [(entry["node"]["id"], entry["node"]["name"], entry["count"]) for entry in entries]
    if one.form == "year":
        return [(str(entry["year"]), str(entry["year"]), entry["count"]) for entry in entries]
    return [
        (entry["value"].lower(), one.words.get(entry["value"], entry["value"]), entry["count"])
        for entry in entries
    ]


def _is_chosen(one: Filter, key: str, label: str, found: Sequence[Chosen]) -> bool:
    given = {entry.value.casefold() for entry in found if entry.filter is one}
    return key.casefold() in given or (one.form == "thing" and label.casefold() in given)


def _href(one: Filter, key: str, start: Address, *, chosen: bool) -> str:
    if chosen:
        return str(start.drop(one.key, key) if one.many else start.without([one.key]))
    return str(start.add(one.key, key) if one.many else start.set(**{one.key: key}))
