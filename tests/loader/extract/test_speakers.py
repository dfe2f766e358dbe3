"""Speakers: whom the source of each statement names, within its article."""

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from loader.extract.components.annotations import Attribution

Read = Callable[..., Doc]

SOURCES: list[tuple[str, list[str]]] = [
    ("Lena Hofmann spoke first. “It rains,” Hofmann said.", ["Person Lena Hofmann"]),
    # "They" who spoke last as one body, if they can be no others.
    (
        "The Dockers Union denied the charge. “We are glad,” they said in a statement.",
        ["Organization Dockers Union", "Organization Dockers Union"],
    ),
    (
        "The Dockers Union denied the charge. Passengers left. “We are glad,” they said.",
        ["Organization Dockers Union", "nobody"],
    ),
    # A group noun means the last organization of its kind, else nobody.
    (
        "Hoverton Motors recalled cars, the Road Safety Administration said. The carmaker said no "
        "crashes were known. The agency said it would check.",
        [
            "Organization Road Safety Administration",
            "Organization Hoverton Motors",
            "Organization Road Safety Administration",
        ],
    ),
    (
        "In a statement to Radio Halmstad, the club denied the charges. The club said it would "
        "reply.",
        ["nobody", "nobody"],
    ),
    ("Talking to Radio Halmstad, the university said the building was safe.", ["nobody"]),
    ("They asked the Sylvan Red Cross. The company said it would close the mine.", ["nobody"]),
    (
        "The Dockers Union met the Ministry of Ports. The union said talks had failed. The "
        "ministry said they would go on.",
        ["Organization Dockers Union", "Organization Ministry of Ports"],
    ),
    (
        "The airline Nordwind cancelled flights. The airline said pilots were ill.",
        ["Organization Nordwind"],
    ),
    # Who bears a title is meant, not the firm in it; a surname outranks a capital.
    ("Hoverton co-founder Lena Ortiz said sales fell.", ["Person Lena Ortiz"]),
    ("American academic and professor Lena Ortiz said sales fell.", ["Person Lena Ortiz"]),
    ("Lena Paris left the ship in May. Paris said she was ill.", ["Person Lena Paris"]),
    # Titles and roles.
    (
        "Ukraine’s foreign minister, Dmytro Kuleba, arrived. The minister said talks had failed.",
        ["Person Dmytro Kuleba"],
    ),
    (
        "President Claudia Sheinbaum of Mexico spoke. The Mexican leader said talks would go on.",
        ["Person Claudia Sheinbaum"],
    ),
    (
        "Justice Ana Roca wrote the opinion. The judge said that the law was clear.",
        ["Person Ana Roca"],
    ),
    (
        "Britain’s defence secretary, John Hale, left. The defense minister said talks went on. "
        "The finance minister said nothing was wrong.",
        ["Person John Hale", "nobody"],
    ),
    (
        "Poland’s deputy foreign minister, Pawel Nowak, said the border was shut. The minister "
        "said it would open.",
        ["Person Pawel Nowak", "Person Pawel Nowak"],
    ),
    (
        "“It is late,” said Luis Ortega, minister of agriculture. The agriculture minister said "
        "more was to come.",
        ["Person Luis Ortega", "Person Luis Ortega"],
    ),
    (
        "The minister said talks had failed. Transport Minister Ann Moss left the room.",
        ["Person Ann Moss"],
    ),
    (
        "The officer said talks had failed. Officer Ann Moss left the room.",
        ["nobody"],
    ),
    # Offices with their fields before a name.
    ("“It is late,” said Minister for Rural Affairs Mary Quinn.", ["Person Mary Quinn"]),
    (
        "“It is late,” said Deputy Minister of Transport for Ports P. Karlsen.",
        ["Person P. Karlsen"],
    ),
    ("“We are ready,” said Minister for Water Njeri Kamau.", ["Person Njeri Kamau"]),
    (
        "A spokesman for the Ministry of Ports, Ivan Belov, said ships would be warned.",
        ["Person Ivan Belov"],
    ),
    (
        "Spokeswoman for the Ministry of Emergency Situations Yulia Starostina said the fire was "
        "out.",
        ["Person Yulia Starostina"],
    ),
    ("A spokesman for President Joe Keller said the bill was dead.", ["nobody"]),
    # Pronouns.
    (
        "Tom Brandt met Ann Keller. She said the town had waited. He said it was worth it.",
        ["Person Ann Keller", "Person Tom Brandt"],
    ),
    (
        "“It is late,” said Ruth Ames. The train left. “It never waits,” she said.",
        ["Person Ruth Ames", "Person Ruth Ames"],
    ),
    (
        "President John Keller arrived early. Senator Lamar Ross said it was a shame. The "
        "president was unmoved. He said the critics were wrong.",
        ["Person Lamar Ross", "Person John Keller"],
    ),
    # "The expert" is the last one who spoke.
    (
        "Paul Green, a historian at Yale University, said the villa was Roman. Mayor Jim Roe said "
        "it was costly. According to the expert, two such villas are known.",
        ["Person Paul Green", "Person Jim Roe", "Person Paul Green"],
    ),
    # Surnames that are titles elsewhere.
    (
        "Board president Peter Lund read the mail. Superintendent Mary King was away, Lund said. "
        "King said the schools would stay shut.",
        ["Person Peter Lund", "Person Mary King"],
    ),
    # Who is described at length, who has a party, whose name stands below.
    (
        "Ann Keller, the member for Odda Central, who supports the report, left.",
        ["Person Ann Keller"],
    ),
    (
        "The Labour Party met. Peter Lund, a Labour MP, was there. The Labour MP said it was late.",
        ["Person Peter Lund"],
    ),
    (
        "Tom Brandt spoke first. “I was there,” Brandt said.\n\n“The port needs the town more than "
        "the town needs the port.”\n\n- Ann Keller, former mayor",
        ["Person Tom Brandt", "Person Ann Keller"],
    ),
    # A group of its own, or a part of one, is no group that was named before.
    (
        "Harbor Radio called. The Reed and Valley newspaper said the dam had burst.",
        ["nobody"],
    ),
    (
        "Odda FC won. The legal team said the judge was wrong.",
        ["nobody"],
    ),
    # Groups stay unnamed, with their country.
    ("U.S. officials said the ship had sunk.", ["nobody US"]),
    ("Experts say the dam is safe.", ["nobody"]),
    ("A British official said the talks were over.", ["nobody GB"]),
    ("Putin’s commanders said the town had fallen.", ["nobody"]),
    # Governments.
    ("Beijing denied that it had sent ships.", ["Country CN"]),
    ("The Chinese government said the ships were old.", ["Country CN"]),
    ("The Kremlin said it was ready.", ["Country RU"]),
    (
        "Venezuela’s Nicolás Maduro came. Maduro’s government said the claim was false.",
        ["Country VE"],
    ),
    ("A U.N. resolution says the border is closed.", ["Document U.N. resolution"]),
    ("France said the deal was off.", ["Country FR"]),
    # Organizations and outlets.
    ("NATO said the border was calm.", ["Organization NATO"]),
    ("According to a recent Reuters report, prices fell.", ["Outlet Reuters"]),
    ("Netflix lost users. The company said growth would return.", ["Organization Netflix"]),
    # A name in apposition, a relative clause.
    ("White House spokesman Jim Roe said the bill was dead.", ["Person Jim Roe"]),
    ("Ruth Ames, who says she saw it, is 80.", ["Person Ruth Ames"]),
]


HEADLINES: list[tuple[str, str, str]] = [
    ("French PM: Ports are open", "French Prime Minister Gabriel Roux spoke.", "Gabriel Roux"),
    ("Mayor says bridge is safe", "Mayor Lena Ortiz spoke.", "Lena Ortiz"),
    (
        "Bridge is unsafe: expert",
        "Paul Green, an engineer at Yale University, spoke.",
        "Paul Green",
    ),
    ("VP says economy is strong", "Vice President Ann Moss met President Tom Roe.", "Ann Moss"),
    ("Indian FM says deal is near", "External Affairs Minister Ravi Menon spoke.", "Ravi Menon"),
    ("NATO chief says it is late", "NATO Secretary General Jens Holm spoke.", "Jens Holm"),
    ("US Sec. of State: Talks go on", "Secretary of State Ann Keller spoke.", "Ann Keller"),
    (
        "Kenya’s finance minister says talks failed",
        "Finance Minister Njeri Kamau met Foreign Minister Ali Omar.",
        "Njeri Kamau",
    ),
    (
        "French PM asks whether ‘ports are safe’",
        "Gabriel Roux, the French prime minister, met Spanish Prime Minister Ana Roca.",
        "Gabriel Roux",
    ),
    (
        "Ukrainian president: We will win",
        "President Olena Bondar met President Joe Keller of the United States.",
        "Olena Bondar",
    ),
    (
        "Former president says he is well",
        "Former President Jim Carver met President Tom Roe.",
        "Jim Carver",
    ),
    # Nobody, where two can be meant or none.
    ("President says he is well", "President Jim Carver met President Tom Roe.", "nobody"),
    ("Finance minister says talks failed", "Foreign Minister Ali Omar spoke.", "nobody"),
    ("Ministers say talks failed", "Foreign Minister Ali Omar spoke.", "nobody"),
    ("A mayor says bridge is safe", "Mayor Lena Ortiz spoke.", "nobody"),
]


@pytest.mark.parametrize(("title", "lead", "name"), HEADLINES, ids=[h[0] for h in HEADLINES])
def test_an_office_in_a_headline_is_its_only_holder(
    read: Read, title: str, lead: str, name: str
) -> None:
    (speaker, *_) = _speakers(read(f"{title}\n\n{lead}", title=title))
    assert speaker.removeprefix("Person ").split(" ")[: len(name.split())] == name.split()


@pytest.mark.parametrize(("text", "expected"), SOURCES, ids=[t[:40] for t, _ in SOURCES])
def test_a_statement_goes_back_to(read: Read, text: str, expected: list[str]) -> None:
    assert _speakers(read(text)) == expected


def test_the_first_person_of_prose_is_the_author(read: Read, nlp: Language) -> None:
    text = "By Ruth Ames\n\nI argued that the dam would break."
    doc = read(text, authors=("Ruth Ames",))
    start, end = text.index("the dam"), len(text) - 1
    doc._.attributions = (
        Attribution(source=(14, 15), cue=(16, 22), content=((start, end),), kind="indirect"),
    )
    assert _speakers(nlp.get_pipe("speakers")(doc)) == ["Person Ruth Ames"]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("“It rains,” Ruth Ames told CNN.", "CNN"),
        ("Ruth Ames said in an interview with Reuters that it rained.", "Reuters"),
        ("“It rains,” Ruth Ames told reporters.", None),
        ("Reuters said it rained.", None),
    ],
)
def test_the_channel_is_not_the_source(read: Read, text: str, channel: str | None) -> None:
    (speaker,) = read(text)._.speakers
    assert (speaker.via.name if speaker.via else None) == channel


def test_speakers_stand_beside_their_attributions(read: Read) -> None:
    doc = read("Experts say so. “Yes,” said Ruth Ames. Reportedly, it rained.")
    assert len(doc._.speakers) == len(doc._.attributions)


def _speakers(doc: Doc) -> list[str]:
    found = []
    for speaker in doc._.speakers:
        if speaker is None or speaker.agent is None:
            country = speaker.country if speaker is not None else None
            found.append(f"nobody {country}" if country else "nobody")
        else:
            found.append(f"{speaker.agent.type} {speaker.agent.name}")
    return found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Who tells goes on, not who is told of.
        ("Peter Lund told reporters that Karl Bohm had left. He added that he was ill.", "Lund"),
        (
            "Mayor Peter Lund refused to say whether Karl Bohm slept. “We will see,” he said.",
            "Lund",
        ),
        ("Ann Roe said her client, Ida Berg, would pay. She said it was a mistake.", "Roe"),
        # Over a long quotation too.
        (
            "Karl Bohm, a driver, remembers that. “If a man comes home at night and says "
            "that the river has been in the house, that the boat has gone, that the goats are on "
            "the roof, and that nobody came, then I think that it is quite fair to think that the "
            "town has forgotten the harbor and the people on it, and that the town is wrong,” "
            "he said.",
            "Bohm",
        ),
        # Nobody calls himself by name.
        ("Karl Bohm left. Peter Lund, a farmer, stayed. Bohm was ill, he said.", "Lund"),
        ("Peter Lund met Karl Bohm. He said Bohm was ill.", "Lund"),
        # Of another gender, or told of by no person, he can be who was spoken of.
        ("Ann Roe said Karl Bohm had left. “I had to,” he said.", "Bohm"),
        ("Police said Karl Bohm had been found. “I was lost,” he said.", "Bohm"),
    ],
)
def test_a_pronoun_goes_on_with_who_tells(read: Read, text: str, speaker: str) -> None:
    last = read(text)._.speakers[-1]
    assert last.agent is not None
    assert last.agent.name.endswith(speaker)
