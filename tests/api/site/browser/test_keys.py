"""Pages and playground of a server that asks for keys, in a real browser."""

from pathlib import Path

from playwright.sync_api import Browser, HttpCredentials, expect

from api.http.auth import create_key
from queries.database import Database
from queries.settings import Settings
from tests.api.http.conftest import serving


def test_a_browser_asks_once_for_the_key_and_opens_everything(
    browser: Browser, static: Path, seeded: Database, server_settings: Settings, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    credentials = HttpCredentials(username="anybody", password=create_key(keys, "a newsroom"))
    settings = server_settings.model_copy(update={"api_keys": keys})
    with serving(settings, seeded) as api:
        stranger = browser.new_context()
        assert stranger.request.get(f"{api.url}/playground").status == 401
        stranger.close()
        context = browser.new_context(http_credentials=credentials)
        page = context.new_page()
        page.goto(f"{api.url}/playground")
        expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text(
            "query", timeout=30_000
        )
        page.get_by_role("button", name="Execute query").click()
        shown = page.locator(".result-window .view-lines")
        expect(shown).to_contain_text('"data"', timeout=20_000)
        expect(shown).not_to_contain_text('"errors"')
        page.get_by_role("link", name="Graph", exact=True).click()
        expect(page).to_have_url(f"{api.url}/graph")
        expect(page.locator("canvas").first).to_be_visible()
        context.close()
