"""A small graph that has every class, walk and oddity: ties, gaps, hubs, and broken nodes."""

import datetime as dt
import random
from typing import Any

from ontology.model import load_model
from tests.api.graphql.compiler.reference import Memory

_NAMES = ("Ada", "Émile", "Zoë", "O'Hara", "zed", "Ada Byron", 'The "Dam"', "Łódź", "北京", "Ann")
_DAYS = (dt.date(2023, 3, 20), dt.date(2023, 3, 21), dt.date(2024, 1, 1), None)


def draw_memory(seed: int = 11) -> Memory:
    """The graph drawn from ``seed``, over every relationship of the ontology."""
    draw = random.Random(seed)
    more = random.Random(seed)
    memory, model = Memory(), load_model()
    ids: dict[str, list[str]] = {}

    def add(label: str, key: str, **properties: Any) -> None:
        item = model.classes[label]
        given = {name: value for name, value in properties.items() if value not in (None, [])}
        identifier = memory.add(":".join(item.labels), f"{item.segment}/{key}", **given)
        for known in (label, *item.parents):
            ids.setdefault(known, []).append(identifier)

    for index, name in enumerate(_NAMES):
        add("Person", f"p{index}", name=name, aliases=draw.sample(_NAMES, draw.randrange(3)))
    for index in range(4):
        add("Organization", f"o{index}", name=draw.choice(_NAMES))
        add("Outlet", f"t{index}", name=draw.choice(_NAMES), aliases=["Ada"])
    for code in ("KE", "SU", "FR", "DE"):
        # One country lacks its name, which the schema promises.
        spoken = None if code == "DE" else f"Land {code}"
        add("Country", code, name=spoken, iso2=code, historical=code == "SU", aliases=[])
    for index, name in enumerate(_NAMES[:4]):
        add("Document", f"d{index}", name=name, aliases=["Ada"])
    known = {"software": "s", "version": "1", "model": "m", "ontologyVersion": "1.0.0"}
    began = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)
    add("ExtractionRun", "r", startedAt=began, **known)
    add("ExtractionRun", "broken", **known)
    for index in range(3):
        add("Page", f"g{index}", name=f"{index}.txt", mediaType="text/plain")
    for index in range(12):
        add(
            "Article",
            f"a{index}",
            title=draw.choice([*_NAMES, None]),
            kind=draw.choice(["article", "excerpt", "title"]),
            language="en",
            published=draw.choice(_DAYS),
            text=f"Text {index}",
            url=draw.choice([None, f"https://example.org/{index}"]),
            locations=["page/0#char=0,9"],
        )
    for index in range(24):
        add(
            "Statement",
            f"s{index}",
            text=None if index == 7 else f"Words {index % 5}",
            kind=draw.choice(["direct", "indirect", "mixed"]),
            act=draw.choice(["said", "asked", "believed"]),
            rule="clause",
            sourceRole=more.choice(["expert", "government", "unnamed"]),
            words=more.randrange(9),
            third=more.choice(["first", "middle", "last"]),
            start=draw.randrange(5),
            contentSpans=["char=0,9"],
            cue=draw.choice(["said", "told", None]),
            published=draw.choice(_DAYS),
            denied=draw.random() < 0.2,
            negative=draw.random() < 0.3,
            negated=draw.random() < 0.4,
            hedged=False,
            headline=False,
            question=False,
        )
    kinds = model.classes["Mention"].property("kind").choices
    for index in range(10):
        add("Claim", f"c{index}", text=f"Claim {index % 4}")
        add("Citation", f"i{index}", role=draw.choice(["expert", "official", "source"]))
        add(
            "Mention", f"m{index}", name=draw.choice(_NAMES), kind=draw.choice(kinds), forms=["Ada"]
        )
    named = model.classes["Name"]
    for index, spelling in enumerate(_NAMES[:6]):
        add(
            "Name",
            f"n{index}",
            spelling=spelling,
            kind=draw.choice(named.property("kind").choices),
            forms=["Ada", spelling],
            matchKey=spelling.casefold(),
            resolution=draw.choice(named.property("resolution").choices),
        )
    for index, kind in enumerate(model.classes["Correction"].property("kind").choices):
        add("Correction", f"x{index}", kind=kind, pair=["name/n0", "name/n1"], decidedAt=began)
    for index in range(3):
        add("ClaimMatch", f"h{index}", score=draw.randrange(100))
        add("Origin", f"o{index}", reasons=draw.choice([["passage"], ["credit", "told"], None]))
        add("Trace", f"t{index}", reason=draw.choice(["passage", "credit"]), quote="Words")
    for edge in model.relationships():
        targets = [target for label in edge.targets for target in ids[label]]
        for source in ids[edge.source]:
            most = 4 if edge.many else 1
            for _ in range(draw.randrange(most + 1)):
                memory.link(source, edge.type, draw.choice(targets))
    return memory
