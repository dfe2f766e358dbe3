"""A receipt and its page, without a database: what holds, and that whatever is changed is seen."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from loader.extract.extraction import extract, this_run
from loader.pages import Page, read
from loader.receipts.jobs import run_verify_receipt
from loader.receipts.offline import ReceiptError, check_receipt, parse_receipt
from loader.receipts.verdicts import Verdict
from ontology.receipts import Receipt, dumped, place_of, receipt, sealed
from ontology.records import ExtractedPage, Run

RUN = this_run(datetime(2026, 1, 31, 9, tzinfo=UTC))
TEXT = """Bridge at Lokoja to be closed

By Ada Byron
March 20, 2023

The bridge at Lokoja “is older than anybody admits,” the engineer Bo Ek of Kenya told Reuters.
A ministry spokesman, Tom Abara, denied that it leaks. According to a study of the university,
lorries should be kept off it.

Nobody was hurt. “We are watching it,” Mr. Abara added.
"""
ONLY_BY_THE_DIGEST = {
    *(("page", "name"), ("page", "url"), ("digest",)),
    *(("generator", key) for key in ("name", "version", "model", "ontology")),
}
"""What only the receipt says: that it was changed is seen by its digest alone."""

Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "bridge.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(file: Path) -> Page:
    (found,) = read([file])
    assert isinstance(found, Page)
    return found


@pytest.fixture(scope="module")
def extracted(nlp: Language, page: Page) -> ExtractedPage:
    return next(iter(extract(nlp, [page])))


@pytest.fixture(scope="module")
def receipts(extracted: ExtractedPage) -> list[Receipt]:
    return [
        receipt(statement, place_of(article), RUN, base="https://news.example/graph")
        for article in extracted.articles
        for statement in article.statements
    ]


def check(made: Any, page: Page, nlp: Language, run: Run = RUN) -> Verdict:
    return check_receipt(made, [page], lambda: nlp, run)


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The paths of all values in JSON, the outer ones too."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))


def mutations(value: Any) -> list[Any]:
    """Other values of the same kind, and of another one."""
    match value:
        case bool():
            return [not value, None]
        case int():
            return [value + 1, str(value), -1]
        case str():
            return [f"{value}x", value[:-1] if value else "y", None]
        case None:
            return ["something", False]
        case list():
            return [value[:-1] if value else ["x"], [*value, "x"], {}]
        case dict():
            return [{**value, "more": 1}, dict(list(value.items())[1:]), []]
    raise AssertionError(value)


def mutated(made: Receipt, path: Path_, value: Any) -> Receipt:
    changed: Any = copy.deepcopy(made)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    result: Receipt = changed
    return result


def without(made: Receipt, path: Path_) -> Receipt:
    changed: Any = copy.deepcopy(made)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    result: Receipt = changed
    return result


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, extracted: ExtractedPage) -> None:
    """Extraction of the same page again and again gives what it gave the first time."""
    monkeypatch.setattr("loader.receipts.offline.extract", lambda nlp, pages: [extracted])


def test_receipts_are_made_of_many_kinds(receipts: list[Receipt]) -> None:
    assert len(receipts) >= 4
    said = [made["statement"] for made in receipts]
    assert {one["denied"] for one in said} == {True, False}
    assert {part["part"] for made in receipts for part in made["target"]} == {
        "content",
        "source",
        "cue",
    }


def test_all_hold(receipts: list[Receipt], page: Page, nlp: Language) -> None:
    for made in receipts:
        again = parse_receipt(dumped(made), "receipt.json")
        assert check(again, page, nlp) == Verdict(statement=made["statement"]["id"], status="holds")


@pytest.mark.usefixtures("quick")
def test_every_changed_field_is_seen(receipts: list[Receipt], page: Page, nlp: Language) -> None:
    """Of every value of every receipt, several others, and its absence."""
    tried = 0
    for made in receipts:
        for path in leaves(made):
            value = made
            for step in path:
                value = value[step]  # type: ignore[index]
            others = [mutated(made, path, other) for other in mutations(value)]
            for changed in (*others, without(made, path)):
                tried += 1
                verdict = check(changed, page, nlp)
                assert verdict.status == "differs", (path, changed)
                assert verdict.messages, path
    assert tried > 500


@pytest.mark.usefixtures("quick")
def test_who_forges_the_digest_too_is_told_by_the_page(
    receipts: list[Receipt], page: Page, nlp: Language
) -> None:
    for made in receipts:
        for path in leaves(made):
            if path in ONLY_BY_THE_DIGEST:
                continue
            value = made
            for step in path:
                value = value[step]  # type: ignore[index]
            for other in mutations(value):
                verdict = check(sealed(mutated(made, path, other)), page, nlp)
                assert verdict.status == "differs", (path, other)
                assert verdict.differences or verdict.messages, path


@pytest.mark.usefixtures("quick")
def test_a_difference_says_which_field_and_both_values(
    receipts: list[Receipt], page: Page, nlp: Language
) -> None:
    changed = sealed(mutated(receipts[0], ("statement", "act"), "promised"))
    (difference,) = check(changed, page, nlp).differences
    assert str(difference) == 'statement.act is "promised"; the page gives "said"'


@pytest.mark.parametrize("version", ["0.0.1", "99.0"])
def test_another_version_says_so_instead_of_false(
    receipts: list[Receipt], page: Page, nlp: Language, version: str
) -> None:
    """Older software made it: the same is found again, or something else is, which is not false."""
    other = mutated(receipts[0], ("generator", "version"), version)
    same = check(sealed(other), page, nlp)
    assert same.holds
    assert f"newsgraph {version}" in same.messages[0]
    assert "found again by newsgraph" in same.messages[0]
    differing = mutated(other, ("statement", "act"), "promised")
    verdict = check(sealed(differing), page, nlp)
    assert verdict.status == "unconfirmed"
    assert verdict.messages[-1].startswith(f"Made by newsgraph {version} with")
    assert "does not mean false" in verdict.messages[-1]


def test_another_version_is_no_excuse_for_words_that_are_not_there(
    receipts: list[Receipt], page: Page, nlp: Language
) -> None:
    other = mutated(receipts[0], ("generator", "version"), "99.0")
    exact = ("target", 0, "selector", 1, "exact")
    forged = mutated(other, exact, "is the newest of all")
    assert check(sealed(forged), page, nlp).status == "differs"


def test_this_version_is_named_as_the_other(page: Page, nlp: Language, receipts: Any) -> None:
    changed = sealed(mutated(receipts[0], ("statement", "kind"), "indirect"))
    later = replace(RUN, version="99.0")
    assert "this is newsgraph 99.0" in check(changed, page, nlp, later).messages[-1]


def test_a_page_edited_by_a_character_is_caught(
    receipts: list[Receipt], nlp: Language, tmp_path: Path
) -> None:
    """At every tenth character of the page, and it is said in which line."""
    made = receipts[0]
    for at in range(0, len(TEXT), 10):
        if not TEXT[at].isalpha():
            continue
        changed = tmp_path / "bridge.txt"
        changed.write_text(f"{TEXT[:at]}Q{TEXT[at + 1 :]}", encoding="utf-8")
        (page,) = read([changed])
        assert isinstance(page, Page)
        verdict = check(made, page, nlp)
        assert verdict.status == "differs"
        number = sum(1 for line in TEXT[:at].split("\n")[:-1] if line.strip()) + 1
        assert f"Line {number} of the article differs; the page has “" in verdict.messages[1]


def test_an_edit_in_the_words_is_shown(receipts: list[Receipt], nlp: Language, file: Path) -> None:
    path = file.with_name("edited.txt")
    path.write_text(TEXT.replace("older than", "newer than"), encoding="utf-8")
    (page,) = read([path])
    assert isinstance(page, Page)
    text = " ".join(check(receipts[0], page, nlp).messages)
    assert "the page has “newer than anybody admits" in text
    assert "instead of “older than anybody admits" in text


def test_an_edit_elsewhere_leaves_the_words(
    receipts: list[Receipt], nlp: Language, file: Path
) -> None:
    path = file.with_name("shifted.txt")
    path.write_text(TEXT.replace("Ada Byron", "Ada M. Byron"), encoding="utf-8")
    (page,) = read([path])
    assert isinstance(page, Page)
    verdict = check(receipts[0], page, nlp)
    assert verdict.status == "differs"
    start = page.text.index("The bridge at Lokoja “is")
    assert f"stand on it, at characters {start:,} to" in verdict.messages[-1]


def test_the_page_is_found_among_others(
    receipts: list[Receipt], page: Page, nlp: Language, seeds: Path
) -> None:
    others = [one for one in read([seeds]) if isinstance(one, Page)]
    assert check_receipt(receipts[0], [*others, page], lambda: nlp, RUN).holds
    verdict = check_receipt(receipts[0], others, lambda: nlp, RUN)
    assert "None of the 4 pages is" in verdict.messages[0]


def test_the_command_says_what_holds(
    receipts: list[Receipt],
    file: Path,
    nlp: Language,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("loader.receipts.jobs.load_pipeline", lambda: nlp)
    made = receipts[0]
    path = file.with_name("receipt.json")
    path.write_bytes(dumped(made))
    assert run_verify_receipt(str(path), str(file)) == 0
    assert capsys.readouterr().out == f"{made['statement']['id']} holds\n"
    path.write_bytes(dumped(mutated(made, ("statement", "denied"), None)))
    assert run_verify_receipt(str(path), str(file), form="json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["differs"] == 1
    assert told["statements"][0]["differences"] == [
        {"field": "statement.denied", "said": None, "found": False}
    ]


def test_the_command_tells_another_version_from_a_falsehood(
    receipts: list[Receipt],
    file: Path,
    nlp: Language,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("loader.receipts.jobs.load_pipeline", lambda: nlp)
    other = mutated(receipts[0], ("generator", "version"), "99.0")
    path = file.with_name("other.json")
    path.write_bytes(dumped(sealed(mutated(other, ("statement", "rule"), "nominal"))))
    assert run_verify_receipt(str(path), str(file)) == 3
    assert "cannot be confirmed:\n  Made by newsgraph 99.0" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"3", b'{"a": 1}', b"\xff"])
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(ReceiptError, match=r"receipt\.json is not"):
        parse_receipt(data, "receipt.json")


def test_a_page_that_is_not_there_is_named(receipts: list[Receipt], tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(dumped(receipts[0]))
    with pytest.raises(ReceiptError, match=r"missing\.txt.*no such file"):
        run_verify_receipt(str(path), str(tmp_path / "missing.txt"))
    with pytest.raises(ReceiptError, match=r"other\.json cannot be read"):
        run_verify_receipt(str(tmp_path / "other.json"), str(path))
