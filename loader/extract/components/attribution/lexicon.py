"""The word lists that the rules read, from ``data/cues_*.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

Words = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Cue words by what they take; lemmas in lower case. The data files say what each list is."""

    speech: Words
    mind: Words
    object: Words
    as_frame: Words
    as_only: Words
    passive: Words
    impersonal: Words
    raising: Words
    quotation: Words
    weak: Words
    addressed: Words
    no_infinitive: Words
    gerund: Words
    negative: Words
    particles: dict[str, Words]
    prepositions: dict[str, Words]
    noun_clause: Words
    noun_phrase: Words
    noun_sourceless: Words
    noun_agent: Words
    speechless: Words
    noun_prepositions: dict[str, Words]
    adjective_clause: Words
    adjective_phrase: Words
    adjective_sourceless: Words
    adjective_prepositions: dict[str, Words]
    light: Words
    copulas: Words

    @cached_property
    def lemmas(self) -> dict[str, str]:
        """Regular forms of the verbs → lemma; the model takes "hoped" for a form of "hop"."""
        verbs = self.speech | self.mind | self.object | self.as_frame | set(self.prepositions)
        return {form: verb for verb in sorted(verbs) for form in _forms(verb)}

    @property
    def clausal(self) -> Words:
        """Verbs that take a clause."""
        return self.speech | self.mind


@cache
def lexicon() -> Lexicon:
    """Read the word lists, once."""
    verbs, nouns = _read("cues_verbs.toml"), _read("cues_nouns.toml")
    classes = {name: _words(text) for name, text in verbs["classes"].items()}
    return Lexicon(
        as_frame=classes.pop("as"),
        particles=_table(verbs["particles"]),
        prepositions=_table(verbs["prepositions"]),
        noun_clause=_words(nouns["nouns"]["clause"]),
        noun_phrase=_words(nouns["nouns"]["phrase"]),
        noun_sourceless=_words(nouns["nouns"]["sourceless"]),
        noun_agent=_words(nouns["nouns"]["agent"]),
        speechless=_words(nouns["nouns"]["speechless"]),
        noun_prepositions=_table(nouns["noun_prepositions"]),
        adjective_clause=_words(nouns["adjectives"]["clause"]),
        adjective_phrase=_words(nouns["adjectives"]["phrase"]),
        adjective_sourceless=_words(nouns["adjectives"]["sourceless"]),
        adjective_prepositions=_table(nouns["adjective_prepositions"]),
        light=_words(nouns["light"]["verbs"]),
        copulas=_words(nouns["light"]["copulas"]),
        **classes,
    )


def _forms(verb: str) -> set[str]:
    if verb[-1] == "e":
        return {f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return {f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
    plural = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    return {plural, f"{verb}ed", f"{verb}ing", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}


def _read(name: str) -> dict[str, Any]:
    path = resources.files("loader.extract.components") / "data" / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _words(text: str) -> Words:
    return frozenset(text.split())


def _table(rows: dict[str, str]) -> dict[str, Words]:
    return {word: _words(text) for word, text in rows.items()}
