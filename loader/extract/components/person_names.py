"""The parts of a person's name.

Handles titles, names written surname first (Chinese, Korean), particles ("de", "van", "bin"),
initials, suffixes ("Jr.") and nicknames in quotation marks.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from loader.articles import names
from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_given_name

# Syllables of Pinyin, Wade-Giles and the Korean romanisations, loosely.
_SYLLABLE = (
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh|ts|hs|kk|tt|pp|ss|jj|gw|kw|hw|tz|sz)?"
    r"(?:iao|iang|iong|uang|ueng|eong|yeong|aeng|uai|yeo|yoo|wae|weo|ang|eng|ing|ong|ung|iang"
    r"|ih|ieh|ueh|eh|oh|ah|uh|ai|ei|ew|ao|ou|ia|ie|iu|ua|uo|ui|ue|ae|eo|oe|oo|ee|eu|eui|wa|we|wi|wo|ya|ye|yo|yu"
    r"|an|en|in|on|un|am|em|im|om|um|al|el|il|ol|ul|ak|ek|ik|ok|uk|ap|ip|op|up|aek|at|et|it|ot|ut"
    r"|a|e|i|o|u|er|yun|yuan|ian|uan|yan|eon|yeon|ean|eob|yuk|oon|eul|yul|ieng)"
)
_EAST_ASIAN = re.compile(rf"(?:{_SYLLABLE}){{1,2}}(?:'?{_SYLLABLE})?", re.IGNORECASE)
_ONE_SYLLABLE = re.compile(_SYLLABLE, re.IGNORECASE)
_NO_SYLLABLES = frozenset({"run", "on", "up", "like", "tie", "pro", "non", "top", "men", "won"})
_INITIAL = re.compile(r"(?:[A-Z]\.?){1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in parts; ``given`` is empty where only a surname is known."""

    full: str
    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str = ""
    nickname: str = ""


def parse_name(text: str) -> PersonName:
    """Split a name into its parts, as a text spells it or as the words of its slug; titles go."""
    nickname = ""
    found = re.search(r"[\"']\s*([A-Z][\w.\-]*)\s*[\"']", text)
    if found:
        nickname = found[1]
    plain = re.sub(r"[\"'(]\s*[A-Z][\w.\- ]*\s*[\"')]", " ", text) if found else text
    words = plain.replace(",", " ").split()
    while len(words) > 1 and _is_title(words[0]):
        words.pop(0)
    suffix = ""
    while len(words) > 1 and is_suffix(words[-1]):
        suffix = words.pop()
    cut = _surname_start(words)
    given, surname = words[:cut], words[cut:]
    if is_east_asian(words):
        given, surname = words[1:], words[:1]
    return PersonName(
        full=text,
        given=tuple(given),
        surname=tuple(surname),
        suffix=suffix,
        nickname=nickname,
    )


def is_initials(word: str) -> bool:
    """Whether ``word`` is one to three initials ("J.", "T.L.", "JD")."""
    return bool(_INITIAL.fullmatch(word))


def is_east_asian(words: Sequence[str]) -> bool:
    """Whether ``words`` read as a Chinese or Korean name, surname first."""
    if not 2 <= len(words) <= 3 or words[0].title() not in LISTS("names", "surnames_first").words:
        return False
    parts = [part for word in words[1:] for part in word.split("-")]
    return len(parts) <= 3 and all(_EAST_ASIAN.fullmatch(part) for part in parts)


def is_syllable_pair(first: str, second: str) -> bool:
    """Whether "Kwok" and "hung" read as the two syllables of a Chinese or Korean given name."""
    return all(
        _ONE_SYLLABLE.fullmatch(part) and part.casefold() not in _NO_SYLLABLES
        for part in (first, second)
    )


def is_compound_surname(text: str) -> bool:
    """Whether ``text`` is a surname with its particle ("Le Pen", "bin Laden")."""
    words = text.split()
    return len(words) == 2 and words[0] in name_words("surname_starts")


def is_particle(word: str) -> bool:
    """Whether ``word``, before a surname, belongs to it: "von", "de", "al"."""
    return word.casefold() in _particles()


def is_suffix(word: str) -> bool:
    """Whether ``word`` stands behind names: a generation, a degree, an honour ("Jr.", "Ph.D.")."""
    return _folded(word) in _suffixes()


def is_generation(suffix: str) -> bool:
    """Whether ``suffix`` tells a father from a son ("jr", "iii"), which a degree does not."""
    return _folded(suffix) in name_words("generations")


def name_words(group: str) -> frozenset[str]:
    """Return a group of the word lists for people's names."""
    return LISTS("people", group).words


@cache
def particles() -> frozenset[str]:
    """Words that belong to a surname behind them, and are written in small letters too."""
    return names.particles() | name_words("particles")


@cache
def not_names() -> frozenset[str]:
    """Words, in lower case, that are no part of a person's name though they have a capital."""
    return names.common_words() | name_words("not_names")


def titles() -> tuple[tuple[str, ...], ...]:
    """The words before a name that tell a person follows: title, gender ("m", "f", ""), kind."""
    return names.titles() + LISTS("titles", "titles").rows


def without_accents(text: str) -> str:
    """Return ``text`` with the letters' accents dropped: "Orbán" is written "Orban" too."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _is_title(word: str) -> bool:
    return _folded(word) in _title_words() and not is_given_name(word)


def _surname_start(words: Sequence[str]) -> int:
    """Index of the surname's first word: the last word, and particles before it.

    "De Niro" and "von der Leyen" are all surname; but who is called "Ben Roe" has a given name.
    """
    cut = max(len(words) - 1, 0)
    given = words[0].casefold() in name_words("given_particles") if words else False
    while cut > given and is_particle(words[cut - 1]):
        cut -= 1
    return cut


def _folded(word: str) -> str:
    return word.replace(".", "").casefold()


@cache
def _title_words() -> frozenset[str]:
    return frozenset(_folded(word) for title, *_ in titles() for word in title.split())


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(map(_folded, name_words("suffixes")))


@cache
def _particles() -> frozenset[str]:
    return particles() | name_words("more_particles")
