"""What names must share to be compared at all, from their ids alone.

A key never changes, however the name is spelt, so that a new name is compared with the few that
have its key and with no others.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from loader.extract.components.given_names import is_given_name
from loader.extract.components.person_names import is_east_asian
from loader.extract.components.wordlists import read_groups, read_table
from ontology import iris

LEGAL_FORMS = {
    "ab": "ab",
    "ag": "ag",
    "bv": "bv",
    "co": "company",
    "company": "company",
    "corp": "corporation",
    "corporation": "corporation",
    "gmbh": "gmbh",
    "inc": "incorporated",
    "incorporated": "incorporated",
    "limited": "limited",
    "llc": "llc",
    "llp": "llp",
    "ltd": "limited",
    "nv": "nv",
    "oy": "oy",
    "plc": "plc",
    "pty": "pty",
    "sa": "sa",
    "se": "se",
    "spa": "spa",
}
"""Words at the end of a company's name that tell its legal form, by how they are compared."""

SMALL_WORDS = frozenset({"a", "an", "and", "at", "de", "for", "in", "of", "on", "the", "to"})
LONGEST_ACRONYM = 6
_ACRONYM_START = 3

# Letters that romanisations of one name disagree on: Zelensky, Zelenskyy, Zelenskiy; Aleksey,
# Alexei; Yevgeny, Evgeny; Mikhail, Mihail.
_VARIANTS = (
    (re.compile(r"^m[ou]h?a?mm?[ae]d$"), "mohammed"),
    (re.compile("y"), "i"),
    (re.compile("ii+"), "i"),
    (re.compile("^ie"), "e"),
    (re.compile("ks"), "x"),
    (re.compile("(?<=.)kh"), "h"),
    (re.compile("tsch|tch"), "ch"),
    (re.compile("sch"), "sh"),
    (re.compile("dzh|dj"), "j"),
    (re.compile("ph"), "f"),
    (re.compile("ou"), "u"),
)


@lru_cache(maxsize=200_000)
def match_key(entity: str) -> str:
    """The key of the name whose own entity has the id ``entity``.

    Two names of people share it if their surnames are one but for its romanisation, two of
    organizations if an acronym of three letters or more, or the name without its legal form, can
    be one.
    """
    segment, _, slug = entity.partition("/")
    words = tuple(slug.split("-"))
    if segment == "person":
        return f"person:{variant(person_words(words)[1][-1])}"
    return f"organization:{_organization_key(words)}"


def alternatives_in(entity: str, forms: Iterable[str]) -> set[str]:
    """Ids of the names among ``forms`` that are comparable with the own name of ``entity``."""
    mint = iris.person_id if entity.startswith("person/") else iris.organization_id
    others = {mint(form) for form in forms} - {entity}
    return {iris.name_id(other) for other in others if match_key(other) == match_key(entity)}


@lru_cache(maxsize=100_000)
def variant(word: str) -> str:
    """``word`` without the differences that romanisations make."""
    for pattern, replacement in _VARIANTS:
        word = pattern.sub(replacement, word)
    return word


def person_words(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Split the words of a person's id into given names, surname and suffix.

    Titles go. The surname has its particles. East Asian given names become one word, in
    whichever order the name is written.
    """
    titles = _titles()
    while len(words) > 1 and words[0] in titles and not is_given_name(words[0]):
        words = words[1:]
    suffix = ""
    if len(words) > 1 and words[-1] in _suffixes():
        suffix, words = words[-1], words[:-1]
    if is_east_asian(words):
        return ("".join(words[1:]),), words[:1], suffix
    if is_east_asian((words[-1], *words[:-1])):
        return ("".join(words[:-1]),), words[-1:], suffix
    cut = len(words) - 1
    while cut > 0 and words[cut - 1] in particles() and (cut > 1 or words[0] != "ben"):
        cut -= 1
    return words[:cut], words[cut:], suffix


def organization_words(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Split the words of an organization's id into its name and its legal form."""
    if len(words) > 1 and words[-1] in LEGAL_FORMS:
        return words[:-1], LEGAL_FORMS[words[-1]]
    return words, ""


def initials(words: tuple[str, ...]) -> str:
    """The first letters of the words that count: ``who`` of the World Health Organization."""
    return "".join(word[0] for word in words if word not in SMALL_WORDS)


def _organization_key(words: tuple[str, ...]) -> str:
    name, _ = organization_words(words)
    letters = initials(words)
    if len(name) > 1 and len(letters) >= _ACRONYM_START:
        return f"{letters[:_ACRONYM_START]}…"
    if len(name) == 1 and _ACRONYM_START <= len(name[0]) <= LONGEST_ACRONYM:
        return f"{name[0][:_ACRONYM_START]}…"
    return "-".join(name)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    rows = read_table("people_titles.tsv")
    return frozenset(
        word for title, *_ in rows for word in title.casefold().replace(".", "").split()
    )


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    return frozenset(word.replace(".", "") for word in read_groups("people_words.json")["suffixes"])


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Words before a surname that belong to it: "von", "de", "al"."""
    return read_groups("people_words.json")["particles"]
