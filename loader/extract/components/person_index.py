"""The people of one article, by every form of their names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from loader.extract.components.country_senses import means_the_country
from loader.extract.components.data import LISTS
from loader.extract.components.given_names import Gender, gender_of, is_common, is_given_name
from loader.extract.components.name_candidates import Candidate
from loader.extract.components.name_comparison import can_be_one, compared
from loader.extract.components.person_names import (
    PersonName,
    is_initials,
    name_words,
    parse_name,
    particles,
    without_accents,
)
from loader.extract.components.titles import Title

Part = Literal["full", "surname", "given", "middle"]

_MAX_TOKENS = 9
_LEADING = 3
"""How often a surname alone has meant somebody before its namesakes, once named, give way."""


@dataclass(slots=True)
class Person:
    """One person of the article: all full names seen, the last place where one was found.

    ``by_surname`` counts the places where the surname alone was taken for this person.
    """

    names: list[PersonName] = field(default_factory=list)
    gender: Gender | None = None
    last_seen: int = -1
    has_office: bool = False
    by_surname: int = 0

    def is_called(self, text: str) -> bool:
        """Whether ``text`` is one of the person's full names, letter for letter."""
        return any(_key(name.full.split()) == _key(text.split()) for name in self.names)

    def is_certainly_not(self, gender: Gender) -> bool:
        """Whether the given name rules ``gender`` out."""
        given = self.names[0].given
        known = gender_of(given[0], certain=True) if given else self.gender
        return known is not None and known != gender

    @property
    def name(self) -> str:
        """The fullest form, in ordinary case."""
        full = max(self.names, key=lambda name: (len(name.full.split()), len(name.full))).full
        return full.title() if full.isupper() and " " in full else full


class PersonIndex:
    """Every known person, found by full name, surname, given name or a name in between."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._forms: dict[tuple[str, ...], list[tuple[Part, Person]]] = defaultdict(list)
        self._first: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    def add_full(self, text: str, title: Title | None = None) -> None:
        """Add a full name; one that agrees with a known person's is a form of it."""
        name = parse_name(text)
        if not name.surname:
            return
        person = self._bearer(name)
        if person is None:
            person = Person()
            self.people.append(person)
        if title is not None and title.gender:
            person.gender = title.gender
        if title is not None and title.office and not title.over and title.gender is None:
            person.has_office = True
        if all(known.full != name.full for known in person.names):
            person.names.append(name)
            self._index(person, name)
        if person.gender is None and name.given:
            person.gender = gender_of(name.given[0])

    def add_alone(self, text: str, full: str | None = None) -> None:
        """Add a person of whom only this name is known, or ``full`` with a title ("Pope Leo")."""
        person = Person(
            names=[PersonName(full=full or text, given=(), surname=tuple(text.split()))]
        )
        self.people.append(person)
        self._put(tuple(text.split()), "surname", person)

    def knows(self, text: str) -> bool:
        """Whether ``text`` is a form of a known person's name, their given name aside."""
        forms = self._forms.get(_key(text.split()), [])
        return any(part != "given" for part, _ in forms)

    def is_given_of_one(self, text: str) -> bool:
        """Whether ``text`` is the given name of exactly one known person."""
        bearers = [who for part, who in self._forms.get(_key(text.split()), []) if part == "given"]
        return len(bearers) == 1

    def longest_match(self, doc: Doc, start: int) -> tuple[int, list[tuple[Part, Person]]] | None:
        """Return the end of the longest form that starts at ``start``, and whose it may be."""
        token = doc[start]
        if not token.text[0].isupper() and token.lower_ not in particles():
            return None
        for form in self._first.get(_fold(token.text), ()):
            end = start + len(form)
            if end <= len(doc) and _matches(doc, start, form):
                return end, self._forms[form]
        return None

    def choose(
        self,
        doc: Doc,
        start: int,
        end: int,
        people: Sequence[tuple[Part, Person]],
        candidate: Candidate | None,
        *,
        in_headline: bool,
    ) -> Person | None:
        """Return whom the form at ``[start, end)`` means here, None where it means nobody."""
        parts = {part for part, _ in people}
        if "full" not in parts and not _is_free(doc, start, end, candidate, parts, in_headline):
            return None
        best = [
            p for part in ("full", "surname", "given", "middle") for q, p in people if q == part
        ]
        if parts <= {"given", "middle"} and len(set(map(id, best))) > 1:
            best = [person for person in best if person.last_seen >= 0]
        exact = [p for part, p in people if part == "full" and p.is_called(doc[start:end].text)]
        best = exact or best
        title = candidate.title if candidate and candidate.start == start else None
        if title is not None and title.gender:
            best = [p for p in best if not p.is_certainly_not(title.gender)] or [
                self._add_namesake(doc[start:end].text, title.gender)
            ]
        if not best:
            return None
        if len({id(one) for one in best}) > 1:
            # "Biden" is the president, though his wife was named last.
            best = [one for one in best if one.has_office] or best
        person = _latest_or_leading(doc, start, best)
        person.by_surname += "full" not in parts
        if title is not None and title.gender and person.gender is None:
            person.gender = title.gender
        person.last_seen = start
        return person

    def _bearer(self, name: PersonName) -> Person | None:
        """The known person that a full name can be one more name of; None for a surname alone."""
        parts = compared(name)
        if not parts.given:
            return None
        return next(
            (
                person
                for person in self.people
                if any(
                    known.given and can_be_one(parts, known, "same article")
                    for known in map(compared, person.names)
                )
            ),
            None,
        )

    def _add_namesake(self, text: str, gender: Gender) -> Person:
        """Add a person whose title tells them from all others of that name ("Mr. Obama")."""
        person = Person(
            names=[PersonName(full=text, given=(), surname=tuple(text.split()))], gender=gender
        )
        self.people.append(person)
        self._put(tuple(text.split()), "surname", person)
        return person

    def _index(self, person: Person, name: PersonName) -> None:
        words = _tokens(name.full)
        self._put(words, "full", person)
        surname = _tokens(" ".join(name.surname))
        self._put(surname, "surname", person)
        if name.suffix:
            self._put((*surname, *_tokens(name.suffix)), "surname", person)
        core = [word for word in name.surname if word.casefold() not in particles()]
        if len(core) < len(name.surname) and core:
            self._put(_tokens(" ".join(core)), "middle", person)
        if not name.given:
            return
        plain = _tokens(" ".join((name.given[0], *name.surname)))
        if name.full.split()[0] == name.given[0]:
            self._put(plain, "full", person)
        if name.nickname:
            self._put((*_tokens(name.nickname), *surname), "full", person)
            self._put(_tokens(name.nickname), "given", person)
        if not is_initials(name.given[0]):
            self._put(_tokens(name.given[0]), "given", person)
        middles = name.given[1:] if name.full.split()[0] == name.given[0] else ()
        for position, middle in enumerate(middles, start=1):
            if not is_initials(middle) and not is_given_name(middle):
                self._put(_tokens(middle), "middle", person)
                self._put(
                    _tokens(" ".join((*name.given[position:], *name.surname))), "surname", person
                )

    def _put(self, words: tuple[str, ...], part: Part, person: Person) -> None:
        form = _key(words)
        if not form or len(form) > _MAX_TOKENS:
            return
        if all(known is not person for _, known in self._forms[form]):
            self._forms[form].append((part, person))
        if form not in self._first[form[0]]:
            self._first[form[0]].append(form)
            self._first[form[0]].sort(key=len, reverse=True)


def _latest_or_leading(doc: Doc, start: int, people: Sequence[Person]) -> Person:
    """Return who was named last; in a new paragraph, whom the article calls by that surname.

    "His father Sami Haddad said …": then, a paragraph on, "Haddad" is the son again.
    """
    latest = max(people, key=lambda one: one.last_seen)
    leading = max(people, key=lambda one: one.by_surname)
    if latest.by_surname or leading.by_surname < _LEADING:
        return latest
    between = doc[max(latest.last_seen, 0) : start]
    return leading if any("\n" in token.text for token in between) else latest


def _is_free(
    doc: Doc,
    start: int,
    end: int,
    candidate: Candidate | None,
    parts: set[Part],
    in_headline: bool,
) -> bool:
    """Whether a bare name stands alone here, not inside another name ("Clinton Foundation")."""
    if candidate is None:
        label = end < len(doc) and doc[end].text == ":" and doc[start].is_upper
        if doc[start:end].text in LISTS("countries", "people").words:
            return not in_headline and not means_the_country(doc, start, end)
        return "surname" in parts and (in_headline or label or _acts(doc[start]))
    alone = candidate.start == start and candidate.end == end
    titled = candidate.title is not None
    if alone and candidate.inside:
        return False
    labelled = doc[start].ent_type_ == "PERSON"
    if "surname" in parts:
        if alone or in_headline:
            return True
        # "Candidate Trump": an unknown word before the surname; "Trump Tower": one after it.
        return candidate.end == end and (labelled or titled)
    if not alone and not in_headline:
        return False
    common = is_common(doc[start].lower_)
    return labelled or (alone and not common and candidate.score >= 0.2)


def _acts(token: Token) -> bool:
    """Whether a word that is a country's name too does here what people do."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in name_words("human_verbs")


def _matches(doc: Doc, start: int, form: tuple[str, ...]) -> bool:
    return all(_fold(doc[start + i].text) == word for i, word in enumerate(form)) and any(
        doc[start + i].text[0].isupper() for i in range(len(form))
    )


def _tokens(text: str) -> tuple[str, ...]:
    """Split a name the way the tokenizer does: hyphens, commas and quotation marks apart."""
    words: list[str] = []
    for word in text.split():
        for mark in '-,"':
            word = word.replace(mark, f" {mark} ")
        words.extend(word.split())
    return tuple(words)


def _key(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(_fold(part) for word in words for part in _tokens(word))


def _fold(text: str) -> str:
    return without_accents(text).casefold()
