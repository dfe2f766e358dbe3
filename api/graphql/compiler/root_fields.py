"""The fields of ``Query``: one and many of each class, and the roots that are questions."""

from api.graphql.compiler.catalog import Root, Step
from api.graphql.compiler.cypher import MANY_WAYS
from api.graphql.compiler.identifiers import NAMED
from api.graphql.compiler.search import MOST_FOUND
from ontology.model import Model

PLURALS = {
    "Person": "people",
    "Country": "countries",
    "ClaimMatch": "claimMatches",
    "ExtractionRun": "extractionRuns",
}
_EXPERT = (Step(type="OF", forward=False, label="", end="Citation", where=(("role", "expert"),)),)
_AUTHOR = (Step(type="WRITTEN_BY", forward=False, label="", end="Article"),)


def plural(label: str) -> str:
    """The field that lists a type's nodes: ``Article`` → ``articles``."""
    return PLURALS.get(label, f"{label[0].lower()}{label[1:]}s")


def derive_roots(model: Model, targets: dict[str, str]) -> dict[str, Root]:
    """The fields of ``Query`` by name; ``targets`` are the types that hold a class's nodes."""
    roots: list[Root] = []
    for item in model.concrete:
        known_by = "id or name" if item.segment in NAMED else "id"
        singular = f"{item.label[0].lower()}{item.label[1:]}"
        target = targets[item.label]
        roots.append(
            Root(
                name=singular,
                kind="one",
                target=target,
                description=f"The {item.name} with this {known_by}, or null if there is none.",
            )
        )
        roots.append(
            Root(
                name=plural(item.label),
                kind="many",
                target=target,
                description=f"All nodes of this type: {item.description}",
            )
        )
    roots += [
        Root(
            name="authors",
            kind="many",
            target="Person",
            having=_AUTHOR,
            description="The people named as authors in the byline of an article.",
        ),
        Root(
            name="experts",
            kind="many",
            target="Person",
            having=_EXPERT,
            description="The people cited as experts by an article.",
        ),
        Root(
            name="node",
            kind="node",
            target="Node",
            description="The node with this id, or null if there is none.",
        ),
        Root(
            name="search",
            kind="search",
            target="Node",
            description="What contains the given words, or is near them in meaning, best match "
            "first: statements and claims also with some of the words, articles and names with all "
            "of them. Words in quotation marks must be adjacent. With more than "
            f"{MOST_FOUND:,} matches, only the best are listed, filtered and counted.",
        ),
        Root(
            name="path",
            kind="path",
            target="Node",
            description="The shortest paths between two nodes, over relationships in either "
            "direction (except those to the extraction run, which would link everything). "
            "Paths of equal length are sorted by the ids on them; if there are more than "
            f"{MANY_WAYS:,}, an arbitrary {MANY_WAYS:,} are used.",
        ),
        Root(
            name="neighbors",
            kind="neighbors",
            target="Node",
            description="The nodes linked to a node, sorted by relationship type.",
        ),
        Root(
            name="claimsBetween",
            kind="between",
            target="Claim",
            description="Claims that one country makes about another, through its government or a "
            "source that speaks for it.",
        ),
        Root(
            name="coCited",
            kind="coCited",
            target="Source",
            description="The other sources cited in the articles that cite a person, most "
            "frequent first.",
        ),
        Root(
            name="stats",
            kind="stats",
            target="Stats",
            description="Counts of what the graph contains.",
        ),
    ]
    return {root.name: root for root in roots}
