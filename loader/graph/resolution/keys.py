"""What names must share to be compared at all, from their ids alone.

A key never changes, however the name is spelt, so that a new name is compared with the few that
have its key and with no others.
"""

from collections.abc import Iterable
from functools import lru_cache

from loader.extract.components.name_comparison import surname_key
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

_SMALL_WORDS = frozenset({"a", "an", "and", "at", "de", "for", "in", "of", "on", "the", "to"})
LONGEST_ACRONYM = 6
_ACRONYM_START = 3


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
        return f"person:{surname_key(words)}"
    return f"organization:{_organization_key(words)}"


def alternatives_in(entity: str, forms: Iterable[str]) -> set[str]:
    """Ids of the names among ``forms`` that are comparable with the own name of ``entity``."""
    mint = iris.person_id if entity.startswith("person/") else iris.organization_id
    others = {mint(form) for form in forms} - {entity}
    return {iris.name_id(other) for other in others if match_key(other) == match_key(entity)}


def organization_words(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Split the words of an organization's id into its name and its legal form."""
    if len(words) > 1 and words[-1] in LEGAL_FORMS:
        return words[:-1], LEGAL_FORMS[words[-1]]
    return words, ""


def initials(words: tuple[str, ...]) -> str:
    """The first letters of the words that count: ``who`` of the World Health Organization."""
    return "".join(word[0] for word in words if word not in _SMALL_WORDS)


def _organization_key(words: tuple[str, ...]) -> str:
    name, _ = organization_words(words)
    letters = initials(words)
    if len(name) > 1 and len(letters) >= _ACRONYM_START:
        return f"{letters[:_ACRONYM_START]}…"
    if len(name) == 1 and _ACRONYM_START <= len(name[0]) <= LONGEST_ACRONYM:
        return f"{name[0][:_ACRONYM_START]}…"
    return "-".join(name)
