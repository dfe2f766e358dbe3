"""The graph view in a real browser, as a page and as a file of its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.site.picture import Picture, PictureNode, render_picture

NOT_EMPTY = """() => {
  const canvas = document.querySelector('#view canvas:not(.labels)').parentElement;
  return [...canvas.querySelectorAll('canvas')].some((one) => {
    const { data } = one.getContext('2d').getImageData(0, 0, one.width, one.height);
    return data.some((value, index) => index % 4 === 3 && value > 0);
  });
}"""


@pytest.fixture
def open_file(tab: Page, tmp_path: Path, static: Path) -> Callable[[Picture], Page]:
    def opened(picture: Picture) -> Page:
        file = tmp_path / "picture.html"
        file.write_text(render_picture(picture), encoding="utf-8")
        tab.goto(file.as_uri())
        expect(tab.locator("html[data-ready]")).to_be_attached(timeout=20_000)
        return tab

    return opened


@pytest.fixture(params=["page", "file"])
def view(
    request: pytest.FixtureRequest,
    tab: Page,
    address: str,
    picture: Picture,
    open_file: Callable[[Picture], Page],
) -> Page:
    """The same picture, from the API and from a file."""
    if request.param == "file":
        return open_file(picture)
    tab.goto(f"{address}/graph")
    expect(tab.locator("html[data-ready]")).to_be_attached(timeout=20_000)
    return tab


def test_it_draws_and_tells_what_there_is(view: Page) -> None:
    expect(view.get_by_role("heading", name="Ada Byron")).to_be_visible()
    expect(view.get_by_label("Statement 4")).to_be_checked()
    assert view.evaluate(NOT_EMPTY)


def test_a_node_is_found_by_a_part_of_its_name_and_tells_its_details(view: Page) -> None:
    view.get_by_label("Find in this graph").fill("byron  ADA")
    view.get_by_label("Find in this graph").press("Enter")
    panel = view.get_by_label("Selected node")
    expect(panel.get_by_role("heading", name="Ada Byron")).to_be_visible()
    expect(panel.get_by_text("a professor of hydrology")).to_be_visible()
    expect(panel.get_by_role("heading", name="← attributed to 3")).to_be_visible()
    panel.get_by_role("button", name="the dam is old").click()
    expect(panel.get_by_role("heading", name="part of → 1")).to_be_visible()
    view.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_a_click_on_a_node_chooses_it(view: Page) -> None:
    box = view.locator("#view").bounding_box()
    assert box is not None
    found = view.evaluate(
        """() => {
          const view = document.querySelector('#view')._cyreg.cy;
          return view.getElementById('country/ke').renderedPosition();
        }"""
    )
    view.mouse.click(box["x"] + found["x"], box["y"] + found["y"])
    expect(view.get_by_label("Selected node").get_by_role("heading", level=2)).to_have_text("Kenya")
    assert "#country%2Fke" in view.url


def test_a_statement_is_read_in_its_article(view: Page) -> None:
    view.get_by_role("button", name="It broke, We told them.").click()
    view.get_by_role("button", name="Read it in the article").click()
    reader = view.get_by_role("dialog")
    expect(reader.get_by_role("heading", name="Rivers rise in the north")).to_be_visible()
    expect(reader.locator("mark.strong")).to_have_text(["It broke,", "We told them."])
    expect(reader.locator("mark.strong").first).to_be_in_viewport()
    view.keyboard.press("Escape")
    expect(reader).to_be_hidden()


def test_a_click_on_another_statement_in_the_article_chooses_that(view: Page) -> None:
    view.get_by_role("button", name="It broke, We told them.").click()
    view.get_by_role("button", name="Read it in the article").click()
    view.get_by_role("dialog").locator("mark", has_text="the dam is old").click()
    expect(view.get_by_role("dialog").locator("mark.strong")).to_have_text("the dam is old")


def test_a_kind_can_be_left_out(view: Page) -> None:
    # The picture follows with its next frame; what may wait for it by itself needs eval.
    shown = """async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return document.querySelector('#view')._cyreg.cy.nodes(':visible').length;
    }"""
    before = view.evaluate(shown)
    view.get_by_label("Statement 4").uncheck()
    assert view.evaluate(shown) == before - 4
    view.get_by_label("Statement 4").check()
    assert view.evaluate(shown) == before


def test_the_same_picture_is_laid_out_alike(
    picture: Picture, open_file: Callable[[Picture], Page]
) -> None:
    places = """() => document.querySelector('#view')._cyreg.cy.nodes()
        .map((node) => [node.id(), node.position('x'), node.position('y')]).sort()"""
    once = open_file(picture).evaluate(places)
    reordered = replace(picture, nodes=picture.nodes[::-1], edges=picture.edges[::-1])
    assert open_file(reordered).evaluate(places) == once


def test_500_nodes_are_drawn_in_seconds_and_none_touches_another(tab: Page, address: str) -> None:
    tab.goto(f"{address}/graph?about=many")
    expect(tab.locator("html[data-ready]")).to_be_attached(timeout=15_000)
    covered = tab.evaluate(
        """() => {
          const nodes = document.querySelector('#view')._cyreg.cy.nodes().toArray();
          const places = nodes.map((node) => ({ ...node.position(), r: node.width() / 2 }));
          let covered = 0;
          places.forEach((a, i) => places.slice(i + 1).forEach((b) => {
            if (Math.hypot(a.x - b.x, a.y - b.y) < a.r + b.r) covered += 1;
          }));
          return covered;
        }"""
    )
    assert covered == 0


def test_hostile_names_are_text(open_file: Callable[[Picture], Page]) -> None:
    hostile = "</script><script>document.title='owned'</script><!--<img src=x onerror=alert(1)>"
    node = PictureNode(
        id=hostile,
        kind="Person",
        label=hostile,
        quote=hostile,
        href="javascript:document.title='owned'",
        details=((hostile, hostile),),
    )
    page = open_file(Picture(title=hostile, note=hostile, kinds=(), nodes=(node,), edges=()))
    page.locator("#found button").click()
    expect(page.get_by_label("Selected node").locator("blockquote")).to_have_text(hostile)
    expect(page.get_by_role("link", name="Open page")).to_have_count(0)
    assert page.title() == f"{hostile} · newsgraph"
    assert page.evaluate("() => document.scripts.length") == 3


def test_an_empty_picture_and_one_node_alone_stand(open_file: Callable[[Picture], Page]) -> None:
    open_file(Picture(title="Nothing", kinds=(), nodes=(), edges=()))
    alone = PictureNode(id="a", kind="", label="Alone")
    page = open_file(Picture(title="One", kinds=(), nodes=(alone,), edges=(), focus="gone"))
    expect(page.get_by_role("button", name="Alone")).to_be_visible()


@pytest.mark.parametrize("path", ["/graph", "/playground"])
def test_pages_stand_in_the_dark_and_on_a_telephone(tab: Page, address: str, path: str) -> None:
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")
    tab.set_viewport_size({"width": 390, "height": 780})
    tab.goto(f"{address}{path}", wait_until="networkidle")
    wide = tab.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 390
    background = tab.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert background != "rgb(255, 255, 255)"
