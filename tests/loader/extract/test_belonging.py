"""Unnamed sources keep their country, and what goes on with them keeps it too."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from loader.extract.components.annotations import Speaker

Read = Callable[..., Doc]

PHRASES: list[tuple[str, str | None]] = [
    # Before the noun: name, demonym, seat of government, owner.
    ("U.S. officials", "US"),
    ("Three Belarusian dissidents", "BY"),
    ("White House officials", "US"),
    ("South Korea's military officials", "KR"),
    ("The French PM", "FR"),
    ("Current and former U.S. officials", "US"),
    ("U.S.-based experts", "US"),
    ("Chinese President Xi Jinping's spokesman", "CN"),
    # The noun itself.
    ("Many Mexicans", "MX"),
    ("The Chinese", "CN"),
    # Behind it.
    ("Officials in Kyiv", "UA"),
    ("Officials in Kenya", "KE"),
    ("Human rights groups in Russia", "RU"),
    ("Two officials from Germany", "DE"),
    ("A spokesman for Ukraine's defense ministry", "UA"),
    ("An official in the office of the Ukrainian president", "UA"),
    ("A report by Japanese researchers", "JP"),
    ("Some of the Russian soldiers", "RU"),
    ("74 percent of voters in Germany", "DE"),
    ("One of them, a Russian officer,", "RU"),
    # Whose they are outweighs where they are.
    ("American diplomats in Beijing", "US"),
    ("The U.S. ambassador to Russia", "US"),
    ("A spokesman for the Chinese Embassy in Washington", "CN"),
    # Several groups of one country.
    ("Ukrainian officials and residents", "UA"),
    # No single country.
    ("Western officials", None),
    ("Western diplomats in Moscow", None),
    ("NATO officials in Kenya", None),
    ("Chinese and Russian officials", None),
    ("Officials in Moscow and Beijing", None),
    ("U.S. and European officials", None),
    ("Iranian and other officials", None),
    ("Russian officials and Western analysts", None),
    ("The British-Iranian woman", None),
    ("South American officials", None),
    # What they are about, for or against is not where they belong.
    ("China experts", None),
    ("Experts in Chinese law", None),
    ("A scholar of Russian history", None),
    ("Critics of China", None),
    ("China's critics", None),
    ("U.S. allies", None),
    ("Iraq war veterans", None),
    ("Pro-Russian separatists", None),
    ("Russian-backed officials", None),
    ("A Chinese-owned factory", None),
    ("Two people with knowledge of the Chinese plans", None),
]

FOLLOW_UPS: list[tuple[str, list[str]]] = [
    ("U.S. officials said the ship had sunk. They said a second one was hit.", ["US", "US"]),
    (
        "U.S. officials said the ship had sunk. Their claim that one more was hit was denied.",
        ["US", "US"],
    ),
    # "They" and "their" are first the subject around them.
    ("Belarusian dissidents have confirmed their plan to seize the airport.", ["BY"]),
    (
        "U.S. officials arrived. Russian soldiers have confirmed their plan to seize the airport.",
        ["RU"],
    ),
    ("A Chinese ministry said the ships were old. It added that they would go.", ["CN", "CN"]),
    (
        "Ukrainian officials said the troops had left. Western analysts said that they stayed. "
        "The officials said more would come.",
        ["UA", "nobody", "UA"],
    ),
    # A quotation without a cue belongs to who spoke last, named or not.
    (
        "Jim Roe said it was over. “The ship has sunk and will not be seen again,” Chinese "
        "officials said.\n\n“We are looking into it, and we are asking all who saw it.”",
        ["Jim Roe", "CN", "CN"],
    ),
    (
        "Jim Roe said it was over. A British official said the talks were dead. He said nobody "
        "came.",
        ["Jim Roe", "GB", "GB"],
    ),
    # Others came between.
    (
        "Kenyan officials said the dam had burst. Experts said it was old. They said it would "
        "rain.",
        ["KE", "nobody", "nobody"],
    ),
    (
        "U.S. officials said the ship had sunk. Residents fled. They said a second one was hit.",
        ["US", "nobody"],
    ),
    ("A British official met Jim Roe. He said nobody came.", ["Jim Roe"]),
    ("U.S. officials came, Jim Roe said. They said no.", ["Jim Roe", "nobody"]),
]


@pytest.mark.parametrize(("phrase", "country"), PHRASES, ids=[phrase for phrase, _ in PHRASES])
def test_a_source_that_is_nobody_belongs_to(read: Read, phrase: str, country: str | None) -> None:
    (speaker,) = read(f"{phrase} said it rained.")._.speakers
    assert speaker.agent is None or speaker.agent.type == "Document"
    assert speaker.country == country


@pytest.mark.parametrize(("text", "expected"), FOLLOW_UPS, ids=[t[-40:] for t, _ in FOLLOW_UPS])
def test_what_goes_on_keeps_the_country(read: Read, text: str, expected: list[str]) -> None:
    assert [_who(speaker) for speaker in read(text)._.speakers] == expected


def _who(speaker: Speaker | None) -> str:
    if speaker is None:
        return "nobody"
    return speaker.agent.name if speaker.agent is not None else speaker.country or "nobody"
