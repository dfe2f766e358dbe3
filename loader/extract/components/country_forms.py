"""Every form under which a country appears: names, demonyms, seats of government.

Names come from :mod:`ontology.countries`; demonyms and seats of government stand in
``data/countries.txt``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from loader.extract.components.data import LISTS
from ontology.countries import further_names, standard_names

Form = Literal["name", "demonym", "metonym"]

_NOT_COUNTRIES = frozenset({"AQ", "UM", "TF", "BV", "HM", "GS", "JE"})
"""Codes of uninhabited places, and Jersey, which in news is a garment or New Jersey."""

_MIN_UPPERCASE = 4
"""Shortest name that is also looked for in capitals, as headlines and datelines write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryForm:
    """One spelling of one country; ``weak`` marks capitals that are mostly just places."""

    text: str
    code: str
    form: Form
    weak: bool = False


@cache
def country_forms() -> tuple[CountryForm, ...]:
    """Return every known spelling, one value for each text."""
    forms: dict[str, CountryForm] = {}
    for entry in (*_listed(), *_named()):
        for text in _spellings(entry.text):
            forms.setdefault(
                text,
                CountryForm(text=text, code=entry.code, form=entry.form, weak=entry.weak),
            )
    return tuple(forms.values())


@cache
def country_texts() -> frozenset[str]:
    """Return the texts of all forms."""
    return frozenset(form.text for form in country_forms())


@cache
def country_demonyms() -> frozenset[str]:
    """Return the texts that are adjectives, or names of peoples."""
    return frozenset(form.text for form in country_forms() if form.form == "demonym")


@cache
def trap_phrases() -> tuple[str, ...]:
    """Return the phrases that hold a country's name without meaning the country."""
    return LISTS("countries", "traps").entries


def _listed() -> Iterator[CountryForm]:
    for code, demonyms, seats, weak in LISTS("countries", "forms").rows:
        for text in further_names().get(code, ()):
            yield CountryForm(text=text, code=code, form="name")
        for text in filter(None, demonyms.split("|")):
            yield CountryForm(text=text.removesuffix("+"), code=code, form="demonym")
            if text.endswith("+"):
                yield CountryForm(text=f"{text[:-1]}s", code=code, form="demonym")
        for text in filter(None, seats.split("|")):
            yield CountryForm(text=text, code=code, form="metonym")
        for text in filter(None, weak.split("|")):
            yield CountryForm(text=text, code=code, form="metonym", weak=True)


def _named() -> Iterator[CountryForm]:
    for code, name in standard_names():
        if code not in _NOT_COUNTRIES and not re.search(r"[,(]", name):
            yield CountryForm(text=name, code=code, form="name")


def _spellings(text: str) -> Iterator[str]:
    """Yield the variants of a name: apostrophes, "&", "St.", capitals, without leading article."""
    text = re.sub(r"^[Tt]he ", "", text.replace("’", "'"))
    variants = {text, text.replace(" & ", " and ")}
    variants |= {variant.replace("St. ", "Saint ") for variant in variants}
    for variant in sorted(variants):
        yield variant
        if len(variant) >= _MIN_UPPERCASE and "." not in variant:
            yield variant.upper()
