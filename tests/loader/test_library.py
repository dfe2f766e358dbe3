"""Pages for Python: whatever is given is read, and what cannot be read is said."""

import doctest
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import loader.library
import newsgraph
from newsgraph import SkippedPageWarning, extract, read_records

TEXT = "Dam will hold\n\n“The dam will hold,” said engineer Bo Ek of Kenya."
OTHER = "Rivers rise\n\nRivers will rise in Sweden, officials said on Monday."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pages, which is the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "my rivers.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


def named(given: Any) -> dict[str, str]:
    """The pages of what is given, each with its title."""
    return {article.page.name: str(article.title) for article in extract(given)}


def test_spans_cut_the_text_exactly(seeds: Path) -> None:
    statements = 0
    for article in extract(seeds):
        page = (seeds / article.page.name).read_text(encoding="utf-8")
        assert page[slice(*article.span)] == article.text
        for statement in article.statements:
            statements += 1
            parts = [article.text[start:end] for start, end in statement.content]
            assert " ".join(parts) == statement.text
            if statement.source and statement.source.span:
                assert article.text[slice(*statement.source.span)] == statement.source.text
            if statement.cue:
                assert article.text[slice(*statement.cue.span)] == statement.cue.text
        for mention in article.mentions:
            assert article.text[slice(*mention.span)] == mention.text
            assert article.entity(mention.entity)
    assert statements > 50


def test_a_text_is_read_as_it_stands() -> None:
    (article,) = extract(TEXT)
    assert (article.page.name, article.text) == ("text", TEXT)
    (statement,) = article.statements
    assert statement.source
    assert statement.source.text == "engineer Bo Ek of Kenya"
    assert article.speaker(statement) == "Bo Ek"
    entity = article.entity(statement.source.entity)
    assert entity
    assert entity.name == "Bo Ek"


@pytest.mark.parametrize(
    ("given", "pages"),
    [
        ("dam.txt", {"dam.txt": "Dam will hold"}),
        (Path("dam.txt"), {"dam.txt": "Dam will hold"}),
        ("dam.txt\n", {"dam.txt": "Dam will hold"}),
        ("my rivers.txt", {"my rivers.txt": "Rivers rise"}),
        (".", {"dam.txt": "Dam will hold", "my rivers.txt": "Rivers rise"}),
        ("*.txt", {"dam.txt": "Dam will hold", "my rivers.txt": "Rivers rise"}),
        ("my r*.txt", {"my rivers.txt": "Rivers rise"}),
        ([TEXT, OTHER], {"text#1": "Dam will hold", "text#2": "Rivers rise"}),
        (["dam.txt", OTHER], {"dam.txt": "Dam will hold", "text#2": "Rivers rise"}),
        pytest.param(
            (text for text in (TEXT, OTHER)),
            {"text#1": "Dam will hold", "text#2": "Rivers rise"},
            id="generator",  # not its address, by which parallel runs could not be compared
        ),
        ({"a": TEXT, 7: OTHER}, {"a": "Dam will hold", "7": "Rivers rise"}),
        ([], {}),
    ],
    ids=str,
)
def test_what_is_given_is_what_it_looks_like(
    folder: Path, given: Any, pages: dict[str, str]
) -> None:
    assert named(given) == pages


def test_html_is_read_as_html() -> None:
    (article,) = extract(f"<html><body><h1>Dam will hold</h1><p>{TEXT[15:]}</p></body></html>")
    assert article.page.media_type == "text/html"
    assert [article.speaker(statement) for statement in article.statements] == ["Bo Ek"]


def test_an_existing_path_is_never_a_text(folder: Path) -> None:
    name = "Kenya said it would pay"
    (folder / name).write_text(OTHER, encoding="utf-8")
    assert named(name) == {name: "Rivers rise"}


@pytest.mark.parametrize(
    "given",
    ["rivers.txt", Path("No such page"), "my dams.txt", ["dam.txt", "rivers.txt"], "*.html", "Dam"],
    ids=str,
)
def test_a_missing_file_is_said_at_once(folder: Path, given: Any) -> None:
    with pytest.raises(FileNotFoundError, match=r"check the (path|pattern)$"):
        extract(given)


@pytest.mark.parametrize("given", [3, None, b"bytes", [3], {"a": None}, [None]], ids=str)
def test_what_is_nothing_to_read_is_refused(given: Any) -> None:
    with pytest.raises(
        TypeError, match=r"of them, not \w+$|^the text 'a' must be a str, not NoneType$"
    ):
        extract(given)


def test_a_skipped_page_is_warned_of_and_kept(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    articles = extract(["dam.txt", "empty.txt", OTHER, ""])
    with pytest.warns(SkippedPageWarning) as warned:
        found = list(articles)
    assert [article.page.name for article in found] == ["dam.txt", "text#3"]
    assert [page.reason for page in articles.skipped] == ["empty", "empty"]
    assert [str(warning.message) for warning in warned] == [p.message for p in articles.skipped]
    assert {warning.filename for warning in warned} == {__file__}
    assert "empty.txt" in str(warned[0].message)


def test_a_warning_can_be_an_error(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    with warnings.catch_warnings():
        warnings.simplefilter("error", SkippedPageWarning)
        with pytest.raises(SkippedPageWarning):
            list(extract("empty.txt"))


def test_an_address_is_fetched(folder: Path) -> None:
    articles = extract("http://127.0.0.1:1/dam")
    with pytest.warns(SkippedPageWarning, match="cannot connect to the server"):
        assert list(articles) == []


def test_what_cannot_be_encoded_costs_no_page() -> None:
    (article,) = extract(f"{TEXT} \ud800")
    assert article.text.startswith(TEXT)


def test_workers_find_the_same() -> None:
    texts = {str(number): f"{TEXT} That is report {number}." for number in range(12)}
    here = sorted(article.id for article in extract(texts))
    assert sorted(article.id for article in extract(texts, workers=2)) == here


def test_a_negative_number_of_workers_is_refused() -> None:
    with pytest.raises(ValueError, match="workers must be 0 or more, not -1"):
        extract(TEXT, workers=-1)


def test_articles_are_rows_and_frames() -> None:
    pandas = pytest.importorskip("pandas")
    frame = extract([TEXT, OTHER]).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) == sum(len(article.statements) for article in extract([TEXT, OTHER]))
    row = frame.iloc[0]
    assert (row["speaker"], row["cue.text"]) == ("Bo Ek", "said")
    assert (row["article.page"], row["article.title"]) == ("text#1", "Dam will hold")
    assert "question" in frame.columns


def test_articles_go_by_once_and_say_what_they_are() -> None:
    articles = extract(TEXT)
    article = next(articles)
    assert list(articles) == []
    assert repr(articles) == "<Articles, 0 pages skipped so far>"
    assert repr(article) == "<ArticleRecord 'Dam will hold' on text: 1 statement, 2 entities>"
    (statement,) = article.statements
    assert repr(statement) == (
        "<StatementRecord direct by 'engineer Bo Ek of Kenya': '“The dam will hold,”'>"
    )


@pytest.mark.parametrize("length", [10, 1_000, 20_000])
def test_a_records_form_is_short(length: int) -> None:
    (article,) = extract("Kenya will pay, it said. " * (length // 25 + 1))
    assert max(map(len, (repr(article), *map(repr, article.statements)))) < 250


def test_records_are_read_back(folder: Path) -> None:
    from loader.jobs import run_extract

    run_extract(["dam.txt", "my rivers.txt"], "records.jsonl")
    assert list(read_records("records.jsonl")) == list(extract(["dam.txt", "my rivers.txt"]))
    with (folder / "records.jsonl").open("ab") as file:
        file.write(b"{}\n")
    articles = read_records("records.jsonl")
    assert len([next(articles), next(articles)]) == 2
    with pytest.raises(newsgraph.Error, match=r"line 3 of records\.jsonl"):
        next(articles)
    with pytest.raises(FileNotFoundError):
        read_records(folder / "no.jsonl")


def test_an_interrupt_leaves_the_next_call_whole() -> None:
    def interrupted() -> Any:
        yield TEXT
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(extract(interrupted()))
    assert named(TEXT) == {"text": "Dam will hold"}


@pytest.mark.parametrize("documented", [extract], ids=lambda each: each.__name__)
def test_docstrings_say_what_happens(documented: Callable[..., Any]) -> None:
    finder = doctest.DocTestFinder(recurse=False)
    (example,) = finder.find(documented, globs={"newsgraph": newsgraph})
    assert doctest.DocTestRunner().run(example).failed == 0
    assert loader.library.extract is documented


def test_pages_are_not_read_before_they_are_asked_for() -> None:
    given: list[int] = []

    def texts() -> Any:
        for number in range(1_000):
            given.append(number)
            yield f"{TEXT} That is report {number}."

    next(extract(texts()))
    assert len(given) < 100
