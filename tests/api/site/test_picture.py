"""A picture as a file of its own, read as text."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from api.site.assets import Assets, MissingAssetsError
from api.site.picture import Picture, PictureNode, render_picture
from api.site.rendering import safe_href


class Elements(HTMLParser):
    """Every element's name, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            tag, attributes, text = self.found[-1]
            self.found[-1] = tag, attributes, text + data


def elements(html: str) -> list[tuple[str, dict[str, str | None], str]]:
    reader = Elements()
    reader.feed(html)
    reader.close()
    return reader.found


@pytest.fixture(scope="module")
def file(picture: Picture, static: Path) -> str:
    return render_picture(picture, assets=Assets(static))


def test_it_asks_for_nothing(file: str) -> None:
    addresses = [
        attributes[name]
        for _, attributes, _ in elements(file)
        for name in ("src", "href", "action", "data")
        if attributes.get(name)
    ]
    assert addresses == []


def test_its_policy_lets_its_own_script_run_and_nothing_else(file: str) -> None:
    found = elements(file)
    policy = next(
        attributes["content"]
        for tag, attributes, _ in found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    (script,) = [text for tag, a, text in found if tag == "script" and a.get("type") == "module"]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_its_data_come_back_as_they_went_in(picture: Picture, file: str) -> None:
    (data,) = [text for _, a, text in elements(file) if a.get("id") == "picture"]
    carried = json.loads(data)
    assert [node["label"] for node in carried["nodes"]] == [node.label for node in picture.nodes]
    assert carried["texts"][0]["text"] == picture.texts[0].text


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "\u2028", "&lt;", "]]>", "🌊\u0000"])
def test_no_text_can_leave_the_data(static: Path, text: str) -> None:
    node = PictureNode(id="a", kind="", label=text)
    picture = Picture(title=text, kinds=(), nodes=(node,), edges=())
    found = elements(render_picture(picture, assets=Assets(static)))
    (data,) = [content for _, a, content in found if a.get("id") == "picture"]
    assert json.loads(data)["nodes"][0]["label"] == text
    assert sum(tag == "script" for tag, _, _ in found) == 3


def test_it_is_the_same_file_every_time(picture: Picture, file: str, static: Path) -> None:
    assert render_picture(picture, assets=Assets(static)) == file


def test_it_carries_the_licences_of_what_is_in_it(file: str) -> None:
    assert re.search(r"cytoscape.*\(MIT\)", file)


def test_a_missing_build_is_said(picture: Picture, tmp_path: Path) -> None:
    with pytest.raises(MissingAssetsError, match="make install"):
        render_picture(picture, assets=Assets(tmp_path))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a", True),
        ("http://127.0.0.1:7474/browser/", True),
        ("/graph?about=person/a", True),
        ("#s-1", True),
        ("javascript:alert(1)", False),
        (" JavaScript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_followed(address: str | None, kept: bool) -> None:
    assert bool(safe_href(address)) is kept
