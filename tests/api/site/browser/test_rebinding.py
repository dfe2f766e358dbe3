"""A website that lets its name point to this machine, in a real browser."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser

from queries.database import Database
from queries.settings import Settings
from tests.api.http.conftest import serving

ASK = """async () => {
  const body = JSON.stringify({query: "{ people { nodes { name } } }"});
  const headers = {"content-type": "application/json"};
  const answer = await fetch("/graphql", {method: "POST", headers, body});
  return [answer.status, await answer.text()];
}"""


def test_a_rebound_name_reads_nothing(
    browser: Browser, seeded: Database, server_settings: Settings
) -> None:
    with serving(server_settings, seeded) as api:
        port = urlsplit(api.url).port
        # The website is not bound by what our answers allow.
        page = browser.new_context(bypass_csp=True).new_page()
        for host, status in (("localhost", 200), ("rebound.example", 421)):
            answer = page.goto(f"http://{host}:{port}/health")
            assert answer is not None
            assert answer.status == status
            told = page.evaluate(ASK)
            assert told[0] == status
            assert ("people" in told[1]) == (status == 200)
        page.context.close()
