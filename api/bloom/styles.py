"""How Bloom draws the graph: categories, relationship types, and rules that depend on values."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ontology.model import Class, Datatype, Model

# Bloom knows its icons by number alone. These stand in public exports for users, financial
# institutes and states; where none is known to mean what the ontology's does, there is none.
_ICONS = {
    "person": "DB188874-D25F-4B34-A296-E5E950072319",
    "building": "36ADC22A-4278-4483-8CF4-5CC5F66CA25D",
    "globe": "0E360AEA-F63E-4F63-803B-B137881B0CD8",
}
_NO_ICON = "no-icon"
_TYPE_CAPTION = "0_REL_TYPE_CAPTION_KEY"
_DATATYPES: dict[Datatype, str] = {
    "string": "string",
    "integer": "bigint",
    "boolean": "boolean",
    "date": "Date",
}
"""Bloom's names of types; that of times was in no export, so times are not shown."""
_BOOKKEEPING = ("ExtractionRun", "Dataset")
"""Classes that have nothing to look at."""

EXPERT = "#D6336C"
"""The colour of who is cited as an expert: none of the ontology's."""
DENIED = "#D32F2F"
_ROLES = {"expert": EXPERT, "official": "#3F6FB5", "spokesperson": "#6C8EBF"}
_LARGEST = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person who stands out: by how many statements, and whether cited as an expert."""

    id: str
    statements: int
    expert: bool


def shown(model: Model) -> tuple[Class, ...]:
    """The classes with a category, special ones first: the first category of a node colours it."""
    classes = [item for item in model.concrete if item.label not in _BOOKKEEPING]
    return tuple(sorted(classes, key=lambda item: -len(item.labels)))


def categories(model: Model, speakers: Sequence[Speaker], *, created: int) -> list[dict[str, Any]]:
    """A category for each class, with rules for its values.

    Args:
        model: the ontology.
        speakers: people who get a rule of their own, most quoted first.
        created: milliseconds since 1970; ids of rules count on from there.
    """
    rules = _Rules(created)
    return [
        {
            "id": number,
            "name": item.label,
            "labels": [item.label],
            "properties": [_property(key, kind, item) for key, kind in keys(item)],
            "createdAt": created,
            "lastEditedAt": created,
            "color": item.colour.upper(),
            "size": 1,
            "icon": _ICONS.get(item.icon, _NO_ICON),
            "captionKeys": [item.caption],
            "styleRules": _rules(item, speakers, rules),
        }
        for number, item in enumerate(shown(model), 1)
    ]


def keys(item: Class) -> list[tuple[str, str]]:
    """The keys of a class's nodes, with Bloom's names of their types."""
    return [
        ("id", "string"),
        *(
            (entry.key, "array" if entry.many else _DATATYPES[entry.datatype])
            for entry in item.properties
            if entry.datatype in _DATATYPES
        ),
    ]


def relationship_types(model: Model) -> list[dict[str, Any]]:
    """A style for each type, in the colour of what it starts from."""
    colours = {item.label: item.colour for item in model.classes.values()}
    found = {
        edge.type: colours[edge.source]
        for item in reversed(shown(model))
        for edge in item.relationships
        if colours[edge.source]
    }
    return [
        {
            "id": kind,
            "name": kind,
            "properties": [],
            "color": found[kind].upper(),
            "size": 1,
            "captionKeys": [_TYPE_CAPTION],
        }
        for kind in sorted(found)
    ]


def _property(key: str, kind: str, item: Class) -> dict[str, Any]:
    shown_as = {"name": key, "exclude": False, "dataType": kind}
    if key != "text" or key == item.caption:
        return shown_as
    # An article's whole text would fill the screen, and be read for every node.
    return {"name": key, "exclude": True, "dataType": kind, "property": shown_as}


class _Rules:
    """Makes rules, each with an id of its own."""

    def __init__(self, created: int) -> None:
        self._next = created

    def equals(self, key: str, value: str, *, color: str = "", size: float = 0) -> dict[str, Any]:
        return self._rule(f"{key}_string", "equals", value, color=color, size=size)

    def is_true(self, key: str, *, color: str) -> dict[str, Any]:
        return self._rule(f"{key}_boolean", "is-true", None, color=color, size=0)

    def _rule(
        self, based_on: str, condition: str, value: str | None, *, color: str, size: float
    ) -> dict[str, Any]:
        self._next += 1
        return {
            "id": f"rule:{self._next}",
            "type": "single",
            "size": size or 1,
            "minSize": 1,
            "maxSize": 2,
            "minColor": "#D5EEE2",
            "midColor": "#81CCA8",
            "maxColor": "#428C6A",
            "minPoint": "unprocessed",
            "maxPoint": "unprocessed",
            "applyColor": bool(color),
            "applySize": bool(size),
            "applyCaption": False,
            "captionKeys": ["0_CATEGORY_NAME_CAPTION_KEY"],
            "color": color or "#FFE081",
            "isTimeZoneConvertEnabled": False,
            "selectedTimeZone": "Z",
            "basedOn": based_on,
            "valuesMapper": [],
            "existingValues": [],
            "conditionValue": value,
            "rangeValue": None,
            "condition": condition,
        }


def _rules(item: Class, speakers: Sequence[Speaker], rules: _Rules) -> list[dict[str, Any]]:
    found = []
    if item.label == "Person":
        largest = max((speaker.statements for speaker in speakers), default=0)
        found = [_person(speaker, largest, rules) for speaker in speakers]
    for entry in item.properties:
        if entry.key == "role":
            chosen: Iterable[str] = (name for name in entry.choices if name in _ROLES)
            found += [rules.equals("role", name, color=_ROLES[name]) for name in chosen]
        if entry.key == "denied":
            found.append(rules.is_true("denied", color=DENIED))
    return found


def _person(speaker: Speaker, largest: int, rules: _Rules) -> dict[str, Any]:
    """A rule for one person: a size by statements, and the experts' colour if it is due.

    The graph holds no count of statements that a range could be laid over, and needs none.
    """
    share = math.sqrt(speaker.statements / largest) if largest else 0.0
    size = round(1 + (_LARGEST - 1) * share, 2)
    return rules.equals("id", speaker.id, color=EXPERT if speaker.expert else "", size=size)
