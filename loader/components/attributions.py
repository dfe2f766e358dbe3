"""Find who said what: source, cue and content of every statement in an article."""

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("attributions", assigns=["doc._.attributions"])
def mark_attributions(doc: Doc) -> Doc:
    """Write ``doc._.attributions``, in the order of the text."""
    return doc
