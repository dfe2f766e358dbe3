"""The playground in a real browser: its tabs, an answer, the documentation."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

TABS = ".graphiql-tab-button"
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


def answer(page: Page) -> Any:
    """Runs the open tab and reads its answer."""
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window .view-lines")).to_contain_text("}", timeout=20_000)
    return json.loads(page.evaluate(LINES, "result-window").replace("\u00a0", " "))


def test_the_examples_are_its_tabs_and_the_first_runs(playground: Page) -> None:
    expect(playground.locator(TABS)).to_have_text(["Speakers", "Words"])
    assert answer(playground) == {
        "data": {"speakers": [{"name": "Ada Byron"}, {"name": "Ministry of Water"}]}
    }


def test_a_tab_brings_its_variables(playground: Page) -> None:
    playground.get_by_role("tab", name="Words").click()
    expect(playground.locator(OPEN_TAB)).to_have_text("Words")
    playground.wait_for_timeout(500)  # it reads the operation's name a little after the document
    said = answer(playground)["data"]["speakers"]
    assert [len(speaker["statements"]) for speaker in said] == [3]


def test_a_question_opens_in_a_tab_of_its_own(playground: Page) -> None:
    playground.get_by_role("button", name="What does Ada Byron say?").click()
    expect(playground.locator(OPEN_TAB)).to_have_text("Words")
    playground.get_by_role("tab").first.hover()
    playground.locator(".graphiql-tab-close").first.click()
    expect(playground.locator(TABS)).to_have_text(["Words"])
    playground.wait_for_timeout(700)  # GraphiQL takes over what an editor holds after half a second
    playground.get_by_role("button", name="Who speaks?").click()
    expect(playground.locator(TABS)).to_have_text(["Words", "Speakers"])
    assert len(answer(playground)["data"]["speakers"]) == 2


def test_the_documentation_shows_the_schema(playground: Page) -> None:
    playground.get_by_role("button", name="Show Documentation Explorer").click()
    playground.get_by_role("link", name="Query").click()
    expect(playground.get_by_text("Everybody who speaks, or those of one name.")).to_be_visible()


def test_what_was_typed_is_there_again_after_a_reload(playground: Page) -> None:
    playground.get_by_role("tab", name="Words").click()
    playground.wait_for_timeout(700)
    playground.reload()
    expect(playground.locator(OPEN_TAB)).to_have_text("Words", timeout=20_000)
    expect(playground.locator(TABS)).to_have_text(["Speakers", "Words"])


def test_it_links_to_the_other_ways_into_the_graph(playground: Page, address: str) -> None:
    links = playground.get_by_role("navigation", name="Main navigation").get_by_role("link")
    expect(links).to_have_text(["Playground", "Graph", "Turtle"])
    expect(playground.get_by_role("link", name="newsgraph")).to_have_attribute("href", "/")


def test_it_works_without_a_network(context: BrowserContext, tab: Page, address: str) -> None:
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    assert answer(ready(tab, address))["data"]
