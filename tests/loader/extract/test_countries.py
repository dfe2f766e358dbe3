"""Countries: names, demonyms, seats of government, and the words that only look like them."""

from collections.abc import Callable

import pycountry
import pytest
from spacy.tokens import Doc

from loader.extract.components.country_forms import country_forms
from ontology.countries import country_names

Read = Callable[..., Doc]
N, D, M = "name", "demonym", "metonym"

SENTENCES: list[tuple[str, list[tuple[str, str, str]]]] = [
    (
        "Holland beat the Netherlands' neighbour Belgium.",
        [("Holland", "NL", N), ("Netherlands", "NL", N), ("Belgium", "BE", N)],
    ),
    (
        "A U.S.-based firm sold U.S. wheat to the U.K. and the UAE.",
        [("U.S.", "US", N), ("U.S.", "US", N), ("U.K.", "GB", N), ("UAE", "AE", N)],
    ),
    (
        "She came to America from the USSR, not from Russia.",
        [("America", "US", N), ("USSR", "SU", N), ("Russia", "RU", N)],
    ),
    # Who is so called in the article, unless the word is a place there.
    ("Jordan Millard, a nurse from Atlanta, Georgia, left. Jordan has two children.", []),
    ("Michelle Jordan said the club would close. Jordan bought it in 2010.", []),
    ("Georgia Hale, 32, won the race. Georgia trained daily.", []),
    ("Jordan said he would never play golf again.", []),
    ("Chad Delaney flew to Chad, where he met officials.", [("Chad", "TD", N)]),
    (
        "Israel said it had struck Syria. Israel's army denied it. Israel Katz spoke.",
        [("Israel", "IL", N), ("Syria", "SY", N), ("Israel", "IL", N)],
    ),
    # Birds, rivers, streets, languages, gardens, capitals of headlines.
    ("Turkey prices rose before the holiday, farmers in Ohio said. Turkey is dear.", []),
    ("Guinea pigs and Canada geese live by Lake Malawi and on Cuba Street.", []),
    ("Speakers of the Niger Congo languages live in the west of Africa.", []),
    ("We had lunch at the Luxembourg. She walked along the Jordan.", []),
    ("The Gambia and the Congo agreed.", [("Gambia", "GM", N), ("Congo", "CD", N)]),
    ("GUARDS WHO PROTECT US FROM THIEVES\n\nThe new play opens in May.", []),
    ("THE MUSIC THAT MADE US LAUGH\n\nThe show opens in May.", []),
    # Compounds and halves.
    (
        "The Congo Republic signed with Guinea Bissau.",
        [("Congo Republic", "CG", N), ("Guinea Bissau", "GW", N)],
    ),
    (
        "North Korea denied the report. The North said it was a lie.",
        [("North Korea", "KP", N), ("North", "KP", N)],
    ),
    # Inside an agency's name.
    ("Health Canada approved it, the British Red Cross and Team Estonia said.", []),
    (
        "Britons, Danes and a Czech engineer ate Chinese food.",
        [("Britons", "GB", D), ("Danes", "DK", D), ("Czech", "CZ", D), ("Chinese", "CN", D)],
    ),
    (
        "The Russia-Ukraine war and Sino-Russian trade",
        [("Russia", "RU", N), ("Ukraine", "UA", N), ("Sino", "CN", D), ("Russian", "RU", D)],
    ),
    (
        "Nigerien soldiers chased Nigerian rebels into Niger.",
        [("Nigerien", "NE", D), ("Nigerian", "NG", D), ("Niger", "NE", N)],
    ),
    (
        "Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea sent teams.",
        [
            ("Guinea", "GN", N),
            ("Guinea-Bissau", "GW", N),
            ("Equatorial Guinea", "GQ", N),
            ("Papua New Guinea", "PG", N),
        ],
    ),
    ("South Sudan accused Sudan of arming rebels.", [("South Sudan", "SS", N), ("Sudan", "SD", N)]),
    (
        "Côte d’Ivoire, the Ivory Coast, exports cocoa.",
        [("Côte d'Ivoire", "CI", N), ("Ivory Coast", "CI", N)],
    ),
    (
        "Scotland and Northern Ireland voted; Ireland watched.",
        [("Scotland", "GB", N), ("Northern Ireland", "GB", N), ("Ireland", "IE", N)],
    ),
    ("CHINA WARNS JAPAN OVER ISLANDS", [("CHINA", "CN", N), ("JAPAN", "JP", N)]),
    # Seats of government.
    (
        "Beijing denied the report, and Moscow said nothing.",
        [("Beijing", "CN", M), ("Moscow", "RU", M)],
    ),
    (
        "The Kremlin and the White House announced talks.",
        [("Kremlin", "RU", M), ("White House", "US", M)],
    ),
    ("Seoul’s decision angered Pyongyang.", [("Seoul", "KR", M), ("Pyongyang", "KP", M)]),
    ("Ties between Tehran and Riyadh have improved.", [("Tehran", "IR", M), ("Riyadh", "SA", M)]),
    ("Paris accused London of bad faith.", [("Paris", "FR", M), ("London", "GB", M)]),
    (
        "Officials in Kampala and Harare are watching closely.",
        [("Kampala", "UG", M), ("Harare", "ZW", M)],
    ),
    # Capitals that are only places.
    ("Millers have signed contracts with buyers in Kabul and Tashkent.", []),
    ("Hundreds marched in Moscow on Sunday.", []),
    ("He flew to Beijing and later visited Kyiv.", []),
    ("The restaurant stands outside Paris.", []),
    ("She studied at Moscow State University.", []),
    ("A Washington-based lawyer owns the house.", []),
    ("Brussels fined the company.", []),
    # Traps.
    ("Ships crossed the South China Sea on the way to South America.", []),
    ("The Washington Post has its office in Washington, D.C.", []),
    ("Voters in Georgia chose a Republican; Atlanta stayed Democratic.", []),
    ("In Georgia, protesters in Tbilisi waved flags.", [("Georgia", "GE", N)]),
    ("Michael Jordan never played in Jordan.", [("Jordan", "JO", N)]),
    ("Chad Walters was late.", []),
    ("Mark Cuban bought a Cuban cigar.", [("Cuban", "CU", D)]),
    ("He carved the turkey before flying to Turkey.", [("Turkey", "TR", N)]),
    ("New Mexico and New England had snow.", []),
    ("American Airlines cancelled flights.", []),
    ("African Americans moved north.", []),
    ("The CCP met in secret.", []),
    ("They settled in Peru, Indiana, decades ago.", []),
    ("The book is written in English.", []),
    ("Fleets gathered in the Indo-Pacific and the Indian Ocean.", []),
    ("Tell us what you want from us.", []),
    (
        "The Korean Peninsula is cold; South Korea and the Koreans know it.",
        [("South Korea", "KR", N), ("Koreans", "KR", D)],
    ),
    ("Kinshasa is the capital of Congo.", [("Congo", "CD", N)]),
    ("Brazzaville lies in Congo too.", [("Congo", "CG", N)]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s[:40] for s, _ in SENTENCES])
def test_a_sentence_names_these_countries(
    read: Read, sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    doc = read(sentence)
    found = [(span.text, span.kb_id_, span.label_) for span in doc.spans["countries"]]
    assert found == expected


def test_every_country_of_the_standard_has_a_name_to_be_found_by() -> None:
    left_out = {"AQ", "UM", "TF", "BV", "HM", "GS", "JE"}
    named = {form.code for form in country_forms() if form.form == "name"}
    assert {country.alpha_2 for country in pycountry.countries} - named == left_out


def test_every_code_has_a_title() -> None:
    assert {form.code for form in country_forms()} <= set(country_names())
    assert country_names()["SU"] == "Soviet Union"


def test_offsets_are_those_of_the_article(read: Read) -> None:
    text = "“Peace,” said Beijing’s envoy — “at last.”\n\nMoscow\u00a0agreed."
    doc = read(text)
    assert [text[s.start_char : s.end_char] for s in doc.spans["countries"]] == [
        "Beijing",
        "Moscow",
    ]
