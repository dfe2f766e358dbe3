"""The perspective as a whole: what the styles and phrases are, in the one file that Bloom reads."""

import uuid
from typing import Any

import orjson

from api.bloom.phrases import Action, Parameter, Phrase, read_actions, read_phrases
from api.bloom.styles import Speaker, categories, keys, relationship_types, shown
from ontology.model import Class, Model, load_model
from ontology.terms import ONTOLOGY
from queries import cypher
from queries.database import Database

NAME = "newsgraph"
"""What the perspective is called in Bloom."""
_VERSION = "2.7.0"
"""The newest version of which a whole export was seen; later ones import older files."""
_CREATED = 1_767_225_600_000
"""A fixed moment, so that the same graph gives the same bytes."""
_SPEAKERS = 60
"""People with a rule of their own: a legend is read by people too."""
# What Bloom gives new categories; the same in all exports.
_PALETTE = [
    *("#FFE081", "#C990C0", "#F79767", "#57C7E3", "#F16667", "#D9C8AE", "#8DCC93"),
    *("#ECB5C9", "#4C8EDA", "#FFC454", "#DA7194", "#569480", "#848484", "#D9D9D9"),
]


def write_perspective(database: Database) -> bytes:
    """The perspective for the graph as it is, as JSON for Bloom's import.

    Raises:
        PhraseError: a file of ``queries/bloom`` does not say what it must.
    """
    model = load_model()
    with database.driver.session(database=database.name, default_access_mode="READ") as session:
        rows = session.run(cypher("bloom/people"), limit=_SPEAKERS)
        speakers = [Speaker(**row.data()) for row in rows]
        counts = {
            style["name"]: session.run(
                cypher("export/relationship_count").format(type=style["name"])
            ).single(strict=True)["edges"]
            for style in relationship_types(model)
        }
    return orjson.dumps(perspective(model, speakers, counts), option=orjson.OPT_INDENT_2) + b"\n"


def perspective(model: Model, speakers: list[Speaker], counts: dict[str, int]) -> dict[str, Any]:
    """The perspective as a tree, key by key as in an export of version 2.7.0.

    Args:
        model: the ontology.
        speakers: who gets a rule of their own, most quoted first.
        counts: how many relationships of each type there are.
    """
    styled = categories(model, speakers, created=_CREATED)
    return {
        "categories": styled,
        "name": NAME,
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{ONTOLOGY}/bloom")),
        "labels": {item.label: _label(item) for item in shown(model)},
        "relationshipTypes": relationship_types(model),
        "palette": {"colors": _PALETTE, "currentIndex": len(styled) % len(_PALETTE)},
        "createdAt": _CREATED,
        "lastEditedAt": _CREATED,
        "templates": [_template(number, item) for number, item in enumerate(read_phrases())],
        "hiddenRelationshipTypes": [],
        "hiddenCategories": [],
        "hideUncategorisedData": True,
        "isAuto": False,
        "parentPerspectiveId": None,
        "metadata": {
            "pathSegments": _segments(model),
            "indexes": [_index(item) for item in shown(model) if item in model.keyed],
            "stats": {"labels": {}, "relationshipTypes": counts},
        },
        "sceneActions": [_action(number, item) for number, item in enumerate(read_actions())],
        "version": _VERSION,
    }


def _label(item: Class) -> list[dict[str, str]]:
    return [{"propertyKey": key, "type": item.label, "dataType": kind} for key, kind in keys(item)]


def _segments(model: Model) -> list[dict[str, str]]:
    """What leads where by what, between the labels that nodes bear."""
    labels = {item.label for item in shown(model)}
    found = {
        (item.label, edge.type, target)
        for item in shown(model)
        for edge in item.relationships
        for named in edge.targets
        for target in model.concrete_below(named)
        if target in labels
    }
    return [
        {"source": source, "relationshipType": kind, "target": target}
        for source, kind, target in sorted(found)
    ]


def _index(item: Class) -> dict[str, Any]:
    """The keys by which nodes of a label are found at once: its constraint's and its indexes'."""
    ranged = [entry.key for entry in item.properties if "range" in entry.indexes]
    return {
        "label": item.label,
        "type": "native",
        "propertyKeys": [{"key": key, "metadataProp": False} for key in ("id", *ranged)],
    }


def _template(number: int, phrase: Phrase) -> dict[str, Any]:
    return {
        "name": phrase.description,
        "id": f"tmpl:{_CREATED + number}",
        "createdAt": _CREATED + number,
        "text": phrase.text,
        "cypher": phrase.statement,
        "isUpdateQuery": None,
        "params": [_parameter(item) for item in phrase.parameters],
        "hasCypherErrors": False,
    }


def _parameter(item: Parameter) -> dict[str, Any]:
    return {
        "name": f"${item.name}",
        "dataType": item.type,
        "collapsed": False,
        "suggestionLabel": None,
        "suggestionProp": None,
        "suggestionBoolean": False,
        "cypher": item.suggestions or None,
    }


def _action(number: int, action: Action) -> dict[str, Any]:
    return {
        "name": action.title,
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{ONTOLOGY}/bloom/{action.name}")),
        "createdAt": _CREATED + number,
        "cypher": action.statement,
        "isUpdateQuery": None,
        "categories": None,
        "relationshipTypes": None,
        "hasCypherErrors": False,
    }
