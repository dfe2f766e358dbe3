"""Who gets to speak: every figure is counted again from the records, and opens what it counts."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from api.output import CommandError, UsageError
from api.site.voices import HOW, WHO
from api.source_jobs import Asked, run_sources, sources
from api.tables.sources import COLUMNS, GROUPINGS
from loader.extract.extraction import extract, this_run
from loader.extract.pipeline import load_pipeline
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from loader.pages import Page, read
from ontology.model import load_model
from ontology.records import (
    TOLD_ACTS,
    ArticleRecord,
    ExtractedPage,
    SourceRole,
    StatementRecord,
    Third,
)
from queries.database import Database
from queries.rows import Rows
from queries.settings import Settings
from tests.api.http.conftest import Served, serving

RUN = this_run(datetime(2026, 1, 31, 9, tzinfo=UTC))
WIKINEWS = Path(__file__).parents[2] / "evaluation" / "wikinews" / "text"
EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS"
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@dataclass(frozen=True)
class Said:
    """A statement with its article; names stand for whom they denote in the graph."""

    statement: StatementRecord
    article: ArticleRecord
    who: str | None
    authors: tuple[str, ...]
    outlet: str | None


@pytest.fixture(scope="module")
def pages(seed_pages: tuple[ExtractedPage, ...]) -> tuple[ExtractedPage, ...]:
    others = [page for page in read(sorted(WIKINEWS.glob("*.txt"))) if isinstance(page, Page)]
    return (*seed_pages, *extract(load_pipeline(), others))


@pytest.fixture(scope="module")
def news(database: Database, pages: tuple[ExtractedPage, ...]) -> Iterator[Database]:
    with database.session() as session:
        session.run(EMPTY).consume()
        prepare(session, load_model())
        write_run(session, RUN)
        for _ in write_pages(session, pages, RUN):
            pass
    yield database
    with database.session() as session:
        session.run(EMPTY).consume()


@pytest.fixture(scope="module")
def said(news: Database, pages: tuple[ExtractedPage, ...]) -> list[Said]:
    """All that was told, from the records alone but for whom names denote."""
    with news.session() as session:
        rows = session.run("MATCH (n:Name)-[:DENOTES]->(e) RETURN n.id AS name, e.id AS entity")
        denoted = {row["name"]: row["entity"] for row in rows}

    def known(entity: str | None) -> str | None:
        if entity is None:
            return None
        own: str = denoted.get(f"name/{entity.replace('/', '-', 1)}", entity)
        return own

    found = {}
    for page in pages:
        for article in page.articles:
            authors = {known(author.entity) for author in article.authors}
            for one in article.statements:
                if one.act in TOLD_ACTS:
                    found[one.id] = Said(
                        statement=one,
                        article=article,
                        who=known(one.source.entity) if one.source else None,
                        authors=tuple(sorted(filter(None, authors))),
                        outlet=known(article.outlet),
                    )
    return list(found.values())


def month(one: Said) -> list[str]:
    return [one.article.published.isoformat()[:7]] if one.article.published else []


KEYS: dict[str, Callable[[Said], Sequence[str]]] = {
    "outlet": lambda one: [one.outlet] if one.outlet else [],
    "author": lambda one: one.authors,
    "country": lambda one: [f"country/{code}" for code in one.statement.countries],
    "month": month,
    "year": lambda one: [text[:4] for text in month(one)],
    "role": lambda one: [one.statement.source_role],
    "speaker": lambda one: [one.who] if one.who else [],
}


def counted_again(said: Sequence[Said], by: str) -> dict[str, dict[str, int]]:
    """The table, by the ids or the names of its groups."""
    groups = defaultdict(list)
    for one in said:
        for key in KEYS[by](one):
            groups[key].append(one)
    return {key: figures(group) for key, group in groups.items()}


def figures(said: Sequence[Said]) -> dict[str, int]:
    statements = [one.statement for one in said]

    def words(some: Sequence[StatementRecord]) -> int:
        return sum(1 for one in some for word in one.text.split() if re.search(r"[^\W_]", word))

    def place(one: Said) -> str:
        third = len(one.article.text) / 3
        start = one.statement.content[0][0]
        return "first" if start < third else "middle" if start < 2 * third else "last"

    direct = [one for one in statements if one.kind == "direct"]
    speakers = {one.who for one in said} - {None}
    return {
        "statements": len(said),
        "words": words(statements),
        "quoted_words": words(direct),
        "articles": len({one.article.id for one in said}),
        "sources": len(speakers),
        "article_sources": len({(one.article.id, one.who) for one in said if one.who}),
        "named": sum(one.who is not None for one in said),
        **{
            role: sum(one.source_role == role for one in statements)
            for role in get_args(SourceRole)
        },
        "quoted": len(direct),
        "part_quoted": sum(one.kind == "mixed" for one in statements),
        "reported": sum(one.kind == "indirect" for one in statements),
        **{f"{third}_third": sum(place(one) == third for one in said) for third in get_args(Third)},
    }


def shown(rows: Rows) -> dict[str, dict[str, int]]:
    """A table by the ids or the names of its groups."""
    return {
        row["id"] or row["group"]: {
            key: value for key, value in row.items() if key not in ("group", "id")
        }
        for row in rows
    }


def test_the_ways_to_group_are_all_counted_again() -> None:
    assert KEYS.keys() == GROUPINGS.keys()
    assert {column.name for column in COLUMNS} == {"group", "id", *figures([])}


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_figure_is_counted_again_from_the_records(
    server_settings: Settings, news: Database, said: list[Said], by: str
) -> None:
    rows = sources(server_settings, news, Asked(by=by))
    again = counted_again(said, by)
    assert len(again) > 3
    assert shown(rows) == again
    assert [row["statements"] for row in rows] == sorted(
        (row["statements"] for row in rows), reverse=True
    ) or by in ("month", "year")


def test_roles_are_what_the_article_says(said: list[Said]) -> None:
    for one in said:
        cited = {citation.entity: citation.role for citation in one.article.citations}
        source = one.statement.source
        role = one.statement.source_role
        if role in ("unnamed", "government"):
            named = source.entity if source else None
            assert (named or "country/").startswith("country/")
        else:
            assert source is not None
            assert cited[str(source.entity)] == role
    assert {one.statement.source_role for one in said} == set(get_args(SourceRole))


def test_a_table_is_narrowed_down(
    server_settings: Settings, news: Database, said: list[Said]
) -> None:
    outlet = max(
        {one.outlet for one in said if one.outlet},
        key=lambda name: sum(one.outlet == name for one in said),
    )
    own = [one for one in said if one.outlet == outlet]
    rows = sources(server_settings, news, Asked(by="role", outlet=outlet))
    assert shown(rows) == counted_again(own, "role")
    author = own[0].authors[0]
    rows = sources(server_settings, news, Asked(by="speaker", author=author, role="Expert"))
    experts = [
        one for one in said if author in one.authors and one.statement.source_role == "expert"
    ]
    assert shown(rows) == counted_again(experts, "speaker")
    day = own[0].article.published
    assert day is not None
    rows = sources(server_settings, news, Asked(by="country", country="UA", since=day, until=day))
    about = [
        one for one in said if "UA" in one.statement.countries and one.article.published == day
    ]
    assert shown(rows) == counted_again(about, "country")
    every = sources(server_settings, news, Asked(by="role", acts=None))
    assert sum(row["statements"] for row in every) > len(said)


@pytest.fixture(scope="module")
def site(server_settings: Settings, news: Database) -> Iterator[Served]:
    with serving(server_settings, news) as served:
        served.client.headers["Accept"] = BROWSER
        yield served


CELL = re.compile(r'<td>(?:<a href="([^"]*)">)?([\d,.]+)')
LINE = re.compile(r'<tr><th scope="row"><a href="([^"]*)">([^<]*)</a></th>(.*?)</tr>')
TOTAL = re.compile(r'<h2 id="result-title">([\d,]+)')
COUNTS = {
    *("count", "quoted", "partQuoted", "reported"),
    *(key for key, _, more in (*WHO, *HOW) if more and key not in ("sources", "quotedWords")),
}
"""What is a number of statements, and not of words, articles or sources."""


@pytest.mark.parametrize(
    "query",
    [
        *(f"by={by}" for by in ("author", "month", "role", "speaker")),
        "by=month&year=2015&role=source",
        "by=outlet&named=unnamed&acts=all",
        "by=role&country=country/CN&from=2023-01-01&to=2023-03-20",
    ],
)
def test_every_figure_opens_what_it_counts(site: Served, query: str) -> None:
    page = site.client.get(f"/sources?{query}").text
    heads = re.findall(r'<th scope="col">([^<]*)</th>', page)
    labels = {label: key for key, label, _ in (*WHO, *HOW)}
    lines = LINE.findall(page)
    assert lines
    tables = page.split("<tbody>")[1:]
    tried = 0
    opened: dict[str, int] = {}
    for part, columns in zip(tables, _columns(heads), strict=True):
        for _, _, cells in LINE.findall(part)[:2]:
            found = CELL.findall(cells)
            assert len(found) == len(columns)
            for (href, number), label in zip(found, columns, strict=True):
                if labels.get(label) not in COUNTS or not href:
                    continue
                tried += 1
                address = href.replace("&amp;", "&")
                if address not in opened:
                    text = site.client.get(address).text
                    total = TOTAL.search(text)
                    assert total, address
                    opened[address] = int(total[1].replace(",", ""))
                assert opened[address] == int(number.replace(",", "")), (label, address)
    assert tried > 3


def _columns(heads: Sequence[str]) -> list[list[str]]:
    """The headings of each table, without that of its groups."""
    starts = [place for place, head in enumerate(heads) if head == heads[0]]
    ends = [*starts[1:], len(heads)]
    return [list(heads[start + 1 : end]) for start, end in zip(starts, ends, strict=True)]


def test_the_files_hold_the_same_rows(
    site: Served, server_settings: Settings, news: Database
) -> None:
    page = site.client.get("/sources?by=speaker&role=expert").text
    address = re.search(r'href="(/sources\.csv[^"]*)"', page)
    assert address
    answer = site.client.get(address[1].replace("&amp;", "&"))
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    expected = sources(server_settings, news, Asked(by="speaker", role="expert"))
    assert rows == [{key: str(value) for key, value in row.items()} for row in expected]
    assert answer.headers["x-total-count"] == str(len(rows))
    bare = list(csv.DictReader(io.StringIO(site.client.get("/sources.csv").text)))
    told = sources(server_settings, news, Asked())
    assert bare == [{key: str(value) for key, value in row.items()} for row in told]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/sources?by=mood", "no table of sources by &#39;mood&#39;"),
        ("/sources?role=villain", "cannot be &#39;villain&#39;"),
        ("/sources.csv?by=mood", "no table of sources by"),
        ("/sources.csv?orderBy=1", "is not a parameter of a table"),
    ],
)
def test_what_there_is_not_is_said(site: Served, address: str, words: str) -> None:
    answer = site.client.get(address)
    assert answer.status_code == 400
    assert words in answer.text


def test_pages_lead_to_who_speaks(site: Served) -> None:
    for path, key in (
        ("/outlet/epoch-times", "outlet=organization/epoch-times"),
        ("/country/UA", "country=country/UA"),
        ("/person/venus-upadhayaya", "author=person/venus-upadhayaya"),
    ):
        href = f"/sources?by=role&amp;{key}"
        assert href in site.client.get(path).text
        assert site.client.get(href.replace("&amp;", "&")).status_code == 200
    assert "/sources?by=role" not in site.client.get("/person/frank-lehberger").text


def test_the_command_prints_or_writes_the_table(
    server_settings: Settings,
    news: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from api.table_jobs import answer_target

    run_sources(server_settings, news, Asked(by="role"), None)
    told = capsys.readouterr().out
    assert re.search(r"^unnamed +\d+ ", told, re.MULTILINE)
    path = tmp_path / "roles.csv"
    run_sources(server_settings, news, Asked(by="role"), answer_target(str(path), None))
    assert path.read_text(encoding="utf-8").startswith("group,id,statements,words,")


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        (Asked(by="mood"), UsageError, "use one of outlet, author, country, month"),
        (Asked(role="villain"), UsageError, "'villain' is not a role; use one of expert"),
        (Asked(outlet="The Daily Nothing"), CommandError, "no outlet called"),
        (Asked(role="expert", country="Kiribati"), CommandError, "No statements match"),
    ],
)
def test_what_cannot_be_asked_is_said(
    server_settings: Settings,
    news: Database,
    asked: Asked,
    kind: type[Exception],
    words: str,
) -> None:
    with pytest.raises(kind, match=words):
        run_sources(server_settings, news, asked, None)


def test_the_figures_do_not_depend_on_the_order_of_loads(
    server_settings: Settings, news: Database, pages: tuple[ExtractedPage, ...]
) -> None:
    def tables() -> list[Any]:
        return [sorted(sources(server_settings, news, Asked(by=by)), key=str) for by in GROUPINGS]

    before = tables()
    with news.session() as session:
        session.run(EMPTY).consume()
        write_run(session, RUN)
        for some in (pages[9:], pages[8::-1]):
            for _ in write_pages(session, some, RUN):
                pass
    assert tables() == before
