"""Nothing that comes from a page, a path or an argument drives the reader's terminal."""

import io
import os
import pty
import re
import subprocess
import sys
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer

from api.output import write_out
from queries.consoles import Console
from queries.terminal import Escaping, escaped, guard_terminal

ATTACKS = [
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[1;1H",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31m",
    "\x9d0;owned\x9c",
    "\x1bP+q544e\x1b\\",
    "a\rb",
    "\b\b\b",
    "\x7f",
    "exe.\u202etxt",
    "\u2066x\u2069",
    "a\u2028b",
    "\x1b[31mred",
]
DRIVES = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]|\r(?!\n)")


@contextmanager
def terminal() -> Iterator[Callable[[], str]]:
    """Standard output and standard error are a terminal; gives what it was sent."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)

    def sent() -> str:
        sys.stdout.flush()
        os.write(theirs, b"\0")
        got = b""
        while not got.endswith(b"\0"):
            got += os.read(ours, 100_000)
        return got[:-1].decode()

    with (
        os.fdopen(theirs, "w", encoding="utf-8", newline="") as stream,
        pytest.MonkeyPatch.context() as patched,
    ):
        for name in ("stdout", "stderr"):
            patched.setattr(sys, name, stream)
        guard_terminal()
        yield sent
    os.close(ours)


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_is_shown_escaped_in_a_terminal(attack: str) -> None:
    with terminal() as sent:
        assert isinstance(sys.stdout, Escaping)
        typer.echo(f"echoed {attack}")
        typer.echo(f"told {attack}", err=True)
        sys.stderr.write(f"written {attack}\n")
        write_out([f"id,title\r\n1,{attack}\r\n".encode()], None)
        console = Console(color_system=None)
        console.print(f"printed {attack}", markup=False)
        shown = sent()
    assert not DRIVES.search(shown)
    for word in ("echoed", "told", "written", "id,title\r\n1,", "printed"):
        assert word in shown
    assert shown.count(escaped(attack)) >= 4


def test_colours_of_our_own_stay() -> None:
    with terminal() as sent:
        console = Console(color_system="standard", highlight=False)
        console.print("[red]x[/red] \x1b]2J")
        assert sent() == "\x1b[31mx\x1b[0m \\u001b]2J\n"


def test_pieces_of_bytes_are_put_together() -> None:
    with terminal() as sent:
        for byte in "é\r\n\x9b€\r".encode():
            sys.stdout.buffer.write(bytes([byte]))
        sys.stdout.buffer.write(b"\xff\n")
        assert sent() == "é\r\n\\u009b€\\u000d\\xff\n"


def test_files_and_pipes_get_every_byte() -> None:
    text = "".join(ATTACKS)
    stream = io.StringIO(newline="")
    Console(file=stream, soft_wrap=True).print(text, markup=False, highlight=False, end="")
    assert "\x1b]0;" in stream.getvalue()
    asked = "import sys, newsgraph\nfrom queries.terminal import guard_terminal\nguard_terminal()\n"
    asked += "sys.stdout.buffer.write(sys.argv[1].encode())"
    done = subprocess.run([sys.executable, "-c", asked, text], capture_output=True, check=True)
    assert done.stdout == text.encode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["load", "--dry-run", "."], "would be loaded; 2 skipped"),
        (["\x9b2J"], "No such command"),
    ],
)
def test_the_command_escapes_in_a_terminal(
    tmp_path: Path, arguments: Sequence[str], told: str
) -> None:
    for number, attack in enumerate(("\x1b]0;owned\x07\n", "\x9b2J", "\u202e")):
        text = "" if number < 2 else "The minister said that it would rain. " * 20
        (tmp_path / f"{attack}.txt").write_text(text)
    shown = in_terminal([sys.executable, "-m", "newsgraph", *arguments], tmp_path)
    assert told in shown
    assert not DRIVES.search(re.sub(r"\x1b\[\d*m", "", shown))  # what rich colours
    assert "owned" not in "".join(line[:8] for line in shown.splitlines())


def in_terminal(command: Sequence[str], folder: Path) -> str:
    """What a command writes on a terminal."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment
    ):
        os.close(theirs)
        got = b""
        try:
            while piece := os.read(ours, 100_000):
                got += piece
        except OSError:  # how Linux says that the other side is closed
            pass
    os.close(ours)
    return got.decode()
