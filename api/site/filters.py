"""What a list is narrowed down by: from the query string to a GraphQL condition, and to words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from api.http.errors import ApiError, Code

Condition = dict[str, Any]
Form = Literal["thing", "choice", "option", "text", "year", "from", "to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value of a filter that stands for a condition; ``name`` is also its count's alias."""

    name: str
    label: str
    condition: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One way to narrow a list down.

    Attributes:
        key: its name in the query string.
        label: its name for readers.
        form: what its values are: a thing's id or name, a value of an enum, one of ``options``,
            words, a year, a first or last day.
        path: where the value goes in GraphQL's ``where``, with dots: ``about.some.id.eq``.
        facet: the field of ``aggregate`` that counts its values, if there is one.
        words: for an enum, what its values are called.
        many: whether several values may be given, all of which hold then.
        hint: an example of a value.
    """

    key: str
    label: str
    form: Form
    path: str = ""
    facet: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    many: bool = False
    hint: str = ""

    def condition(self, value: str) -> Condition:
        """The condition that ``value`` stands for.

        Raises:
            ApiError: it stands for none; the message names those that do.
        """
        match self.form:
            case "option":
                found = next((one for one in self.options if one.name == value), None)
                if found is None:
                    raise self._refusal(value, [one.name for one in self.options])
                return dict(found.condition)
            case "choice":
                self.check(value)
                return nested(self.path, value.upper())
            case "year":
                if not (value.isdecimal() and len(value) == 4 and int(value)):
                    raise self._refusal(value, ["a year, such as 2023"])
                return nested(self.path, {"gte": f"{value}-01-01", "lte": f"{value}-12-31"})
            case "from" | "to":
                day = self._day(value)
                return nested(self.path, {"gte" if self.form == "from" else "lte": day})
            case _:
                return nested(self.path, value)

    def check(self, value: str) -> bool:
        """True for a value of the enum.

        Raises:
            ApiError: it has no such value; the message names those it has.
        """
        if value.upper() not in self.words:
            raise self._refusal(value, [name.lower() for name in self.words])
        return True

    def called(self, value: str) -> str:
        """What a value is called, as far as it is known without the graph."""
        match self.form:
            case "option":
                return next(one.label for one in self.options if one.name == value)
            case "choice":
                return self.words[value.upper()]
            case "thing":
                return value.partition("/")[2].replace("-", " ") or value
            case "text":
                return f"“{value}”"
            case _:
                return value

    def _day(self, value: str) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise self._refusal(value, ["a day, such as 2023-03-20"]) from error

    def _refusal(self, value: str, allowed: Sequence[str]) -> ApiError:
        message = f"“{self.label}” cannot be {value!r}; use {', '.join(allowed)}."
        return ApiError(message, code=Code.BAD_USER_INPUT, status=400)


def nested(path: str, value: object) -> Condition:
    """``value`` under the keys of a path with dots."""
    *outer, last = path.split(".")
    condition: Condition = {last: value}
    for key in reversed(outer):
        condition = {key: condition}
    return condition


def every(conditions: Sequence[Mapping[str, Any]]) -> Condition | None:
    """The condition that all of these hold; None where there are none."""
    if not conditions:
        return None
    return dict(conditions[0]) if len(conditions) == 1 else {"and": list(conditions)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A value by which a list is narrowed down."""

    filter: Filter
    value: str


def chosen(filters: Sequence[Filter], pairs: Sequence[tuple[str, str]]) -> list[Chosen]:
    """The values that a query string gives to filters; of those for one value, the last counts."""
    known = {one.key: one for one in filters}
    found: list[Chosen] = []
    for key, value in pairs:
        given = value.strip()
        if key not in known or not given:
            continue
        if not known[key].many:
            found = [one for one in found if one.filter.key != key]
        entry = Chosen(filter=known[key], value=given)
        if entry not in found:
            found.append(entry)
    return found
