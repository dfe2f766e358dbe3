"""Titles and offices before names: "President", "Foreign Minister", "Dr.", "Gen."."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from loader.components.given_names import Gender, is_given_name
from loader.components.wordlists import read_table

_GENDERS: dict[str, Gender] = {"m": "male", "f": "female"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title standing on tokens ``[start, end)``.

    ``office`` says that it names a role by which its bearer is spoken of later ("the president").
    ``capital`` says that it has a capital letter here, ``over`` that it is a former one.
    """

    start: int
    end: int
    text: str
    gender: Gender | None
    office: bool
    capital: bool
    over: bool = False


class TitleFinder:
    """Find the titles in a ``Doc``; the longest wins where they overlap."""

    def __init__(self, nlp: Language) -> None:
        rows = read_table("people_titles.tsv")
        self._titles = {title.casefold(): (gender, kind) for title, gender, kind in rows}
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._matcher.add("TITLE", [nlp.make_doc(title) for title, *_ in rows])

    def __call__(self, doc: Doc) -> list[Title]:
        """Return the titles of ``doc`` that a name can follow, in order."""
        titles = []
        for span in filter_spans(self._matcher(doc, as_spans=True)):
            gender, kind = self._titles[span.text.casefold()]
            capital = span[0].text[0].isupper()
            if span.text.isupper() and len(span.text) > 3 and not span.sent.text.isupper():
                continue
            if not capital and kind != "office":
                continue
            follows = doc[span.end].text[0].isupper() if span.end < len(doc) else False
            if capital and len(span) == 1 and _ends_a_name(span[0]):
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
                )
            )
        return titles


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
