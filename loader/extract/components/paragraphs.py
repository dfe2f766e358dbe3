"""Make every paragraph break a sentence boundary, before the parser runs.

The parser keeps boundaries that are set already, so no clause ever reaches into the next paragraph,
nor across the label or dateline that opens one.
"""

from spacy.language import Language
from spacy.tokens import Doc, Token

from loader.extract.components.openings import openings

_ABBREVIATIONS = frozenset(
    ["Jr.", "Sr.", "Inc.", "Ltd.", "Corp.", "Co.", "Bros.", "LLC.", "Ph.D.", "M.D.", "Esq."]
)
_SPOKE = frozenset(
    [
        *("said", "says", "added", "adds", "told", "tells", "noted", "wrote", "asked", "explained"),
        *("argued", "warned", "announced", "replied", "insisted", "stated", "claimed", "declared"),
    ]
)
_FARTHEST_BEFORE, _FARTHEST_BEHIND = 14, 5


@Language.component("paragraphs", assigns=["token.is_sent_start"])
def mark_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at each token that follows a line end, a label or a dateline."""
    after_break, texts = False, {end for _, end in openings(doc.text)}
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
    before = doc[max(at - _FARTHEST_BEFORE, 0) : at - 1]
    behind = doc[at + 1 : at + _FARTHEST_BEHIND]
    return any(word.text in _SPOKE for word in before) and any(
        word.text in _SPOKE for word in behind
    )
