"""Every statement names the family of rules that found it."""

from typing import get_args

import pytest

from loader.extract.components.attribution.families import FAMILIES
from ontology.records import StatementRule
from tests.loader.extract.conftest import Find

FORMS = [
    ("“The dam will hold for years,” said engineer Bo Ek.", "quotation"),
    ("“Nobody slept on the night ferry,” Ana Ruiz recalled.", "quotation"),
    ("Bo Ek said the dam “will hold for a hundred years” if it is repaired.", "clause"),
    ("The minister promised that the bridge would open in May.", "clause"),
    ("Nurses told reporters that the ward had been closed.", "clause"),
    ("Ana Ruiz criticized the plan to close the ward.", "object"),
    ("Bo Ek’s claim that the bridge was unsafe angered the council.", "nominal"),
    ("The new vaccine, which doctors say is safe, arrives on Monday.", "relative"),
    ("The bridge, Bo Ek said, would open in May.", "parenthesis"),
    ("According to Ana Ruiz, the ward had been closed for a year.", "adverbial"),
]


@pytest.mark.parametrize(("text", "rule"), FORMS)
def test_a_statement_names_its_family_of_rules(find: Find, text: str, rule: str) -> None:
    assert find(text)[1][0].rule == rule


def test_every_family_has_a_rule() -> None:
    assert set(FAMILIES.values()) == set(get_args(StatementRule))
