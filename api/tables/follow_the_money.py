"""The graph as FollowTheMoney entities, for OpenAleph and OpenSanctions' tools: JSON, one a line.

People, organizations and the countries that speak are parties; articles and cited documents are
documents. Who is cited or wrote is a ``Documentation``, a place where somebody is named a
``Mention``, an affiliation an ``UnknownLink``, and what is said a ``Note`` on speaker and article.
Model: https://followthemoney.tech/explorer/
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from api.tables.errors import missing
from api.tables.sheet import Sheet, Tally
from queries.counts import counted

TABLES = (
    "people",
    "organizations",
    "countries",
    "articles",
    "documents",
    "citations",
    "mentions",
    "statements",
)
"""The tables that entities are made of."""

Line = Mapping[str, Any]
Entity = tuple[str, str, Mapping[str, Any]]
"""The schema, what the id is made of, and values or lists of them by property."""

_PLAIN = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_SCHEMATA = {
    "Person": "Person",
    "Organization": "Organization",
    "Outlet": "Organization",
    "Country": "PublicBody",
}
_FLAGS = ("denied", "negative", "hedged", "question", "headline")
_COUNTRY = "country/"


def write_entities(sheets: Sequence[Sheet], tally: Tally) -> Iterator[bytes]:
    """Entities of the sheets, which are those of ``TABLES`` or some of them.

    Values pass through FollowTheMoney's own cleaning, and each entity through its validation.

    Raises:
        MissingExtraError: followthemoney is not installed.
    """
    try:
        from followthemoney import model  # optional
    except ModuleNotFoundError as error:
        raise missing("followthemoney", "ftm", "FollowTheMoney") from error
    made = 0
    for sheet in sheets:
        make = _MAKERS[sheet.name]
        names = [column.name for column in sheet.columns]
        for page in tally.counting(sheet).pages:
            lines = []
            for row in page:
                for entity in make(dict(zip(names, row, strict=True))):
                    lines.append(_line(model, entity))
            made += len(lines)
            yield b"".join(lines)
    told = counted(made, "FollowTheMoney entity", "FollowTheMoney entities")
    tally.notes.append(f"{told}, made of:")


def entity_id(identifier: str) -> str:
    """The id of a node as FollowTheMoney takes it: letters, digits, dots and hyphens."""
    plain = identifier.replace("/", "-", 1)
    if _PLAIN.fullmatch(plain):
        return plain
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:24]
    return f"{identifier.partition('/')[0]}-{digest}"


def _line(model: Any, made: Entity) -> bytes:
    schema, identifier, values = made
    entity = model.make_entity(schema)
    entity.id = entity_id(identifier)
    for name, value in values.items():
        entity.add(name, value)
    told = entity.to_dict()
    found = told["properties"]
    told["properties"] = {key: sorted(found[key]) for key in sorted(found)}
    entity.schema.validate(told)
    return orjson.dumps(told) + b"\n"


def _party(schema: str, row: Line, **more: Any) -> Entity:
    named = {"name": row["name"], "alias": row["aliases"], "sourceUrl": row["permalink"]}
    return schema, row["id"], {**named, **more}


def _person(row: Line) -> Iterator[Entity]:
    yield _party("Person", row)


def _organization(row: Line) -> Iterator[Entity]:
    yield _party("Organization", row, classification=row["type"])


def _country(row: Line) -> Iterator[Entity]:
    if row["statements"]:
        yield _party("PublicBody", row, country=row["iso2"], wikidataId=row["wikidata"])


def _article(row: Line) -> Iterator[Entity]:
    countries = [name for name in row["mentions_ids"] if name.startswith(_COUNTRY)]
    values = {
        "title": row["title"],
        "summary": row["subtitle"],
        "author": row["authors"],
        "publisher": row["outlet"],
        "publishedAt": row["published"],
        "modifiedAt": row["modified"],
        "language": row["language"],
        "sourceUrl": [row["url"], row["permalink"]],
        "bodyText": row["text"],
        "country": [name.removeprefix(_COUNTRY) for name in countries],
    }
    yield "Article", row["id"], values
    for author in row["author_ids"]:
        told = {
            "document": entity_id(row["id"]),
            "entity": entity_id(author),
            "role": "author",
            "date": row["published"],
        }
        yield "Documentation", f"author/{row['id']} {author}", told


def _document(row: Line) -> Iterator[Entity]:
    values = {"title": row["name"], "alias": row["aliases"], "sourceUrl": row["permalink"]}
    yield "Document", row["id"], {**values, "proof": entity_id(row["article_id"])}


def _citation(row: Line) -> Iterator[Entity]:
    if row["cited_id"] is None:
        return
    told = {
        "document": entity_id(row["article_id"]),
        "entity": entity_id(row["cited_id"]),
        "role": row["role"].lower(),
        "summary": row["description"],
        "date": row["published"],
        "sourceUrl": row["permalink"],
    }
    yield "Documentation", row["id"], told
    if row["affiliation_id"]:
        linked = {
            "subject": entity_id(row["cited_id"]),
            "object": entity_id(row["affiliation_id"]),
            "role": "affiliated with",
            "proof": entity_id(row["article_id"]),
            "date": row["published"],
        }
        yield "UnknownLink", f"affiliation/{row['id']}", linked


def _mention(row: Line) -> Iterator[Entity]:
    if row["entity_id"] is None or row["entity_id"].startswith(_COUNTRY):
        return  # an article's countries are values of its property
    values = {
        "document": entity_id(row["article_id"]),
        "resolved": entity_id(row["entity_id"]),
        "name": [row["name"], *row["forms"]],
        "detectedSchema": _SCHEMATA.get(row["entity_type"]),
    }
    yield "Mention", row["id"], values


def _statement(row: Line) -> Iterator[Entity]:
    about = [row["speaker_id"], row["article_id"]]
    values = {
        "entity": [entity_id(name) for name in about if name],
        "description": row["text"],
        "summary": " ".join(part for part in (row["source"], row["cue"]) if part),
        "keywords": [
            row["kind"].lower(),
            row["act"].lower(),
            *(flag for flag in _FLAGS if row[flag]),
        ],
        "country": [name.removeprefix(_COUNTRY) for name in row["country_ids"]],
        "publisher": row["outlet"],
        "createdAt": row["published"],
        "sourceUrl": row["permalink"],
        "proof": entity_id(row["article_id"]),
    }
    yield "Note", row["id"], values


_MAKERS: Mapping[str, Callable[[Line], Iterator[Entity]]] = {
    "people": _person,
    "organizations": _organization,
    "countries": _country,
    "articles": _article,
    "documents": _document,
    "citations": _citation,
    "mentions": _mention,
    "statements": _statement,
}
