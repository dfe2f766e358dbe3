"""The outlet that an article's own page names: masthead, title suffix or prefix, dateline."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from loader.articles.data import LISTS

_LAST_WORDS = LISTS("outlets", "last_words")
_WORDS = f"{_LAST_WORDS.alternatives}|{LISTS('outlets', 'words').alternatives}"
_OUTLET_SHAPE = re.compile(
    rf"(?:The )?(?:[A-Z][\w.&’']*[ \-/]){{0,4}}(?:{_WORDS})(?:[ \-/][A-Z][\w.&’']*){{0,2}}"
)
_WORD_SHAPE = re.compile(rf"\b(?:{_WORDS})\b")
_DOMAIN = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|news|co\.uk|co|io|tv|eu|us)"
)
_CAMEL = re.compile(r"(?:[A-Z]+[a-z]+|[A-Z])(?:[A-Z][a-z]+)+(?:\.[a-z]{2,3})?")
_SUFFIX = re.compile(r"\s+(?:\||::|»|•)\s+(?P<outlet>[^|»•]{2,60})$")
_DASH_SUFFIX = re.compile(r"\s+[\-–—]\s+(?P<outlet>[^\-–—|]{2,40})$")
_PREFIX = re.compile(r"(?P<outlet>[^:|]{2,40})(?::|\s\|)\s+\S")
_PLACE = r"(?:[A-Z][\w.’'\-/]*|of|de|the|al-\w+)"
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:,? {_PLACE}){{0,7}},?\s*)?(?:[A-Z][a-z]+\.? \d{{1,2}}(?:, \d{{4}})?,?\s*)?"
    r"\(\s*(?P<outlet>[A-Z][\w.&/ \-’']{1,40}?)\s*\)\s*[\-–—―:]+\s*"
)
_BARE_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\-]{2,}(?:[ ,]+[A-Z][A-Za-z.’'\-]*){0,5}(?:[ ,]+[A-Z][a-z]+\.? \d{1,2})?,?\s*"
    r"(?:[–—―]|--|-\s)\s*"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?)?[, ]*(?:by )?"
    r"(?P<outlet>[A-Z][\w.&’' \-]{1,40}?)(?:[.,]|\s*all rights|$)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:told|tells|interview with|statement to|email to|e-mail to)\s+"
    r"(?P<outlet>(?:[Tt]he )?[A-Z][\w.&’']*(?:[ \-/][A-Z][\w.&’']*){0,4})"
)
_FIRST_SEEN = re.compile(
    r"(?:first (?:appeared|published)|originally (?:appeared|published)|republished|reprinted)\b"
    r"[^.]{0,40}?\b(?:in|on|by|at|from)\s+(?P<outlet>(?:[Tt]he )?[A-Z][\w.&’']*(?: "
    r"[A-Z][\w.&’']*){0,4})"
)
_SECTION = LISTS("patterns", "section").alternatives
_MAX_WORDS = 6


def outlet_spellings() -> tuple[tuple[str, ...], ...]:
    """Return the spellings of each known outlet, its usual name first."""
    return LISTS("outlets", "known").groups


def outlet_last_words() -> frozenset[str]:
    """Return words with which, in a text, an outlet's name ends."""
    return _LAST_WORDS.words


@cache
def known_outlets() -> dict[str, str]:
    """Return every known form of an outlet's name, folded, with the outlet's name."""
    forms: dict[str, str] = {}
    for spellings in outlet_spellings():
        name = spellings[0]
        full = max((form for form in spellings if _fold(form) == _fold(name)), key=len)
        for form in spellings:
            forms.setdefault(_fold(form), full)
    return forms


def _fold(name: str) -> str:
    name = re.sub(r"\s+", " ", name.replace("’", "'")).strip(" .,-–—|:()[]").casefold()
    return name.removeprefix("the ")


def known_outlet(name: str) -> str | None:
    """Return the outlet that ``name`` is a known form of."""
    return known_outlets().get(_fold(name))


@cache
def _wires() -> frozenset[str]:
    found = {_fold(name) for name in LISTS("outlets", "wires").entries}
    return frozenset(found | {_fold(known) for name in found if (known := known_outlet(name))})


@cache
def _wire_names() -> re.Pattern[str]:
    names = sorted(LISTS("outlets", "wires").entries, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def wires_named(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where ``text`` has an agency's name, as agencies spell it, with its usual form."""
    for match in _wire_names().finditer(text):
        yield match.span(), known_outlet(match[0]) or match[0]


def is_wire(name: str) -> bool:
    """Tell whether ``name`` is an agency's, whose reports other outlets print."""
    return _fold(name) in _wires()


def same_name(name: str, outlet: str) -> bool:
    """Tell whether ``name`` is the outlet's, whatever its article, case and spacing."""
    first, second = (re.sub(r"[\W_]+", "", _fold(each)) for each in (name, outlet))
    return first == second and bool(first)


def without_outlet(name: str) -> str:
    """Return a name without the outlet behind it: "Jane Doe Associated Press"."""
    words = name.split()
    for size in range(2, len(words)):
        if known_outlet(" ".join(words[size:])):
            return " ".join(words[:size])
    return name


def outlet_like(name: str) -> str | None:
    """Return ``name`` as an outlet's name if it is known as one or has the shape of one."""
    name = name.strip(" .,-–—|:()[]")
    known = known_outlet(name)
    if known or not name or len(name.split()) > _MAX_WORDS:
        return known
    if _OUTLET_SHAPE.fullmatch(name) or _DOMAIN.fullmatch(name) or _CAMEL.fullmatch(name):
        return name
    return None


def title_outlet(title: str) -> tuple[str, tuple[int, int]] | None:
    """Return the outlet that a headline names, and the span of the headline proper.

    "… | CNN", "… - BBC News" and "VSquare: …" name one; after a bar any short name is taken for
    one, after a dash and before a colon only a name known as an outlet's or shaped like one.
    """
    suffix = _SUFFIX.search(title)
    if suffix and has_outlet_suffix(title):
        name = suffix["outlet"].strip()
        return known_outlet(name) or name, (0, suffix.start())
    dash = _DASH_SUFFIX.search(title)
    if dash:
        name = outlet_like(dash["outlet"]) or ""
        if name and (known_outlet(name) or _WORD_SHAPE.search(name) or _DOMAIN.fullmatch(name)):
            return name, (0, dash.start())
    prefix = _PREFIX.match(title)
    if prefix:
        name = prefix["outlet"]
        if known_outlet(name) or _CAMEL.fullmatch(name):
            return known_outlet(name) or name, (0, len(title))
    return None


def _is_section(line: str) -> bool:
    """Tell whether a line in capitals is a section's name, although an outlet bears it too."""
    return line.isupper() and re.fullmatch(_SECTION, line, re.IGNORECASE) is not None


def has_outlet_suffix(title: str) -> bool:
    """Tell whether a line ends in "| Outlet", as the titles of saved web pages and videos do."""
    suffix = _SUFFIX.search(title)
    if suffix is None or len(suffix["outlet"].split()) > _MAX_WORDS:
        return False
    # "Opinion | The harbour question" names a section, and its headline behind the bar.
    return not re.fullmatch(_SECTION, title[: suffix.start()], re.IGNORECASE)


def is_masthead(line: str) -> bool:
    """Tell whether a line is nothing but an outlet's name."""
    bare = re.sub(r"^(?:source|via|from|by)\s*:\s*", "", line.strip(), flags=re.IGNORECASE)
    if len(bare) > 60:
        return False
    return known_outlet(bare) is not None or _DOMAIN.fullmatch(bare) is not None


def has_dateline(paragraph: str) -> bool:
    """Tell whether a paragraph opens as wire copy does: "MOSCOW, March 3 (Reuters) - "."""
    start = paragraph[:120]
    dateline = _DATELINE.match(start)
    if dateline and outlet_like(dateline["outlet"]):
        return True
    return _BARE_DATELINE.match(start) is not None


def dateline_outlet(paragraph: str) -> str | None:
    """Return the agency that a paragraph's dateline names."""
    dateline = _DATELINE.match(paragraph[:120])
    return outlet_like(dateline["outlet"]) if dateline else None


def line_outlet(line: str) -> str | None:
    """Return the outlet that a line of an article's head or foot names."""
    bare = re.sub(r"^(?:source|via|from|by)\s*:?\s+", "", line.strip(), flags=re.IGNORECASE)
    if _is_section(line):
        return None
    if known_outlet(bare):
        return known_outlet(bare)
    found = _COPYRIGHT.search(line) or _FIRST_SEEN.search(line)
    return outlet_like(found["outlet"]) if found else None


def outlet_in_parts(line: str) -> str | None:
    """Return the known outlet among the parts of a byline: "By Ann Lee, CNN"."""
    for part in re.split(r"[,|•·/;()]|\s[-–—]\s|\bfor\b|\bof\b", line):
        known = known_outlet(part)
        if known:
            return known
    return None


def told_outlet(paragraphs: Iterable[str]) -> str | None:
    """Return the outlet that the speakers of an article "told" their words, if it is one."""
    votes: Counter[str] = Counter()
    for paragraph in paragraphs:
        for found in _TOLD.finditer(paragraph[:20_000]):
            words = found["outlet"].split()
            for size in range(len(words), 0, -1):
                name = outlet_like(" ".join(words[:size]))
                if name:
                    votes[name] += 1
                    break
    if not votes:
        return None
    (name, count), *others = votes.most_common(2)
    return name if count >= 2 and (not others or others[0][1] < count) else None
