"""The pages as a client without script gets them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Client

from api.graphql.examples import Example
from api.http.errors import database_unavailable
from api.site.assets import Assets
from api.site.pages import Site, render_article
from api.site.picture import Picture
from tests.api.site.conftest import ARTICLE, EXAMPLES

Serve = Callable[..., str]

PAGES = ("/playground", "/graph", "/graph?about=nobody")


class AwayContent:
    """A graph whose database does not answer."""

    async def picture(self, about: str | None, further: Sequence[str] = ()) -> Picture | None:
        raise database_unavailable()

    async def examples(self) -> tuple[Example, ...]:
        return EXAMPLES


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Client]:
    with Client(base_url=address) as opened:
        yield opened


@pytest.fixture(scope="module")
def away(serve: Serve) -> Iterator[Client]:
    with Client(base_url=serve(content=AwayContent())) as opened:
        yield opened


@pytest.fixture(scope="module")
def unbuilt(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client(base_url=serve(static=tmp_path_factory.mktemp("empty"))) as opened:
        yield opened


@pytest.mark.parametrize("path", [*PAGES, "/playground/examples.json", "/assets/favicon.svg"])
def test_every_answer_forbids_foreign_and_inline_code(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(
        rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_another_host(client: Client, path: str) -> None:
    page = client.get(path).text
    assert "http://" not in page
    assert "https://" not in page


def test_head_is_answered_as_get_is(client: Client) -> None:
    answer = client.head("/graph")
    assert answer.status_code == 200
    assert answer.text == ""


def test_the_picture_says_that_the_database_is_away(away: Client) -> None:
    answer = away.get("/graph")
    assert answer.status_code == 503
    assert "The database is not available" in answer.text


def test_the_examples_come_in_order_with_question_and_variables(client: Client) -> None:
    first, second = client.get("/playground/examples.json").json()
    assert (first["name"], first["title"], first["variables"]) == (
        "1-speakers",
        "Who speaks?",
        None,
    )
    assert second["query"].startswith("# What does Ada Byron say?\nquery Words")
    assert second["variables"] == {"name": "Ada Byron"}


@pytest.mark.parametrize("path", ["/playground", "/graph"])
def test_a_missing_build_is_a_page_that_says_what_to_do(unbuilt: Client, path: str) -> None:
    answer = unbuilt.get(path)
    assert answer.status_code == 503
    assert "make install" in answer.text


def _asset(client: Client) -> str:
    page = client.get("/graph").text
    return page.split('<script type="module" src="')[1].split('"')[0]


def test_built_files_are_cached_for_ever_and_sent_compressed(client: Client) -> None:
    packed = client.get(_asset(client))
    plain = client.get(_asset(client), headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    for answer in (packed, plain):
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/pages/none.js",
        "/assets/pages/..%2Fmanifest.json",
        "/assets/pages/%2e%2e",
        "/assets/pages/.sources",
        "/assets/../api/site/website.py",
        "/assets/..%2Fweb/package.json",
        "/assets/pages/%00",
        "/assets/other/main.js",
    ],
)
def test_nothing_but_built_files_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_behind_a_prefix_every_link_of_our_own_has_it(serve: Serve) -> None:
    with Client(base_url=serve(root_path="/news")) as client:
        page = client.get("/graph").text
    assert 'href="/news/playground"' in page
    assert 'href="/news/assets/' in page
    assert 'href="/playground"' not in page


def article(static: Path, **options: object) -> str:
    site = Site(root="", links=(), assets=Assets(static))
    return render_article(ARTICLE, site, **options)  # type: ignore[arg-type]


def test_an_article_is_read_with_its_statements_marked(static: Path) -> None:
    page = article(static, chosen="statement/broke")
    assert '<mark id="s-hold" class="voice-1" title="Ada Byron">The dam will hold,</mark>' in page
    assert page.count("voice-1 chosen") == 2
    assert '<a href="#s-broke">It broke, We told them.</a>' in page
    assert '<a href="/person/ada-byron">Ada Byron</a>' in page
    assert "&lt;the&gt; vote" in page


def test_a_headline_that_the_text_begins_with_is_shown_once(static: Path) -> None:
    text = f"Rivers <rise> in the north\n\n{ARTICLE.text}"
    shift = len(text) - len(ARTICLE.text)
    headline = replace(
        ARTICLE.statements[0], id="statement/rise", spans=((0, 13), (shift, shift + 9))
    )
    whole = replace(ARTICLE, text=text, title_span=(0, 26), statements=(headline,))
    page = render_article(whole, Site(root="", links=(), assets=Assets(static)))
    assert page.count("&lt;rise&gt;") == 1
    assert page.count('id="s-rise"') == 1
    assert page.count('class="voice-1" title="Ada Byron"') == 2


def test_an_article_shows_what_is_believed_or_wanted_on_request(static: Path) -> None:
    believed = replace(ARTICLE.statements[1], told=False)
    article = replace(ARTICLE, statements=(ARTICLE.statements[0], believed))
    site = Site(root="", links=(), assets=Assets(static))
    page = render_article(article, site)
    assert "s-claimed" not in page
    assert '<a href="?acts=all">' in page
    assert "s-claimed" in render_article(article, site, chosen="statement/claimed")
    whole = render_article(article, site, every_act=True)
    assert "s-claimed" in whole
    assert "acts=all" not in whole
