"""Make every paragraph break a sentence boundary, before the parser runs.

The parser keeps boundaries that are set already, so no clause ever reaches into the next paragraph,
nor across the label or dateline that opens one.
"""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Token

from loader.extract.components.openings import openings
from loader.extract.components.tokens import text_of

_ABBREVIATIONS = frozenset(
    ["Jr.", "Sr.", "Inc.", "Ltd.", "Corp.", "Co.", "Bros.", "LLC.", "Ph.D.", "M.D.", "Esq."]
)
_SPOKE = frozenset(
    [
        *("said", "says", "added", "adds", "told", "tells", "noted", "wrote", "asked", "explained"),
        *("argued", "warned", "announced", "replied", "insisted", "stated", "claimed", "declared"),
    ]
)
_FARTHEST_BEFORE, _FARTHEST_BEHIND = 18, 20


@Language.component("paragraphs", assigns=["token.is_sent_start"])
def mark_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at each token that follows a line end, a label or a dateline."""
    after_break, texts = False, {end for _, end in openings(text_of(doc))}
    for token in doc:
        if token.idx in texts:
            token.is_sent_start = True
        if token.is_space:
            after_break = after_break or "\n" in token.text
        elif after_break or _is_behind_abbreviation(token):
            token.is_sent_start = True
            after_break = False
    return doc


def _is_behind_abbreviation(token: Token) -> bool:
    """Whether an abbreviation ends the sentence before: …, said Robert Roe Jr. Smith said ….

    Only two words of speech, one on either side, tell that for sure.
    """
    doc, at = token.doc, token.i
    if not at or doc[at - 1].text not in _ABBREVIATIONS or not token.text[0].isupper():
        return False
    before = reversed(doc[max(at - _FARTHEST_BEFORE, 0) : at - 1])
    return _is_spoken(before) and _is_spoken(doc[at + 1 : at + _FARTHEST_BEHIND])


def _is_spoken(words: Iterable[Token]) -> bool:
    """Whether a word of speech comes before the sentence ends."""
    for word in words:
        if word.text in (".", "?", "!", ";") or "\n" in word.text:
            return False
        if word.text in _SPOKE:
            return True
    return False
