"""Costs are reckoned with what the graph really looks like."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from api.graphql.compiler.derivation import load_catalog
from api.graphql.limits import Degrees
from api.graphql.measuring import measure
from api.graphql.service import open_driver
from api.http.limits import Limits
from queries.database import Database

ARTICLES, PEOPLE, COUNTRIES = 40, 12, 3


def test_degrees_are_those_of_the_graph(news: Database) -> None:
    async def measured() -> Degrees:
        async with open_driver(news, Limits()) as driver:
            return await measure(driver, news.name, load_catalog())

    degrees = asyncio.run(measured())
    assert degrees["Article", "writtenBy"].typical == 1
    # 40 articles over 3 countries: 13 or 14 each, and each country counts by its articles.
    assert 13 < degrees["Country", "mentionedIn"].typical < 14
    assert degrees["Country", "mentionedIn"].maximum >= 14
    assert degrees["Query", "articles"].typical == ARTICLES
    assert degrees["Query", "people"].typical == PEOPLE
    # What any agent has is what the best connected sort of agent has.
    assert degrees["Agent", "mentionedIn"] == degrees["Country", "mentionedIn"]
    catalog = load_catalog()
    walks = {(item.name, walk) for item in catalog.types.values() for walk in item.walks}
    assert walks <= set(degrees)


def test_measured_degrees_decide_what_is_refused(serve: Callable[..., Any]) -> None:
    api = serve(limits={"cost": 60})
    # A hundred countries would be too many; the graph has three, with fourteen articles each.
    asked = "{countries(first: 100) {nodes {mentionedIn(first: 1) {nodes {id}}}}}"
    deadline = time.monotonic() + 10
    while not (answer := api.ask(asked)).is_success and time.monotonic() < deadline:
        assert answer.json()["errors"][0]["extensions"]["limit"] == "cost"
        time.sleep(0.1)  # it is measured beside the first requests
    assert answer.is_success
    # One more step looks at all articles of each country of each of those articles.
    further = asked.replace("{id}", "{mentions {nodes {mentionedIn(first: 1) {totalCount}}}}")
    refused = api.ask(further).json()["errors"][0]["extensions"]
    assert refused["field"].endswith("mentions.nodes.mentionedIn")
