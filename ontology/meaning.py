"""What a text is about, as a vector: near texts have near vectors, whatever their words.

The vectors are those of WordLlama (Miller 2024, MIT): a static embedding of 32,000 pieces of words
in 256 dimensions, taken from a large language model's own and trained to compare sentences. A
text's vector is the mean of its pieces' (no network is run), so it is quick, needs no network
connection, and depends on the words alone. It sees neither order nor negation.

Of the package, only its two files of data are read: the vectors, and the pieces with the order in
which they merge (byte-pair encoding, Sennrich et al. 2016). Its code would need a tokenizer that
takes 30 MB, and would look for one on the internet.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ontology.folding import folded_words

DIMENSIONS = 256
MODEL = "l2_supercat_256"
CONTEXT = 0.5
"""What a statement's speaker and title weigh beside its own words."""

_DECIMALS = 4
"""Beyond these, machines may differ in how they add."""
_PACKAGE = "wordllama"
_SPACE = "▁"

Vector = NDArray[np.float64]


@cache
def available() -> bool:
    """Whether vectors can be made: the package with the model has no wheels for some machines."""
    return find_spec(_PACKAGE) is not None


@cache
def model() -> str:
    """The name of the model with the version of its package; empty where there is none."""
    try:
        return f"{MODEL} {version(_PACKAGE)}" if available() else ""
    except PackageNotFoundError:
        return ""


def vector(text: str, *context: str | None) -> list[float] | None:
    """The vector of ``text``, of length 1, as the graph has it.

    Args:
        text: The text.
        context: What it stands in; it counts half as much as the text.

    Returns:
        :data:`DIMENSIONS` numbers; None if there are no words in it, or no model on this machine.
    """
    if not available():
        return None
    own = _direction(folded_words(text))
    if own is None:
        return None
    around = _direction([word for part in context if part for word in folded_words(part)])
    if around is not None:
        own = _unit(own + CONTEXT * around)
    rounded: list[float] = (np.round(own, _DECIMALS) + 0.0).tolist()  # no zero below zero
    return rounded


def _direction(words: Sequence[str]) -> Vector | None:
    """The mean of the words' pieces, of length 1; None if it has no direction."""
    total = np.zeros(DIMENSIONS)
    for word in words:
        total += _word(word)
    return _unit(total) if total.any() else None


def _unit(found: Vector) -> Vector:
    unit: Vector = found / np.sqrt((found * found).sum())
    return unit


@lru_cache(maxsize=50_000)
def _word(word: str) -> Vector:
    """The sum of the vectors of a word's pieces."""
    pieces, vectors = _pieces(), _vectors()
    found = vectors[pieces.of(word)].astype(np.float64)
    total: Vector = np.add.reduce(found, axis=0)
    return total


class _Pieces:
    """Divides words as the model's tokenizer does."""

    def __init__(self, vocabulary: dict[str, int], merges: Iterable[Sequence[str]]) -> None:
        self._numbers = vocabulary
        self._ranks = {(one, other): rank for rank, (one, other) in enumerate(merges)}

    def of(self, word: str) -> list[int]:
        """The numbers of the pieces of ``word``, a space before it."""
        parts = [_SPACE, *word]
        while len(parts) > 1:
            pairs = list(pairwise(parts))
            rank, place = min(
                (self._ranks.get(pair, len(self._ranks)), place) for place, pair in enumerate(pairs)
            )
            if rank == len(self._ranks):
                break
            parts[place : place + 2] = ["".join(pairs[place])]
        numbers: list[int] = []
        for part in parts:
            if part in self._numbers:
                numbers.append(self._numbers[part])
            else:
                numbers.extend(self._numbers[f"<0x{byte:02X}>"] for byte in part.encode())
        return numbers


@cache
def _pieces() -> _Pieces:
    text = (_folder() / "tokenizers" / "l2_supercat_tokenizer_config.json").read_text("utf-8")
    told: dict[str, Any] = json.loads(text)["model"]
    merges = (tuple(pair.split(" ")) if isinstance(pair, str) else pair for pair in told["merges"])
    return _Pieces(told["vocab"], merges)


@cache
def _vectors() -> NDArray[np.float16]:
    """The vectors of the pieces by their numbers, read from the file where they are asked for.

    A file of safetensors is the length of its header (8 bytes), the header in JSON, and the data.
    """
    path = _folder() / "weights" / f"{MODEL}.safetensors"
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header: dict[str, Any] = json.loads(file.read(length))
    ((_, told),) = ((name, told) for name, told in header.items() if name != "__metadata__")
    first, _ = told["data_offsets"]
    return np.memmap(
        path, dtype=np.dtype("<f2"), mode="r", offset=8 + length + first, shape=tuple(told["shape"])
    )


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(_PACKAGE)
    return Path(spec.submodule_search_locations[0])
