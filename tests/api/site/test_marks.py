"""Marks in text: nested, crossing, hostile."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.site.marks import Mark, marked


def mark(anchor: str, *spans: tuple[int, int]) -> Mark:
    return Mark(anchor=anchor, spans=spans, classes=anchor, title=anchor)


def bare(html: str) -> str:
    """The HTML with a mark as ``[anchor:`` and ``]``, its id told by a ``#``."""
    html = re.sub(r'<mark id="(\w+)"[^>]*>', r"[#\1:", html)
    return re.sub(r'<mark class="(\w+)"[^>]*>', r"[\1:", html).replace("</mark>", "]")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "0123456789"),
        ([mark("a", (2, 4))], "01[#a:23]456789"),
        ([mark("a", (0, 10))], "[#a:0123456789]"),
        ([mark("a", (1, 9)), mark("b", (3, 5))], "0[#a:12[#b:34]5678]9"),
        ([mark("b", (3, 5)), mark("a", (1, 9))], "0[#a:12[#b:34]5678]9"),
        ([mark("a", (1, 5)), mark("b", (3, 8))], "0[#a:12[#b:34]][b:567]89"),
        ([mark("a", (1, 2), (4, 6))], "0[#a:1]23[a:45]6789"),
        ([mark("a", (1, 3)), mark("b", (1, 3))], "0[#a:[#b:12]]3456789"),
        ([mark("a", (1, 3)), mark("b", (3, 5))], "0[#a:12][#b:34]56789"),
        ([mark("a", (-5, 2)), mark("b", (8, 99))], "[#a:01]234567[#b:89]"),
        ([mark("a", (4, 4)), mark("b", (7, 3)), mark("c", (20, 30))], "0123456789"),
    ],
)
def test_marks_nest_and_bear_their_id_once(marks: list[Mark], expected: str) -> None:
    assert bare(marked("0123456789", marks)) == expected


def test_offsets_count_code_points() -> None:
    assert bare(marked("🌊🌊a", [mark("a", (1, 2))])) == "🌊[#a:🌊]a"


def test_text_and_titles_are_escaped() -> None:
    hostile = Mark(anchor="a", spans=((0, 8),), classes="x", title='"><script>')
    html = marked("<script>&", [hostile])
    assert html.endswith("&lt;script&gt;</mark>&amp;")
    assert "<script>" not in html


class Reader(HTMLParser):
    """The text, and for each character the marks around it, by their titles."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, frozenset[str]]] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert tag == "mark"
        self.open.append(str(values["title"]))
        self.anchors += [value] if (value := values.get("id")) else []

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.seen += [(character, frozenset(self.open)) for character in data]


@given(
    st.text(alphabet="ab<&>\"'\n🌊", max_size=12),
    st.lists(st.lists(st.tuples(st.integers(-2, 14), st.integers(-2, 14)), max_size=3), max_size=5),
)
def test_every_character_has_exactly_its_marks(
    text: str, spans: list[list[tuple[int, int]]]
) -> None:
    marks = [mark(f"m{number}", *some) for number, some in enumerate(spans)]
    reader = Reader()
    reader.feed(marked(text, marks))
    reader.close()
    assert reader.seen == [
        (
            character,
            frozenset(m.anchor for m in marks if any(s <= place < e for s, e in m.spans)),
        )
        for place, character in enumerate(text)
    ]
    assert len(reader.anchors) == len(set(reader.anchors))
    assert reader.open == []
