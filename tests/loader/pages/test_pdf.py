"""PDF files: columns in order, heads off, words and paragraphs whole."""

from pathlib import Path

import pytest

from loader.articles import split
from loader.pages import Page, SkippedPage, read

Line = tuple[int, int, int, str]
LEFT = (
    "The lighthouse at Corrie Head will be",
    "dark for a month while its lamp is taken",
    "to the mainland, the trust said on Fri-",
    "day.",
    "   Captains will steer by the church, said",
    "Moira Tennant, who chairs the trust, and",
)
RIGHT = (
    "who has had three calls already, and",
    "expects more before the herring come",
    "back in the last week of October.",
)
FIRST = (
    "The lighthouse at Corrie Head will be dark for a month while its lamp is taken to the "
    "mainland, the trust said on Friday."
)
SECOND = (
    "Captains will steer by the church, said Moira Tennant, who chairs the trust, and who has "
    "had three calls already, and expects more before the herring come back in the last week "
    "of October."
)


def pdf(pages: list[list[Line]]) -> bytes:
    """Write a PDF file whose pages hold lines of text: x, y, size, text."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    parent = 2 * len(pages) + 2
    for lines in pages:
        stream = b"".join(
            b"BT /F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (size, x, y, text.encode("cp1252"))
            for x, y, size, text in lines
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 1 0 R >> >> >>" % (parent, len(objects))
        )
        kids.append(len(objects))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (size, size - 1, len(data))
    )


def page(number: int, *, across: bool) -> list[Line]:
    lines: list[Line] = [(40, 760, 8, "THE CORRIE HERALD"), (540, 760, 8, f"Page {number}")]
    if number == 7:
        lines += [(40, 730, 20, "Lighthouse goes dark"), (40, 708, 20, "for repairs")]
        lines += [(40, 690, 10, "By MOIRA TENNANT"), (40, 678, 10, "May 4, 2021")]
    left = [
        (52 if text[0] == " " else 40, 650 - 14 * row, 10, text.strip())
        for row, text in enumerate(LEFT)
    ]
    right = [(320, 650 - 14 * row, 10, text) for row, text in enumerate(RIGHT)]
    if across:
        for row, line in enumerate(left):
            lines += [line, *right[row : row + 1]]
    else:
        lines += [*left, *right]
    return [*lines, (300, 30, 8, f"- {number} -")]


def page_of(data: bytes, tmp_path: Path) -> Page | SkippedPage:
    (tmp_path / "print.pdf").write_bytes(data)
    (found,) = read([tmp_path])
    return found


@pytest.mark.parametrize("across", [False, True])
def test_the_text_of_a_pdf_is_its_articles(tmp_path: Path, *, across: bool) -> None:
    found = page_of(pdf([page(number, across=across) for number in (7, 8)]), tmp_path)
    assert isinstance(found, Page), found
    assert "HERALD" not in found.text
    assert "Page" not in found.text
    assert found.text.count(FIRST) == found.text.count(SECOND) == 2
    (article,) = split(found)
    assert article.title == "Lighthouse goes dark for repairs"
    assert [byline.name for byline in article.bylines] == ["Moira Tennant"]
    assert str(article.published) == "2021-05-04"


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    pages: list[list[Line]] = [
        [(40, 600, 10, FIRST[:70]), (40, 586, 10, FIRST[70:121] + " It is")],
        [(40, 700, 10, "ninety years old, and has never been away.")],
    ]
    found = page_of(pdf(pages), tmp_path)
    assert isinstance(found, Page)
    assert "It is ninety years old" in found.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]]), "empty"),
        (b"%PDF-1.4\nnothing here", "damaged"),
        (pdf([page(7, across=False)])[:400], "damaged"),
        (pdf([[]] * 301), "too-large"),
    ],
)
def test_a_pdf_without_text_is_skipped_with_the_cure(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    found = page_of(data, tmp_path)
    assert isinstance(found, SkippedPage)
    assert found.reason == reason
    assert ";" in found.message
