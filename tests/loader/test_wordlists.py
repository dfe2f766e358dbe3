"""The word lists: one format, each entry once, in order, and each list in use."""

import ast
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from loader.wordlists import WordListError, WordLists, parse

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path for path in (ROOT / "loader").rglob("data") if path.is_dir())
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]

of_each_file = pytest.mark.parametrize(
    "path", FILES, ids=[f"{path.parent.parent.name}/{path.stem}" for path in FILES]
)


def test_word_lists_are_in_files_of_the_one_format() -> None:
    assert len(FOLDERS) == 2
    found = {path for folder in FOLDERS for path in folder.iterdir() if path.is_file()}
    assert found - set(FILES) == {folder / "__init__.py" for folder in FOLDERS}


@of_each_file
def test_no_entry_of_a_list_stands_twice(path: Path) -> None:
    for name, item in parse(path).items():
        seen = [entry.casefold() if item.folded else entry for entry in item.entries]
        assert [entry for entry, count in Counter(seen).items() if count > 1] == [], name
        assert seen, name
        if item.folded:
            assert list(item.entries) == seen, name


@of_each_file
def test_a_list_is_sorted_unless_its_order_matters(path: Path) -> None:
    for name, item in parse(path).items():
        if not item.ordered:
            wanted = sorted(item.entries, key=lambda word: (word.casefold(), word))
            assert list(item.entries) == wanted, name


@of_each_file
def test_every_list_says_what_it_holds_and_is_used(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    used = _texts_in(path.parent.parent)
    for name in parse(path):
        heading = next(at for at, line in enumerate(lines) if line.startswith(f"[{name}]"))
        assert lines[heading - 1].startswith("# "), name
        assert {path.stem, name} <= used


@cache
def _texts_in(package: Path) -> set[str]:
    """The texts that stand in the code of a package."""
    trees = (ast.parse(path.read_text("utf-8")) for path in package.rglob("*.py"))
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_a_list_is_read_by_columns_groups_and_values(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text(
        "# All.\n\n[rows]\na\t-\tb\n\n# Of b.\n[groups] folded ordered\nx|y\nw\n", "utf-8"
    )
    lists = parse(path)
    assert lists["rows"].rows == (("a", "", "b"),)
    assert lists["groups"].groups == (("x", "y"), ("w",))
    assert lists["groups"].folded
    assert lists["groups"].ordered
    assert not lists["rows"].folded
    path.write_text("[table]\nfm\tforeign minister|first minister\n", "utf-8")
    assert parse(path)["table"].table == {"fm": ("foreign minister", "first minister")}


@pytest.mark.parametrize(
    "text", ["word\n[list]\n", "[list]\na\n[list]\nb\n", "[list] upside down\na\n"]
)
def test_what_is_not_in_the_format_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(WordListError, match=r"words\.txt, line \d"):
        parse(path)


def test_a_list_that_is_not_there_is_named() -> None:
    lists = WordLists("loader.articles.data")
    assert files("loader.articles.data").joinpath("names.txt").is_file()
    with pytest.raises(WordListError, match=r"names\.txt has no list \[nothing\]"):
        lists("names", "nothing")
