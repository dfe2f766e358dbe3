"""The name of the site that a page is of, as its outlet."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from loader.pages.fragments import plain
from loader.pages.titles import same_outlet

_PLATFORMS = frozenset({
    "blogger", "blogspot", "wordpress", "tumblr", "medium", "substack", "msn", "yahoo",
    "facebook", "instagram", "twitter", "x", "youtube", "linkedin", "reddit", "wix",
    "squarespace", "weebly", "ghost", "livejournal", "googlenews", "googlesites",
    "flipboard", "smartnews", "newsbreak", "applenews", "telegram", "typepad", "joomla",
    "drupal",
})  # fmt: skip
_LONGEST_OUTLET = 80
_PARTED = re.compile(r"\s+[|–—\-:•»]+\s+")
_ADDRESS = re.compile(r"https?://|@")


def outlet_of(told: Sequence[str | None], titles: Sequence[str], address: str | None) -> str | None:
    """Return the outlet's name: the one that the site's address and titles know, else the first.

    ``told`` are the names that the page gives its site, the plainest first, ``titles`` those of
    the window and the headings; what is the whole of one is no outlet.
    """
    tails = [tail for title in titles[:1] for tail in _PARTED.split(title.strip())[1:]]
    whole = {plain(title) for title in titles}
    names = [name for name in told if name and is_outlet(name) and plain(name) not in whole]
    host = (urlsplit(address).hostname or "") if address else ""
    votes = {
        name: sum(same_outlet(name, other) for other in [*names, *tails])
        + 2 * (same_outlet(name, host) or _is_short_of(name, host))
        + any(letter.isascii() and letter.isalpha() for letter in name)
        for name in [
            *names,
            *(tail for tail in tails if same_outlet(tail, host) and is_outlet(tail)),
        ]
    }
    best = max(votes, key=lambda name: votes[name], default=None)
    if best and "." in best:
        return next((tail for tail in tails if same_outlet(tail, best)), best)
    return best


def _is_short_of(name: str, host: str) -> bool:
    """Tell whether a host is named by an outlet's initials: "abc.example", "Abel Brook Courier"."""
    initials = "".join(word[0] for word in re.findall(r"\w+", name)).casefold()
    return len(initials) > 2 and initials in re.split(r"[.-]", host)


def is_outlet(name: str) -> bool:
    """Tell whether a site's name can be an outlet's: no address, no platform."""
    folded = re.sub(r"\W", "", name.casefold().removesuffix(".com"))
    return folded not in _PLATFORMS and not _ADDRESS.search(name) and len(name) <= _LONGEST_OUTLET
