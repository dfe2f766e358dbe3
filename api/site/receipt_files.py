"""The receipt of a statement as a file, from what the graph keeps of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from api.site.receipts import Spans, spans
from ontology import iris
from ontology.receipts import Place, Receipt, receipt
from ontology.records import (
    CueRecord,
    PageRecord,
    Run,
    SourceRecord,
    SourceRole,
    StatementAct,
    StatementKind,
    StatementRecord,
    StatementRule,
    Third,
)

Answer = Mapping[str, Any]

DOCUMENT = "receipt"
"""The document of ``queries/site`` whose answer a receipt is made of."""


def receipt_of(said: Answer) -> Receipt:
    """The receipt of the statement in an answer of :data:`DOCUMENT`.

    The speaker is named as the statement's own article has it, which the page can confirm; the
    graph may know a fuller name from others.
    """
    article = said["statedIn"]
    pages = {page["id"]: page for page in article["fromPage"]["nodes"]}
    stands: dict[str, tuple[int, int]] = {}
    for location in article["locations"]:
        page, _, where = str(location).partition("#")
        stands.setdefault(page, spans([where])[0])
    first = min(pages)
    page, run = pages[first], article["extractedBy"]
    place = Place(
        article=article["id"],
        text=article["text"],
        title=article["title"],
        page=PageRecord(
            id=page["id"], name=page["name"], media_type=page["mediaType"], url=page["url"]
        ),
        span=stands[first],
    )
    made_by = Run(
        software=run["software"],
        version=run["version"],
        model=run["model"],
        ontology_version=run["ontologyVersion"],
        started=datetime.fromisoformat(run["startedAt"]),
    )
    base = str(said["iri"]).removesuffix(f"/id/{iris.path(said['id'])}")
    return receipt(_record(said), place, made_by, base=base)


def _record(said: Answer) -> StatementRecord:
    content = spans(said["contentSpans"])
    source = _source(said)
    cue = spans([said["cueSpan"]])
    return StatementRecord(
        id=said["id"],
        rule=cast(StatementRule, said["rule"].lower()),
        kind=cast(StatementKind, said["kind"].lower()),
        act=cast(StatementAct, said["act"].lower()),
        source=source,
        source_role=cast(SourceRole, said["sourceRole"].lower()),
        cue=CueRecord(span=cue[0], text=said["cue"]) if cue else None,
        content=content,
        text=said["text"],
        words=said["words"],
        third=cast(Third, said["third"].lower()),
        countries=tuple(iris.key(one["id"]) for one in said["about"]["nodes"]),
        denied=said["denied"],
        negative=said["negative"],
        negated=said["negated"],
        hedged=said["hedged"],
        headline=said["headline"],
        question=said["question"],
        via=iris.named_entity(said["channelName"]) if said["channelName"] else None,
        parent=said["partOf"]["id"] if said["partOf"] else None,
        claim=said["expresses"]["id"],
    )


def _source(said: Answer) -> SourceRecord | None:
    """Who says it, by the name that the article uses."""
    where: Spans = spans([said["sourceSpan"]])
    speaker = said["attributedTo"]["id"] if said["attributedTo"] else None
    if said["sourceName"]:
        speaker = iris.named_entity(said["sourceName"])
    country = iris.key(said["sourceCountry"]["id"]) if said["sourceCountry"] else None
    if not where and speaker is None and country is None:
        return None
    return SourceRecord(
        span=where[0] if where else None, text=said["source"], entity=speaker, country=country
    )
