"""Remember the last source that is nobody, so that what goes on with it keeps its country.

"U.S. officials said … They added …", "The officials denied …", and a quotation without a cue all
belong to the same country as the officials. "A leaked memo says … It also warns …" goes back to the
same memo.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import Agent, Speaker
from loader.extract.components.belonging import belonging
from loader.extract.components.noun_phrases import GENDERED, REACH, RELATIVES, clause_of, is_plural
from loader.extract.components.roles import role_nouns

_GROUP = frozenset({"they", "them", "their", "theirs", "themselves"})
_BODY = frozenset({"it", "its", "itself"})
_FIRST = frozenset({"i", "me", "myself", "we", "us", "our"})
_POINTING = frozenset({"the", "these", "those", "this", "that", "both"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """A source that is nobody: its country's code, what it is like, and where it was last.

    ``agent`` is the document, where it is one.
    """

    agent: Agent | None
    country: str | None
    plural: bool
    human: bool
    end: int


class UnnamedSources:
    """The unnamed sources and documents of one article so far.

    ``last`` is None where somebody named spoke last.

    ``countries`` and ``named`` are the mentions of countries, and of people and organizations, by
    token.
    """

    def __init__(self, doc: Doc, countries: Mapping[int, Span], named: Mapping[int, Span]) -> None:
        self._doc = doc
        self._mentioned = countries
        self._named = named
        self._countries: dict[str, str] = {}
        self.last: Unnamed | None = None

    def spoke(
        self, span: Span, head: Token, country: str | None, agent: Agent | None = None
    ) -> None:
        """Remember that the unnamed source or document ``span`` spoke."""
        noun = head.lemma_.lower()
        self.last = Unnamed(
            agent=agent,
            country=country,
            plural=is_plural(head),
            human=noun in role_nouns(),
            end=span.end,
        )
        if country is not None:
            self._countries[noun] = country

    def country_of(self, span: Span, head: Token) -> str | None:
        """The country that the source ``span`` belongs to, by its own words or earlier ones.

        "The officials" belong where the last officials did of whom it was said.
        """
        found = belonging(span, head, self._mentioned, self._named)
        if found is None and span[0].lower_ in _POINTING:
            return self._countries.get(head.lemma_.lower())
        return found or None

    def country_of_pronoun(self, span: Span, head: Token, parent: Speaker | None) -> str | None:
        """The country of a pronoun that names nobody: "some of the Russians", "who", "we"."""
        if head.lower_ in _FIRST:
            return parent.country if parent is not None and parent.agent is None else None
        if head.lower_ in RELATIVES:
            noun = clause_of(head).head
            span, head = self._doc[noun.left_edge.i : head.i], noun
        return belonging(span, head, self._mentioned, self._named) or None if len(span) else None

    def resumed_by(self, pronoun: Token) -> Unnamed | None:
        """Return the source that speaks again as ``pronoun``, None if it may be another."""
        word = pronoun.lower_
        subject = _subject_over(pronoun) if word in _GROUP else None
        if subject is not None:
            return self._subject(subject, pronoun)
        last = self.last
        if last is None or not 0 <= pronoun.i - last.end < REACH:
            return None
        between = self._doc[last.end : pronoun.i]
        if word in _GROUP:
            fits = last.plural and not any(_is_rival(token, pronoun) for token in between)
        else:
            fits = not last.plural and word in (GENDERED if last.human else _BODY)
            fits = fits and not any(token.i in self._named for token in between)
        if not fits:
            return None
        self.last = replace(last, end=pronoun.i + 1)
        return self.last

    def _subject(self, subject: Token, pronoun: Token) -> Unnamed | None:
        """The subject of the clause around ``pronoun``, as a source: "officials said they …"."""
        if subject.lower_ in _GROUP:
            return self.resumed_by(subject)
        span = self._doc[subject.left_edge.i : min(subject.right_edge.i + 1, pronoun.i)]
        return Unnamed(
            agent=None,
            country=self.country_of(span, subject),
            plural=True,
            human=False,
            end=span.end,
        )


def _subject_over(pronoun: Token) -> Token | None:
    """The plural subject of the nearest clause around ``pronoun`` that has one before it."""
    for verb in pronoun.ancestors:
        for child in verb.children:
            if (
                child.dep_ in _SUBJECTS
                and child.i < pronoun.i
                and (is_plural(child) or child.lower_ in _GROUP)
            ):
                return child
    return None


def has_rival(doc: Doc, start: int, pronoun: Token) -> bool:
    """Whether several others stand between ``start`` and "they", whom it can mean."""
    return any(_is_rival(token, pronoun) for token in doc[start : pronoun.i])


def _is_rival(token: Token, pronoun: Token) -> bool:
    """Whether "they" can mean these: in the sentence any subject, before it a main one."""
    if token.dep_ not in _SUBJECTS or not is_plural(token):
        return False
    return token.sent == pronoun.sent or token.head.dep_ == "ROOT"
