"""Measure how connected the graph is, for the reckoning of costs."""

from collections.abc import Iterable
from math import ceil, prod

from neo4j import READ_ACCESS, AsyncDriver, AsyncSession

from api.graphql.compiler.catalog import Catalog, Step
from api.graphql.limits import Degree, Degrees
from queries import cypher

_SAMPLE = 2_000
# The graph grows between two measurements, and a sample may miss the best connected thing.
_HEADROOM, _LEAST = 2, 5
# Of many things few have the most neighbours, so that a list of lists stays far below its most.
_OFTEN, _FEW = 2, 3

# What is reckoned with until the graph has been measured, some seconds after the start.
_ASSUMED = Degree(typical=4.0, maximum=8)


def assumed(catalog: Catalog) -> Degrees:
    """The degree of each walk as long as nothing is measured."""
    return {
        (item.name, walk.name): _ASSUMED
        for item in catalog.types.values()
        for walk in item.walks.values()
    }


async def measure(driver: AsyncDriver, database: str | None, catalog: Catalog) -> Degrees:
    """The degree of each list in the schema, by type and field.

    Raises:
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
    """
    async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        return {**await _walks(session, catalog), **await _roots(session, catalog)}


async def _walks(session: AsyncSession, catalog: Catalog) -> dict[tuple[str, str], Degree]:
    steps: dict[tuple[str, str, bool], Degree] = {}
    degrees: dict[tuple[str, str], Degree] = {}
    for item in catalog.types.values():
        if item.abstract:
            continue
        for walk in item.walks.values():
            label = item.label
            along = []
            for step in walk.steps:
                key = (label, step.type, step.forward)
                if key not in steps:
                    steps[key] = await _step(session, label, step)
                along.append(steps[key])
                label = catalog.types[step.end].label
            degrees[item.name, walk.name] = Degree(
                typical=prod(degree.typical for degree in along),
                maximum=prod(degree.maximum for degree in along),
            )
    for item in catalog.types.values():
        for walk in item.walks.values() if item.abstract else ():
            members = (degrees.get((member, walk.name)) for member in item.members)
            degrees[item.name, walk.name] = _greatest(degree for degree in members if degree)
    return degrees


async def _roots(session: AsyncSession, catalog: Catalog) -> dict[tuple[str, str], Degree]:
    degrees = {}
    for root in catalog.roots.values():
        if root.kind == "many":
            labels = {member.label for member in catalog.members(root.target)}
            number = sum([await _count(session, label) for label in labels])
            most = number * _HEADROOM + _LEAST
            degrees["Query", root.name] = Degree(typical=float(number), maximum=most)
    return degrees


async def _step(session: AsyncSession, label: str, step: Step) -> Degree:
    left, right = ("-", "->") if step.forward else ("<-", "-")
    text = cypher("measure/degree").format(label=label, type=step.type, left=left, right=right)
    result = await session.run(text, sample=_SAMPLE)
    record = await result.single(strict=True)
    most = record["most"] or 0
    typical = record["squares"] / record["total"] if record["total"] else 0.0
    likely = ceil(typical * _OFTEN) + _FEW
    return Degree(typical=typical, maximum=min(most * _HEADROOM + _LEAST, likely))


async def _count(session: AsyncSession, label: str) -> int:
    result = await session.run(cypher("export/count").format(label=label))
    record = await result.single(strict=True)
    return int(record["nodes"])


def _greatest(degrees: Iterable[Degree]) -> Degree:
    """Of a type that is a name for several, the one with most neighbours decides."""
    known = list(degrees)
    return Degree(
        typical=max((degree.typical for degree in known), default=0.0),
        maximum=max((degree.maximum for degree in known), default=_LEAST),
    )
