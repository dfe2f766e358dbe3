"""Files are written whole: what stood there stays until then, and devices are only written to."""

import os
import stat
import threading
from pathlib import Path

import pytest

from queries.saving import replacing, save, unsaved


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_part_that_was_asked_for_stays(tmp_path: Path) -> None:
    path, part = tmp_path / "file", tmp_path / "file.part"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(path, part)
    assert (path.read_bytes(), part.read_bytes()) == (b"old", b"new")
    with replacing(path, part=part) as file:
        file.write(b"whole")
    assert path.read_bytes() == b"whole"
    assert not part.exists()


def test_a_file_is_for_whom_others_are(tmp_path: Path) -> None:
    save([b"new"], tmp_path / "file")
    (tmp_path / "other").write_bytes(b"")
    one, other = ((tmp_path / name).stat().st_mode for name in ("file", "other"))
    assert stat.filemode(one) == stat.filemode(other)


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    save([b"new"], tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()))
    reader.start()
    save([b"new"], pipe)
    reader.join(10)
    assert found == [b"new"]
    assert pipe.is_fifo()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "no" / "file"
    with pytest.raises(FileNotFoundError) as raised:
        save([], path)
    assert unsaved(path, raised.value) == (
        f"The folder {path.parent} does not exist; create it, or choose another file."
    )
    with pytest.raises(IsADirectoryError) as other:
        save([], tmp_path)
    assert unsaved(tmp_path, other.value) == (
        f"{tmp_path} cannot be written (Is a directory); choose another file."
    )


def _interrupted(path: Path, part: Path | None = None) -> None:
    with replacing(path, part=part) as file:
        file.write(b"new")
        raise KeyboardInterrupt
