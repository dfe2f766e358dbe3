"""Citations: in which role an article cites someone, in whose words, with which affiliation."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Read = Callable[..., Doc]

CITATIONS: list[tuple[str, tuple[str, str | None, str | None]]] = [
    # Cited for knowledge.
    (
        "“Bees count,” said Lena Hofmann, a biologist at Monash University.",
        ("expert", "a biologist at Monash University", "Monash University"),
    ),
    (
        "Paul Green, a historian and author of the book “Roman Bath,” said the villa was old.",
        ("expert", "a historian and author of the book “Roman Bath,”", None),
    ),
    (
        "Economist Ruth Ames said prices would double.",
        ("expert", "Economist", None),
    ),
    (
        "Omar Haddad, director of the Center for Water Studies, said the dam was weak.",
        ("expert", "director of the Center for Water Studies", "Center for Water Studies"),
    ),
    (
        "To Ida Berg, a Norway-based criminologist, the law is a mistake, Berg said.",
        ("expert", "a Norway-based criminologist", None),
    ),
    (
        "Former ambassador Jim Roe, now a fellow at the Brookings Institution, said it would pass.",
        ("expert", "now a fellow at the Brookings Institution", "Brookings Institution"),
    ),
    (
        "According to Ruth Ames, who teaches law at Monash University, it is void.",
        ("expert", "who teaches law at Monash University", "Monash University"),
    ),
    (
        "“It kills,” said Ruth Ames of the Coral Research Centre.",
        ("expert", None, "Coral Research Centre"),
    ),
    (
        "It is, said Ruth Ames, lead author of the study and a botanist at Monash University.",
        (
            "expert",
            "lead author of the study and a botanist at Monash University",
            "Monash University",
        ),
    ),
    (
        "“It flies,” Ruth Ames, a comet dynamicist at the Coral Agency, said.",
        ("expert", "a comet dynamicist at the Coral Agency", "Coral Agency"),
    ),
    # Credentials behind brackets, an age, degrees; before the name in a whole phrase.
    (
        "“None is left,” said Wang Xiaolin (王小琳), a professor at Peking University.",
        ("expert", "a professor at Peking University", "Peking University"),
    ),
    (
        "“The river rises,” said Maria Kessel, Ph.D., a hydrologist at the University of Bergen.",
        ("expert", "a hydrologist at the University of Bergen", "University of Bergen"),
    ),
    (
        "“It was cold,” said Tobias Lenk, Dr. rer. nat., an entomologist at the Coral Museum.",
        ("expert", "an entomologist at the Coral Museum", "Coral Museum"),
    ),
    (
        "“Bridges age,” said Ines Duarte, 54, who teaches engineering at Monash University.",
        ("expert", "who teaches engineering at Monash University", "Monash University"),
    ),
    (
        "The head of the Kiel Institute, Moritz Lund, said trade would fall.",
        ("expert", "The head of the Kiel Institute", "Kiel Institute"),
    ),
    (
        "American academic and broadcaster Lucy Marlow said the castle was older.",
        ("expert", "American academic and broadcaster", None),
    ),
    ("The paper quoted retired engineer Hal Moss.", ("expert", "retired engineer", None)),
    # Lawyers and critics by their field, not by their client; "Dr." alone tells nothing.
    (
        "Immigration barrister Tunde Okoro said the law was void.",
        ("expert", "Immigration barrister", None),
    ),
    ("His lawyer, Ben Stone, said he was innocent.", ("source", "His lawyer", None)),
    ("Dr. Anna Wirth said it would rain.", ("source", "Dr.", None)),
    ("England captain Tony Bell said the pitch was poor.", ("source", "England captain", None)),
    (
        "Ann Roe, a former Scientologist, said she had been held.",
        ("source", None, None),
    ),
    # Whole descriptions: up to the state, from where the organization begins.
    (
        "“I saw it,” said Jo Roe, a boy from Irving, Texas, on Monday.",
        ("source", "a boy from Irving, Texas", None),
    ),
    (
        "Monash University Student Club president Ida Berg said the fee was high.",
        ("source", "Monash University Student Club president", "Monash University Student Club"),
    ),
    ("“It hurts,” said Leroy Banks (33), a roofer.", ("source", "a roofer", None)),
    # Cited for an office.
    (
        "Minister for Rural Affairs Ruth Ames said it rained. Ames said it was late.",
        ("official", "Minister for Rural Affairs", None),
    ),
    ("Prime Minister Jim Roe said the budget would pass.", ("official", "Prime Minister", None)),
    (
        "Ruth Ames, the mayor of Leeds, said the bridge was safe.",
        ("official", "the mayor of Leeds", None),
    ),
    (
        "Kremlin spokesman Oleg Petrov said it was a lie.",
        ("spokesperson", "Kremlin spokesman", None),
    ),
    # Cited as a side.
    (
        "Republican strategist Jim Roe said they would win.",
        ("source", "Republican strategist", None),
    ),
    ("“It rains,” said Ruth Ames.", ("source", None, None)),
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS, ids=[t[:40] for t, _ in CITATIONS])
def test_a_person_is_cited_as(
    read: Read, text: str, expected: tuple[str, str | None, str | None]
) -> None:
    citation = next(c for c in read(text)._.citations if c.agent.type == "Person")
    affiliation = citation.affiliation.name if citation.affiliation else None
    assert (citation.role, citation.description, affiliation) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        # Who leads what is no state's is no official.
        ("Halden Robotics president Ida Berg said sales fell.", "source"),
        ("“Sales fell,” said Ida Berg, chairwoman of the carmaker Halden.", "source"),
        ("Ida Berg, Halden’s director of streaming and global sales, said it was late.", "source"),
        ("“Pay us,” said Jo Roe, regional president of the prison guards' union.", "source"),
        ("“Stop it,” said Jo Roe, Asia director at the charity Open Wells.", "source"),
        ("Jo Roe, chief executive officer of the Coral Group, said it was late.", "source"),
        ("Jo Roe, chair of the National Police Federation, said it was late.", "source"),
        ("Jo Roe, the chief economist at Halden Bank, said prices would rise.", "expert"),
        ("Defense attorney Jo Roe said the trial was unfair.", "source"),
        # Who leads what is a state's is one.
        ("Leeds police chief Jo Roe said it was late.", "official"),
        ("“It rose,” said Jo Roe, director of the Ohio Department of Transportation.", "official"),
        ("French President Jo Roe said it was late.", "official"),
        ("President Jo Roe said it was late.", "official"),
        ("“It rose,” said Jo Roe, the head of the state's prison agency.", "official"),
        ("“It rose,” said Jo Roe, a manager at the county health department.", "official"),
        ("Opposition leader Jo Roe said it was late.", "official"),
        ("Interim HART Police Chief Jo Roe said it was late.", "official"),
        ("Jo Roe, the Health and Human Services secretary, said it was late.", "official"),
        ("Kenyan chief negotiator Jo Roe said it was late.", "official"),
        ("Coral Workers Union general secretary Jo Roe said it was late.", "source"),
        ("District Attorney Jo Roe said it was late.", "official"),
        ("Senate Majority Leader Jo Roe said it was late.", "official"),
        ("Education Secretary Jo Roe said it was late.", "official"),
        ("Dr. Ida Berg of the Ohio Department of Health says it spreads.", "official"),
        ("Ida Berg of the Bureau of Prisons says it spreads.", "official"),
        # Who teaches or leads an institute is an expert.
        (
            "“It rose,” said Jo Roe, founding director of the Center for River Studies at the "
            "University of Leeds. It fell, Roe said.",
            "expert",
        ),
        ("“It rose,” said Jo Roe, a senior fellow at the Halden Council.", "expert"),
    ],
)
def test_a_post_is_official_only_for_a_state(read: Read, text: str, role: str) -> None:
    citation = next(c for c in read(text)._.citations if c.agent.type == "Person")
    assert citation.role == role


@pytest.mark.parametrize(
    ("text", "description"),
    [
        # All posts before a name, and what an adverb says of them.
        (
            "They ask whether Halden’s founder and former director, Adam Roe, paid. Roe said yes.",
            "Halden’s founder and former director",
        ),
        (
            "It ends, said Halden’s newly appointed chair Ida Berg. “Now,” added Berg, who is also "
            "a trustee of Open Wells.",
            "Halden’s newly appointed chair",
        ),
        ("Emmy-winning actress Ida Berg fell ill. “It hurt,” Berg said.", "Emmy-winning actress"),
        # In another sentence, by a copula or a verb that stands for one.
        ("Jo Roe serves as a nurse in Leeds. “It is late,” Roe said.", "a nurse in Leeds"),
        (
            "Jo Roe has been director of the harbor. “It is late,” Roe said.",
            "director of the harbor",
        ),
        (
            "Jo Roe, who worked as a ranger in Kenya, left. “It is late,” Roe said.",
            "a ranger in Kenya",
        ),
        ("“It rose,” said Ida Berg, also a farmer in Leeds.", "a farmer in Leeds"),
        (
            "“It rose,” said Ida Berg, a chemist on the Water Board (WB).",
            "a chemist on the Water Board (WB)",
        ),
        # A role of several, a place or a body behind the comma, an opening clause.
        (
            "“It rose,” said Ida Berg, one of his editors at Oak Press.",
            "one of his editors at Oak Press",
        ),
        (
            "It rose, said Ida Berg, a chemist at the University of California, San Diego.",
            "a chemist at the University of California, San Diego",
        ),
        (
            "“It rose,” said Ida Berg, chief executive, Halden Motors.",
            "chief executive, Halden Motors",
        ),
        (
            "As a marsh biologist and a colleague of Roe’s at the University of Leeds, Ida Berg "
            "saw it. “It rose,” Berg said.",
            "a marsh biologist and a colleague of Roe’s at the University of Leeds",
        ),
        ("China’s ambassador to Britain Ida Berg said it rose.", "China’s ambassador to Britain"),
        ("She wrote to Roe’s sister, Ida Berg. “It rose,” Berg said.", "Roe’s sister"),
        (
            "The book is by the science fiction and fantasy author Ida Berg. “It rose,” Berg said.",
            "the science fiction and fantasy author",
        ),
        (
            "He met Ida Berg, a senior Labour Party figure. “It rose,” Berg said.",
            "a senior Labour Party figure",
        ),
        (
            "“It rose,” says Ida Berg, senior vp of revenue at Halden.",
            "senior vp of revenue at Halden",
        ),
        (
            "The work was led by research team head Ida Berg. “It rose,” Berg said.",
            "research team head",
        ),
        # Not the next of a list.
        (
            "The debate was among mayor Ida Berg, former senator Jo Roe and Ann Lee. “It rose,” "
            "Berg said.",
            "mayor",
        ),
        # The body where "Dr." tells nothing.
        (
            "Dr. Ida Berg of the Ohio Department of Health says so.",
            "of the Ohio Department of Health",
        ),
        ("Dr. Jo Roe from Coral Hospital said so.", "from Coral Hospital"),
    ],
)
def test_a_description_is_the_fullest_of_the_article(
    read: Read, text: str, description: str
) -> None:
    citation = next(c for c in read(text)._.citations if c.agent.type == "Person")
    assert citation.description == description


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("U.S. Attorney Ida Berg said it rose.", "official"),
        ("“It rose,” said Ida Berg, President Halden North America.", "source"),
        ("Halden’s chairman, CEO and president Ida Berg said it rose.", "source"),
        ("“It rose,” says Ida Berg, portfolio manager at Halden Funds.", "expert"),
        ("Ida Berg, research director of games at Halden, says it rose.", "expert"),
        ("China’s ambassador to Britain Ida Berg said it rose.", "official"),
        ("It rose, says certified financial planner Ida Berg.", "expert"),
    ],
)
def test_a_post_has_the_role_of_its_body(read: Read, text: str, role: str) -> None:
    assert [c.role for c in read(text)._.citations if c.agent.type == "Person"] == [role]


def test_an_outlet_is_cited_as_one(read: Read) -> None:
    (citation,) = read("Reuters reported that the dam had broken.")._.citations
    assert (citation.agent.type, citation.role) == ("Outlet", "outlet")


def test_authors_do_not_cite_themselves(read: Read) -> None:
    doc = read("By Ruth Ames\n\n“It will break,” said Ruth Ames.", authors=("Ruth Ames",))
    assert [speaker.agent.name for speaker in doc._.speakers] == ["Ruth Ames"]
    assert doc._.citations == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The Ministry of Health said three had died.", "official"),
        ("The Kerala High Court said the dam was unsafe.", "official"),
        ("Halden Therapeutics said the drug was safe.", "organization"),
        ("The National Union of Bakers said bread was dear.", "organization"),
    ],
)
def test_an_organization_is_cited_as_what_it_is(read: Read, text: str, role: str) -> None:
    assert [citation.role for citation in read(text)._.citations] == [role]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“It rose,” said Ida Berg, the granddaughter of senator Jo Roe.", "source"),
        ("“It rose,” said Ida Berg, a nurse and the wife of an army general.", "source"),
        ("“It rose,” said Ida Berg, Halden communications director.", "spokesperson"),
        ("“It rose,” said Ida Berg, the director behind the river comedy Low Water.", "source"),
    ],
)
def test_kin_and_film_makers_hold_no_office(read: Read, text: str, role: str) -> None:
    (citation,) = [c for c in read(text)._.citations if c.agent.name == "Ida Berg"]
    assert citation.role == role
