"""Columns that are worked out from several fields of an answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.tables.sheet import Value
from ontology.model import Datatype

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A column that no single field holds.

    Attributes:
        kind: the datatype of its values.
        many: whether a cell holds a list of them.
        description: what it says.
        paths: the fields that ``value`` looks at, as paths of the API.
        value: the value, from a node of an answer.
    """

    kind: Datatype
    many: bool = False
    description: str
    paths: tuple[str, ...]
    value: Callable[[Node], Value]


def _citations(statement: Node) -> list[Node]:
    """How the statement's article cites whom the statement is attributed to, by id."""
    speaker = statement["attributedTo"]
    if speaker is None:
        return []
    cited = statement["statedIn"]["citations"]["nodes"]
    found = [item for item in cited if item["of"] and item["of"]["id"] == speaker["id"]]
    return sorted(found, key=lambda item: str(item["id"]))


def _role(statement: Node) -> Value:
    return next((item["role"] for item in _citations(statement)), None)


def _description(statement: Node) -> Value:
    told = (item["description"] for item in _citations(statement))
    return next((text for text in told if text), None)


def _end(statement: Node) -> Value:
    """The end of the last of the ranges ``char=31,80``, which counts from the article's start."""
    return max((int(span.rpartition(",")[2]) for span in statement["contentSpans"]), default=None)


def _near(claim: Node) -> Iterator[Node]:
    """The claims that differ from this one in a few words, those most like it first."""
    matches = sorted(claim["matches"]["nodes"], key=lambda item: (-item["score"], item["id"]))
    for match in matches:
        yield from (item for item in match["between"]["nodes"] if item["id"] != claim["id"])


def _near_of(statement: Node, field: str) -> Value:
    claim = statement["expresses"]
    return [] if claim is None else [item[field] for item in _near(claim)]


_CITED = ("attributedTo.id", "statedIn.citations.id", "statedIn.citations.of.id")
_NEAR = ("id", "matches.id", "matches.score", "matches.between.id", "matches.between.text")
_NEAR_TEXTS = "Claims that differ from this one in only a few words, most alike first."
_NEAR_IDS = "Ids of the claims in near_claims, in the same order."

COMPUTED: Mapping[str, Computed] = {
    "role": Computed(
        kind="string",
        description="The role in which the article cites the speaker.",
        paths=(*_CITED, "statedIn.citations.role"),
        value=_role,
    ),
    "description": Computed(
        kind="string",
        description="The speaker's credentials or office, in the article's own words.",
        paths=(*_CITED, "statedIn.citations.description"),
        value=_description,
    ),
    "end": Computed(
        kind="integer",
        description="The offset after the statement's last character in the article's text, in "
        "Unicode code points: text[start:end] spans the statement.",
        paths=("contentSpans",),
        value=_end,
    ),
    "near": Computed(
        kind="string",
        many=True,
        description=_NEAR_TEXTS,
        paths=_NEAR,
        value=lambda claim: [item["text"] for item in _near(claim)],
    ),
    "near_ids": Computed(
        kind="string",
        many=True,
        description=_NEAR_IDS,
        paths=_NEAR,
        value=lambda claim: [item["id"] for item in _near(claim)],
    ),
    "near_claims": Computed(
        kind="string",
        many=True,
        description=_NEAR_TEXTS,
        paths=tuple(f"expresses.{path}" for path in _NEAR),
        value=lambda statement: _near_of(statement, "text"),
    ),
    "near_claim_ids": Computed(
        kind="string",
        many=True,
        description=_NEAR_IDS,
        paths=tuple(f"expresses.{path}" for path in _NEAR),
        value=lambda statement: _near_of(statement, "id"),
    ),
}
