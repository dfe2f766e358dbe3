"""The site over the given pages in a real Neo4j, as a client without script gets it."""

import csv
import io
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import httpx
import pytest

from api.graphql.compiler.derivation import load_catalog
from api.site.kinds import LISTS
from api.site.others import other_lists
from api.site.reading import FOLDER, document
from ontology.model import load_model
from tests.api.http.conftest import Served

KINDS = ("person", "outlet", "organization", "country", "document", "claim", "statement", "article")
LARGEST = 60_000
ALIKE = int(os.environ.get("NEWSGRAPH_CRAWL", "3"))


class Read(HTMLParser):
    """What a page holds: its links, ids, headings and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.unnamed = 0
        self._open: list[str] = []
        self.feed(text)
        self.text = " ".join(" ".join(self._open).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href") is not None:
            self.links.append((str(given["href"]), given.get("rel") or ""))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        assert not any(name.startswith("on") or name == "style" for name in given), (tag, given)

    def handle_data(self, data: str) -> None:
        if self.lasttag not in ("script", "style"):
            self._open.append(data)


def page(site: Served, path: str) -> Read:
    answer = site.client.get(path)
    assert answer.status_code == 200, (path, answer.text[-600:])
    return Read(answer.text)


def one_of(site: Served, kind: str) -> str:
    """The address of a page of this kind, by following a link from its list."""
    plural = {"person": "people", "country": "countries"}.get(kind, f"{kind}s")
    found = page(site, f"/{plural}")
    return next(href for href, _ in found.links if href.startswith(f"/{kind}/"))


@pytest.fixture(scope="module")
def crawled(site: Served) -> dict[str, httpx.Response]:
    """The pages that links lead to from the home page, by address; of alike ones, a few."""
    waiting, found = ["/"], dict[str, httpx.Response]()
    alike: Counter[tuple[str, int]] = Counter()
    while waiting:
        path = waiting.pop()
        parts = urlsplit(path)
        shape = (parts.path.split("/")[1], len(parse_qs(parts.query)))
        if path in found or alike[shape] >= ALIKE:
            continue
        alike[shape] += 1
        answer = site.client.get(path)
        found[path] = answer
        for href in _onward(path, answer):
            if href not in found and _worth(href):
                waiting.append(href)
    return found


def _onward(path: str, answer: httpx.Response) -> Iterator[str]:
    if "text/html" not in answer.headers.get("content-type", ""):
        if "location" in answer.headers:
            yield answer.headers["location"]
        return
    for href, _ in Read(answer.text).links:
        target = urldefrag(urljoin(path, href)).url
        if not urlsplit(target).netloc:
            yield target


def _worth(href: str) -> bool:
    """Whether to follow a link: lists narrowed down often lead to ever more of the same."""
    parts = urlsplit(href)
    few = len(parse_qs(parts.query)) <= 2
    return few and not parts.path.startswith(("/export", "/graphql"))


def test_every_link_of_the_site_leads_somewhere(crawled: dict[str, httpx.Response]) -> None:
    broken = {path: one.status_code for path, one in crawled.items() if one.status_code >= 400}
    assert broken == {}
    kinds = {urlsplit(path).path.split("/")[1] for path in crawled}
    assert set(KINDS) <= kinds
    assert {one.plural for one in LISTS} | {"compare", "graph", "playground"} <= kinds
    assert len(crawled) > 80


def test_no_page_shows_what_is_internal(crawled: dict[str, httpx.Response]) -> None:
    for path, answer in crawled.items():
        if "html" not in answer.headers.get("content-type", ""):
            continue
        shown = Read(answer.text).text
        for internal in ("char=", "sketch", "None", "undefined", "Undefined", "{{", "DIRECT"):
            assert internal not in shown, (path, internal)


def test_every_page_is_small_and_well_formed(crawled: dict[str, httpx.Response]) -> None:
    for path, answer in crawled.items():
        if "html" not in answer.headers.get("content-type", ""):
            continue
        if not path.startswith("/article/"):  # an article is as long as it is
            assert len(answer.content) < LARGEST, path
        found = Read(answer.text)
        assert len(found.ids) == len(set(found.ids)), path
        assert found.levels[:1] == [1] or "playground" in path, path
        assert found.levels.count(1) == 1 or "playground" in path, path
        steps = zip(found.levels, found.levels[1:], strict=False)
        assert all(later - earlier <= 1 for earlier, later in steps), (path, found.levels)
        assert "unsafe-inline" not in answer.headers["content-security-policy"] or (
            path.startswith(("/playground", "/graph"))
        )


@pytest.mark.parametrize("plural", ["people", "organizations", "outlets"])
def test_who_is_cited_is_read_as_it_is_shown(plural: str) -> None:
    # One macro shows them all; seeds/ alone have no organization with a description.
    read = re.search(r"citations\(first: \d+\) \{ nodes \{ (.*) \} \}", document(plural))
    assert read
    assert read[1] == "role description affiliatedWith { id name }"


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.plural)
def test_a_list_counts_what_its_facets_lead_to(site: Served, one: object) -> None:
    plural = one.plural  # type: ignore[attr-defined]
    html = site.client.get(f"/{plural}").text
    facets = re.findall(
        r'<li><a href="([^"]+)"[^>]*><span>[^<]*</span> <span class="count">([\d,]+)</span>', html
    )
    assert facets
    for href, count in facets:
        there = site.client.get(unescape(href)).text
        (total,) = re.findall(r'<h2 id="result-title">([\d,]+) ', there)
        assert total == count, href


def test_the_pages_of_a_list_turn_forward_and_back(site: Served) -> None:
    seen: list[list[str]] = []
    path = "/statements?sort=oldest"
    while path:
        html = site.client.get(path).text
        seen.append(re.findall(r'<blockquote><a href="(/statement/[^"]+)"', html))
        onward = re.search(r'rel="next" href="([^"]+)"', html)
        back = re.search(r'rel="prev" href="([^"]+)"', html)
        if back:
            before = site.client.get(unescape(back[1])).text
            assert re.findall(r'<blockquote><a href="(/statement/[^"]+)"', before) == seen[-2]
        path = unescape(onward[1]) if onward else ""
    rows = [row for part in seen for row in part]
    (total,) = re.findall(r'<h2 id="result-title">(\d+) ', site.client.get("/statements").text)
    assert len(rows) == len(set(rows)) == int(total) > 100


def test_a_filter_takes_a_name_a_code_or_an_id(site: Served) -> None:
    totals = {
        re.findall(r'result-title">(\d+) ', site.client.get(f"/statements?country={one}").text)[0]
        for one in ("country/UA", "Ukraine", "ukr", "UA")
    }
    assert len(totals) == 1
    assert totals != {"0"}


def test_filters_hold_together_and_are_shown_with_a_way_out(site: Served) -> None:
    html = site.client.get("/statements?country=country/RU&said=denied&year=2022").text
    assert len(re.findall(r'title="Remove this filter"', html)) == 3
    rows = re.findall(r'<li class="said([^"]*)">', html)
    assert rows
    assert all("is-denied" in row for row in rows)
    assert 'href="/statements?said=denied&amp;year=2022"' in html


def test_what_a_list_cannot_be_narrowed_down_by_is_said(site: Served) -> None:
    html = site.client.get("/statements?colour=red").text
    assert "“colour”" in html
    for wrong in ("kind=spoken", "year=now", "from=today", "sort=colour", "after=x", "said=loudly"):
        answer = site.client.get(f"/statements?{wrong}")
        assert answer.status_code == 400, wrong
        assert 'class="masthead"' in answer.text


def test_a_list_is_the_same_in_graphql(site: Served) -> None:
    html = site.client.get("/people?role=expert&country=country/UA").text
    href = re.search(r'href="/playground(\?[^"]+)"', html)
    assert href
    answer = site.client.get(f"/graphql{unescape(href[1])}").json()
    names = [node["name"] for node in answer["data"]["list"]["nodes"]]
    assert names
    assert re.findall(r'<h3><a href="/person/[^"]+">([^<]+)</a>', html) == names


def test_a_list_is_taken_along_whole(site: Served) -> None:
    html = site.client.get("/statements?country=country/UA&sort=oldest").text
    (total,) = re.findall(r'result-title">(\d+) ', html)
    (href,) = re.findall(r'href="(/table/statements\.csv\?[^"]+)"', html)
    rows = list(csv.DictReader(io.StringIO(site.client.get(unescape(href)).text)))
    assert len(rows) == int(total)
    first = re.findall(r'<blockquote><a href="/statement/([^"]+)"', html)[0]
    assert rows[0]["id"].endswith(first)


@pytest.mark.parametrize("kind", KINDS)
def test_a_thing_leads_to_its_data_and_back(site: Served, kind: str) -> None:
    path = one_of(site, kind)
    html = site.client.get(path).text
    if kind != "article":
        turtle = re.search(r'href="(/id/[^"?]+)\?format=turtle"', html)
        assert turtle
        data = site.client.get(turtle[1], headers={"Accept": "text/turtle"})
        assert data.headers["content-type"].startswith("text/turtle")
        moved = site.client.get(turtle[1], follow_redirects=True)
        assert moved.url.path == path
    assert '<script type="application/ld+json">' in html or kind == "article"


@pytest.mark.parametrize(
    ("guessed", "path"),
    [
        ("/country/Ukraine", "/country/UA"),
        ("/country/ukr", "/country/UA"),
        ("/person/Frank Lehberger", "/person/frank-lehberger"),
        ("/person/frank_lehberger", "/person/frank-lehberger"),
        ("/outlet/The Epoch Times", "/outlet/epoch-times"),
        ("/organization/epoch-times", "/outlet/epoch-times"),
    ],
)
def test_addresses_can_be_guessed(site: Served, guessed: str, path: str) -> None:
    assert site.client.get(guessed, follow_redirects=True).url.path == path


@pytest.mark.parametrize(
    "path", ["/person/nobody-at-all", "/statement/none", "/nowhere", "/claim/0"]
)
def test_what_is_not_there_is_said_in_the_sites_frame_or_as_data(site: Served, path: str) -> None:
    answer = site.client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    found = Read(answer.text)
    assert "/statements" in [href for href, _ in found.links]
    assert "Not found" in found.text
    data = site.client.get(path, headers={"Accept": "application/json"}, follow_redirects=True)
    assert data.status_code == 404


def test_a_program_is_refused_in_json(site: Served) -> None:
    for accept in ("*/*", "application/json"):
        refused = site.client.get("/nowhere", headers={"Accept": accept})
        assert refused.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_a_page_is_not_sent_again_while_the_graph_is_the_same(site: Served) -> None:
    if time.time() % 60 > 55:
        time.sleep(6)  # pages are told anew every minute, for the figures that are kept
    first = site.client.get("/statements")
    again = site.client.get("/statements", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    policy = "content-security-policy"  # which a browser takes over for the page that it kept
    assert again.headers[policy] == first.headers[policy]
    assert site.client.get("/claims").headers["etag"] != first.headers["etag"]


def test_a_statement_is_shown_in_its_sentence_and_leads_to_its_place(site: Served) -> None:
    path = one_of(site, "statement")
    html = site.client.get(path).text
    said = re.search(r'<mark id="part-content" class="content"[^>]*>([^<]+)</mark>', html)
    assert said
    there = re.search(r'href="(/article/[^"]+)">Read it in its article', html)
    assert there
    address, fragment = urldefrag(unescape(there[1]))
    article = site.client.get(address).text
    marked = re.search(rf'<mark id="{re.escape(fragment)}" class="[^"]*chosen[^"]*"', article)
    assert marked
    assert said[1].split()[0] in article[marked.end() : marked.end() + 400]


def test_near_equal_claims_stand_side_by_side_with_what_differs(site: Served) -> None:
    html = site.client.get("/claims?stated=similar").text
    path = re.findall(r'<blockquote><a href="(/claim/[^"]+)"', html)[0]
    claim = site.client.get(path).text
    pair = claim[claim.index('class="pair"') :]
    assert "% the same words" in pair
    assert '<mark class="differs">' in pair


def test_two_are_compared_in_figures_that_lead_to_lists(site: Served) -> None:
    html = site.client.get("/compare?a=China&b=the+epoch+times&about=Russia").text
    assert "<h1>China and The Epoch Times on Russia</h1>" in html
    figures = re.findall(r'<td><a href="(/statements\?[^"]+)">(\d+)</a></td>', html)
    assert len(figures) > 4
    for href, count in figures:
        there = site.client.get(unescape(href)).text
        assert re.findall(r'result-title">(\d+) ', there) == [count], href


def test_words_are_found_in_context_and_counted_by_kind(site: Served) -> None:
    html = site.client.get("/search?q=Putin").text
    assert re.search(r"<mark>Putin</mark>", html)
    assert 'href="/person/vladimir-putin"' in html
    people = site.client.get("/search?q=Putin&type=person").text
    assert "<blockquote>" not in people
    facets = re.findall(
        r'<a href="(/search\?[^"]*(?:country|role|kind)=[^"]+)"><span>[^<]*</span>[^>]*>(\d+)<',
        site.client.get("/search?q=%22Putin%22&type=statement").text,
    )
    assert len(facets) > 3
    for href, count in facets:
        found = site.client.get(unescape(href)).text
        assert re.findall(r'result-title">(\d+) ', found) == [count], href
    assert "near-title" not in site.client.get("/search?q=%22Putin%22").text
    assert "Nothing holds these words" in site.client.get("/search?q=zzyzx").text


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.graphql")), ids=lambda path: path.stem)
def test_the_sites_documents_can_be_asked_by_anybody(site: Served, path: object) -> None:
    name = path.stem  # type: ignore[attr-defined]
    if name == "fragments":
        return
    answer = site.ask(document(name), id="person/x", text="x", types=["PERSON"])
    assert "errors" not in answer.json(), answer.json()


def test_every_class_of_the_ontology_has_a_list(site: Served) -> None:
    others = other_lists(load_model(), load_catalog())
    assert {"citations", "mentions", "names"} <= {one.plural for one in others}
    for one in others:
        found = page(site, f"/{one.plural}")
        assert [level for level in found.levels if level == 1] == [1]
        things = [href for href, _ in found.links if href.startswith("/id/")]
        assert all(site.client.get(href).status_code == 200 for href in things[:2])
