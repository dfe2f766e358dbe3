"""How much what follows a line still speaks of what came before it.

After TextTiling (Hearst 1997): where the words of the text before and after a point differ, the
topic changes. Names count double, since another story has another cast.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from loader.articles.data import LISTS
from loader.articles.lines import Line

_TOKEN = re.compile(r"[^\W\d_]{4,}")
_FULL_NAME = re.compile(r"\b([A-Z][a-z]+) (?=([A-Z][a-z]{2,})\b)")
_CAPITAL = re.compile(r"\b[A-Z][a-z]{2,}")
_COMMON = LISTS("words", "common").words
WINDOW = 160
"""Words on either side."""
_STORY_CHANGE = 0.84
_MARGIN = 0.07
_SAMPLES = 80


class Cohesion:
    """The content words of every line, and the likeness of the text on both sides of a line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words = [_content(line.text) for line in lines]
        self._is_text = [line.words > 14 or line.ends_sentence for line in lines]
        self._names = [set(_FULL_NAME.findall(line.text[:600])) for line in lines]
        self._capitals = [set(_CAPITAL.findall(line.text[:2_000])) for line in lines]
        lines_with = Counter(word for words in self._words for word in set(words))
        self._rarity = {
            word: math.log(1 + len(lines) / count) for word, count in lines_with.items()
        }
        self._asked = -1
        self._answer: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        step = max(1, len(lines) // _SAMPLES)
        found = [self.novelty(index) for index in range(0, len(lines), step)]
        known = [novelty for novelty in found if novelty is not None]
        self._usual = median(known) if len(known) >= 4 else _STORY_CHANGE - _MARGIN

    def change(self, index: int) -> float:
        """Return how far the novelty at ``lines[index]`` is above what is usual on this page.

        Around 0.08 and more where another story begins, below 0 within one.
        """
        before, after = self._around(index)
        novelty = _novelty(before, after)
        if novelty is None:
            return 0.0
        change = novelty - min(_STORY_CHANGE, self._usual + _MARGIN)
        # A word or two that a few paragraphs share by chance do not make them one story.
        known = min(before.total(), after.total())
        return change if change > 0 else change * min(1.0, known / WINDOW)

    def novelty(self, index: int) -> float | None:
        """Return 1 where what follows ``lines[index]`` shares nothing with what precedes, 0 if all.

        None where there is too little text on one side to say.
        """
        return _novelty(*self._around(index))

    def _around(self, index: int) -> tuple[Counter[str], Counter[str]]:
        """Return the words before and after a line; several questions are asked of one line."""
        if self._asked != index:
            before = self._window(range(index - 1, -1, -1))
            self._answer = before, self._window(range(index + 1, len(self._words)))
            self._asked = index
        return self._answer

    def foretold(self, index: int) -> tuple[float, float]:
        """Return the shares of a heading's words found in the text after it, and before it."""
        words = set(self._words[index])
        if not words:
            return 0.0, 0.0
        before, after = self._around(index)
        return (
            sum(word in after for word in words) / len(words),
            sum(word in before for word in words) / len(words),
        )

    def turned(self, index: int) -> tuple[float, float]:
        """Return the shares of a heading's words found only after it, and only before it.

        Words that are rare on the page count more.
        """
        words = set(self._words[index])
        if not words:
            return 0.0, 0.0
        before, after = self._around(index)
        whole = sum(self._rarity[word] for word in words)
        new = sum(self._rarity[word] for word in words if word in after and word not in before)
        old = sum(self._rarity[word] for word in words if word in before and word not in after)
        return new / whole, old / whole

    def introduced(self, index: int) -> int:
        """Return how many people are named in full again at ``lines[index]`` or just below it.

        News names a person in full once and by surname from then on, so a full name after bare
        surnames is a sign of another article.
        """
        here = self._full_names(index, index + 3)
        if not here:
            return 0
        recent = self._full_names(max(0, index - 10), index)
        again = 0
        for first, last in here - recent:
            bare = sum(last in self._capitals[i] for i in range(max(0, index - 15), index))
            again += bare >= 2 and first != last
        return again

    def _full_names(self, start: int, end: int) -> set[tuple[str, str]]:
        return {pair for names in self._names[start:end] for pair in names}

    def _window(self, indices: range) -> Counter[str]:
        window: Counter[str] = Counter()
        size = 0
        for seen, index in enumerate(indices):
            if self._is_text[index]:
                window.update(self._words[index])
                size += len(self._words[index])
            if size >= WINDOW or seen >= 60:
                break
        return window


def _novelty(before: Counter[str], after: Counter[str]) -> float | None:
    if min(before.total(), after.total()) < 12:
        return None
    shared = sum(min(count, 3) for word, count in after.items() if word in before)
    total = sum(min(count, 3) for count in after.values())
    return 1.0 - shared / total


def _content(text: str) -> list[str]:
    words = []
    for found in _TOKEN.finditer(text[:4_000]):
        word = found[0]
        folded = word.casefold()
        if folded not in _COMMON:
            stem = folded[:6]
            words.append(stem)
            if word[0].isupper():
                words.append(stem.upper())
    return words
