"""The questions that assistants may ask; every answer is made of the pages' own words."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from api.assistants.graphs import Graph
from api.assistants.quoting import Quoter, passage, step
from api.assistants.results import (
    ArticleAnswer,
    Comparison,
    Path,
    Paths,
    Quoted,
    Source,
    Sources,
    Statement,
    Statements,
    Thing,
    Things,
)
from api.assistants.telling import missing, told, unknown
from api.graphql.naming import UnknownNameError
from api.graphql.statement_filter import statement_conditions

Row = Mapping[str, Any]
Role = Literal["expert", "official", "spokesperson", "organization", "source", "document"]
Kind = Literal["person", "organization", "outlet", "country", "document", "article"]

Words = Annotated[
    str, Field(description='Words, a "quoted phrase", or a question, in plain language.')
]
Name = Annotated[str, Field(description="A name as people write it, or an id from another answer.")]
Maybe = Annotated[
    str | None, Field(description="A name as people write it, or an id from another answer.")
]
Day = Annotated[date | None, Field(description="A day, as in 2026-01-31.")]
Limit = Annotated[int, Field(ge=1, le=25, description="How many to return.")]
Cursor = Annotated[str | None, Field(description="The cursor of the answer before.")]
ArticleId = Annotated[str, Field(description="The id of an article, as in article/0a1b…")]

_NEAR = "NEAR"


class Tools:
    """The tools; each method is one, and its docstring is what an assistant reads of it.

    Args:
        graph: what is asked.
        quoter: makes results of rows.
    """

    def __init__(self, graph: Graph, quoter: Quoter) -> None:
        self._graph = graph
        self._quoter = quoter

    async def search_statements(
        self,
        text: Words,
        country: Maybe = None,
        speaker: Maybe = None,
        outlet: Maybe = None,
        role: Annotated[
            Role | None, Field(description="Only who the article cites in this role.")
        ] = None,
        denied: Annotated[
            bool | None, Field(description="Only what its source denies, or does not.")
        ] = None,
        since: Day = None,
        until: Day = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> Statements:
        """Search what people and organizations are reported to have said, by words and meaning.

        Returns statements in the articles' own words, with who said them, where and when, best
        first. Use it for any question about what was said.
        """
        try:
            where = await self._filter(country, speaker, outlet, denied, since, until)
        except UnknownNameError as error:
            return Statements(**unknown(error))
        data = await self._graph.ask(
            "search",
            {
                "text": text,
                "where": where,
                "roles": [role.upper()] if role else None,
                "first": limit,
                "after": cursor,
            },
        )
        found = data["found"]
        edges = found["edges"]
        near = bool(edges) and cursor is None and all(e["match"] == _NEAR for e in edges)
        return Statements(
            **told(found, len(edges), near=near),
            statements=[self._quoter.statement(edge["node"], edge["match"]) for edge in edges],
        )

    async def who_said_what_about(
        self,
        topic: Annotated[
            str, Field(description="A country, or anything else in words: the peace talks.")
        ],
        since: Day = None,
        until: Day = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> Statements:
        """Tell who said what about a country or another topic, the newest first for a country.

        For a country it also counts who says most. For anything else it is a search.
        """
        try:
            country = await self._graph.find(topic, "country")
        except UnknownNameError:
            return await self.search_statements(
                topic, since=since, until=until, limit=limit, cursor=cursor
            )
        where = await self._filter(country.id, None, None, None, since, until)
        found = await self._statements(where, limit, cursor)
        return _known(found, "Nothing is said of this country in the graph, or not in these days.")

    async def statements_of(
        self,
        speaker: Name,
        country: Maybe = None,
        since: Day = None,
        until: Day = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> Statements:
        """List what a person, organization or country is reported to have said, newest first."""
        try:
            where = await self._filter(country, speaker, None, None, since, until)
        except UnknownNameError as error:
            return Statements(**unknown(error))
        found = await self._statements(where, limit, cursor)
        note = "The graph knows the name, but no statement of theirs that matches."
        return _known(found, f"{note} What an outlet reports is found by searching with outlet.")

    async def compare_claim(
        self,
        statement: Annotated[
            str, Field(description="The id of a statement, as in statement/0a1b…")
        ],
        limit: Limit = 10,
    ) -> Comparison:
        """Compare a claim across articles: who else says it, and in which other words.

        Give the id of a statement that another tool returned.
        """
        data = await self._graph.ask("claim", {"id": statement, "first": limit})
        found = data["statement"]
        if found is None:
            return Comparison(**missing(f"There is no statement with the id {statement}."))
        claim = found["expresses"] or {"statements": {"totalCount": 1, "nodes": [found]}}
        same = claim["statements"]
        others = [
            other
            for match in claim.get("matches", {"nodes": ()})["nodes"]
            for side in match["between"]["nodes"]
            if side["id"] != claim["id"]
            for other in side["statements"]["nodes"]
        ]
        said = told(same, len(same["nodes"]), more=same["totalCount"] > len(same["nodes"]))
        if same["totalCount"] == 1 and not others:
            said["note"] = "Only this statement makes the claim; no other is nearly equal."
        return Comparison(
            **said,
            statements=list(map(self._quoter.statement, same["nodes"])),
            near_equal=list(map(self._quoter.statement, others)),
        )

    async def read_article(
        self,
        article: ArticleId,
        with_text: Annotated[bool, Field(description="Whether to return its whole text.")] = False,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> ArticleAnswer:
        """Read an article: its head, and its statements in the order of its text."""
        variables = {"id": article, "first": limit, "after": cursor}
        found = (await self._graph.ask("article", variables))["article"]
        if found is None:
            return ArticleAnswer(**missing(f"There is no article with the id {article}."))
        rows = found["statements"]
        said = told(rows, len(rows["nodes"]))
        if not rows["nodes"]:
            said |= {"answer": "found", "note": "The article reports no statements."}
        return ArticleAnswer(
            **said,
            article=self._quoter.article(found),
            authors=[Quoted(quoted=author["name"]) for author in found["writtenBy"]["nodes"]],
            text=passage(found["text"], 0, len(found["text"])) if with_text else None,
            statements=list(map(self._quoter.statement, rows["nodes"])),
        )

    async def sources_of_article(
        self, article: ArticleId, limit: Limit = 25, cursor: Cursor = None
    ) -> Sources:
        """List whom an article cites: in which role, by which words, and how often."""
        variables = {"id": article, "first": limit, "after": cursor}
        found = (await self._graph.ask("sources", variables))["article"]
        if found is None:
            return Sources(**missing(f"There is no article with the id {article}."))
        counts = {
            row["node"]["id"]: row["count"] for row in found["statements"]["aggregate"]["bySpeaker"]
        }
        sources: list[Source] = [
            self._quoter.source(row, counts.get(row["of"]["id"], 0))
            for row in found["citations"]["nodes"]
        ]
        said = told(found["citations"], len(sources))
        if not sources:
            said |= {"answer": "found", "note": "The article cites nobody."}
        return Sources(**said, article=self._quoter.article(found), sources=sources)

    async def find_things(
        self,
        name: Name,
        kind: Annotated[Kind | None, Field(description="Only things of this kind.")] = None,
        limit: Limit = 10,
    ) -> Things:
        """Find people, organizations, outlets, countries, documents and articles by name or title.

        Use it to get ids, or to see who is meant where several have a name.
        """
        types = [kind.upper()] if kind else [other.upper() for other in get_args(Kind)]
        variables = {"text": name, "types": types, "first": limit}
        found = (await self._graph.ask("things", variables))["found"]
        things = [self._quoter.thing(edge["node"]) for edge in found["edges"]]
        said = told(found, len(things), more=found["totalCount"] > len(things))
        return Things(**said, things=things)

    async def path_between(
        self,
        start: Name,
        end: Name,
        limit: Annotated[int, Field(ge=1, le=5, description="How many ways to return.")] = 3,
    ) -> Paths:
        """Show the shortest ways between two people, organizations or countries in the graph."""
        try:
            first = await self._graph.find(start, "thing")
            last = await self._graph.find(end, "thing")
        except UnknownNameError as error:
            return Paths(**unknown(error))
        data = await self._graph.ask("path", {"from": first.id, "to": last.id, "first": limit})
        paths = [
            Path(
                things=[self._on_path(node) for node in way["nodes"]],
                steps=[step(row) for row in way["steps"]],
            )
            for way in data["path"]
        ]
        if not paths:
            return Paths(**missing("No way of at most four steps leads from one to the other."))
        note = "A way says only how they are linked in the pages, not what they have to do."
        return Paths(answer="found", note=note, total=len(paths), shown=len(paths), paths=paths)

    async def _statements(self, where: Row | None, limit: int, cursor: str | None) -> Statements:
        variables = {"where": where, "first": limit, "after": cursor}
        found = (await self._graph.ask("statements", variables))["found"]
        return Statements(
            **told(found, len(found["nodes"])),
            statements=list(map(self._quoter.statement, found["nodes"])),
            speakers=self._quoter.counts(found["aggregate"]["bySpeaker"]),
        )

    async def _filter(
        self,
        country: str | None,
        speaker: str | None,
        outlet: str | None,
        denied: bool | None,
        since: date | None,
        until: date | None,
    ) -> dict[str, Any] | None:
        conditions = statement_conditions(
            country=await self._id(country, "country"),
            speaker=await self._id(speaker, "thing"),
            outlet=await self._id(outlet, "outlet"),
            denied=denied,
            since=since,
            until=until,
        )
        return {"and": conditions} if conditions else None

    async def _id(self, name: str | None, kind: str) -> str | None:
        return None if name is None else (await self._graph.find(name, kind)).id

    def _on_path(self, row: Row) -> Thing | Statement:
        if row["__typename"] == "Statement":
            return self._quoter.statement(row)
        return self._quoter.thing(row)


def _known(found: Statements, note: str) -> Statements:
    """An answer about something that is in the graph: having nothing, it says why."""
    return found if found.total else found.model_copy(update={"note": note})
