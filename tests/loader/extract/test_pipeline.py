"""The pipeline: what the parser sees has the article's own offsets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from loader.articles import Article
from loader.extract.normalization import normalize
from loader.extract.pipeline import COMPONENTS, annotate, make_doc
from loader.pages import Page


@given(st.text(max_size=200))
def test_normalising_moves_no_offset(text: str) -> None:
    assert len(normalize(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“It’s”\u00a0so", '"It\'s" so'),
        ("``Go,'' he said.", '" Go, " he said.'),
        ("1990–95 – a time", "1990-95 — a time"),
        ("safe - for now", "safe — for now"),
        ("one\u2028two\ttabs\r\n", "one\ntwo tabs \n"),
        ("well-known e-mail", "well-known e-mail"),
    ],
)
def test_marks_spaces_and_dashes_become_plain(text: str, plain: str) -> None:
    assert normalize(text) == plain


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The harbor of the old town was closed on Monday because the\n"
        "pier that carries its only crane had sunk by half a metre in\n"
        "the night before."
    )
    assert normalize(wrapped) == wrapped.replace("\n", " ")


def test_lines_that_an_author_broke_stay_lines() -> None:
    listed = "The harbor\nThe pier\nThe crane that nobody has used for years"
    assert normalize(listed) == listed


def test_noise_is_blank_but_keeps_its_length() -> None:
    assert normalize("One.\nPhoto: X\nTwo.", blank=[(5, 13)]) == "One.\n" + " " * 8 + "\nTwo."


def test_a_paragraph_is_a_hard_sentence_boundary(nlp: Language) -> None:
    ((article, doc),) = annotate(nlp, [_article("The harbor and\n\nthe pier were closed.")])
    starts = [sentence.start_char for sentence in doc.sents]
    assert article.text.index("the pier") in starts


def test_tokens_point_into_the_article(nlp: Language) -> None:
    article = _article("“It’s\u00a0open” — “for\tnow”, he said…")
    doc = make_doc(nlp, article)
    assert doc._.article is article
    assert len(doc.text) == len(article.text)
    open_token = next(token for token in doc if token.text == "open")
    assert article.text[open_token.idx :].startswith("open”")


def test_components_follow_the_model_in_order(nlp: Language) -> None:
    assert nlp.pipe_names[0] == "paragraphs"
    assert nlp.pipe_names[-len(COMPONENTS) :] == list(COMPONENTS)


def _article(text: str) -> Article:
    page = Page(name="page.txt", location="page.txt", sha256="0" * 64, text=text)
    return Article(page=page, span=(0, len(text)), kind="article", text=text)


@pytest.mark.parametrize("mark", ['"', "'", "(", "—", "“", ")."])
def test_a_run_of_marks_is_cut_into_tokens_in_linear_time(nlp: Language, mark: str) -> None:
    began = time.process_time()
    doc = nlp.make_doc(f"The dam {mark * 20_000} will hold.")
    assert time.process_time() - began < 10
    assert doc[-1].text == "."
