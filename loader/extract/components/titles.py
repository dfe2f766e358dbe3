"""Titles and offices before names: "President", "Foreign Minister", "Dr.", "Gen."."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from loader.extract.components.given_names import Gender, is_given_name
from loader.extract.components.person_names import is_initials, not_names, titles
from loader.extract.components.roles import role_noun

_PORTFOLIOS = frozenset({"minister", "secretary", "undersecretary", "commissioner"})
_RANKS = _PORTFOLIOS | {"spokesman", "spokeswoman", "spokesperson", "envoy", "representative"}
_LINKS = frozenset({"of", "for", "at", "and", "the", "&", "-"})
_LONGEST_FIELD = 14
_GENDERS: dict[str, Gender] = {"m": "male", "f": "female"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title standing on tokens ``[start, end)``.

    ``office`` says that it names a role by which its bearer is spoken of later ("the president").
    ``capital`` says that it has a capital letter here, ``over`` that it is a former one, ``long``
    that its field belongs to it ("Minister of Transport for Ports").
    """

    start: int
    end: int
    text: str
    gender: Gender | None
    office: bool
    capital: bool
    over: bool = False
    long: bool = False


class TitleFinder:
    """Find the titles in a ``Doc``; the longest wins where they overlap."""

    def __init__(self, nlp: Language) -> None:
        rows = titles()
        self._titles = {title.casefold(): (gender, kind) for title, gender, kind in rows}
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._matcher.add("TITLE", [nlp.make_doc(title) for title, *_ in rows])

    def __call__(self, doc: Doc) -> list[Title]:
        """Return the titles of ``doc`` that a name can follow, in order; looked for once."""
        found: list[Title] | None = doc.user_data.get("titles")
        if found is None:
            found = doc.user_data["titles"] = self._find(doc)
        return found

    def _find(self, doc: Doc) -> list[Title]:
        titles = []
        for span in filter_spans(self._matcher(doc, as_spans=True)):
            gender, kind = self._titles[span.text.casefold()]
            capital = span[0].text[0].isupper()
            if span.text.isupper() and len(span.text) > 3 and not span.sent.text.isupper():
                continue
            if not capital and kind != "office":
                continue
            end = _field_end(doc, span) if kind == "office" else None
            if end is not None:
                span = doc[span.start : end]
            follows = doc[span.end].text[0].isupper() if span.end < len(doc) else False
            if end is None and capital and len(span) == 1 and _ends_a_name(span[0]):
                continue
            if not follows and span.root.ent_type_ == "PERSON":
                continue
            titles.append(
                Title(
                    start=span.start,
                    end=span.end,
                    text=span.text,
                    gender=_GENDERS.get(gender),
                    office=kind == "office",
                    capital=capital,
                    over=_is_over(span),
                    long=end is not None,
                )
            )
        return titles


def _field_end(doc: Doc, title: Span) -> int | None:
    """Return where a name begins behind a title with its field: "Minister for Ports N. Surname".

    The name begins at a given name or initials; behind a minister, else, it is the last two words.
    """
    if not _RANKS.intersection(title[-1].lower_.split("-")) or title.end >= len(doc):
        return None
    if doc[title.end].lower_ not in {"of", "for", "at"}:
        return None
    end = run = title.end + 1
    while end < len(doc) and end - title.end < _LONGEST_FIELD and _is_field_word(doc[end]):
        end += 1
        if doc[end - 1].lower_ in _LINKS:
            run = end
    start = next(
        (i for i in range(run, end) if is_given_name(doc[i].text) or is_initials(doc[i].text)), None
    )
    if start is None and end - run > 2 and title[-1].lower_ in _PORTFOLIOS:
        start = end - 2
    if start is None or start == run or not 2 <= end - start <= 4:
        return None
    last = doc[end - 1].lower_
    body = last in not_names()
    return None if body or any(role_noun(token) for token in doc[title.end : start]) else start


def _is_field_word(token: Token) -> bool:
    return token.lower_ in _LINKS or (token.text[0].isupper() and not token.is_space)


def _is_over(span: Span) -> bool:
    """Whether "former" stands in the title or before it."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    return before in {"former", "ex", "late"} or span[0].lower_ in {"former", "ex"}


def _ends_a_name(token: Token) -> bool:
    """Whether a title's word is a surname here: "Larry King", "Mike Judge"."""
    if not token.i:
        return False
    before = token.nbor(-1)
    follows = before.text[0].isupper() and is_given_name(before.text)
    return follows and token.ent_type_ == "PERSON" and before.ent_type_ == "PERSON"
