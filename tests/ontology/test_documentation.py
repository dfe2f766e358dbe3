"""The page about the ontology is current and names everything."""

from ontology.documentation import PAGE, build
from ontology.model import load_model


def test_the_page_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == build(load_model()), "run: python -m ontology.documentation"


def test_the_page_names_every_term_and_draws_every_class() -> None:
    model = load_model()
    page = build(model)
    diagram = page.split("```")[1]
    for item in model.classes.values():
        assert f"### {item.label}\n" in page
        assert item.label in diagram
        for entry in item.properties:
            assert f"`{entry.key}`" in page
        for edge in item.relationships:
            assert f"`{edge.type}`" in page
            assert edge.name in diagram
