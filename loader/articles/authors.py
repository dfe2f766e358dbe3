"""The people that a page's fields name as its authors, by the checks that text bylines pass."""

import re
from collections.abc import Iterable, Iterator

from loader.articles.bylines import (
    is_role_line,
    parse_byline,
    strip_dates_keep,
    strip_lead,
    strip_role,
)
from loader.articles.names import clean_name, is_group, is_name, is_particle
from loader.articles.outlets import outlet_like, same_name, without_outlet

_MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\(([^()]+)\)|([^<>]*?)\s*<[^<>@\s]+@[^<>\s]+>")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S*@\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net)\b")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(
    r"\s*(?:[;|•·\n\t/]|\s[–—-]{1,2}\s|,?\s+(?:and|with|AND|WITH|und|et)\s+|,?\s*&\s*|,\s*(?:and|AND)\s)\s*"
)
_CUT = re.compile(
    r"\s+(?:in|at|for|from|of|is|was|on|IN|AT|FOR|FROM|OF)\s+(?=[A-Zt\d]).*"
    r"|\s+(?:reports?|reporting|writes|special to|updated|published|posted)\b.*",
    re.DOTALL,
)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.IGNORECASE)
_GIVEN = re.compile(r"[^\W\d_][\w'’.\-]*(?:\s+[^\W\d_][\w'’\-]*\.?){0,2}")
_LABEL = re.compile(
    r"(?:image|photo|picture|video|graphic|illustration|source|credit)s?\s*:", re.IGNORECASE
)
_SURNAMES = re.compile(r"(?<=\s)(?:You|He|She|An|So|Do|May|Will|My|Long|Day|Best)$")
"""Family names that are common words too."""
_ACCOUNT = re.compile(r"admin|editor|webmaster|newsroom|staff|author|\d", re.IGNORECASE)
_MAX_FIELD = 500


def authors_of(fields: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """Return the names of the people in ``fields``, each once, in order.

    A field may hold several people, with roles, degrees, places, mail addresses and the outlet
    (``outlet`` among them) beside their names; "Family name, Given name" is one person. What is
    an account, a desk or a firm names nobody.
    """
    found: dict[str, str] = {}
    for field in fields:
        if len(field) <= _MAX_FIELD and not _LABEL.search(field):
            for name in _names(field):
                if not (outlet and same_name(name, outlet)):
                    found.setdefault(_folded(name), name)
    whole = [name for name in found.values() if " " in name]
    return tuple(whole or found.values())


def shown_authors(
    bylines: Iterable[str], lines: Iterable[str], outlet: str | None = None
) -> tuple[str, ...]:
    """Return the authors that a page shows: marked as such, else in the lines under its headline.

    A line of bare names counts where no other is one, a name of one word behind "by" alone.
    """
    bylines = tuple(bylines)
    marked = authors_of(bylines, outlet)
    lines = tuple(lines)
    if marked := tuple(name for name in marked if " " in name or _is_led(name, (*bylines, *lines))):
        return marked
    signed = [name for line in lines if (found := parse_byline(line)) for name, _ in found.names]
    if signed:
        return authors_of(signed, outlet)
    bare = [line for line in lines if all(map(_is_somebody, _PARTS.split(line)))]
    return authors_of(bare, outlet) if len(bare) == 1 else ()


def _is_led(name: str, lines: Iterable[str]) -> bool:
    lead = re.compile(rf"\bby:?\s+{re.escape(name)}\b", re.IGNORECASE)
    return any(map(lead.search, lines))


def _is_somebody(text: str) -> bool:
    return is_name(text) and not _is_nobody(text)


def is_variant(name: str, known: str) -> bool:
    """Tell whether a name is another form of a known one: shorter, longer, its first name short."""
    first, second = name.casefold().split(), known.casefold().split()
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return first[-1] == second[-1] and first[0][0] == second[0][0]


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _names(field: str) -> Iterator[str]:
    field = _MAIL_AND_NAME.sub(lambda found: found[1] or found[2] or "", field)
    field = strip_dates_keep(strip_lead(_ASIDE.sub(" ", _ADDRESS.sub(" ", field))))
    chunks = [chunk for chunk in _PARTS.split(field) if chunk.strip(" ,.")]
    for chunk in chunks:
        yield from _in_chunk(chunk, alone=len(chunks) == 1)


def _in_chunk(chunk: str, *, alone: bool) -> Iterator[str]:
    """Yield the names of a stretch without "and": its parts, or one name turned round."""
    parts = [part.strip() for part in chunk.split(",")]
    parts = [part for part in parts if part]
    if len(parts) == 2 and _is_turned(*parts):
        yield from filter(None, [_person(f"{parts[1]} {parts[0]}", least=2)])
        return
    pending: str | None = None
    for number, part in enumerate(parts):
        if _SUFFIX.fullmatch(part):
            pending = f"{pending} {part}" if pending else None
            continue
        if pending:
            yield pending
        pending = _person(part, least=1 if alone and number == 0 and len(parts) == 1 else 2)
    if pending:
        yield pending


def _is_turned(family: str, given: str) -> bool:
    """Tell "Orwick, Lena" and "van der Berg, Pieter J." from two names, or a name and its place."""
    words, others = family.split(), given.split()
    if len(words) > 1 and not is_particle(words[0]):
        return False
    if len(others) > 1 and not all(
        is_particle(word) or len(word.strip(".")) == 1 for word in others[1:]
    ):
        return False
    if _SUFFIX.fullmatch(given) or _is_nobody(given) or _is_nobody(family):
        return False
    return bool(_GIVEN.fullmatch(given)) and is_name(f"{given} {family}")


def _person(text: str, *, least: int) -> str | None:
    name = strip_role(_CUT.sub("", text)).strip(' .,:*-–—"“”')
    if name and name == name.casefold() and " " in name:
        name = name.title()
    name = without_outlet(clean_name(name))
    if not name or _is_nobody(name) or not is_name(_SURNAMES.sub("Doe", name), least=least):
        return None
    if " " not in name and (_ACCOUNT.search(text) or text.strip(" .,").isupper()):
        return None
    if " " not in name and ("-" in name or not re.fullmatch(r"[A-Z][^\W\d_]*[a-zà-ÿ]", name)):
        return None
    return name


def _is_nobody(text: str) -> bool:
    return is_group(text) or is_role_line(text) or outlet_like(text) is not None
