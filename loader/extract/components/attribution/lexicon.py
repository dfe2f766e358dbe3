"""The word lists that the rules read, from ``data/cue_*.txt``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from loader.extract.components.data import LISTS

Words = frozenset[str]

_VERBS = (
    *("speech", "mind", "object", "as_frame", "as_only", "passive", "impersonal"),
    *("quotation", "weak", "addressed", "no_infinitive", "gerund", "negative"),
    *("hedged", "saying", "far", "silent", "moving"),
)
_NOUNS = (
    *("noun_clause", "noun_phrase", "noun_sourceless", "noun_agent", "noun_finite", "speechless"),
    *("adjective_clause", "adjective_phrase", "light", "copulas"),
    "hedges",
    "evidence",
    "messages",
)


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
    quotation: Words
    weak: Words
    addressed: Words
    no_infinitive: Words
    gerund: Words
    negative: Words
    hedged: Words
    saying: Words
    far: Words
    silent: Words
    moving: Words
    particles: Mapping[str, Words]
    prepositions: Mapping[str, Words]
    noun_clause: Words
    noun_phrase: Words
    noun_sourceless: Words
    noun_agent: Words
    noun_finite: Words
    speechless: Words
    noun_prepositions: Mapping[str, Words]
    carriers: Mapping[str, Words]
    adjective_clause: Words
    adjective_phrase: Words
    adjective_prepositions: Mapping[str, Words]
    light: Words
    copulas: Words
    hedges: Words
    evidence: Words
    messages: Words

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
    words = {name: LISTS("cue_verbs", name).words for name in _VERBS}
    words |= {name: LISTS("cue_nouns", name).words for name in _NOUNS}
    return Lexicon(
        particles=_sets("cue_verbs", "particles"),
        prepositions=_sets("cue_verbs", "prepositions"),
        noun_prepositions=_sets("cue_nouns", "noun_prepositions"),
        carriers=_sets("cue_nouns", "carriers"),
        adjective_prepositions=_sets("cue_nouns", "adjective_prepositions"),
        **words,
    )


def _forms(verb: str) -> set[str]:
    if verb[-1] == "e":
        return {f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return {f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
    plural = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    return {plural, f"{verb}ed", f"{verb}ing", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}


def _sets(file: str, name: str) -> dict[str, Words]:
    return {word: frozenset(others) for word, others in LISTS(file, name).table.items()}
