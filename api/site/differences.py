"""Two texts side by side: which words differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
_EDGES = "\"'“”‘’«».,;:!?()[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words in a row that all stand in the other text too, or all do not."""

    text: str
    differs: bool


def differences(one: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The words of both texts in runs; case and marks around a word are no difference."""
    words, others = _WORD.findall(one), _WORD.findall(other)
    matcher = SequenceMatcher(None, _plain(words), _plain(others), autojunk=False)
    left: list[Run] = []
    right: list[Run] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        for runs, part in ((left, words[start:end]), (right, others[other_start:other_end])):
            if part:
                runs.append(Run(text=" ".join(part), differs=kind != "equal"))
    return tuple(left), tuple(right)


def _plain(words: Sequence[str]) -> list[str]:
    return [word.strip(_EDGES).casefold() or word for word in words]
