"""From what people call a thing to its id: codes, names in any case, aliases, ids, IRIs.

Names are looked up in the graph by one statement; of several things of one name the best connected
is meant. The command line, GraphQL and the pages all read names this way.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from neo4j.exceptions import ClientError
from rapidfuzz import fuzz, process, utils

from api.graphql.asking import Ask
from ontology.countries import country_code, country_names, in_sentence, spellings
from ontology.iris import (
    base_of,
    country_id,
    identifier,
    key,
    name_id,
    organization_id,
    person_id,
    slug,
)
from ontology.model import load_model

KINDS: Mapping[str, frozenset[str]] = {
    "country": frozenset({"Country"}),
    "organization": frozenset({"Organization"}),
    "outlet": frozenset({"Outlet"}),
    "person": frozenset({"Person"}),
    "thing": frozenset(),
}
"""What may be called by a name, with the labels that nodes of the kind have one of."""

_NEAR = 5
_NEAR_SCORE = 70.0
_NEAR_RANGE = 15.0
"""How likely a name is that is spelled nearly like another: rapidfuzz's score, at least and less
than the best."""
_LONGEST = 200
_ALIKE = 2
"""The rank of what was found by an alias, which the index compares loosely."""
_NO_INDEX = "Neo.ClientError.Procedure.ProcedureCallFailed"
"""What Neo4j says where there is no full-text index: nothing was ever loaded."""
_WORD = re.compile(r"\w+")


class UnknownNameError(Exception):
    """Nothing in the graph is called so; the message says what is.

    Attributes:
        near: the names that the message suggests.
        asked: what was to be found.
    """

    def __init__(self, message: str, near: Sequence[str] = (), asked: str = "") -> None:
        super().__init__(message)
        self.near = tuple(near)
        self.asked = asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that a name means: its id, what it is called, its labels."""

    id: str
    name: str
    labels: frozenset[str]

    def __str__(self) -> str:
        """The name as it stands inside a sentence."""
        return in_sentence(self.name) if "Country" in self.labels else self.name


def as_id(text: str) -> str | None:
    """The id that ``text`` is, or is the IRI of, whatever the IRI's base; None for anything else.

    An id begins with the segment of a class of the ontology, such as ``person/``.
    """
    segments = _segments()
    base = base_of(text, segments)
    if base is not None:
        try:
            return identifier(text, base)
        except ValueError:
            return None
    return text if "/" in text and text.partition("/")[0] in segments else None


def lookup(text: str, kind: str) -> dict[str, Any]:
    """The row of ``read/things_called`` that looks for what ``text`` may mean."""
    known = as_id(text)
    if known is not None and kind == "country" and (code := country_code(key(known))):
        known = country_id(code)
    if known is not None:
        return {"text": text, "ids": [known], "names": [name_id(known)], "query": ""}
    text = text[:_LONGEST]
    code = country_code(text)
    minted = [*([country_id(code)] if code else []), organization_id(text), person_id(text)]
    keys = [country_id(text), *(f"{segment}/{text}" for segment in ("organization", "person"))]
    words = " ".join(_WORD.findall(text))
    return {
        "text": text,
        "ids": [name for name in (*minted, *keys) if _may_be(name, kind)],
        "names": [name_id(name) for name in minted if _may_be(name, kind)],
        "query": f'aliases:"{words}"' if words and not (code and kind == "country") else "",
    }


def chosen(
    wanted: Sequence[tuple[str, str]], found: Iterable[Mapping[str, Any]]
) -> list[Thing | None]:
    """Of what was found for each text and kind of ``wanted``, the thing it means, or None."""
    things: list[Thing | None] = [None] * len(wanted)
    for row in found:
        text, kind = wanted[row["place"]]
        labels = frozenset(row["labels"])
        if things[row["place"]] is not None or (KINDS[kind] and not KINDS[kind] & labels):
            continue
        if row["rank"] < _ALIKE or slug(text) in map(slug, (row["name"], *row["aliases"])):
            things[row["place"]] = Thing(id=row["id"], name=row["name"], labels=labels)
    return things


async def find(ask: Ask, text: str, kind: str) -> Thing:
    """The thing of the ``kind`` that ``text`` means.

    Raises:
        UnknownNameError: there is none; the message names those with names near it.
    """
    (thing,) = await find_all(ask, [(text, kind)])
    if thing is None:
        near = [] if as_id(text) else await _near(ask, text, kind)
        raise UnknownNameError(await _explained(ask, text, kind, near), near, text)
    return thing


async def find_all(ask: Ask, wanted: Sequence[tuple[str, str]]) -> list[Thing | None]:
    """For each text and kind of ``wanted`` the thing it means, or None."""
    rows = [lookup(text, kind) for text, kind in wanted]
    try:
        (record,) = await ask("read/things_called", {"wanted": rows})
    except ClientError as error:
        if error.code != _NO_INDEX:
            raise
        plain = [{**row, "query": ""} for row in rows]
        (record,) = await ask("read/things_called", {"wanted": plain})
    return chosen(wanted, record["found"])


async def _explained(ask: Ask, text: str, kind: str, near: Sequence[str]) -> str:
    """Why ``text`` means nothing here, and what there is instead."""
    known = as_id(text)
    code = country_code(text if known is None else key(known)) if kind == "country" else None
    if code:
        told = await _best_known(ask)
        return f"The graph says nothing about {in_sentence(country_names()[code])}.{told}"
    if known is not None:
        (other,) = await find_all(ask, [(known, "thing")])
        if other is not None and kind != "thing":
            return f"{other.name} ({known}) is not {_article(kind)} {kind}."
        return f"The graph has nothing with the id {known}."
    told = f" Similar names: {', '.join(near)}." if near else ""
    if not told and kind == "country":
        told = await _best_known(ask)
    noun = "person, organization or country" if kind == "thing" else kind
    return f"The graph has no {noun} called {text!r}.{told}"


async def _best_known(ask: Ask) -> str:
    """The countries that the graph says most about, as a sentence; empty where it knows none."""
    rows = await ask("read/best_known_countries", {"first": _NEAR})
    names = ", ".join(row["name"] for row in rows)
    return f" Countries it says most about: {names}." if names else ""


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


async def _near(ask: Ask, text: str, kind: str) -> list[str]:
    """The names of things of the ``kind`` that are spelled like ``text``, the nearest first."""
    words = [word for word in _WORD.findall(text[:_LONGEST]) if len(word) > 1]
    query = " ".join(f"{field}:{word}~" for word in words for field in ("name", "aliases"))
    try:
        rows = await ask("read/things_like", {"query": query}) if query else []
    except ClientError as error:
        if error.code != _NO_INDEX:
            raise
        rows = []
    names: dict[str, str] = {}
    for row in rows:
        if not KINDS[kind] or KINDS[kind] & set(row["labels"]):
            names |= dict.fromkeys((*row["aliases"], row["name"]), row["name"])
    if kind == "country":
        names |= spellings()
    return near_names(text, names)


def near_names(text: str, names: Mapping[str, str]) -> list[str]:
    """What those keys of ``names`` stand for that are spelled like ``text``, the nearest first."""
    found = process.extract(
        text,
        sorted(names),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_NEAR_SCORE,
        limit=3 * _NEAR,
    )
    near = (names[name] for name, score, _ in found if score > found[0][1] - _NEAR_RANGE)
    return list(dict.fromkeys(near))[:_NEAR]


def _may_be(identifier: str, kind: str) -> bool:
    """Whether the thing with this id may be of the kind."""
    segment = "organization" if kind == "outlet" else kind
    return kind == "thing" or identifier.startswith(f"{segment}/")


@cache
def _segments() -> frozenset[str]:
    return frozenset(item.segment for item in load_model().keyed)
