"""The fields of ``Query``: one and many of each class, and the roots that are questions."""

from api.graphql.compiler.catalog import Root, Step
from api.graphql.compiler.cypher import MANY_WAYS
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
        singular = f"{item.label[0].lower()}{item.label[1:]}"
        target = targets[item.label]
        roots.append(
            Root(
                name=singular,
                kind="one",
                target=target,
                description=f"The {item.name} with this id, or null.",
            )
        )
        roots.append(
            Root(
                name=plural(item.label),
                kind="many",
                target=target,
                description=f"Every {item.name}. {item.description}",
            )
        )
    roots += [
        Root(
            name="authors",
            kind="many",
            target="Person",
            having=_AUTHOR,
            description="The people named as author by an article's byline.",
        ),
        Root(
            name="experts",
            kind="many",
            target="Person",
            having=_EXPERT,
            description="The people cited as expert by an article.",
        ),
        Root(
            name="node",
            kind="node",
            target="Node",
            description="Whatever has this id, or null.",
        ),
        Root(
            name="search",
            kind="search",
            target="Node",
            description="Nodes whose names, titles or words hold all the words of a text, "
            "best match first. Words in quotation marks are looked for side by side. Of more than "
            f"{MOST_FOUND:,} matches only the best are listed, filtered and counted.",
        ),
        Root(
            name="path",
            kind="path",
            target="Node",
            description="The shortest ways between two nodes, over relationships in either "
            "direction (that to the extraction run aside, which links everything). Of more than "
            f"{MANY_WAYS:,} equally short ways, any {MANY_WAYS:,} are sorted, by the ids on them, "
            "and listed.",
        ),
        Root(
            name="neighbors",
            kind="neighbors",
            target="Node",
            description="What is linked to a node, by type of relationship.",
        ),
        Root(
            name="claimsBetween",
            kind="between",
            target="Claim",
            description="Claims that voices of one country make about another: the government "
            "itself, or a source who speaks for it.",
        ),
        Root(
            name="coCited",
            kind="coCited",
            target="Source",
            description="Who and what else is cited in the articles that cite a person, most "
            "often first.",
        ),
        Root(name="stats", kind="stats", target="Stats", description="What is in the graph."),
    ]
    return {root.name: root for root in roots}
