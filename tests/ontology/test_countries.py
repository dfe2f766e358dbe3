"""Countries by code and name."""

import re
from pathlib import Path

import pytest

from ontology.countries import (
    HISTORICAL,
    country_code,
    country_names,
    in_sentence,
    spellings,
    wikidata_ids,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UA", "UA"),
        ("ua", "UA"),
        ("ukr", "UA"),
        ("Ukraine", "UA"),
        ("UKRAINE", "UA"),
        (" Ukraine ", "UA"),
        ("the Netherlands", "NL"),
        ("The netherlands", "NL"),
        ("Holland", "NL"),
        ("Cote d'Ivoire", "CI"),
        ("côte d’ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("America", "US"),
        ("UK", "GB"),
        ("turkey", "TR"),
        ("Turkiye", "TR"),
        ("Trinidad & Tobago", "TT"),
        ("Viet Nam", "VN"),
        ("Bolivia, Plurinational State of", "BO"),
        ("USSR", "SU"),
        ("su", "SU"),
        ("Kosovo", "XK"),
        ("Atlantis", None),
        ("Outlying Oceania", None),
        ("Dutch", None),
        ("EU", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_its_codes_and_names(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_every_country_is_known_by_the_name_it_is_shown_under() -> None:
    shown = {code: name for code, name in country_names().items() if country_code(code) == code}
    assert len(shown) > 245
    assert {code: country_code(name) for code, name in shown.items()} == {c: c for c in shown}
    assert set(spellings().values()) == set(shown.values())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("United States", "the United States"),
        ("Netherlands", "the Netherlands"),
        ("Dominican Republic", "the Dominican Republic"),
        ("Solomon Islands", "the Solomon Islands"),
        ("Peru", "Peru"),
        ("South Korea", "South Korea"),
    ],
)
def test_a_sentence_has_the_article_that_english_asks_for(name: str, told: str) -> None:
    assert in_sentence(name) == told


def test_every_country_has_an_item_in_wikidata_of_its_own() -> None:
    shown = {code for code in country_names() if country_code(code) == code}
    items = wikidata_ids()
    assert set(items) == shown | HISTORICAL
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in items.values())
    assert len(set(items.values())) == len(items)
    assert (items["KE"], items["TW"], items["DE"], items["SU"]) == (
        "Q114",
        "Q865",
        "Q183",
        "Q15180",
    )


def test_the_items_are_those_of_the_package_they_were_taken_from() -> None:
    pytest.importorskip("rigour", reason="make test installs it")
    from tests.ontology import wikidata

    assert wikidata.table() == Path(wikidata.FILE).read_text(encoding="utf-8")
