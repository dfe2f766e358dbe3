"""People: where they are named, and which mentions are of one person."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from loader.extract.components.name_comparison import can_be_one, person_parts
from loader.extract.components.person_names import parse_name

Read = Callable[..., Doc]

MENTIONS: list[tuple[str, list[tuple[str, str]]]] = [
    # The surname leads back to the full name, wherever it stands.
    (
        "Lena Hofmann led the study. Hofmann’s team counted bees, Hofmann said.",
        [
            ("Lena Hofmann", "Lena Hofmann"),
            ("Hofmann", "Lena Hofmann"),
            ("Hofmann", "Lena Hofmann"),
        ],
    ),
    (
        "Okafor Wins Prize\n\nThe novelist Grace Okafor won. “I am glad,” Okafor said.",
        [("Okafor", "Grace Okafor"), ("Grace Okafor", "Grace Okafor"), ("Okafor", "Grace Okafor")],
    ),
    (
        "OKAFOR WINS PRIZE\n\nThe novelist Grace Okafor won.",
        [("OKAFOR", "Grace Okafor"), ("Grace Okafor", "Grace Okafor")],
    ),
    # Surname first.
    (
        "Wang Yi met Lim Eul-chul. Wang smiled; Lim did not.",
        [
            ("Wang Yi", "Wang Yi"),
            ("Lim Eul-chul", "Lim Eul-chul"),
            ("Wang", "Wang Yi"),
            ("Lim", "Lim Eul-chul"),
        ],
    ),
    (
        "President Yoon Suk Yeol spoke. Yoon left early.",
        [("Yoon Suk Yeol", "Yoon Suk Yeol"), ("Yoon", "Yoon Suk Yeol")],
    ),
    # Syllables behind a hyphen in small letters, under surnames of any spelling.
    (
        "Leung Kwok-hung and Hau Lung-bin met Chen Shih-chung. Tsai Ing-wen was away.",
        [
            ("Leung Kwok-hung", "Leung Kwok-hung"),
            ("Hau Lung-bin", "Hau Lung-bin"),
            ("Chen Shih-chung", "Chen Shih-chung"),
            ("Tsai Ing-wen", "Tsai Ing-wen"),
        ],
    ),
    (
        "Kim Dae-jung met Ahn Cheol-soo and Lee Jae-myung.",
        [(name, name) for name in ("Kim Dae-jung", "Ahn Cheol-soo", "Lee Jae-myung")],
    ),
    # Ships, craft, storms, programs, diseases are nobody.
    ("Space Shuttle Atlantis will fly in May. Atlantis is old. Endeavour followed it.", []),
    ("USS Abraham Lincoln left port. The frigate HMS Lancaster followed.", []),
    ("Hurricane Milton hit Tampa. Milton weakened at noon. Parkinson’s disease is rare.", []),
    ("Firefox is ahead of Safari, and Safari is ahead of Opera.", []),
    ("Chrome has overtaken Edge. Opera and Vivaldi are small.", []),
    # A suffix ends the name, and perhaps the sentence.
    (
        "“No deal,” said Robert F. Kesling Jr. Smithers said talks would go on.",
        [("Robert F. Kesling Jr.", "Robert F. Kesling Jr."), ("Smithers", "Smithers")],
    ),
    (
        "“No,” said Kofi Mensah, Ph.D. Mensah is a historian.",
        [("Kofi Mensah", "Kofi Mensah"), ("Mensah", "Kofi Mensah")],
    ),
    # A given name is the person named in full, later in the text too.
    (
        "Tom paid Lisa’s bill. Tom Harkness and Lisa Moreau own the bakery.",
        [
            ("Tom", "Tom Harkness"),
            ("Lisa", "Lisa Moreau"),
            ("Tom Harkness", "Tom Harkness"),
            ("Lisa Moreau", "Lisa Moreau"),
        ],
    ),
    # Of a family, a new paragraph goes on with whom the article is about.
    (
        "Karim Haddad won. Haddad ran, Haddad swam, and Haddad rode. His father Sami Haddad wept."
        "\n\nThe town honoured Haddad.",
        [
            ("Karim Haddad", "Karim Haddad"),
            *[("Haddad", "Karim Haddad")] * 3,
            ("Sami Haddad", "Sami Haddad"),
            ("Haddad", "Karim Haddad"),
        ],
    ),
    # One word is a person's name if something goes with people only.
    ("Zahir said the well was dry.", [("Zahir", "Zahir")]),
    ("Comptroller Lander agreed.", [("Lander", "Lander")]),
    (
        "Mr Justice Oakes agreed with Chief Superintendent Ruth Vane.",
        [("Oakes", "Oakes"), ("Ruth Vane", "Ruth Vane")],
    ),
    # Particles, double names, initials, suffixes, nicknames.
    (
        "Prince Mohammed bin Talal arrived. Bin Talal was late.",
        [("Mohammed bin Talal", "Mohammed bin Talal"), ("Bin Talal", "Mohammed bin Talal")],
    ),
    (
        "Ludo van der Berg painted it. Van der Berg is 80.",
        [("Ludo van der Berg", "Ludo van der Berg"), ("Van der Berg", "Ludo van der Berg")],
    ),
    (
        "Alexandra Ortiz-Vega won. Ortiz-Vega thanked voters.",
        [("Alexandra Ortiz-Vega", "Alexandra Ortiz-Vega"), ("Ortiz-Vega", "Alexandra Ortiz-Vega")],
    ),
    (
        "Peter J. Maddox testified. Maddox denied it.",
        [("Peter J. Maddox", "Peter J. Maddox"), ("Maddox", "Peter J. Maddox")],
    ),
    (
        "Viktor Orbán lost. Orban conceded.",
        [("Viktor Orbán", "Viktor Orbán"), ("Orban", "Viktor Orbán")],
    ),
    (
        "William “Bill” Hargrove died. Hargrove was 91.",
        [
            ("William “Bill” Hargrove", "William “Bill” Hargrove"),
            ("Hargrove", "William “Bill” Hargrove"),
        ],
    ),
    # Titles are no part of the name, thrones are.
    (
        "Gen. Mark Tolliver and Dr. Ruth Ames agreed. Tolliver left.",
        [
            ("Mark Tolliver", "Mark Tolliver"),
            ("Ruth Ames", "Ruth Ames"),
            ("Tolliver", "Mark Tolliver"),
        ],
    ),
    ("Chinese Foreign Minister Wang Yi spoke.", [("Wang Yi", "Wang Yi")]),
    ("Pope Leo prayed. Leo then rested.", [("Leo", "Pope Leo"), ("Leo", "Pope Leo")]),
    ("President Macron refused to resign.", [("Macron", "Macron")]),
    # What only the words around give away.
    (
        "According to Wairimu Njoki, a lecturer at Maseno University, it fails.",
        [("Wairimu Njoki", "Wairimu Njoki")],
    ),
    (
        "Nyeri farmer Wanjala Simiyu sold late. “It is a joke,” Simiyu said.",
        [("Wanjala Simiyu", "Wanjala Simiyu"), ("Simiyu", "Wanjala Simiyu")],
    ),
    (
        "Hodan Farah Aden, a climate scientist, said wells were dry.",
        [("Hodan Farah Aden", "Hodan Farah Aden")],
    ),
    # What is nobody.
    ("Blantyre — Teachers have gone on strike.", []),
    ("Roofs will have panels by 2030, he said.", []),
    ("HOST: Will it rain?\n\nHOST: And then?", []),
    ("Trees fell as Storm Agnes hit Wales. Storm Agnes was fierce.", []),
    ("The sea grows warm. “Warmer air holds more rain.”", []),
    ("A parrot has been seen in Calais.", []),
    # Two of one surname.
    (
        "Tom Brandt and his wife, Ann Brandt, came. Mr. Brandt spoke. Mrs. Brandt listened.",
        [
            ("Tom Brandt", "Tom Brandt"),
            ("Ann Brandt", "Ann Brandt"),
            ("Brandt", "Tom Brandt"),
            ("Brandt", "Ann Brandt"),
        ],
    ),
    (
        "John Smith sued Carol Smith.",
        [("John Smith", "John Smith"), ("Carol Smith", "Carol Smith")],
    ),
    (
        "Donald J. Keller won. Later Donald Keller rested.",
        [("Donald J. Keller", "Donald J. Keller"), ("Donald Keller", "Donald J. Keller")],
    ),
    # Headlines, transcripts, signatures.
    (
        "PM Sunak Meets Modi in Delhi, Discusses Trade",
        [("Sunak", "Sunak")],
    ),
    (
        "KELLER: Will you run?\n\nAMES: I will not.\n\nKELLER: Why?\n\nAMES: Why not?",
        [("KELLER", "Keller"), ("AMES", "Ames"), ("KELLER", "Keller"), ("AMES", "Ames")],
    ),
    ("“It rained.” ― Nellora Carden\n\nThe end.", [("Nellora Carden", "Nellora Carden")]),
    # What is no person.
    ("The Clinton Foundation moved to Lake Charles.", []),
    ("Jim Crow laws ruled the South.", []),
    ("On Monday the Supreme Court met in New York City.", []),
    ("Wells Fargo paid a fine to Morgan Stanley.", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS, ids=[t[:40] for t, _ in MENTIONS])
def test_a_text_names_these_people(read: Read, text: str, expected: list[tuple[str, str]]) -> None:
    doc = read(text)
    found = [(text[s.start_char : s.end_char], _plain(s.kb_id_)) for s in doc.spans["people"]]
    assert found == [(mention, _plain(name)) for mention, name in expected]


def _plain(name: str) -> str:
    return name.translate(str.maketrans("“”’", '""\''))


def test_an_author_is_known_by_the_byline(read: Read) -> None:
    doc = read("By Zzyxa Qorvin\n\nQorvin walked home.", authors=("Zzyxa Qorvin",))
    assert [span.kb_id_ for span in doc.spans["people"]] == ["Zzyxa Qorvin", "Zzyxa Qorvin"]


@pytest.mark.parametrize(
    ("name", "given", "surname"),
    [
        ("Xi Jinping", "Jinping", "Xi"),
        ("Moon Jae-in", "Jae-in", "Moon"),
        ("Kim Kardashian", "Kim", "Kardashian"),
        ("Jack Ma", "Jack", "Ma"),
        ("Ursula von der Leyen", "Ursula", "von der Leyen"),
        ("Marine Le Pen", "Marine", "Le Pen"),
        ("Martin Luther King Jr.", "Martin Luther", "King"),
        ("T.L. Davis", "T.L.", "Davis"),
        ("Ben Roe", "Ben", "Roe"),
        ("De Niro", "", "De Niro"),
        ("von der Leyen", "", "von der Leyen"),
        ("President Ada Roe", "Ada", "Roe"),
    ],
)
def test_a_name_has_these_parts(name: str, given: str, surname: str) -> None:
    parsed = parse_name(name)
    assert (" ".join(parsed.given), " ".join(parsed.surname)) == (given, surname)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Donald J. Trump", "Donald Trump", True),
        ("Joe Biden", "Joseph R. Biden Jr.", True),
        ("Donald Trump", "Donald Trump Jr.", False),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Bill Clinton", "William Clinton", True),
        ("Wang Yi", "Wang Wenbin", False),
        ("George W. Bush", "George H. W. Bush", False),
        ("Luiz Inácio Lula da Silva", "Luiz Lula da Silva", True),
        ("Mary Anne Roe", "Mary Ann Roe", True),
        ("JOE BIDEN", "Jill Biden", False),
        ("Ben Carson", "Benjamin Carson", True),
        ("Ada Roe, M.D.", "Ada Roe", True),
        ("Ada Roe III", "Ada Roe", False),
        ('Joe "Kid" Roe', "Kid Roe", True),
        ("Kim Jong Un", "Kim Jong-un", True),
        ("Bashar Assad", "Bashar al-Assad", True),
        ("Sergey Lavrov", "Sergei Lavrov", True),
        ("Shaun O'Neill", "Shaun O’Neill", True),
    ],
)
def test_two_names_can_be_one_persons(one: str, other: str, same: bool) -> None:
    left, right = person_parts(one), person_parts(other)
    assert can_be_one(left, right, "same article") is same
    assert can_be_one(right, left, "same article") is same


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dontrell Higgs, who represents Lund, said it was late.", "Dontrell Higgs"),
        ("Lamonte Gribbs, whose boat sank, wept.", "Lamonte Gribbs"),
    ],
)
def test_who_tells_a_person(read: Read, text: str, name: str) -> None:
    doc = read(text)
    assert [span.kb_id_ for span in doc.spans["people"]][:1] == [name]
