"""Articles as the finding of origins takes them, from records, without a database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from loader.graph.origins.carriers import Article, Said, Told, article, carrier
from loader.graph.origins.grouping import Origin, origins
from ontology.records import ArticleRecord


def told(record: ArticleRecord) -> Told:
    """What the graph would tell of an article whose names denote what they say."""
    statements = {item.id: item for item in record.statements}
    types = {item.id: item.type for item in record.entities}

    def reporter(identifier: str | None) -> str | None:
        while identifier is not None:
            item = statements[identifier]
            entity = item.source.entity if item.source else None
            if entity is not None and types.get(entity) == "Outlet":
                return entity
            identifier = item.parent
        return None

    return Told(
        id=record.id,
        text=record.text,
        outlet=record.outlet,
        published=record.published,
        noise=record.noise,
        statements=tuple(
            Said(
                claim=item.claim,
                kind=item.kind,
                spans=item.content,
                speaker=item.source.entity if item.source else None,
                via=item.via,
                reporter=reporter(item.id),
            )
            for item in record.statements
        ),
        named=tuple(
            (mention.span, mention.entity)
            for mention in record.mentions
            if types.get(mention.entity) in ("Organization", "Outlet")
        ),
    )


def origins_by_claim(records: Iterable[ArticleRecord]) -> Mapping[str, list[Origin]]:
    """The origins of each claim that several of the articles make."""
    carrying: dict[str, dict[str, Article]] = defaultdict(dict)
    for record in records:
        found = article(told(record))
        for statement in record.statements:
            carrying[statement.claim][record.id] = found
    return {
        claim: origins(carrier(item, {claim}) for item in articles.values())
        for claim, articles in carrying.items()
        if len(articles) > 1
    }
