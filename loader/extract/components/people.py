"""Find the people that an article names, and which mentions are of one person.

Each mention becomes a span in ``doc.spans["people"]`` whose ``kb_id_`` is the fullest name that
the article gives this person: "Xi" and "Xi Jinping" are both "Xi Jinping". Two people of one
surname stay two; a bare surname goes to the one whom title and gender allow and who was named last.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from loader.extract.components.annotations import COUNTRIES, PEOPLE
from loader.extract.components.given_names import is_given_name
from loader.extract.components.issuers import issuer_mentions
from loader.extract.components.name_candidates import Candidate, find_candidates
from loader.extract.components.organization_evidence import signs_of_body
from loader.extract.components.organization_lexicon import KnownOrganizations
from loader.extract.components.person_index import PersonIndex
from loader.extract.components.person_names import (
    is_compound_surname,
    is_initials,
    name_words,
    not_names,
    particles,
)
from loader.extract.components.titles import Title, TitleFinder
from loader.extract.components.tokens import headline_tokens, text_of
from loader.extract.components.turns import single_labels

_THRONES = frozenset({"Pope", "King", "Queen", "Prince", "Princess", "Patriarch", "Emperor"})
"""Titles whose bearers go by a given name, so that the title is a part of the name."""

_NUMERAL = re.compile(r"[IVX]{1,5}")

_LABEL = re.compile(r"(?m)^[ \t]*[\"']?([A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]+){0,2}):")
"""Who speaks in a transcript ("WALLACE: ...")."""

_ENOUGH = 2.0
"""Evidence from which a run of two or more words is a person."""

_ENOUGH_ON_AVERAGE = 1.5

_BODILY = 0.5
"""Signs of an organization that each place of a single word must show on average."""

_ENOUGH_ALONE = 1.2
"""Evidence, over all its places, from which a single word is a person not named in full."""


@Language.factory("people", assigns=["doc.spans"], requires=["doc.spans", "doc.ents", "token.dep"])
def make_people(nlp: Language, name: str) -> "PersonFinder":
    """Make the component; it needs ``countries`` before it."""
    return PersonFinder(nlp)


class PersonFinder:
    """Mark every mention of a person with the person's fullest name."""

    def __init__(self, nlp: Language) -> None:
        self._titles = TitleFinder(nlp)
        self._known = KnownOrganizations(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["people"]``; a country's name within a person's is no country."""
        headlines = headline_tokens(doc)
        titles = self._titles(doc)
        candidates = list(find_candidates(doc, titles, headlines, self._organizations(doc)))
        index = PersonIndex()
        for byline in doc._.article.bylines if doc._.article else ():
            index.add_full(byline.name)
        for name, title in _full_names(doc, candidates, headlines):
            index.add_full(name, title)
        for label in _transcript_labels(doc, index):
            index.add_alone(label, label.title())
        for text, full in _names_alone(doc, candidates, index):
            index.add_alone(text, full)
        people = list(_mark(doc, candidates, index, headlines))
        taken = {i for span in people for i in range(span.start, span.end)}
        doc.spans[PEOPLE] = people
        doc.spans[COUNTRIES] = [
            span
            for span in doc.spans[COUNTRIES]
            if not taken.intersection(range(span.start, span.end))
        ]
        return doc

    def _organizations(self, doc: Doc) -> frozenset[int]:
        """The tokens of known organizations, unless a given name or title stands before one."""
        known = [span for span, _ in self._known(doc)]
        return frozenset(
            i
            for span in (*known, *issuer_mentions(doc))
            if len(span) > 1 or not _follows_a_name(doc, span.start)
            for i in range(span.start, span.end)
        )


def _follows_a_name(doc: Doc, start: int) -> bool:
    before = doc[start - 1] if start else None
    if before is not None and before.lower_ in particles() and before.lower_ != "of":
        return True
    if before is None or not before.text[0].isupper():
        return False
    return is_given_name(before.text) or is_initials(before.text) or before.text in {"Mr.", "Ms."}


def _full_names(
    doc: Doc, candidates: list[Candidate], headlines: frozenset[int]
) -> Iterator[tuple[str, Title | None]]:
    """Yield the names of two or more words whose places in the article together convince."""
    evidence: dict[str, list[float]] = defaultdict(list)
    titles: dict[str, Title | None] = {}
    alone = {doc[c.start].text for c in candidates if c.words == 1 and c.start not in headlines}
    for candidate in candidates:
        if candidate.words < 2:
            continue
        headline = candidate.start in headlines
        text = doc[candidate.start : candidate.end].text
        name = _cut_headline(text, alone) if headline else text
        regnal = candidate.words == 2 and _NUMERAL.fullmatch(doc[candidate.end - 1].text)
        if regnal or is_compound_surname(name):
            continue
        if not headline or candidate.score >= _ENOUGH:
            # Who is named in full is later named by the surname alone.
            evidence[name].append(candidate.score + (name.split()[-1] in alone))
        titles[name] = titles.get(name) or candidate.title
    names = [
        name
        for name, scores in evidence.items()
        if max(scores) >= _ENOUGH and sum(scores) / len(scores) >= _ENOUGH_ON_AVERAGE
    ]
    for name in names:
        # "Jo Warren Hammers Bank" of a headline is "Jo Warren" where the text has that name; "Roe
        # Smith" is the double surname of "Jane Roe Smith".
        tail = any(_ends_with(other, name) for other in names)
        if not tail and not any(_holds(name, other) for other in names):
            yield name, titles[name]


def _ends_with(name: str, other: str) -> bool:
    """Whether ``other`` is the surname of ``name``, particles and all."""
    first = other.split()[0]
    particle = first.casefold() in particles()
    surname = particle or not is_given_name(first)
    return surname and name.casefold().endswith(f" {other.casefold()}")


def _cut_headline(name: str, alone: set[str]) -> str:
    """Return a headline's run of words up to the surname that the text uses alone."""
    words = name.split()
    for end in range(2, len(words)):
        if words[end - 1] in alone and is_given_name(words[0]):
            return " ".join(words[:end])
    return name


def _holds(name: str, other: str) -> bool:
    """Whether ``other`` is a given name with a surname inside the longer ``name``."""
    words = other.split()
    particle = words[0].casefold() in particles()
    given = len(words) > 1 and is_given_name(words[0]) and not particle
    return given and name != other and f" {other} " in f" {name} "


def _transcript_labels(doc: Doc, index: PersonIndex) -> Iterator[str]:
    """Yield the unknown names that open lines of a transcript.

    Where nothing else tells that it is one, they are in capitals and open more than one line.
    """
    counts = Counter(_LABEL.findall(text_of(doc)))
    for label in dict.fromkeys(single_labels(text_of(doc), doc._.turns)):
        counts[label] += 2
    others = not_names()
    for label, count in counts.items():
        common = any(word.casefold() in others for word in label.split())
        if count > 1 and not common and not index.knows(label):
            yield label


def _names_alone(
    doc: Doc, candidates: list[Candidate], index: PersonIndex
) -> Iterator[tuple[str, str | None]]:
    """Yield the names that the article uses without ever giving the full one ("Macron").

    With it comes the form that a throne adds to a name without surname ("Pope Leo").
    """
    thrones: dict[str, str] = {}
    evidence: dict[str, list[float]] = defaultdict(list)
    human: dict[str, bool] = defaultdict(bool)
    bodies: dict[str, list[float]] = defaultdict(list)
    titled: set[str] = set()
    parts: set[str] = set()
    for candidate in candidates:
        text = doc[candidate.start : candidate.end].text
        if candidate.title is not None:
            titled.add(text)
            if candidate.title.text.title() in _THRONES:
                thrones.setdefault(text, f"{candidate.title.text.title()} {text}")
        if candidate.inside:
            parts.add(text)
        regnal = candidate.words == 2 and _NUMERAL.fullmatch(doc[candidate.end - 1].text)
        short = candidate.words == 1 or regnal or is_compound_surname(text)
        if short and not index.knows(text):
            if candidate.title is None and index.is_given_of_one(text):
                continue  # "Ann gave up. Ann Roe was tired."
            evidence[text].append(candidate.score)
            human[text] = human[text] or candidate.human
            bodies[text].append(signs_of_body(doc[candidate.start : candidate.end]))
    for text, scores in evidence.items():
        # "Patriot" is no person where "Patriot Coal" is a company.
        if text in parts and text not in titled:
            continue
        # Nothing but the model says that Vivaldi, a browser, is a person.
        if not human[text] and text not in name_words("famous"):
            continue
        # "Zenilab said its drug works": what a firm has and does outweighs the model.
        places = len(bodies[text])
        if text not in titled and sum(bodies[text]) >= max(_ENOUGH, _BODILY * places):
            continue
        if sum(scores) >= _ENOUGH_ALONE and sum(scores) / len(scores) >= 0.5:
            yield text, thrones.get(text)


def _mark(
    doc: Doc, candidates: list[Candidate], index: PersonIndex, headlines: frozenset[int]
) -> Iterator[Span]:
    inside = {i: c for c in candidates for i in range(c.start, c.end)}
    position = 0
    while position < len(doc):
        match = index.longest_match(doc, position)
        if match is None:
            position += 1
            continue
        end, people = match
        candidate = inside.get(position)
        person = index.choose(
            doc, position, end, people, candidate, in_headline=position in headlines
        )
        if person is None:
            position += 1
            continue
        yield Span(doc, position, end, label="PERSON", kb_id=person.name)
        position = end
