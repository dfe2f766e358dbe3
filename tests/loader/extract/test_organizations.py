"""Organizations and outlets: known ones, and those whose own words give them away."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Read = Callable[..., Doc]
ORG, OUT = "ORGANIZATION", "OUTLET"

MENTIONS: list[tuple[str, list[tuple[str, str, str]]]] = [
    # Known ones, under their usual names.
    (
        "NATO and the EU warned the U.N. on Friday.",
        [("NATO", "NATO", ORG), ("EU", "European Union", ORG), ("U.N.", "United Nations", ORG)],
    ),
    (
        "Reuters and The Washington Post reported it.",
        [("Reuters", "Reuters", OUT), ("The Washington Post", "The Washington Post", OUT)],
    ),
    (
        "She told the Post and the BBC. The Boston Globe wrote first; the Globe had a source.",
        [
            ("BBC", "BBC", OUT),
            ("The Boston Globe", "The Boston Globe", OUT),
            ("Globe", "The Boston Globe", OUT),
        ],
    ),
    # Words that make a name.
    (
        "The Campaign for Better Buses called the plan an insult.",
        [("Campaign for Better Buses", "Campaign for Better Buses", ORG)],
    ),
    (
        "Lines fell in the storm.\n\n10.15am\nOrkney Networks says repairs may take days.",
        [("Orkney Networks", "Orkney Networks", ORG)],
    ),
    (
        "The Ministry of Foreign Affairs and the Bank of Ghana disagreed.",
        [
            ("Ministry of Foreign Affairs", "Ministry of Foreign Affairs", ORG),
            ("Bank of Ghana", "Bank of Ghana", ORG),
        ],
    ),
    (
        "He joined the Green Party and later Zephyr Holdings Ltd.",
        [
            ("Green Party", "Green Party", ORG),
            ("Zephyr Holdings Ltd.", "Zephyr Holdings Ltd.", ORG),
        ],
    ),
    (
        "A professor at the University of Otago spoke to the Otago Daily Times.",
        [
            ("University of Otago", "University of Otago", ORG),
            ("Otago Daily Times", "Otago Daily Times", OUT),
        ],
    ),
    (
        "The Nigeria Labour Congress called a strike.",
        [("Nigeria Labour Congress", "Nigeria Labour Congress", ORG)],
    ),
    # A kind of organization introduces a name.
    ("The Russian firm Lastochka bought rifles.", [("Lastochka", "Lastochka", ORG)]),
    # Acronyms, as the article defines them.
    (
        "The Northern Fishers Union (NFU) met. The NFU voted to strike.",
        [
            ("Northern Fishers Union", "Northern Fishers Union", ORG),
            ("NFU", "Northern Fishers Union", ORG),
            ("NFU", "Northern Fishers Union", ORG),
        ],
    ),
    # A government by its head.
    ("The Biden administration refused.", [("Biden administration", "Biden administration", ORG)]),
    # None of these.
    ("On Monday the president met the prime minister of Kenya.", []),
    ("The GDP of China grew; the CEO was glad.", []),
    ("It was time for a week of rest in the local sun.", []),
    ("The Paris Agreement and the Nobel Prize made news.", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS, ids=[t[:40] for t, _ in MENTIONS])
def test_a_text_names_these_organizations(
    read: Read, text: str, expected: list[tuple[str, str, str]]
) -> None:
    doc = read(text)
    found = [(span.text, span.kb_id_, span.label_) for span in doc.spans["organizations"]]
    assert found == expected


def test_the_articles_own_outlet_is_found_behind_its_title(read: Read) -> None:
    doc = read("Why the river rose | Riverwatch\n\nIt rained.", outlet="Riverwatch")
    assert [(s.text, s.label_) for s in doc.spans["organizations"]] == [("Riverwatch", OUT)]


def test_a_seat_within_an_organizations_name_is_no_country(read: Read) -> None:
    doc = read("White House National Security Council spokesman Jim Roe left.")
    assert [span.kb_id_ for span in doc.spans["countries"]] == []
    assert [s.text for s in doc.spans["organizations"]] == ["White House National Security Council"]


def test_a_country_within_a_partys_name_is_one_still(read: Read) -> None:
    doc = read("The Chinese Communist Party met.")
    assert [span.kb_id_ for span in doc.spans["countries"]] == ["CN"]
