"""Write a file whole or not at all."""

import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO


def save(pieces: Iterable[bytes], path: Path) -> int:
    """Write ``pieces`` to ``path`` whole or not at all, and return the number of bytes.

    Raises:
        OSError: the folder cannot be written to.
    """
    with replacing(path) as file:
        return sum(file.write(piece) for piece in pieces)


@contextmanager
def replacing(path: Path, *, part: Path | None = None) -> Iterator[IO[bytes]]:
    """Open a file for writing that replaces ``path`` when the block ends.

    If the block fails, ``path`` is unchanged. Links are followed; a device or a pipe is written to
    directly.

    Args:
        path: The file to replace.
        part: The file to write to until then, in the same folder, which is kept if the block
            fails. By default it is a temporary file that is removed.

    Raises:
        OSError: the folder cannot be written to.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as device:
            yield device
        return
    file = _opened(target, part)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)
    except BaseException:
        if part is None:
            Path(file.name).unlink(missing_ok=True)
        raise


def unsaved(path: Path, error: OSError) -> str:
    """Explain in a sentence why ``path`` cannot be written, and what to do."""
    if not path.parent.is_dir():
        return f"The folder {path.parent} does not exist; create it, or choose another file."
    return f"{path} cannot be written ({error.strerror}); choose another file."


def _opened(target: Path, part: Path | None) -> IO[bytes]:
    if part is not None:
        return part.open("wb")
    file = NamedTemporaryFile(  # noqa: SIM115 - the caller closes it
        dir=target.parent, prefix=f".{target.name}.", suffix=".part", delete=False
    )
    # Temporary files are for their owner alone; this one is to be as any other.
    Path(file.name).chmod(0o666 & ~_umask())
    return file


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """``pieces`` as a gzip file: the same bytes for the same content, whenever it is written."""
    compressor = zlib.compressobj(wbits=31)
    for piece in pieces:
        if some := compressor.compress(piece):
            yield some
    yield compressor.flush()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
