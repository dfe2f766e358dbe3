"""What is reckoned with before the graph has been measured."""

from graphql import OperationDefinitionNode, parse

from api.graphql.compiler.derivation import load_catalog
from api.graphql.limits import CostModel
from api.graphql.measuring import assumed
from api.graphql.schema import create_schema, executable
from api.http.limits import Limits


def test_an_ordinary_question_is_let_in_before_anything_is_measured() -> None:
    catalog = load_catalog()
    model = CostModel(executable(create_schema(catalog)), Limits(), assumed(catalog))
    document = parse(
        """{ articles(first: 50) { nodes { id writtenBy { nodes { name } }
             statements { nodes { text about { nodes { name } } } } } } }"""
    )
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert model.assess(document, operation).check({}).nodes <= Limits().nodes


def test_the_last_of_a_list_cost_what_the_first_would() -> None:
    catalog = load_catalog()
    model = CostModel(executable(create_schema(catalog)), Limits(), assumed(catalog))

    def nodes(argument: str) -> int:
        document = parse(f"{{ articles({argument}) {{ nodes {{ id }} }} }}")
        (operation,) = document.definitions
        assert isinstance(operation, OperationDefinitionNode)
        return model.assess(document, operation).check({}).nodes

    assert nodes("last: 100") == nodes("first: 100") > nodes("first: 25")
