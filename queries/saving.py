"""Write a file whole or not at all."""

import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile


def save(pieces: Iterable[bytes], path: Path) -> int:
    """Write ``pieces`` to ``path`` whole or not at all, and return the number of bytes.

    They go to a file beside it that takes its place at the end; an export that fails or is killed
    leaves what was there before.

    Raises:
        OSError: the folder cannot be written to.
    """
    size = 0
    with NamedTemporaryFile(
        dir=path.absolute().parent, prefix=f".{path.name}.", suffix=".part", delete=False
    ) as file:
        try:
            for piece in pieces:
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            # Temporary files are for their owner alone; this one is to be as any other.
            Path(file.name).chmod(0o666 & ~_umask())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return size


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
