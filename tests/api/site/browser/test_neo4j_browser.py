"""Neo4j Browser, which the managed server carries: logged in, styled, guided, asked.

With NEWSGRAPH_PICTURES naming a folder, the picture of the README is written there anew.
"""

import base64
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Page, Route, expect

from api.bloom.browser import GUIDE, QUESTIONS, STYLE, router, scripts, write_files
from ontology.model import load_model
from queries.database import Database

QUESTION = "what_a_person_says.cypher"
DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer });
    document.elementFromPoint(700, 300).dispatchEvent(event);
  }
}"""


@pytest.fixture
def address(seeded: Database) -> Iterator[str]:
    """Where style and guide are served, under the name that Neo4j Browser trusts."""
    app = FastAPI()
    app.include_router(router(seeded))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://localhost:{port}/browser"
    server.should_exit = True
    thread.join()


@pytest.fixture
def neo4j_browser(context: BrowserContext, seeded: Database) -> Page:
    """Neo4j Browser, logged in; what it asks of the world for itself is not answered."""
    if seeded.server is None:
        pytest.skip("the Neo4j that was named is not the managed one, which carries the Browser")

    def local(route: Route) -> None:
        host = route.request.url.split("/")[2].split(":")[0]
        if host in {"127.0.0.1", "localhost"}:
            route.continue_()
        else:
            route.abort()

    context.route(lambda url: url.startswith("http"), local)
    page = context.new_page()
    page.set_viewport_size({"width": 1400, "height": 620})
    page.goto(seeded.server.browser_url)
    expect(page.get_by_test_id("username")).to_have_value(seeded.server.user, timeout=60_000)
    page.get_by_test_id("password").fill(seeded.server.password)
    page.get_by_test_id("connect").click()
    expect(page.get_by_text("You are connected as user")).to_be_visible(timeout=60_000)
    return page


def run(page: Page, text: str) -> None:
    page.locator("#monaco-main-editor").first.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("ControlOrMeta+Enter")


def drop(page: Page, file: Path) -> None:
    page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])


def colours(page: Page) -> set[str]:
    return set(
        page.evaluate(
            "() => [...document.querySelectorAll('g.node circle.b-outline, g.node circle')]"
            ".map((circle) => circle.getAttribute('fill'))"
        )
    ) - {None}


def test_a_question_is_drawn_in_the_ontologys_colours(
    neo4j_browser: Page, address: str, seeded: Database
) -> None:
    page, model = neo4j_browser, load_model()
    run(page, f":style {address}/{STYLE}")
    expect(page.get_by_text("node.Statement {")).to_be_visible(timeout=20_000)
    title, *statement = scripts(seeded)[QUESTION].splitlines()
    assert title.startswith("// What ")
    run(page, ":clear")
    run(page, " ".join(statement))
    expect(page.locator("g.node").first).to_be_visible(timeout=30_000)
    page.wait_for_timeout(4_000)  # until the picture has come to rest
    pictured = {model.classes[name].colour for name in ("Person", "Statement", "Article")}
    assert pictured <= colours(page)
    if folder := os.environ.get("NEWSGRAPH_PICTURES"):
        page.screenshot(path=Path(folder) / "browser.png")


def test_the_guide_plays_and_its_questions_run(neo4j_browser: Page, address: str) -> None:
    page = neo4j_browser
    run(page, f":play {address}/{GUIDE}")
    expect(page.get_by_role("heading", name="newsgraph")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(f":style {address}")).to_be_visible()
    page.get_by_test_id("nextSlide").first.click()
    expect(page.get_by_role("heading", name="Articles by")).to_be_visible()
    page.locator("pre.runnable", has_text="MATCH").first.click()
    page.locator("#monaco-main-editor").first.click()
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("g.node").first).to_be_visible(timeout=30_000)


def test_style_and_questions_can_be_dragged_in(
    neo4j_browser: Page, seeded: Database, tmp_path: Path
) -> None:
    written = write_files(seeded, tmp_path / "browser")
    assert [path.name for path in written] == [STYLE, QUESTIONS]
    page = neo4j_browser
    drop(page, written[0])
    expect(page.get_by_text("node.Statement {")).to_be_visible(timeout=20_000)
    drop(page, written[1])
    page.get_by_test_id("navigationFavorites").click()
    expect(page.get_by_text("newsgraph", exact=True)).to_be_visible(timeout=20_000)


def test_the_files_are_the_same_for_the_same_graph(seeded: Database, tmp_path: Path) -> None:
    once, again = (write_files(seeded, tmp_path / name) for name in ("once", "again"))
    assert [file.read_bytes() for file in once] == [file.read_bytes() for file in again]
