"""The API's page says what the project does."""

from api.graphql.examples import EXAMPLES, read_examples
from api.http.errors import Code
from tests.api.graphql.cookbook import PAGE, filled


def test_the_page_holds_the_limits_and_the_examples_as_they_are() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == filled(text), "run: python -m tests.api.graphql.cookbook"


def test_the_cookbook_has_fifteen_questions_or_more() -> None:
    assert len(read_examples(EXAMPLES)) >= 15


def test_every_code_of_an_error_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [code for code in Code if f"`{code}`" not in text] == []
