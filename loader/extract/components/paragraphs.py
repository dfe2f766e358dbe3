"""Make every paragraph break a sentence boundary, before the parser runs.

The parser keeps boundaries that are set already, so no clause ever reaches into the next paragraph,
nor across the label or dateline that opens one.
"""

from spacy.language import Language
from spacy.tokens import Doc

from loader.extract.components.openings import openings


@Language.component("paragraphs", assigns=["token.is_sent_start"])
def mark_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at each token that follows a line end, a label or a dateline."""
    after_break, texts = False, {end for _, end in openings(doc.text)}
    for token in doc:
        if token.idx in texts:
            token.is_sent_start = True
        if token.is_space:
            after_break = after_break or "\n" in token.text
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc
