"""Text copied off printed pages: its words are whole, its page heads gone."""

from datetime import date
from pathlib import Path

import pytest

from loader.pages import Page, read
from loader.pages.wrapping import joined

PRINTED = """\
                     THE CORRIE HERALD                  Page 7

Lighthouse goes dark for re-
pairs

By MOIRA TENNANT
Staff Writer

CORRIE — The light-
house at Corrie Head will be dark for a month while its lamp is
taken to the main-
land, the harbour trust said on Fri-
day. The well-
known lamp is 90 years old, and the trust's well-known chair-
woman said that it

                     THE CORRIE HERALD                  Page 8

had never been away. Captains will steer by the long-
term light of the church.
"""


def test_words_that_lines_cut_are_whole() -> None:
    text = joined(PRINTED)
    for word in ("repairs", "lighthouse", "mainland", "Friday", "chairwoman"):
        assert word in text
    assert "The well-known lamp" in text
    assert "long-term light" in text


def test_page_heads_are_gone_and_paragraphs_go_on() -> None:
    text = joined(PRINTED)
    assert "HERALD" not in text
    assert "said that it\n\n" in text or "said that it had never" in text
    assert "By MOIRA TENNANT\nStaff Writer\n" in text


@pytest.mark.parametrize(
    "text",
    [
        "The well-\nknown lamp is away.\nNobody knows.",
        "A list:\n- one\n- two\n",
        "Pages 4-5\n\nThe lamp\nis away",
        "",
        "- a\n- b-\n- c-\n",
    ],
)
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert joined(text) == text


def test_time_is_linear_in_length() -> None:
    assert joined("a-\nb" * 100_000)
    assert joined("re-\n\n\n" * 50_000)


@pytest.mark.parametrize(
    "head",
    [
        "THE HARBOUR POST • Wednesday, June 5, 2019 • {}",
        "Page {}     June 5, 2019     The Harbour Post",
        "5 June 2019 | HARBOUR POST | {}",
    ],
)
def test_the_day_of_a_printed_page_stands_in_its_head(tmp_path: Path, head: str) -> None:
    text = (
        f"{head.format(3)}\n\nFerry operator loses licence\n\nThe company that runs the boat to "
        "the is-\nlands has lost its licence, said the har-\nbour master.\n\n"
        f"{head.format(4)}\n\nIt will appeal.\n"
    )
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (page,) = read([tmp_path])
    assert isinstance(page, Page)
    assert page.metadata
    assert page.metadata.published == date(2019, 6, 5)
    assert "2019" not in page.text
