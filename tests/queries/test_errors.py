"""What the machine refuses is told in a sentence, with what to do."""

import errno
import os

import pytest

import newsgraph


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.EMFILE, "allow more open files with `ulimit -n 4096`"),
        (errno.ENOSPC, "free some space there"),
        (errno.EROFS, "choose a place that can be written to"),
        (errno.EACCES, "check its permissions"),
    ],
)
def test_what_the_machine_refuses_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, cure: str
) -> None:
    def refused() -> None:
        raise OSError(number, os.strerror(number), "/some/file")

    monkeypatch.setattr(newsgraph, "app", refused)
    with pytest.raises(SystemExit) as ended:
        newsgraph.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith(f"newsgraph: {os.strerror(number)} (/some/file): {cure}")
    assert said.count("\n") == 1


def test_what_nobody_foresaw_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> None:
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(newsgraph, "app", failing)
    with pytest.raises(OSError, match="Bad file"):
        newsgraph.main()
