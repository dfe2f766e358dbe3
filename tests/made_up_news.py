"""Write news with a property and a class that are made up for a test, and say where they arrive.

``test_one_delta`` runs this beside a changed copy of the ontology and the records.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.graphql.compiler.derivation import load_catalog
from api.graphql.schema import create_schema
from api.rdf.export import export
from loader.bulk import open_stage, write_tables
from loader.extract.extraction import now, this_run
from loader.graph.removing import remove_ids
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from ontology import iris, records
from ontology.model import load_model
from ontology.records import ExtractedPage, PageRecord
from queries.database import Database, open_database
from queries.settings import Settings
from tests.loader.extract.extracting import article_of

QUESTION = (
    "{ figures { nodes { id amount spans said { tone } inArticle { kind }"
    " countedIn { name figures { totalCount } } } } }"
)


def main() -> None:
    """Print what was found, as JSON."""
    settings = Settings()
    with open_database(settings) as database:
        pages = [made_up(number) for number in range(2)]
        json.dump(dict(found(settings, database, pages)), sys.stdout)


def made_up(number: int) -> ExtractedPage:
    """A page of an article with one number in a unit that all use."""
    page = PageRecord(id=f"page/{number}", name=f"{number}.txt", media_type="text/plain")
    article = article_of(page, f"Text {number}.", 0)
    said = article.statements[0]
    made: Any = records
    unit = made.UnitRecord(id="unit/percent", name="percent")
    figure = made.FigureRecord(
        id=f"figure/{iris.key(said.id)}",
        amount="forty",
        spans=((5, 10),),
        said=said.id,
        counted_in=unit.id,
    )
    parts: Any = {"figures": (figure,), "units": (unit,)}
    return ExtractedPage(page=page, articles=(replace(article, **parts),))


def found(
    settings: Settings, database: Database, pages: list[ExtractedPage]
) -> Iterator[tuple[str, Any]]:
    """Yield what each way out of the loader shows, by its name."""
    run = this_run(now())
    articles: Any = pages[0].articles
    figure = articles[0].figures[0].id
    with database.session() as session:
        prepare(session, load_model())
        write_run(session, run)
        for _ in range(2):
            list(write_pages(session, pages, run))
        yield (
            "neo4j",
            session.run(
                "MATCH (figure:Figure)-[:SAID]->(statement:Statement {tone: 'calm'})"
                " MATCH (figure)-[:IN_ARTICLE]->(article:Article)"
                " RETURN figure.id AS id, figure.amount AS amount, figure.spans AS spans"
            ).data(),
        )
    yield "rdf", b"".join(export(database.driver, database=database.name)).decode()
    yield "schema", str(create_schema(load_catalog()))
    with TestClient(create_app(settings, database), base_url="http://127.0.0.1") as client:
        yield "graphql", client.post("/graphql", json={"query": QUESTION}).json()
        yield "site", client.get(f"/id/{figure}", headers={"Accept": "text/html"}).text
    with tempfile.TemporaryDirectory() as folder, open_stage(Path(folder)) as stage:
        list(stage.add(pages))
        tables = write_tables(stage, run)
        files = (*tables.nodes, *tables.relationships)
        yield "bulk", {path.name: path.read_text(encoding="utf-8") for _, path in files}
    with database.session() as session:
        remove_ids(session, [pages[0].page.id])
        left = "MATCH (n:Figure|Unit) RETURN labels(n)[0] AS label, count(n) AS n ORDER BY label"
        yield "left", session.run(left).data()
        remove_ids(session, [pages[1].page.id])
        yield "empty", len(session.run(left).data())


if __name__ == "__main__":
    main()
