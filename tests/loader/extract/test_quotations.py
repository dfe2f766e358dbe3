"""Quotations: what stands between marks, whatever the marks and however few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.extract.components.quotations import MAX_DEPTH, find_quotations
from loader.extract.normalization import normalize

Shown = tuple[tuple[str, ...], int, bool]

TEXTS: dict[str, tuple[str, list[Shown]]] = {
    "double and single": (
        "He said “yes,” and ‘no’ isn’t an “answer.”",
        [(("“yes,”",), 0, True), (("‘no’",), 0, True), (("“answer.”",), 0, True)],
    ),
    "two paragraphs": (
        "“Part one.\n\n“Part two,” he said.",
        [(("“Part one.", "“Part two,”"), 0, True)],
    ),
    "two paragraphs, the second without a mark": (
        "“Part one.\n\nPart two,” he said.",
        [(("“Part one.", "Part two,”"), 0, True)],
    ),
    "left open": ("“Part one.\n\nHe went.", [(("“Part one.",), 0, False)]),
    "one missing, another whole": ("“One, he said. “Two,” she said.", [(("“Two,”",), 0, True)]),
    "nested": (
        "“‘Go,’ he said,” she said.",
        [(("“‘Go,’ he said,”",), 0, True), (("‘Go,’",), 1, True)],
    ),
    "nested, all straight and double": (
        '"He said "no" to me," she said.',
        [(('"He said "no" to me,"',), 0, True), (('"no"',), 1, True)],
    ),
    "possessive in single marks": (
        "'The dogs' tails wag,' she said.",
        [(("'The dogs' tails wag,'",), 0, True)],
    ),
    "elisions": ("It’s the ’90s: rock ’n’ roll, ’tis true.", []),
    "feet and inches": ("A 6'2\" man", []),
    "backticks": ("``Go,'' he said.", [(("``Go,''",), 0, True)]),
    "angle marks": ("«Go», he said.", [(("«Go»",), 0, True)]),
    "low and high": ("„Go,” he said.", [(("„Go,”",), 0, True)]),
    "none": ("Nothing here.", []),
}


@pytest.mark.parametrize("case", TEXTS)
def test_quotations_are_found(case: str) -> None:
    text, expected = TEXTS[case]
    found = find_quotations(normalize(text), text)
    shown = [
        (tuple(text[slice(*part)] for part in quotation.parts), quotation.depth, quotation.closed)
        for quotation in found
    ]
    assert shown == expected


@given(st.text(alphabet="“”\"'‘’ a.,\n", max_size=60))
def test_any_marks_give_ordered_spans_inside_the_text(text: str) -> None:
    for quotation in find_quotations(normalize(text), text):
        edges = [edge for part in quotation.parts for edge in part]
        assert edges == sorted(edges)
        assert quotation.span == (edges[0], edges[-1])
        assert 0 <= edges[0] < edges[-1] <= len(text)
        assert quotation.depth < MAX_DEPTH


@pytest.mark.parametrize("unit", ['"', "'", ' "a', "s' ", '"\n', "“a ", "‘“a"])
def test_marks_without_end_cost_linear_work(unit: str) -> None:
    text = unit * 20_000
    assert len(find_quotations(normalize(text), text)) <= len(text)
