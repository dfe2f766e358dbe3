"""Countries by code and by name: the names of Unicode's CLDR (babel) and ISO 3166 (pycountry).

What both lack stands in ``countries.tsv``, and the countries' items in Wikidata in
``wikidata.tsv``. Codes are those of ISO 3166-1 alpha-2; former states keep the code they had.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pycountry
from babel import Locale

from ontology.iris import slug

HISTORICAL = frozenset({"SU", "YU", "CS", "DD"})
"""Codes of states that are no more."""

_TITLES = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "HK": "Hong Kong",
    "MO": "Macao",
    "PS": "Palestine",
}
"""Where CLDR's name is a label for lists ("Hong Kong SAR China")."""

_WITH_ARTICLE = re.compile(
    r"(?:United|Soviet) |(?:Bahamas|Comoros|Gambia|Islands|Maldives|Netherlands|Philippines)$"
    r"|Republic\b(?! of Ireland)"
)
"""Names before which English puts "the": unions, republics, plurals and islands."""


@cache
def country_names() -> dict[str, str]:
    """The English name of each country by its code, former countries included."""
    territories = Locale("en").territories
    names = {code: _plain(str(name)) for code, name in territories.items() if len(code) == 2}
    listed = {code: further[0] for code, further in further_names().items()}
    return {**listed, **names, **_TITLES}


@cache
def wikidata_ids() -> dict[str, str]:
    """The item of each country in Wikidata by its code, former countries included."""
    return dict(_table("wikidata.tsv"))


@cache
def further_names() -> dict[str, tuple[str, ...]]:
    """The names that CLDR and ISO 3166 lack, by code."""
    return {code: tuple(names.split("|")) for code, names in _table("countries.tsv")}


def standard_names() -> Iterator[tuple[str, str]]:
    """Code and name of every country of today, under each name that the standards give it."""
    territories = Locale("en").territories
    for country in pycountry.countries:
        names = [territories[country.alpha_2], country.name]
        names += [getattr(country, key, "") for key in ("common_name", "official_name")]
        yield from ((country.alpha_2, str(name)) for name in names if name)


def country_code(text: str) -> str | None:
    """The code of the country with this code (alpha-2 or alpha-3) or name; None if there is none.

    Case, accents and a leading "the" do not count: "ukr", "côte d'ivoire", "The Netherlands".
    """
    plain = text.strip()
    return _codes().get(plain.upper()) or _by_name().get(_folded(plain))


def spellings() -> dict[str, str]:
    """The usual names of every country, each with the one that stands first."""
    titles = country_names()
    return {name: titles[code] for code, name in _listed()}


def in_sentence(name: str) -> str:
    """A country's name as it stands inside an English sentence: "the United States", "Peru"."""
    return f"the {name}" if _WITH_ARTICLE.search(name) else name


def _table(name: str) -> Iterator[list[str]]:
    """The rows of a file beside this module, without its comments."""
    lines = (files("ontology") / name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def _codes() -> dict[str, str]:
    today = {code: country.alpha_2 for country in pycountry.countries for code in _both(country)}
    return {**{code: code for code in (*HISTORICAL, "XK")}, **today}


def _both(country: object) -> tuple[str, str]:
    return (getattr(country, "alpha_2", ""), getattr(country, "alpha_3", ""))


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in (*_listed(), *standard_names()):
        found.setdefault(_folded(name), code)
    return found


def _listed() -> Iterator[tuple[str, str]]:
    """Code and name of every country there is or was: first the names that readers expect."""
    known = set(_codes().values())
    yield from ((code, name) for code, name in country_names().items() if code in known)
    yield from ((code, name) for code, names in further_names().items() for name in names)


@cache
def _folded(name: str) -> str:
    return slug(re.sub(r"(?i)^the ", "", name.replace("&", "and")))


def _plain(name: str) -> str:
    """Write a CLDR name the way a reader expects a title."""
    return re.sub(r"\s*\(.*\)", "", name.replace("’", "'").replace(" & ", " and "))
