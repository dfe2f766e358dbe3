"""Records as JSON: nothing is lost, every field is there, and the document names them all."""

import dataclasses
import json
import re
import types
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from loader.extract.extraction import extract
from loader.extract.serialization import (
    RecordsError,
    article_line,
    extracted_pages,
    read_lines,
    skipped_pages,
)
from loader.pages import Page, SkippedPage
from ontology.records import ArticleRecord, ExtractedPage, PageRecord
from tests.loader.extract.extracting import article_of

DOCUMENT = Path(__file__).parents[3] / "docs" / "records.md"
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
ARTICLE = article_of(PageRecord(id="page/1", name="1.txt", media_type="text/plain"), "A memo.", 0)


def _records(kind: type) -> Iterator[type]:
    """``kind`` and all records that it holds."""
    yield kind
    for hint in typing.get_type_hints(kind).values():
        for part in _parts(hint):
            if dataclasses.is_dataclass(part):
                yield from _records(typing.cast(type, part))


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for part in typing.get_args(hint):
        yield from _parts(part)


RECORDS = list(dict.fromkeys(_records(ArticleRecord)))


@given(article=st.from_type(ArticleRecord))
def test_an_article_survives_its_line(article: ArticleRecord) -> None:
    assert list(read_lines([article_line(article)], "test")) == [article]


@given(article=st.from_type(ArticleRecord), skipped=st.from_type(SkippedPage))
def test_pages_survive_their_column(article: ArticleRecord, skipped: SkippedPage) -> None:
    page = ExtractedPage(page=article.page, articles=(article, ARTICLE))
    spelling, other = extracted_pages(), skipped_pages()
    assert spelling.validate_json(spelling.dump_json(page)) == page
    assert other.validate_json(other.dump_json(skipped)) == skipped


@given(article=st.from_type(ArticleRecord))
def test_every_field_of_every_record_is_in_the_line(article: ArticleRecord) -> None:
    line = json.loads(article_line(article))
    assert line.pop("file") == article.page.name
    _compare(line, article)


@given(article=st.from_type(ArticleRecord))
def test_lines_and_columns_spell_articles_alike(article: ArticleRecord) -> None:
    page = ExtractedPage(page=article.page, articles=(article, ARTICLE))
    column = json.loads(extracted_pages().dump_json(page))["articles"]
    lines = [json.loads(article_line(article)) for article in page.articles]
    assert column == [{k: v for k, v in line.items() if k != "file"} for line in lines]


@pytest.mark.parametrize("end", LINE_ENDS, ids=ascii)
def test_a_line_is_a_line_for_every_reader(end: str) -> None:
    article = dataclasses.replace(ARTICLE, text=f"one{end}other", title=end)
    (line,) = article_line(article).decode().splitlines()
    assert (json.loads(line)["text"], json.loads(line)["title"]) == (article.text, end)


def test_what_is_no_record_is_named_by_its_line() -> None:
    lines = read_lines([article_line(ARTICLE), b"\n", b'{"file": "x"}\n'], "records.jsonl")
    assert next(lines) == ARTICLE
    with pytest.raises(RecordsError, match=r"^line 3 of records\.jsonl .* newsgraph extract$"):
        next(lines)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_the_document_has_every_field_with_its_type_and_values(kind: type) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## [^\n]*`{kind.__name__}`\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (.*) \|$", section, re.M)
    hints = typing.get_type_hints(kind)
    fields = [(field.name, _type(hints[field.name])) for field in dataclasses.fields(kind)]
    own = [("file", "string")] if kind is ArticleRecord else []
    assert [(name, type_) for name, type_, _ in rows] == [*own, *fields]
    for name, _, meaning in rows[len(own) :]:
        for value in _values(hints[name]):
            assert f"`{value}`" in meaning


def test_the_documents_example_is_a_record(nlp: Language) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    told = json.loads(example)
    page = Page(name=told["file"], location="", sha256="", text=told["text"])
    ((article,),) = (found.articles for found in extract(nlp, [page]))
    assert _within(told, json.loads(article_line(article)))


def _within(told: Any, whole: Any) -> bool:
    """Whether JSON says nothing but what ``whole`` says."""
    if isinstance(told, dict):
        return all(_within(value, whole[key]) for key, value in told.items())
    if isinstance(told, list):
        return len(told) == len(whole) and all(map(_within, told, whole))
    return bool(told == whole)


def _compare(spelled: Any, value: Any) -> None:
    """Compare JSON with a record, field by field."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        assert list(spelled) == names
        for name in names:
            _compare(spelled[name], getattr(value, name))
    elif isinstance(value, tuple):
        for one, other in zip(spelled, value, strict=True):
            _compare(one, other)
    else:
        assert spelled == (value.isoformat() if isinstance(value, date) else value)


def _type(hint: Any) -> str:
    """The name of a type in the document."""
    parts = typing.get_args(hint)
    match typing.get_origin(hint):
        case types.UnionType:
            (one,) = (part for part in parts if part is not type(None))
            return f"{_type(one)} or null"
        case typing.Literal:
            return "string"
        case builtin if builtin is tuple:
            return "span" if parts == (int, int) else f"list of {_type(parts[0])}s"
    if dataclasses.is_dataclass(hint):
        return "object"
    return {str: "string", bool: "boolean", int: "number", date: "date"}[hint]


def _values(hint: Any) -> list[str]:
    """The values that a field is limited to."""
    return [
        value
        for part in _parts(hint)
        if typing.get_origin(part) is Literal
        for value in typing.get_args(part)
    ]
