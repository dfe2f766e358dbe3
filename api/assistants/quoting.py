"""From GraphQL's answers to results: each passage is cut out of its article's text."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from api.assistants.results import (
    Article,
    Count,
    Passage,
    Quoted,
    Source,
    Statement,
    Step,
    Thing,
)
from api.site.links import node_href
from api.site.pages import article_href
from api.site.receipts import around, spans

Row = Mapping[str, Any]


class Quoter:
    """Makes results of rows.

    Args:
        base: the address that links begin with; no slash at its end.
    """

    def __init__(self, base: str) -> None:
        self._base = base

    def statement(self, row: Row, match: str | None = None) -> Statement:
        """A statement with its passages."""
        article = row["statedIn"]
        text, content = article["text"], spans(row["contentSpans"])
        start, end = around(text, content, spans([row["sourceSpan"]]), spans([row["cueSpan"]]))
        return Statement(
            id=row["id"],
            link=self._base + article_href(article["id"], row["id"]),
            content=[passage(text, first, last) for first, last in content],
            sentence=passage(text, start, end),
            source=self._speaker(row),
            kind=row["kind"].lower(),
            act=row["act"].lower(),
            denied=row["denied"],
            negative=row["negative"],
            hedged=row["hedged"],
            question=row["question"],
            article=self.article(article),
            match=match.replace("_", " ").lower() if match else None,
        )

    def article(self, row: Row) -> Article:
        """An article's head."""
        outlet = row["publishedBy"]
        return Article(
            id=row["id"],
            title=_quoted(row["title"]),
            outlet=Quoted(quoted=outlet["name"]) if outlet else None,
            published=date.fromisoformat(row["published"]) if row["published"] else None,
            link=self._base + article_href(row["id"]),
            original=Quoted(quoted=row["url"]) if row["url"] else None,
        )

    def thing(self, row: Row) -> Thing:
        """A thing with a name, or an article with a title."""
        name = row.get("name") or row.get("title") or ""
        return Thing(
            id=row["id"],
            type=row["__typename"],
            name=Quoted(quoted=name),
            link=self._base + node_href(row),
        )

    def source(self, citation: Row, statements: int | None = None) -> Source:
        """Whom a citation is of."""
        return Source(
            thing=self.thing(citation["of"]),
            role=citation["role"].lower(),
            description=_quoted(citation["description"]),
            statements=statements,
        )

    def counts(self, rows: Iterable[Row]) -> list[Count]:
        """Who makes how many statements."""
        return [Count(thing=self.thing(row["node"]), statements=row["count"]) for row in rows]

    def _speaker(self, row: Row) -> Source:
        speaker, article = row["attributedTo"], row["statedIn"]
        cited: Row = next(
            (
                citation
                for citation in article["citations"]["nodes"]
                if speaker and citation["of"]["id"] == speaker["id"]
            ),
            {},
        )
        where = spans([row["sourceSpan"]])
        words: Passage | Quoted | None = (
            passage(article["text"], *where[0]) if where else _quoted(row["source"])
        )
        return Source(
            thing=self.thing(speaker) if speaker else None,
            words=words,
            role=cited["role"].lower() if cited else None,
            description=_quoted(cited.get("description")),
        )


def passage(text: str, start: int, end: int) -> Passage:
    """The characters of a text from ``start`` to before ``end``."""
    return Passage(quoted=text[start:end], start=start, end=end)


def step(row: Row) -> Step:
    """One step of a path."""
    return Step(source=row["source"], relationship=row["type"], target=row["target"])


def _quoted(text: str | None) -> Quoted | None:
    return Quoted(quoted=text) if text else None
