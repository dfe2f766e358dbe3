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
    # What the article says of a name: its kind, who belongs to it, what it has and does.
    (
        "BOSTON, May 2 - Zenilab said its vaccine works.\n\nZenilab shares rose on Friday.",
        [("Zenilab", "Zenilab", ORG), ("Zenilab", "Zenilab", ORG)],
    ),
    ("Kestrel, a ship, lost.\n\nThe Kestrel festival ended.", []),
    (
        "Members of Lumina met. Lumina officials said donations doubled. He left Lumina in 2015.",
        [("Lumina", "Lumina", ORG)] * 3,
    ),
    (
        "Brightwell, a London-based software firm, said it would cut jobs.",
        [("Brightwell", "Brightwell", ORG)],
    ),
    (
        "Tamsin Reed, chief executive of Quillon, said sales were up. Quillon shares rose 4%.",
        [("Quillon", "Quillon", ORG), ("Quillon", "Quillon", ORG)],
    ),
    (
        "The rock group Velvet Harbour split up. Velvet Harbour sold two million records.",
        [("Velvet Harbour", "Velvet Harbour", ORG)] * 2,
    ),
    ("The Dallas chapter met in Huntsville, Alabama, the home of the team.", []),
    # Later mentions by a part of the name.
    (
        "The Ministry of Fisheries banned nets. The Ministry said stocks had fallen.",
        [
            ("Ministry of Fisheries", "Ministry of Fisheries", ORG),
            ("Ministry", "Ministry of Fisheries", ORG),
        ],
    ),
    (
        "The Kerala High Court ordered a halt. The Court said the dam was unsafe.",
        [("Kerala High Court", "Kerala High Court", ORG), ("Court", "Kerala High Court", ORG)],
    ),
    (
        "Halden Therapeutics today announced results. Halden said the drug was safe.",
        [
            ("Halden Therapeutics", "Halden Therapeutics", ORG),
            ("Halden", "Halden Therapeutics", ORG),
        ],
    ),
    (
        "The Chicago Teachers Union agreed. CTU leaders spoke.",
        [
            ("Chicago Teachers Union", "Chicago Teachers Union", ORG),
            ("CTU", "Chicago Teachers Union", ORG),
        ],
    ),
    # Where a name ends and begins.
    (
        "The museum hired the former Museum of Flight CEO Ann Roe, the University of Leeds said.",
        [
            ("Museum of Flight", "Museum of Flight", ORG),
            ("University of Leeds", "University of Leeds", ORG),
        ],
    ),
    (
        "Researchers from Aalto State University of the US and the Kern County Sheriff's office.",
        [
            ("Aalto State University", "Aalto State University", ORG),
            ("Kern County Sheriff's office", "Kern County Sheriff's office", ORG),
        ],
    ),
    # Governments, systems, groups of a contest and time zones are none.
    ("The UK Government met. It ended at 23:30 BST, said the Welsh Government.", []),
    ("The National Information System failed. In Group G, Panama lost.", []),
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Ministry of Ports, Fishing and Rivers (MOPFR) met.",
            "Ministry of Ports, Fishing and Rivers",
        ),
        (
            "A Department of Roads, Ports and Rivers report said so.",
            "Department of Roads, Ports and Rivers",
        ),
        (
            "He asked the Office for Roads, Dams and Bridges (ORDB).",
            "Office for Roads, Dams and Bridges",
        ),
    ],
)
def test_a_name_is_whole_and_without_brackets(read: Read, text: str, name: str) -> None:
    doc = read(text)
    assert doc.spans["organizations"][0].kb_id_ == name


def test_other_bodies_behind_a_name_are_no_fields_of_it(read: Read) -> None:
    doc = read("The Department of Roads, Congress and NATO met.")
    assert doc.spans["organizations"][0].kb_id_ == "Department of Roads"


def test_a_person_behind_a_name_is_no_field_of_it(read: Read) -> None:
    doc = read("The Department of Roads, Jim Roe and Ida Berg met.")
    assert doc.spans["organizations"][0].kb_id_ == "Department of Roads"
