"""What can be a person's name, by its shape."""

import re

from loader.articles.wordlists import words

_PARTICLES = (
    "van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|bint|ibn|ben|ter|ten|y|e|af|zu|zur"
)
_LETTER = r"[^\W\d_]"
_INITIALS = rf"(?:{_LETTER}\.-?){{1,4}}"
_WORD = rf"{_LETTER}(?:{_LETTER}|['’`ʼ\-‐])*{_LETTER}"
_TOKEN = re.compile(rf"{_INITIALS}(?:{_WORD})?|{_WORD}|{_LETTER}|(?:Jr|Sr|St)\.", re.IGNORECASE)
_PARTICLE = re.compile(rf"(?:{_PARTICLES})|(?:al|el|d|abu)[-'’].+", re.IGNORECASE)
_TITLES = re.compile(
    r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Rev|Fr|Father|Rabbi|Sgt|Lt|Col|Gen|"
    r"Maj|Capt|Adm|Cmdr|Cpl|Amb|Ambassador|Sen|Rep|Gov|Hon)\.?\s+(?:\(ret\.?\)\s+)?)+",
    re.IGNORECASE,
)
_POSTNOMINALS = re.compile(
    r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|J\.?D\.?|Esq\.?|MBA|MPH|OBE|CBE|MP|MEP|II|III|IV)$"
)
_NOT_NAMES = words("not-names")
_GROUPS = words("groups")
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
        name = " ".join(_capitalise(word) for word in name.split())
    return name


def _capitalise(word: str) -> str:
    if "." in word:
        return word
    return re.sub(rf"{_LETTER}+", lambda part: part[0].capitalize(), word)


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
