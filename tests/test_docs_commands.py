"""Every command that the documentation shows exists, with the options it is shown with.

Nothing is run here; ``test_readme.py`` runs the README's commands.
"""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.main import get_command

import newsgraph

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
APP = get_command(newsgraph.app)

_FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t).*\n(?:[ \t]*\n)*)+")
_INLINE = re.compile(r"`([^`\n]+)`")
_VARIABLE = re.compile(r"\w+=")
_SEPARATORS = {"|", "||", "&&", ";", "(", ")", ">", "<", "&"}
_TARGET = re.compile(r"^(\w+):", re.MULTILINE)
_CODE_PATH = re.compile(r"(?:loader|api|queries|ontology|tests|docs)/[a-z\d_./-]*\w/?")
_EXAMPLE = re.compile(r"^ *\$ (.+)$", re.MULTILINE)

Shown = tuple[str, list[str]]
"""A document's name and the words of a command it shows."""
_COMPLETION = "--install-completion"


def blocks(text: str) -> list[str]:
    """The code blocks of a Markdown document that may hold shell commands."""
    fenced = [found[3] for found in _FENCED.finditer(text) if found[2] in {"", "sh", "shell"}]
    return fenced + _INDENTED.findall(_FENCED.sub("\n", text))


def commands(block: str) -> Iterator[list[str]]:
    """The words of each simple command in a shell block, without variables before it."""
    for line in block.replace("\\\n", " ").splitlines():
        try:
            lexer = shlex.shlex(line.strip().removeprefix("$ "), posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words = list(lexer)
        except ValueError:  # not shell: a quotation mark of another language
            continue
        command: list[str] = []
        for word in [*words, ";"]:
            if word in _SEPARATORS:
                if command:
                    yield command
                command = []
            elif command or not _VARIABLE.match(word):
                command.append(word)


def shown(first: str) -> list[Shown]:
    """The commands in code blocks and inline code that begin with ``first``."""
    found: list[Shown] = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        inline = _INLINE.findall(_FENCED.sub("\n", text))
        for block in [*blocks(text), *inline]:
            found += [
                (document.name, command) for command in commands(block) if command[0] == first
            ]
    return found


def examples() -> list[Shown]:
    """The commands that ``--help`` shows as examples."""
    found: list[Shown] = []

    def visit(name: str, command: object) -> None:
        for line in _EXAMPLE.findall(getattr(command, "epilog", None) or ""):
            found.extend((name, words) for words in commands(line) if words[0] == "newsgraph")
        for verb, below in getattr(command, "commands", {}).items():
            visit(f"{name} {verb}", below)

    visit("newsgraph", APP)
    return found


def complaint(words: list[str], *, complete: bool) -> str | None:
    """What is wrong with the command ``words``; unless ``complete``, it may lack arguments."""
    command, rest = APP, words[1:]
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        if rest[0].isupper():  # a placeholder
            return None
        if rest[0] not in command.commands:
            return f"there is no {' '.join(words)!r}"
        command, rest = command.commands[rest[0]], rest[1:]
    try:
        if rest == [_COMPLETION]:  # typer installs it while it reads the option
            return None if _COMPLETION in {o for p in command.params for o in p.opts} else "unknown"
        command.make_context("newsgraph", [word for word in rest if word != "…"])
    except typer.Exit:  # --help
        return None
    except Exception as error:  # typer's usage errors have no public base
        missing = type(error).__name__ in {"MissingParameter", "NoArgsIsHelpError"}
        return None if missing and not complete else repr(error)
    return None


def test_commands_are_found_where_documents_show_them() -> None:
    text = (
        "A text.\n\n    $ A=1 newsgraph load x | cat  # why\n\n```sh\nnewsgraph up \\\n  y\n```\n"
    )
    found = [command for block in blocks(text) for command in commands(block)]
    assert found == [["newsgraph", "up", "y"], ["newsgraph", "load", "x"], ["cat"]]


@pytest.mark.parametrize(
    ("line", "complete"),
    [
        ("newsgraph fly", False),
        ("newsgraph load --wings", False),
        ("newsgraph load", True),
        ("newsgraph load --workers many pages/", False),
        ("newsgraph db fly", False),
    ],
)
def test_wrong_commands_are_noticed(line: str, complete: bool) -> None:
    assert complaint(line.split(), complete=complete)


@pytest.mark.parametrize(
    ("document", "words"), shown("newsgraph"), ids=lambda value: str(value)[:60]
)
def test_documents_show_commands_that_exist(document: str, words: list[str]) -> None:
    assert complaint(words, complete=False) is None, document


@pytest.mark.parametrize(("verb", "words"), examples(), ids=lambda value: str(value)[:60])
def test_examples_in_the_help_are_complete_commands(verb: str, words: list[str]) -> None:
    assert complaint(words, complete=True) is None, verb


def test_documents_show_modules_and_targets_that_exist() -> None:
    for document, words in shown("python"):
        if words[1:2] == ["-m"]:
            assert importlib.util.find_spec(words[2]), f"{document}: {words}"
    targets = _TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    for document, words in shown("make"):
        assert set(words[1:]) <= set(targets), f"{document}: {words}"


def test_documents_name_files_that_exist() -> None:
    for document in DOCUMENTS:
        for code in _INLINE.findall(document.read_text(encoding="utf-8")):
            if _CODE_PATH.fullmatch(code):
                assert (ROOT / code).exists(), f"{document.name}: {code}"
