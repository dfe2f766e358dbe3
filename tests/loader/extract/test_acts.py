"""Kinds of telling, and the two kinds of no: what is denied and what is negative."""

import pytest

from tests.loader.extract.conftest import Find

ACTS = [
    ("Ortiz said the pier was safe.", "said"),
    ("The pier is safe, according to Ortiz.", "said"),
    ("“The pier is safe,” the engineer added.", "said"),
    ("Ortiz voiced fears that the pier would fall.", "said"),
    ("Residents expressed the hope that the pier would be repaired.", "said"),
    ("Ortiz criticized the plan.", "said"),
    ("Ortiz wrote that the pier was safe.", "written"),
    ("Ortiz tweeted that the pier was safe.", "written"),
    ("Ortiz said in a letter to members that the pier was safe.", "written"),
    ("The letter says the pier is safe.", "written"),
    ("The pier will close, said Trust chairwoman Ada Lind in a letter to members.", "written"),
    ("The pier is safe, said chief engineer Ada Lind in an email seen by the Herald.", "written"),
    ("Ortiz said in interviews and in an email to the paper that the pier was safe.", "written"),
    ("Ortiz said the mayor had lied in a letter to members.", "said"),
    ("The study found that eels sleep by day.", "found"),
    ("Researchers discovered that eels sleep by day.", "found"),
    ("The survey says that most voters like eels.", "found"),
    ("The court ruled that the ban was illegal.", "found"),
    ("Police determined that the driver was asleep.", "found"),
    ("Ortiz demanded that the mayor resign.", "asked"),
    ("The union urged members to stay at home.", "asked"),
    ("The mayor told residents to stay at home.", "asked"),
    ("Officials warned swimmers not to enter the water.", "asked"),
    ("Ortiz called for an inquiry into the crash.", "asked"),
    ("Doctors recommended that patients rest.", "asked"),
    ("Ortiz asked whether the pier was safe.", "asked"),
    ("The mayor promised to repair the pier.", "promised"),
    ("The company vowed that nobody would lose a job.", "promised"),
    ("The workers threatened to strike.", "promised"),
    ("The council agreed to close the pier.", "promised"),
    ("The mayor agreed that the pier was unsafe.", "said"),
    ("Ortiz believes the pier is safe.", "believed"),
    ("Residents fear that the pier will fall.", "believed"),
    ("Ortiz is confident that the pier will hold.", "believed"),
    ("Residents are worried that the pier will fall.", "believed"),
    ("The mayor hopes the pier will be open by May.", "wanted"),
    ("The company plans to sell the pier.", "wanted"),
    ("Ortiz wants the council to repair the pier.", "wanted"),
    ("Residents wish the pier were open.", "wanted"),
]

POLARITIES = [
    ("Ortiz said the pier was safe.", ""),
    ("The minister denied that troops had crossed the border.", "denied"),
    ("The governor refused to say whether talks would go on.", "denied"),
    ("Ortiz did not say the pier was safe.", "denied"),
    ("Ortiz dismissed the claim that the pier was unsafe.", "denied"),
    ("Ortiz said there are no plans to close the port.", "negative"),
    ("Ortiz said the pier was not safe.", "negative"),
    ("Ortiz vowed never to sell the pier.", "negative"),
    ("Ortiz said no one had seen the ship.", "negative"),
    ("Ortiz said the pier was no longer safe.", "negative"),
    ("Ortiz said the village had been left without water.", "negative"),
    ("Ortiz said the council had no money.", "negative"),
    ("Ortiz said none of the ships had left.", "negative"),
    ("Ortiz denied that the pier was not safe.", "denied negative"),
    ("Ortiz said “the cost is not a mere trifle — it ruins families.”", "negative"),
    ("“This is no holiday; it is a rescue,” Ortiz said.", "negative"),
    (
        "“Although it is safer than flying it is not wholly safe, part of it is luck,” Ortiz said.",
        "negative",
    ),
    ("Ortiz said that although the bridge is not old, it is safe.", ""),
    ("Ortiz said the man who did not pay was fined.", ""),
    ("“I told them, ‘I do not know, you see,’ and they laughed,” Ortiz said.", ""),
]


@pytest.mark.parametrize(("text", "act"), ACTS)
def test_a_statement_says_what_kind_of_telling_it_is(find: Find, text: str, act: str) -> None:
    assert find(text)[1][0].act == act


@pytest.mark.parametrize(("text", "polarity"), POLARITIES)
def test_what_is_denied_is_apart_from_what_is_negative(
    find: Find, text: str, polarity: str
) -> None:
    found = find(text)[1][0]
    flags = [name for name in ("denied", "negative") if getattr(found, name)]
    assert " ".join(flags) == polarity
