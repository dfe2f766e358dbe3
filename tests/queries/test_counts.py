"""A number stands before its noun in the right form, and messages leave that to one function."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from queries.counts import LARGEST, counted

ROOT = Path(__file__).parents[2]
SOURCES = [
    ROOT / "newsgraph.py",
    *(path for name in ("api", "loader", "queries") for path in (ROOT / name).rglob("*.py")),
]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 pages"),
        (1, "1 page"),
        (2, "2 pages"),
        (1234, "1,234 pages"),
        (1.0, "1 page"),
        (0.5, "0.5 pages"),
        (12.5, "12.5 pages"),
        (123456.7, "123,457 pages"),
        (10**6, "1,000,000 pages"),
        (10**400, f"more than {LARGEST:,} pages"),
        (float("inf"), f"more than {LARGEST:,} pages"),
    ],
)
def test_a_number_and_its_noun_agree(number: float, said: str) -> None:
    assert counted(number, "page") == said


def test_what_has_another_plural_says_so() -> None:
    assert counted(1, "entry", "entries") == "1 entry"
    assert counted(2, "entry", "entries") == "2 entries"
    assert counted(1, "page was", "pages were") == "1 page was"
    assert counted(3, "page was", "pages were") == "3 pages were"


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "counted"
        ):
            yield node


def _plurals() -> set[str]:
    """Every first word that ``counted`` is called with for several."""
    found = set()
    for path in SOURCES:
        for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            words = [str(arg.value) for arg in call.args if isinstance(arg, ast.Constant)]
            if words:
                found.add(words[1].split()[0] if len(words) > 1 else f"{words[0]}s")
    return found - {"is", "are"}


def _is_constant(value: ast.expr) -> bool:
    """Whether a number is written into the code, which says what it comes to."""
    names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
    return bool(names) and all(name.isupper() for name in names)


def test_no_message_writes_the_plural_of_a_number_itself() -> None:
    nouns = _plurals()
    assert {"pages", "articles", "statements", "bytes", "seconds"} <= nouns
    after = re.compile(rf" (?:{'|'.join(sorted(nouns))})\b")
    offences = [
        f"{path.relative_to(ROOT)}:{text.lineno}"
        for path in SOURCES
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for one, other in zip(text.values, text.values[1:], strict=False)
        if isinstance(one, ast.FormattedValue)
        and not _is_constant(one.value)
        and isinstance(other, ast.Constant)
        and after.match(str(other.value))
    ]
    assert not offences
