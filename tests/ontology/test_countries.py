"""Countries by code and name."""

import pytest

from ontology.countries import country_code, country_names, in_sentence, spellings


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
