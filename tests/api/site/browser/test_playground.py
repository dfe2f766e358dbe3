"""The playground in a real browser: its tabs, an answer, the documentation."""

import json
from typing import Any, Literal
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

TABS = ".graphiql-tab-button"
TITLES = ["Who speaks?", "What does Ada Byron say?"]
OPEN_TAB = ".graphiql-tab-active .graphiql-tab-button"
LINES = """(part) => [...document.querySelectorAll(`.${part} .view-line`)]
  .sort((a, b) => a.offsetTop - b.offsetTop).map((line) => line.textContent).join('\\n')"""


@pytest.fixture
def playground(tab: Page, address: str) -> Page:
    return ready(tab, address)


def ready(tab: Page, address: str) -> Page:
    """The playground, once its editor holds the first example."""
    tab.goto(f"{address}/playground")
    expect(tab.locator(".graphiql-query-editor .view-lines")).to_contain_text(
        "speaks", timeout=30_000
    )
    return tab


def answer(page: Page, *, run: bool = True) -> Any:
    """Reads the answer to the open tab, which is run before."""
    if run:
        page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window .view-lines")).to_contain_text("}", timeout=20_000)
    return json.loads(page.evaluate(LINES, "result-window").replace("\u00a0", " "))


def test_the_examples_are_its_tabs_and_the_first_has_run(playground: Page) -> None:
    expect(playground.locator(TABS)).to_have_text(TITLES)
    assert answer(playground, run=False) == {
        "data": {"speakers": [{"name": "Ada Byron"}, {"name": "Ministry of Water"}]}
    }


def test_a_tab_is_called_by_the_comment_its_document_begins_with(playground: Page) -> None:
    playground.get_by_role("button", name="New tab").click()
    playground.locator(".graphiql-query-editor .view-lines").click()
    playground.keyboard.type("# How many speak?\n# So many.\n{ speakers { name")
    expect(playground.locator(OPEN_TAB)).to_have_text("How many speak?")


def test_nothing_that_was_typed_runs_by_itself(playground: Page) -> None:
    playground.get_by_role("button", name="New tab").click()
    playground.locator(".graphiql-query-editor .view-lines").click()
    playground.keyboard.type("query Typed { speakers { name")
    expect(playground.locator(OPEN_TAB)).to_have_text("Typed")
    playground.wait_for_timeout(700)
    playground.reload()
    expect(playground.locator(OPEN_TAB)).to_have_text("Typed", timeout=20_000)
    playground.wait_for_timeout(1_000)
    assert not playground.evaluate(LINES, "result-window").strip()


@pytest.mark.parametrize("width", [390, 1280])
def test_editor_button_and_answer_are_in_reach(playground: Page, width: int) -> None:
    playground.set_viewport_size({"width": width, "height": 844})
    playground.reload()
    expect(playground.locator(".result-window .view-lines")).to_contain_text("Ada", timeout=30_000)
    for part in (".graphiql-query-editor", ".graphiql-execute-button", ".result-window"):
        box = playground.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 844
        assert box["height"] >= 40
    assert playground.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(playground: Page, scheme: Literal["light", "dark"]) -> None:
    playground.emulate_media(color_scheme=scheme)
    playground.reload()
    expect(playground.locator(".result-window .view-lines")).to_contain_text("Ada", timeout=30_000)
    found = Axe().run(playground)
    assert found.response["violations"] == []


def test_a_tab_brings_its_variables(playground: Page) -> None:
    playground.locator(TABS).get_by_text(TITLES[1]).click()
    expect(playground.locator(OPEN_TAB)).to_have_text(TITLES[1])
    playground.wait_for_timeout(500)  # it reads the operation's name a little after the document
    said = answer(playground)["data"]["speakers"]
    assert [len(speaker["statements"]) for speaker in said] == [3]


def test_a_question_opens_in_a_tab_of_its_own(playground: Page) -> None:
    questions = playground.get_by_role("region", name="Questions")
    questions.get_by_text(TITLES[1]).click()
    expect(playground.locator(OPEN_TAB)).to_have_text(TITLES[1])
    playground.locator(TABS).first.hover()
    playground.locator(".graphiql-tab-close").first.click()
    expect(playground.locator(TABS)).to_have_text(TITLES[1:])
    playground.wait_for_timeout(700)  # GraphiQL takes over what an editor holds after half a second
    questions.get_by_text(TITLES[0]).click()
    expect(playground.locator(TABS)).to_have_text(TITLES[::-1])
    assert len(answer(playground)["data"]["speakers"]) == 2


@pytest.mark.parametrize("again", [False, True])
def test_a_question_in_the_address_is_opened_and_answered(
    tab: Page, address: str, again: bool
) -> None:
    if again:
        ready(tab, address)
        tab.wait_for_timeout(700)
    query = "# Who speaks here?\nquery Linked($name: String) { speakers(name: $name) { name } }"
    given = urlencode({"query": query, "variables": '{"name": "Ada Byron"}'})
    tab.goto(f"{address}/playground?{given}")
    expect(tab.locator(OPEN_TAB)).to_have_text("Who speaks here?", timeout=30_000)
    assert answer(tab, run=False) == {"data": {"speakers": [{"name": "Ada Byron"}]}}


def test_the_documentation_shows_the_schema(playground: Page) -> None:
    playground.get_by_role("button", name="Show Documentation Explorer").click()
    playground.get_by_role("link", name="Query").click()
    expect(playground.get_by_text("Everybody who speaks, or those of one name.")).to_be_visible()


def test_what_was_typed_is_there_again_after_a_reload(playground: Page) -> None:
    playground.locator(TABS).get_by_text(TITLES[1]).click()
    playground.wait_for_timeout(700)
    playground.reload()
    expect(playground.locator(OPEN_TAB)).to_have_text(TITLES[1], timeout=20_000)
    expect(playground.locator(TABS)).to_have_text(TITLES)


def test_it_links_to_the_other_ways_into_the_graph(playground: Page, address: str) -> None:
    links = playground.get_by_role("navigation", name="Main navigation").get_by_role("link")
    expect(links).to_contain_text(["Statements", "Graph", "Playground"])
    expect(playground.get_by_role("link", name="newsgraph")).to_have_attribute("href", "/")


def test_it_works_without_a_network(context: BrowserContext, tab: Page, address: str) -> None:
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    assert answer(ready(tab, address))["data"]
