"""What given names tell: that a word is one, and whether its bearer is a man or a woman.

The names are those of the package gender-guesser: 45,000 given names of 54 countries.
"""

from functools import cache
from typing import Literal

from gender_guesser.detector import Detector

from loader.extract.components.data import LISTS

Gender = Literal["male", "female"]

_GENDERS: dict[str, Gender] = {
    "male": "male",
    "mostly_male": "male",
    "female": "female",
    "mostly_female": "female",
}


@cache
def _detector() -> Detector:
    return Detector(case_sensitive=False)


def is_given_name(word: str) -> bool:
    """Whether ``word`` is a known given name, in any spelling of case."""
    return word.casefold() in _detector().names


def gender_of(word: str, *, certain: bool = False) -> Gender | None:
    """Return the gender of those who bear the given name ``word``, None where open.

    ``certain`` leaves out names that some of the other gender bear too.
    """
    answer = _detector().get_gender(word.casefold())
    return None if certain and answer.startswith("mostly") else _GENDERS.get(answer)


def is_common(word: str) -> bool:
    """Whether the given name ``word``, in lower case, is a common word or a place's name too."""
    return word in LISTS("names", "common_given").words


@cache
def ordinary_words() -> frozenset[str]:
    """Words, in lower case, that are given names in some country and seldom meant as names."""
    return LISTS("names", "common_given").words | LISTS("names", "ordinary").words
