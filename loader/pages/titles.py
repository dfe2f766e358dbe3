"""Headlines as a reader sees them: without the outlet and the section that sites add to them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from loader.pages.fragments import plain

Element = TypeVar("Element")

_PARTED = re.compile(
    r"(?P<head>.*\S)(?:\s+(?:[|·•»~/:<>]|[\-–—]{1,3}|::)\s+|\s*[|•»]\s*|\s+\|)(?P<tail>[^|•»]{1,80})$",
    re.DOTALL,
)
_PREFIXED = re.compile(
    r"(?P<tail>[^|:–—]{2,60}?)\s*(?:\s[|–—\-»]|:|\|)\s+(?P<head>\S.*)$", re.DOTALL
)
_SITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,12}/?", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_SECTIONS = frozenset({
    "news", "world", "uk", "us", "politics", "opinion", "business", "sport", "sports",
    "culture", "technology", "tech", "science", "health", "economy", "finance", "markets",
    "life", "lifestyle", "local", "national", "international", "home", "latest", "article",
    "features", "video", "analysis", "entertainment", "travel", "environment", "education",
})  # fmt: skip
_FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Headlines:
    """The headlines that a page gives, each where it gives it, and what it adds to them."""

    shown: tuple[str, ...]
    """Of its ``h1`` elements."""
    described: str | None
    """In JSON-LD."""
    shared: str | None
    """For those who share the page: ``og:title`` and its cousins."""
    window: str | None
    """Of the browser's window: ``title``."""
    outlet: str | None = None
    sections: Collection[str] = ()

    def best(self) -> str | None:
        """Return the headline: what the reader sees, where anything else agrees with it.

        A headline in JSON-LD may be for search engines; it counts where the visible one and that
        for sharing differ.
        """
        shared, described, window = map(self.bare, (self.shared, self.described, self.window))
        for other in (shared, described):
            for shown in self.shown:
                if other and plain(other) == plain(shown):
                    return shown
        named = described or shared
        if named:
            return named
        return self.shown[0] if len(self.shown) == 1 else window

    def bare(self, title: str | None) -> str | None:
        """Return ``title`` without outlet and sections; None where nothing else is in it."""
        if not title:
            return None
        for shown in self.shown:
            rest = title[len(shown) :]
            if title.startswith(shown) and (not rest or re.match(r"\s*[|·•»~:<>\-–—]", rest)):
                return shown
        title = self._without_tails(title)
        prefix = _PREFIXED.match(title)
        if prefix and same_outlet(prefix["tail"], self.outlet):
            title = prefix["head"] if len(prefix["head"].split()) >= _FEWEST else title
        return None if same_outlet(title, self.outlet) else title

    def _without_tails(self, title: str) -> str:
        tails = 0
        while tails < 4 and (found := _PARTED.match(title)) and self._is_added(found["tail"]):
            title, tails = found["head"], tails + 1
        return title

    def _is_added(self, tail: str) -> bool:
        folded = plain(tail)
        if same_outlet(tail, self.outlet) or folded in _SECTIONS:
            return True
        return folded in {plain(section) for section in self.sections} and len(folded.split()) <= 4


def agreeing(
    headings: Sequence[tuple[str, Element]],
    window: str | None,
    shared: str | None,
    outlet: str | None,
) -> list[tuple[str, Element]]:
    """Return the headings that a title of the page repeats, the longest first.

    The window's title has the outlet before or behind it; what is the outlet's name is none.
    """
    titles = [f" {plain(title)} " for title in (window, shared) if title]
    found = []
    for text, element in headings:
        folded = plain(text)
        words = len(folded.split())
        if words < _FEWEST - 1 or same_outlet(text, outlet):
            continue
        for title in titles:
            if f" {folded} " in title and (words >= _FEWEST or 2 * words >= len(title.split())):
                found.append((text, element))
                break
    return sorted(found, key=lambda each: -len(each[0]))


def same_outlet(name: str | None, outlet: str | None) -> bool:
    """Tell whether two spellings are of one outlet: "THE POST", "thepost.example", "Post"."""
    if not name or not outlet:
        return False
    first, second = _key(name), _key(outlet)
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    return first == second or (
        len(short) >= 6 and long.startswith(short) and len(long) <= len(short) + 8
    )


def _key(name: str) -> str:
    name = name.strip()
    if _SITE.fullmatch(name):
        labels = name.split("//")[-1].strip("/").split(".")[:-1]
        if len(labels) > 1 and labels[-1].casefold() in _SECOND_LEVEL:
            labels.pop()
        name = labels[-1]
    folded = re.sub(r"[\W_]+", "", name).casefold()
    return folded.removeprefix("the") if len(folded) > 5 else folded
