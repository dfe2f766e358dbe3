"""Score records against annotated articles: claims, their sources, mentions, cited experts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

KINDS = {
    "countries": {"Country"},
    "people": {"Person"},
    "organizations": {"Organisation", "Organization", "Outlet"},
}
LEAST_OVERLAP = 0.5
LEAST_MARGINAL_OVERLAP = 0.3


@dataclass(slots=True)
class Tally:
    """What was found rightly, what was found, and what was to be found."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def score(golds: Iterable[Json], records: dict[str, Json]) -> dict[str, float]:
    """Return the F1 score of each figure over articles.

    ``records`` are by file, and their article is the whole file. Raises KeyError if one is missing.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    for gold in golds:
        record = records[gold["file"]]
        entities = {entity["id"]: entity for entity in gold["entities"]}
        found = {entity["id"]: entity for entity in record["entities"]}
        _score_claims(gold, record, entities, found, tallies)
        _score_mentions(gold, record, entities, found, tallies)
        _score_experts(entities, found, tallies["cited experts"])
    return {name: tally.f1 for name, tally in tallies.items()}


def _score_claims(
    gold: Json, record: Json, entities: Json, found: Json, tallies: dict[str, Tally]
) -> None:
    claims = [claim for article in gold["articles"] for claim in article["claims"]]
    core = [claim for claim in claims if not claim.get("marginal")]
    marginal = [claim for claim in claims if claim.get("marginal")]
    statements: list[Json] = record["statements"]
    pairs = _pair(core, statements, _content_overlap, LEAST_OVERLAP)
    taken = {at for _, at in pairs}
    rest = [statement for at, statement in enumerate(statements) if at not in taken]
    neutral = len(_pair(marginal, rest, _content_overlap, LEAST_MARGINAL_OVERLAP))
    sourced = [
        at for at, other in pairs if _is_source(core[at], statements[other], entities, found)
    ]
    for name, right in (("claims", len(pairs)), ("claims with source", len(sourced))):
        tallies[name].right += right
        tallies[name].found += len(statements) - neutral
        tallies[name].wanted += len(core)


def _score_mentions(
    gold: Json, record: Json, entities: Json, found: Json, tallies: dict[str, Tally]
) -> None:
    for name, types in KINDS.items():
        mentions = [
            mention
            for article in gold["articles"]
            for mention in article["mentions"]
            if entities.get(mention["entity"], {}).get("type") in types
        ]
        lax = [m for m in mentions if m.get("optional") or m.get("in_noise")]
        wanted = [mention for mention in mentions if mention not in lax]
        lax += [mention for mention in wanted if mention.get("nested")]
        got = [m for m in record["mentions"] if found[m["entity"]]["type"] in types]

        def weight(one: Json, other: Json) -> float:
            if not _overlap(one["span"], other["span"]):
                return 0.0
            if not _is_same(entities[one["entity"]], found[other["entity"]]):
                return 0.0
            return 1.0 + _jaccard(_chars([one["span"]]), _chars([other["span"]]))

        pairs = _pair(wanted, got, weight, LEAST_OVERLAP)
        taken = {at for _, at in pairs}
        free = [
            mention
            for at, mention in enumerate(got)
            if at not in taken and any(_overlap(m["span"], mention["span"]) for m in lax)
        ]
        tallies[name].right += len(pairs)
        tallies[name].found += len(got) - len(free)
        tallies[name].wanted += len(wanted)


def _score_experts(entities: Json, found: Json, tally: Tally) -> None:
    people = [entity for entity in entities.values() if entity["type"] == "Person"]
    lax = {n for e in people if e.get("role_confidence") == "low" for n in _names(e)}
    experts = [e for e in people if "cited-expert" in e["roles"] and not _names(e) & lax]
    got = {
        _normal(entity["name"])
        for entity in found.values()
        if entity["type"] == "Person" and "cited-expert" in entity["roles"]
    }
    tally.right += sum(bool(_names(expert) & got) for expert in experts)
    tally.found += len(got - lax)
    tally.wanted += len(experts)


def _pair(
    golds: list[Json], found: list[Json], weight: Callable[[Json, Json], float], least: float
) -> list[tuple[int, int]]:
    """Pair each with at most one of the others, the heaviest pairs first."""
    edges = sorted(
        (-weight(gold, other), i, j)
        for i, gold in enumerate(golds)
        for j, other in enumerate(found)
        if weight(gold, other) >= least
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in edges:
        if all(i != one and j != other for one, other in pairs):
            pairs.append((i, j))
    return pairs


def _content_overlap(claim: Json, statement: Json) -> float:
    said, got = _chars(claim["content"]), _chars(statement["content"])
    readings = [said, said | _chars(claim.get("content_optional") or [])]
    readings += [_chars(r["content"]) for r in claim.get("alt_readings") or () if r.get("content")]
    return max(_jaccard(reading, got) for reading in readings)


def _is_source(claim: Json, statement: Json, entities: Json, found: Json) -> bool:
    source = statement.get("source")
    for reading in (claim, *(claim.get("alt_readings") or ())):
        wanted = reading.get("source", claim.get("source"))
        if wanted is None or source is None:
            if wanted is source:
                return True
            continue
        entity = entities.get(wanted.get("entity") or "")
        if entity is None:
            if _overlap(wanted.get("span"), source.get("span")):
                return True
        elif _is_same(entity, found.get(source.get("entity") or "", {})) or (
            entity["type"] == "Country" and source.get("country") == entity.get("iso2")
        ):
            return True
    return False


def _is_same(entity: Json, other: Json) -> bool:
    if entity["type"] == "Country":
        return bool(entity.get("iso2") == other.get("iso2"))
    return _normal(other.get("name")) in _names(entity)


def _names(entity: Json) -> set[str]:
    return {_normal(name) for name in (entity["name"], *entity.get("aliases", ()))}


def _normal(text: str | None) -> str:
    text = unicodedata.normalize("NFKC", text or "").replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", text).strip(" .,;:\"“”'").casefold()


def _chars(spans: Iterable[list[int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _overlap(one: list[int] | None, other: list[int] | None) -> bool:
    return bool(one and other and one[0] < other[1] and other[0] < one[1])
