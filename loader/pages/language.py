"""English or not."""

import re
from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

_SAMPLE = 4_000
_SHORT = 200
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    _WORD.findall(
        "the of and to in a is that for on with as was by are be this from at it an he his not "
        "have has had but they their or were which we you will said who been its would about more"
    )
)
_OTHERS = (
    Language.ARABIC, Language.CHINESE, Language.CZECH, Language.DUTCH, Language.FINNISH,
    Language.FRENCH, Language.GERMAN, Language.GREEK, Language.HEBREW, Language.HINDI,
    Language.HUNGARIAN, Language.INDONESIAN, Language.ITALIAN, Language.JAPANESE, Language.KOREAN,
    Language.PERSIAN, Language.POLISH, Language.PORTUGUESE, Language.ROMANIAN, Language.RUSSIAN,
    Language.SPANISH, Language.SWEDISH, Language.TURKISH, Language.UKRAINIAN,
    Language.VIETNAMESE,
)  # fmt: skip


def other_language(text: str) -> str | None:
    """Return the name of the language of ``text`` if it is not English, else None.

    A text too short to tell, such as a title, counts as English unless its script is another.
    """
    sample = text[:_SAMPLE]
    letters = [char for char in sample if char.isalpha()]
    latin = sum(char < "\u0250" for char in letters)
    foreign = len(letters) > 8 and latin < 0.5 * len(letters)
    if not foreign:
        words = _WORD.findall(sample.casefold())
        if len(sample.strip()) < _SHORT or not words:
            return None
        if sum(word in _FUNCTION_WORDS for word in words) >= 0.2 * len(words):
            return None
    found = _detector().detect_language_of(sample)
    if found is None or found == Language.ENGLISH:
        return "another language" if foreign else None
    return found.name.capitalize()


@cache
def _detector() -> LanguageDetector:
    languages = (Language.ENGLISH, *_OTHERS)
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
