"""The site in a real browser: what readers come to do, with the mouse, the keyboard, no scripts."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from queries.database import Database
from tests.api.http.conftest import Served

PICTURES = ("home", "list", "person", "claim", "graph")
EVERY_KIND = (
    "/",
    "/search?q=Putin",
    "/search?q=Who+says+that+China+helps+Moscow",
    "/statements?country=country/UA",
    "/claims",
    "/articles",
    "/people?role=expert",
    "/organizations",
    "/outlets",
    "/countries",
    "/documents",
    "/person/frank-lehberger",
    "/organization/starlink",
    "/outlet/epoch-times",
    "/country/UA",
    "/sources",
    "/sources?by=role&outlet=organization/epoch-times",
    "/compare",
    "/compare?a=China&b=Vladimir+Putin",
    "/graph",
)
"""A page of every kind; those whose ids are hashes are found by links."""
BY_LINK = ("/documents", "/claims?stated=similar", "/statements", "/articles")


@pytest.fixture(params=[1280, 390], ids=["desk", "telephone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def reader(browser: Browser, site: Served, width: int) -> Iterator[Page]:
    """A tab on the home page that must end without a complaint and nothing wider than itself."""
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=site.url)
    with calm_tab(context) as page:
        page.goto("/")
        yield page
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    context.close()


@contextmanager
def calm_tab(context: BrowserContext) -> Iterator[Page]:
    """A tab of a context, which must end without a message in its console."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    yield page
    assert complaints == []


def to_list(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Main navigation").get_by_role("link", name=name).click()


def narrow(page: Page, facet: str, value: str) -> None:
    """Choose a value of a facet, as a reader does."""
    section = page.locator("section.facet", has=page.get_by_role("heading", name=facet, exact=True))
    section.get_by_role("link", name=re.compile(rf"^{re.escape(value)} [\d,]+$")).click()


def total(page: Page) -> int:
    text = page.locator("#result-title").inner_text()
    return int(text.split()[0].replace(",", ""))


def test_who_denied_something_about_a_country(reader: Page) -> None:
    to_list(reader, "Statements")
    narrow(reader, "About", "Russia")
    narrow(reader, "Said with", "denies")
    rows = reader.locator("ol.rows > li")
    assert rows.count() == total(reader) > 0
    expect(rows.first.locator(".who strong")).not_to_be_empty()
    expect(rows.first.locator(".tags .denied")).to_have_text("denies")
    for row in rows.all():
        expect(row.get_by_role("link", name="Russia", exact=True).last).to_be_visible()


def test_all_experts_on_a_country_are_taken_along(reader: Page) -> None:
    to_list(reader, "People")
    narrow(reader, "Cited as", "expert")
    narrow(reader, "Speaks about", "Ukraine")
    count = total(reader)
    assert count > 1
    with reader.expect_download() as download:
        reader.get_by_role("link", name="CSV", exact=True).click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == count + 1
    assert "name" in lines[0]


def test_the_same_claim_in_other_words_stands_beside_it(reader: Page) -> None:
    to_list(reader, "Claims")
    narrow(reader, "Stated", "also in other words")
    reader.locator("ol.rows blockquote a").first.click()
    expect(reader.get_by_role("heading", name="Nearly the same claim")).to_be_visible()
    expect(reader.locator(".pair mark.differs").first).to_be_visible()
    pair = reader.locator(".pair").first
    expect(pair.get_by_role("listitem").first).to_contain_text("by")


def test_what_a_person_said_in_a_year(reader: Page) -> None:
    box = reader.get_by_role("searchbox").first
    box.fill("Lehberger")
    box.press("Enter")
    reader.get_by_role("link", name="Frank Lehberger", exact=True).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Frank Lehberger")
    reader.locator(".years").get_by_role("link", name="2023").click()
    expect(reader.locator(".chips")).to_contain_text("Frank Lehberger")
    assert total(reader) > 5
    for moment in reader.locator("ol.rows time").all():
        assert str(moment.get_attribute("datetime")).startswith("2023-")


def test_from_a_statement_to_its_sentence_in_the_article(reader: Page) -> None:
    to_list(reader, "Statements")
    reader.locator("ol.rows blockquote a").nth(1).click()
    words = reader.locator(".context mark.content").first.inner_text()
    reader.get_by_role("link", name="Read it in its article").click()
    marked = reader.locator("mark.chosen").first
    expect(marked).to_be_in_viewport()
    assert words.split()[0] in marked.inner_text()


def test_everything_can_be_done_with_the_keyboard_alone(browser: Browser, site: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=site.url)
    with calm_tab(context) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to the content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Ukraine")  # the search box is the first thing in the content
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=Ukraine")
        tab_to(page, "Russia")
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=Ukraine&**")
        expect(page.locator(".chips")).to_contain_text("Russia")
    context.close()


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.innerText")).strip()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a facet of this name is focused."""
    for _ in range(200):
        page.keyboard.press("Tab")
        where = page.evaluate("() => !!document.activeElement.closest('.facet')")
        if where and focused(page).startswith(name):
            return
    pytest.fail(f"{name} is not reached with the keyboard")


def test_everything_can_be_read_without_scripts(browser: Browser, site: Served) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").first.fill("Putin")
    page.get_by_role("button", name="Search").click()
    page.locator("ol.rows blockquote a").first.click()
    expect(page.locator(".context")).to_be_visible()
    to_list(page, "Statements")
    page.get_by_label("About").fill("Ukraine")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".chips")).to_contain_text("Ukraine")
    to_list(page, "Graph")
    page.locator("noscript a").click()
    page.wait_for_url("**/statements")
    context.close()


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 390),
        pytest.param("dark", 1280, marks=pytest.mark.slow),
        pytest.param("light", 1280, marks=pytest.mark.slow),
        pytest.param("dark", 390, marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, site: Served, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        base_url=site.url,
    )
    with calm_tab(context) as page:
        found: list[str] = []
        for path in EVERY_KIND:
            page.goto(path)
            found += violations(page)
        for path in BY_LINK:
            page.goto(path)
            page.locator("ol.rows li a").first.click()
            found += violations(page)
        assert found == []
    context.close()


def violations(page: Page) -> list[str]:
    if "/graph" in page.url:
        expect(page.locator("html[data-ready]")).to_be_attached(timeout=20_000)
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    found = [f"{page.url} is {wide} pixels too wide"] if wide > 0 else []
    for one in Axe().run(page).response["violations"]:
        found.append(f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:120]}")
    return found


HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"><svg onload=document.title='owned'>",
    "' onmouseover='document.title=1' x='",
    "<a href=\"javascript:document.title='owned'\">x</a>",
    "javascript:document.title='owned'",
    "<!--<script>--><script>document.title='owned'</script>",
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "<math><mi//xlink:href=\"data:x,<script>document.title='owned'</script>\">",
    "{{7*7}} {% include 'x' %} ${7*7} <%= 7*7 %>",
    "]]><script>document.title='owned'</script>",
    "<style>@import 'javascript:alert(1)'</style>",
    "\u202e\u2028\u2029\ufeff\u0007<b>",
    "&lt;script&gt;document.title='owned'&lt;/script&gt;",
    "<details open ontoggle=\"document.title='owned'\">",
    "<body onload=document.title='owned'>",
    "<form action=javascript:document.title='owned'><button>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
)


def test_stored_markup_is_text_everywhere(
    browser: Browser, site: Served, database: Database
) -> None:
    """Names, titles and statements that are markup are shown as they are, and nothing runs."""
    with database.session() as session:
        session.run(
            """UNWIND range(0, size($texts) - 1) AS number
            WITH number, $texts[number] AS text
            CREATE (person:Person {id: 'person/hostile-' + number, name: text, aliases: [text]})
            CREATE (article:Article {id: 'article/hostile' + number, kind: 'article', title: text,
                subtitle: text, language: 'en', text: text + ' ' + text, url: text,
                published: date('2024-02-01'), locations: ['page/x#char=0,9'], noise: [],
                authorNames: []})
            CREATE (article)-[:WRITTEN_BY]->(person), (article)-[:CITES]->(person)
            CREATE (claim:Claim {id: 'claim/hostile' + number, text: text})
            CREATE (said:Statement {id: 'statement/hostile-' + number, text: text, kind: 'direct',
                act: 'said', rule: 'clause', sourceRole: 'source', words: 3, third: 'first',
                start: 0, contentSpans: ['char=0,' + size(text)], source: text,
                cue: text, denied: true, negative: false, negated: true, hedged: false,
                headline: false, question: false, published: date('2024-02-01')})
            CREATE (said)-[:STATED_IN]->(article), (said)-[:ATTRIBUTED_TO]->(person),
                (said)-[:EXPRESSES]->(claim)
            CREATE (cited:Citation {id: 'citation/hostile-' + number, role: 'expert',
                description: text})
            CREATE (cited)-[:IN_ARTICLE]->(article), (cited)-[:OF]->(person)
            """,
            texts=list(HOSTILE),
        ).consume()
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.on("request", lambda request: strangers.append(request.url))
    page.on("dialog", lambda dialog: strangers.append(dialog.message))
    strangers: list[str] = []
    try:
        paths = ["/", "/statements", "/claims?stated=denied", "/articles", "/people?sort=name"]
        for number in range(len(HOSTILE)):
            paths += [
                f"/person/hostile-{number}",
                f"/statement/hostile-{number}",
                f"/claim/hostile{number}",
                f"/article/hostile{number}",
            ]
        paths += ["/graph?about=person/hostile-0", "/compare?a=person/hostile-2&b=person/hostile-3"]
        for path in paths:
            answer = page.goto(path)
            assert answer is not None, path
            assert answer.status == 200, path
            assert page.title() != "owned", path
            scripts = page.evaluate(
                "() => [...document.scripts].filter((one) => !one.src && one.type === '').length"
            )
            assert scripts == 0, path
            assert page.locator("[onload], [onerror], [onmouseover], base, iframe").count() == 0
            targets = page.evaluate("() => [...document.links].map((one) => one.protocol)")
            assert set(targets) <= {"http:", "https:"}, path
        assert [url for url in strangers if not url.startswith(f"{site.url}/")] == []
    finally:
        context.close()
        with database.session() as session:
            session.run("MATCH (n) WHERE n.id CONTAINS 'hostile' DETACH DELETE n").consume()


@pytest.mark.skipif("NEWSGRAPH_PICTURES" not in os.environ, reason="takes pictures for the docs")
def test_pictures_for_the_documentation(browser: Browser, site: Served) -> None:
    folder = Path(os.environ["NEWSGRAPH_PICTURES"])
    context = browser.new_context(viewport={"width": 1280, "height": 860}, base_url=site.url)
    page = context.new_page()
    paths = ("/", "/statements?country=country/UA", "/person/frank-lehberger", None, "/graph")
    for name, path in zip(PICTURES, paths, strict=True):
        if path is None:
            page.goto("/claims?stated=similar")
            page.locator("ol.rows blockquote a").first.click()
            page.locator("#similar").scroll_into_view_if_needed()
        else:
            page.goto(path)
        page.wait_for_timeout(1_500 if name == "graph" else 100)
        page.screenshot(path=folder / f"site-{name}.png")
    context.close()
    small = browser.new_context(viewport={"width": 390, "height": 800}, base_url=site.url)
    page = small.new_page()
    page.goto("/statements?country=country/UA&said=denied")
    page.screenshot(path=folder / "site-telephone.png")
    small.close()
