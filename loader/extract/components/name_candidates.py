"""Runs of capitalised words that may name a person, with the evidence for and against.

spaCy's named entities are one witness among several: titles, known given names, initials, East
Asian name shapes, determiners and neighbouring words are the others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from loader.articles.names import months_days
from loader.extract.components.annotations import COUNTRIES
from loader.extract.components.country_forms import country_texts
from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_common, is_given_name
from loader.extract.components.name_evidence import (
    context_evidence,
    described_as,
    entity_evidence,
    firm_evidence,
    is_human,
    is_second_syllable,
    shape_evidence,
)
from loader.extract.components.named_things import is_thing, stands_alone, things_named
from loader.extract.components.person_names import (
    is_east_asian,
    is_initials,
    is_suffix,
    name_words,
    not_names,
    particles,
)
from loader.extract.components.roles import role_noun
from loader.extract.components.titles import Title

_MAX_WORDS = 6
_WORD = re.compile(r"[^\W\d_](?:[\w'.]*[\w.])?")
_ACRONYMS = frozenset({"un", "eu", "ap", "us"})
"""Words that are no names in capitals ("UN") and can be in small letters ("Kim Jong Un")."""
_FUNCTION_TAGS = frozenset({"VERB", "ADV", "ADP", "SCONJ", "CCONJ", "DET", "PRON", "AUX", "PART"})


_ORDINARY = frozenset({"JJR", "JJS", "RBR", "RBS", "NNS"})
_OPENERS = frozenset({'"', "'", "•", "-", "–", "—", ":"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A run of tokens ``[start, end)`` that may name a person.

    ``words`` counts its capitalised words; ``score`` is the evidence: positive for a person.
    ``inside`` says that a longer name of something else goes on around it ("Clinton Foundation"),
    ``human`` that a title, a verb or a noun beside it goes with people only.
    """

    start: int
    end: int
    words: int
    score: float
    title: Title | None
    inside: bool = False
    human: bool = False


def find_candidates(
    doc: Doc,
    titles: Sequence[Title],
    headlines: frozenset[int],
    others: frozenset[int] = frozenset(),
) -> Iterator[Candidate]:
    """Yield the candidates of ``doc`` in order; the tokens ``others`` name something else.

    In the lines of ``headlines`` (token indices), where every word has a capital letter, only
    named entities of the model are candidates.
    """
    reader = _Reader(doc, titles, headlines, others)
    position = 0
    while position < len(doc):
        end = reader.run_end(position)
        if end > position:
            yield from reader.candidates(position, end)
            position = end
        else:
            position += 1


class _Reader:
    def __init__(
        self,
        doc: Doc,
        titles: Sequence[Title],
        headlines: frozenset[int],
        others: frozenset[int],
    ) -> None:
        self._doc = doc
        self._headlines = headlines
        self._title_ends = {title.end: title for title in titles}
        self._taken = {i for title in titles for i in range(title.start, title.end)} | others
        self._taken |= {i for span in doc.spans[COUNTRIES] for i in range(span.start, span.end)}
        self._not_names = not_names() | months_days() | name_words("months_days")
        self._small = frozenset(token.text for token in doc if token.is_lower)
        self._alone = frozenset(token.text for token in doc if stands_alone(token))
        self._things = things_named(doc)

    def run_end(self, start: int) -> int:
        """Return the end of the run of name words that starts at ``start``, or ``start``."""
        doc, position, last = self._doc, start, start
        if not self._is_name_word(position, start):
            return start
        while position < len(doc) and position - start < 2 * _MAX_WORDS:
            if self._is_name_word(position, start):
                position += 1
                last = position
                if position - start > 1 and is_suffix(doc[position - 1].text):
                    break  # the next name is another's: "said Ann Roe Jr. Smithers said"
                continue
            if is_second_syllable(doc, position, start):
                position += 2
                last = position
                continue
            skipped = self._joint(position, start)
            if not skipped:
                break
            position += skipped
        return last

    def candidates(self, start: int, end: int) -> Iterator[Candidate]:
        """Yield the candidates in one run, its leading function words cut off."""
        while end - start > 1 and self._is_extra(start, end):
            start += 1
        start = self._behind_a_body(start, end)
        if end - start == 1 and is_suffix(self._doc[start].text):
            return
        if start in self._headlines:
            yield from self._in_headline(start, end)
            return
        yield self._judge(start, end)

    def _is_extra(self, start: int, end: int) -> bool:
        """Whether the first word of a run only stands before the name: "Rival Hillary Clinton"."""
        first, second = self._doc[start], self._doc[start + 1]
        if is_suffix(first.text):
            return True
        if is_given_name(first.text) or is_initials(first.text):
            return False
        if first.ent_type_ == second.ent_type_ == "PERSON" and second.ent_iob_ == "I":
            return False
        if first.pos_ == "PROPN" and described_as(self._doc, end) is not None:
            return False  # "Hodan Farah Aden, a scientist"
        if _is_function_word(first) or (first.is_sent_start and first.text.endswith("ing")):
            return True
        common = is_common(second.lower_)
        return (
            end - start > (3 if self._doc[end - 1].lower_ in name_words("suffixes") else 2)
            and is_given_name(second.text)
            and not common
            and (not is_east_asian([first.text, second.text]))
        )

    def _behind_a_body(self, start: int, end: int) -> int:
        """Return where the name begins in "University of Aalto Kern Ada Roe" if Roe is a person."""
        doc = self._doc
        if end - start < 3 or start < 2 or doc[start - 1].lower_ not in {"of", "for"}:
            return start
        body = doc[start - 2].text in LISTS("organizations", "leading").words
        return end - 2 if body and doc[end - 1].text in self._alone else start

    def _in_headline(self, start: int, end: int) -> Iterator[Candidate]:
        """Yield what a title introduces, what is a run of its own, what the model sees."""
        named = is_given_name(self._doc[start].text)
        if start in self._title_ends:
            yield self._judge(start, min(start + (2 if named else 1), end))
            return
        if named and end - start in {2, 3}:
            yield self._judge(start, end)
            return
        for entity in self._doc.ents:
            if entity.label_ == "PERSON" and start <= entity.start and entity.end <= end:
                yield self._judge(entity.start, entity.end)

    def _judge(self, start: int, end: int) -> Candidate:
        doc = self._doc
        words = [token for token in doc[start:end] if token.text[0].isupper()]
        title = self._title_ends.get(start)
        score = entity_evidence(doc, start, end)
        if title is not None:
            score += 4.0 if title.long else 2.5 if title.capital else 1.5
        score += shape_evidence(words)
        if start in self._headlines and title is None:
            score -= 0.5 if shape_evidence(words) > 0 else 3.0
        if len(words) == 1:
            score -= self._common(start)
        thing = is_thing(doc, start, end, self._things)
        if thing:
            score -= 4.0
        score += context_evidence(doc, start, end)
        if len(words) > 1:
            score -= firm_evidence(doc, start, end)
            score += 1.5 if doc[end - 1].is_lower and doc[end - 2].text == "-" else 0.0
        text = doc[start:end].text
        other = text in LISTS("names", "not_people").words or (
            text in country_texts() and not (len(words) == 1 and _may_be_called(text))
        )
        inside = other or self._is_inside(start, end)
        return Candidate(
            start=start,
            end=end,
            words=len(words),
            score=score - 3.0 if inside else score,
            title=title,
            inside=inside,
            human=title is not None or is_human(doc, start, end),
        )

    def _common(self, start: int) -> float:
        """What speaks against a word alone: it opens a sentence, or is a word of the text too."""
        token = self._doc[start]
        opens = token.is_sent_start or self._doc[start - 1].text in _OPENERS
        if not opens:
            return 0.0
        ordinary = token.lower_ in self._small or token.tag_ in _ORDINARY or role_noun(token)
        if is_given_name(token.text):
            return 0.6 if is_common(token.lower_) else 0.2
        return 2.6 if ordinary else 0.6

    def _is_inside(self, start: int, end: int) -> bool:
        doc = self._doc
        before = doc[start - 1] if start else None
        if before and before.text[0].isupper() and before.lower_ in name_words("places_before"):
            return True
        return (
            end < len(doc)
            and end not in self._headlines
            and doc[end].text[0].isupper()
            and doc[end].lower_ in self._not_names
            and end not in self._taken
        )

    def _is_name_word(self, position: int, start: int) -> bool:
        doc = self._doc
        if position >= len(doc) or position in self._taken:
            return False
        token = doc[position]
        if not token.text[0].isupper() or not _WORD.fullmatch(token.text):
            return token.text[0].isupper() and is_initials(token.text)
        if token.lower_ in self._not_names and not (token.lower_ in _ACRONYMS and token.is_title):
            return self._is_protected(token, start)
        return True

    def _is_protected(self, token: Token, start: int) -> bool:
        """Whether a word that is mostly no name is one here: "Bill Gates", "Theresa May"."""
        doc = self._doc
        if token.i > start:
            before = doc[token.i - 1]
            if token.lower_ not in name_words("surname_words"):
                return False
            named = before.ent_type_ == "PERSON" or is_initials(before.text)
            return token.ent_type_ == "PERSON" and named and is_given_name(doc[start].text)
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        return (
            token.ent_type_ == "PERSON"
            and is_given_name(token.text)
            and token.lower_ not in name_words("places_before")
            and after is not None
            and after.text[0].isupper()
            and after.ent_type_ == "PERSON"
        )

    def _joint(self, position: int, start: int) -> int:
        """Return how many tokens at ``position`` join two name words (hyphen, particle ...)."""
        doc = self._doc
        token = doc[position]
        if token.text == "-" and not token.whitespace_ and not doc[position - 1].whitespace_:
            return 1 if self._is_name_word(position + 1, start) else 0
        if token.lower_ in particles() and token.lower_ != "of":
            step = position + 1
            while step < len(doc) and (doc[step].lower_ in particles() or doc[step].text == "-"):
                step += 1
            return step - position if self._is_name_word(step, start) else 0
        if token.text == '"' and position + 3 < len(doc) and doc[position + 2].text == '"':
            inside = doc[position + 1].text
            return 3 if inside[0].isupper() and self._is_name_word(position + 3, start) else 0
        if token.text == "," and position + 1 < len(doc):
            return 1 if doc[position + 1].lower_ in {"jr.", "jr", "sr.", "sr"} else 0
        return 0


def _may_be_called(text: str) -> bool:
    """Whether a country's name is a person's too: "Jordan"."""
    return text in LISTS("countries", "people").words


def _is_function_word(token: Token) -> bool:
    return (
        token.pos_ in _FUNCTION_TAGS
        and token.ent_type_ != "PERSON"
        and not is_given_name(token.text)
    )
