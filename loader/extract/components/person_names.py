"""The parts of a person's name, and whether two names can be one person's.

Handles names written surname first (Chinese, Korean), particles ("de", "van", "bin"), initials,
suffixes ("Jr.") and nicknames in quotation marks.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from loader.extract.components.wordlists import read_groups, read_set, read_table

# Syllables of Pinyin, Wade-Giles and the Korean romanisations, loosely.
_SYLLABLE = (
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh|ts|hs|kk|tt|pp|ss|jj)?"
    r"(?:iao|iang|iong|uang|ueng|eong|yeong|aeng|uai|yeo|yoo|wae|weo|ang|eng|ing|ong|ung|iang"
    r"|ai|ei|ew|ao|ou|ia|ie|iu|ua|uo|ui|ue|ae|eo|oe|oo|ee|eu|eui|wa|we|wi|wo|ya|ye|yo|yu"
    r"|an|en|in|on|un|am|em|im|om|um|al|el|il|ol|ul|ak|ek|ik|ok|uk|ap|ip|op|up|aek"
    r"|a|e|i|o|u|er|yun|yuan|ian|uan|yan|eon|yeon|ean|eob|yuk|oon|eul|yul|ieng)"
)
_EAST_ASIAN = re.compile(rf"(?:{_SYLLABLE}){{1,2}}(?:'?{_SYLLABLE})?", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[A-Z]\.?){1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in parts; ``given`` is empty where only a surname is known."""

    full: str
    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str = ""
    nickname: str = ""

    @property
    def key(self) -> str:
        """The surname as it is compared: without case, points and particles' case."""
        return _fold(" ".join(self.surname))


def parse_name(text: str) -> PersonName:
    """Split a full name, as a text writes it, into its parts."""
    nickname = ""
    found = re.search(r"[\"']\s*([A-Z][\w.\-]*)\s*[\"']", text)
    if found:
        nickname = found[1]
    plain = re.sub(r"[\"'(]\s*[A-Z][\w.\- ]*\s*[\"')]", " ", text) if found else text
    words = plain.replace(",", " ").split()
    suffix = ""
    if len(words) > 1 and words[-1].casefold() in _words("suffixes"):
        suffix = words.pop()
    if _is_surname_first(words):
        return PersonName(
            full=text, given=tuple(words[1:]), surname=(words[0],), suffix=suffix, nickname=nickname
        )
    cut = _surname_start(words)
    return PersonName(
        full=text,
        given=tuple(words[:cut]),
        surname=tuple(words[cut:]),
        suffix=suffix,
        nickname=nickname,
    )


def same_person(one: PersonName, other: PersonName) -> bool:
    """Whether two full names of one article can be one person's.

    "Donald J. Trump" and "Donald Trump" can, "Hillary Clinton" and "Bill Clinton" cannot, nor can
    a father and a son told apart by "Jr.".
    """
    if one.key != other.key or not one.given or not other.given:
        return False
    if _fold(one.suffix) != _fold(other.suffix) and _fold(one.given[0]) == _fold(other.given[0]):
        # Father and son; but "Joe Biden" can be "Joseph R. Biden Jr.".
        return False
    if _given_agree(one.given[0], other.given[0]):
        return _middles_agree(one.given[1:], other.given[1:])
    nicknames = {_fold(one.nickname), _fold(other.nickname)} - {""}
    return bool(nicknames & {_fold(word) for word in (*one.given, *other.given)})


def is_initials(word: str) -> bool:
    """Whether ``word`` is one to three initials ("J.", "T.L.", "JD")."""
    return bool(_INITIAL.fullmatch(word))


def is_east_asian(words: Sequence[str]) -> bool:
    """Whether ``words`` read as a Chinese or Korean name, surname first."""
    return _is_surname_first(words)


def is_compound_surname(text: str) -> bool:
    """Whether ``text`` is a surname with its particle ("Le Pen", "bin Laden")."""
    words = text.split()
    return len(words) == 2 and words[0] in _words("surname_starts")


def _is_surname_first(words: Sequence[str]) -> bool:
    if not 2 <= len(words) <= 3 or words[0].title() not in read_set("people_surnames_first.txt"):
        return False
    parts = [part for word in words[1:] for part in word.split("-")]
    return len(parts) <= 3 and all(_EAST_ASIAN.fullmatch(part) for part in parts)


def _surname_start(words: Sequence[str]) -> int:
    """Index of the surname's first word: the last word, and particles before it."""
    cut = max(len(words) - 1, 0)
    particles = _words("particles") | {word.casefold() for word in _words("surname_particles")}
    while cut > 1 and words[cut - 1].casefold() in particles:
        cut -= 1
    if len(words) == 2 and words[0] in _words("surname_particles"):
        return 0
    return cut


def _given_agree(one: str, other: str) -> bool:
    left, right = _fold(one), _fold(other)
    if left == right:
        return True
    if is_initials(one) or is_initials(other):
        return left[:1] == right[:1]
    return any(left in group and right in group for group in _nicknames())


def _middles_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    if not one or not other:
        return True
    return _fold(one[0])[:1] == _fold(other[0])[:1] or len(one) != len(other)


def _nicknames() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row) for row in read_table("people_nicknames.tsv"))


def _fold(text: str) -> str:
    return without_accents(text.replace(".", "")).casefold()


def without_accents(text: str) -> str:
    """Return ``text`` with the letters' accents dropped: "Orbán" is written "Orban" too."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _words(group: str) -> frozenset[str]:
    return read_groups("people_words.json")[group]
