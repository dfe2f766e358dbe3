"""What a feed has told of: each match once, in the order in which matches came."""

from pathlib import Path
from random import Random

import pytest

from api.feeds.matching import Match
from api.feeds.record import Record


def _match(name: str, published: str = "") -> Match:
    return Match(id=f"statement/{name}", kind="Statement", published=published)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "home" / "feeds.sqlite")


def _ids(record: Record) -> list[str]:
    return [told.id for told in record.told("f", 1, record.extent("f").last)]


def test_matches_are_numbered_as_they_come(record: Record) -> None:
    assert record.learn("f", [_match("b", "2026-01-02"), _match("a", "2026-01-01")], 1.0) == 2
    assert record.learn("f", [_match("a"), _match("b"), _match("old", "1999-01-01")], 2.0) == 1
    assert _ids(record) == ["statement/old", "statement/b", "statement/a"]
    assert record.learn("f", [_match("a"), _match("b"), _match("old")], 3.0) == 0
    assert record.extent("f").changed == 2.0
    assert record.first_since("f", 1.5) == 3


def test_what_goes_vanishes_and_comes_back_as_it_was(record: Record) -> None:
    record.learn("f", [_match("a"), _match("b")], 1.0)
    before = {told.id: (told.number, told.seen) for told in record.told("f", 1, 9)}
    assert before == {"statement/a": (1, 0.999), "statement/b": (2, 1.0)}
    record.learn("f", [_match("b")], 2.0)
    assert _ids(record) == ["statement/b"]
    assert record.extent("f").changed == 2.0
    assert record.learn("f", [_match("a"), _match("b")], 3.0) == 0
    again = {told.id: (told.number, told.seen) for told in record.told("f", 1, 9)}
    assert again == before
    record.learn("f", [_match(name) for name in "abcdef"], 2.0)  # at the same time as before
    seen = [told.seen for told in record.told("f", 1, 9)]
    assert seen == sorted(set(seen), reverse=True)


def test_an_empty_feed_has_a_time(record: Record) -> None:
    record.learn("f", [], 5.0)
    assert record.extent("f").changed == 5.0
    record.learn("f", [], 6.0)
    assert record.extent("f").changed == 5.0


def test_feeds_are_apart_and_can_be_forgotten(record: Record) -> None:
    record.learn("f", [_match("a")], 1.0)
    record.learn("g", [_match("a")], 2.0)
    record.forget("g")
    assert _ids(record) == ["statement/a"]
    assert record.extent("g").last == 0


@pytest.mark.parametrize("seed", range(5))
def test_no_match_is_told_of_twice_or_never(record: Record, seed: int) -> None:
    chosen = Random(seed)
    there: set[str] = set()
    numbers: dict[str, int] = {}
    for moment in range(1, 40):
        there ^= {str(chosen.randrange(30)) for _ in range(chosen.randrange(6))}
        record.learn("f", [_match(name) for name in there], float(moment))
        told = record.told("f", 1, record.extent("f").last)
        assert {one.id for one in told} == {f"statement/{name}" for name in there}
        for one in told:
            assert numbers.setdefault(one.id, one.number) == one.number
    assert len(set(numbers.values())) == len(numbers)
