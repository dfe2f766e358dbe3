"""What can be a person's name, by its shape."""

import re

from loader.articles.data import LISTS

_PARTICLES = "|".join(
    LISTS("names", name).alternatives for name in ("particles", "byline_particles")
)
_LETTER = r"[^\W\d_]"
_INITIALS = rf"(?:{_LETTER}\.-?){{1,4}}"
_WORD = rf"{_LETTER}(?:{_LETTER}|['’`ʼ\-‐])*{_LETTER}"
_TOKEN = re.compile(rf"{_INITIALS}(?:{_WORD})?|{_WORD}|{_LETTER}|(?:Jr|Sr|St)\.", re.IGNORECASE)
_PARTICLE = re.compile(rf"(?:{_PARTICLES})|(?:al|el|d|abu)[-'’].+", re.IGNORECASE)
_SMALL = frozenset({
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "bin",
    "bint", "ibn", "ter", "ten", "y", "zu", "zur",
})  # fmt: skip
"""Particles that stay small where a name in capitals is written as a name."""
_TITLE_ROWS = LISTS("names", "titles").rows
_TITLE_WORDS = "|".join(sorted({title.rstrip(".").casefold() for title, *_ in _TITLE_ROWS}))
_TITLES = re.compile(rf"(?:(?:{_TITLE_WORDS})\.?\s+(?:\(ret\.?\)\s+)?)+", re.IGNORECASE)
_POSTNOMINALS = re.compile(
    r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|J\.?D\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?A\.?|B\.?A\.?|D\.?Phil\.?|"
    r"LL\.?[BM]\.?|R\.?N\.?|CFA|CPA|Esq\.?|MBA|MPH|OBE|CBE|MBE|FRS|MP|MEP)$"
)
_NOT_NAMES = frozenset().union(
    *(LISTS("names", name).words for name in ("common_words", "months_days", "not_names"))
)
_GROUPS = LISTS("names", "groups").words
_MAX_TOKENS = 6


def clean_name(text: str) -> str:
    """Return ``text`` without titles, degrees and white space, capitals set as in a name."""
    name = re.sub(r"\s+", " ", text).strip(" .,;:|•·*_–—\t")
    if re.search(rf"(?:^|\s|\.){_LETTER}$", name) and text.rstrip().endswith("."):
        name += "."
    name = _TITLES.sub("", name, count=1) if _TITLES.match(name) else name
    name = _POSTNOMINALS.sub("", name).strip()
    letters = [letter for letter in name if letter.isalpha()]
    if len(letters) > 4 and all(letter.isupper() for letter in letters):
        first, *rest = name.split()
        name = " ".join([_capitalise(first), *(_capitalise(word, inside=True) for word in rest)])
    return re.sub(r"\b([JS])r$", r"\1r.", name)


def is_particle(word: str) -> bool:
    """Tell whether a word is one like "van" or "al-" that belongs to the family name behind it."""
    return _PARTICLE.fullmatch(word) is not None


def _capitalise(word: str, *, inside: bool = False) -> str:
    if inside and word.casefold() in _SMALL:
        return word.casefold()
    if "." in word and not re.fullmatch(r"[JS]R\.", word):
        return word
    plain = re.sub(rf"{_LETTER}+", lambda part: part[0].capitalize(), word)
    plain = re.sub(rf"^(Mc)({_LETTER})", lambda part: part[1] + part[2].upper(), plain)
    return re.sub(r"^(Al|El)(?=-)", lambda part: part[1].lower(), plain) if inside else plain


def is_name(text: str, *, least: int = 2) -> bool:
    """Tell whether ``text`` has the shape of one person's name of at least ``least`` words."""
    name = _POSTNOMINALS.sub("", _TITLES.sub("", text.strip(), count=1)).strip(" ,")
    tokens = name.split()
    if not least <= len(tokens) <= _MAX_TOKENS or len(name) > 60:
        return False
    proper = 0
    for position, token in enumerate(tokens):
        bare = token.strip(",")
        folded = bare.casefold().strip(".'’\"“”()")
        if position and token[0] in "\"“'‘(" and token[-1] in "\"”'’)":
            continue  # a nickname
        if folded in _GROUPS or (folded in _NOT_NAMES and not _is_initial(bare)):
            return False
        if not _TOKEN.fullmatch(bare):
            return False
        if bare[0].isupper() or not bare[0].islower():
            proper += 1
        elif not _PARTICLE.fullmatch(bare):
            return False
    return proper >= max(1, least - 1) and not tokens[0].islower()


def _is_initial(token: str) -> bool:
    return re.fullmatch(rf"{_INITIALS}|{_LETTER}", token) is not None


def is_group(text: str) -> bool:
    """Tell whether a byline names a desk or an office ("Staff", "Editorial Board"), nobody."""
    return any(word.casefold().strip(".,") in _GROUPS for word in text.split())


def particles() -> frozenset[str]:
    """Return words before a surname that belong to it, in bylines and in texts."""
    return LISTS("names", "particles").words


def titles() -> tuple[tuple[str, ...], ...]:
    """Return the titles of bylines: each with the gender it tells and its kind."""
    return _TITLE_ROWS


def common_words() -> frozenset[str]:
    """Return words that are no part of a name, in bylines or in texts."""
    return LISTS("names", "common_words").words


def months_days() -> frozenset[str]:
    """Return the months and the days of the week, in lower case."""
    return LISTS("names", "months_days").words
