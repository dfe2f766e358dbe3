# ruff: noqa: E501 - a page stands on a line of its own
"""Bytes become text as in a browser; a slip costs a character, not the page."""

from pathlib import Path

import pytest

from loader.pages import Page, read

TEXT = (
    "“The lantern went out at nine,” said Zoë Brännström – who was 40° off course. “That’s all I know.” "
    "The harbour master said that the boat had been seen from the café on the quay, and that nobody "
    "in it had called for help until the fog was gone and the tide had turned again."
)  # fmt: skip


def html(declared: str, text: str = TEXT) -> str:
    return f"{declared}<html lang=en><head>{{}}<title>Fog</title></head><body><p>{text}</p></body></html>"


def page_of(data: bytes, tmp_path: Path, name: str = "page.html") -> Page:
    (tmp_path / name).write_bytes(data)
    (page,) = read([tmp_path / name])
    assert isinstance(page, Page), page
    return page


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<!doctype html>", "cp1252"),
        ("<!doctype html>", "mac_roman"),
        ("<!doctype html>", "utf-8"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>\n<!DOCTYPE html>", "cp1252"),
        ("<!doctype html><meta charset=latin1>", "cp1252"),
        ("<!doctype html><meta charset=us-ascii>", "cp1252"),
        ("<!doctype html><meta charset=utf-8>", "cp1252"),
        ('<!doctype html><meta http-equiv=content-type content="text/html; charset=ISO-8859-1">', "cp1252"),
        ("<!doctype html><meta charset=iso-8859-9>", "cp1254"),
        ("<!doctype html><meta charset=no-such-thing>", "cp1252"),
        ("<!doctype html><meta charset=windows-1252>", "utf-8"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_the_encoding_that_it_is_in(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    assert TEXT in page_of(html(declared).encode(encoding), tmp_path).text


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("shift_jis", "cp932"), ("euc-kr", "cp949")],
)
def test_the_labels_of_other_scripts_mean_what_browsers_read(
    tmp_path: Path, label: str, encoding: str
) -> None:
    text = (
        TEXT.replace("ë", "e")
        .replace("ä", "a")
        .replace("ö", "o")
        .replace("é", "e")
        .replace(" –", "")
    )
    data = html(f"<!doctype html><meta charset={label}>", text).encode(encoding)
    assert text in page_of(data, tmp_path).text


@pytest.mark.parametrize("place", [20, 90, 150])
def test_a_byte_of_no_character_costs_one_character_and_a_warning(
    tmp_path: Path, place: int
) -> None:
    data = html("<!doctype html><meta charset=utf-8>").encode()
    at = data.index(b"harbour master") + place
    page = page_of(data[:at] + b"\xa0" + data[at:], tmp_path)
    assert page.text.count("\ufffd") == 1
    assert page.text.replace("\ufffd", "").count(TEXT) == 1
    assert page.warnings


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_a_text_page_is_read_too(tmp_path: Path, encoding: str) -> None:
    page = page_of(TEXT.encode(encoding), tmp_path, "page.txt")
    assert page.text == TEXT
    assert page.warnings


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (TEXT.replace("harbour", "har\u00adbour"), TEXT),
        (TEXT.replace("boat ", "boat\u200b "), TEXT),
        (TEXT.replace("fog", "\u2060f\ufeffog"), TEXT),
        (TEXT.replace("ë", "e\u0308").replace("ö", "o\u0308"), TEXT),
        (TEXT.replace("“", "&ldquo;").replace("”", "&#8221;").replace("–", "&#x2013;"), TEXT),
        (TEXT.replace("“", "&amp;ldquo;"), TEXT),
        (TEXT.encode().decode("cp1252", "replace").replace("â€\ufffd", "â€\x9d"), TEXT),
        ("Salt & Sons; R&D cut by AT&T &c. " + TEXT, "Salt & Sons; R&D cut by AT&T &c. " + TEXT),
    ],
)
def test_what_nobody_sees_is_no_part_of_the_text(
    tmp_path: Path, written: str, read_as: str
) -> None:
    assert page_of(written.encode(), tmp_path, "page.txt").text == read_as
