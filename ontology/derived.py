"""What nodes carry for searching, made from what the ontology says they hold; in no export.

Keys that begin with an underscore are derived. They stand in the property graph only, and are made
anew where they are missing, so RDF, GraphQL and the shapes know nothing of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ontology.folding import differing_words, folded_words
from ontology.meaning import DIMENSIONS, MODEL, vector

WORDS = "_words"
"""Of a statement: its words, its speaker's and its article's title's, folded, spaces around all."""
VECTOR = "_vector"
"""Of a statement: what it says, and who says it under which title, as a vector."""
FOLDED = "_folded"
"""Of an article: the words that are written otherwise once they are folded."""


UNSETTLED = "_origins"
"""Of a claim: "pending" until its origins are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A derived property: its key, and the type of its values."""

    key: str
    datatype: Literal["string", "double"]
    many: bool = False


DERIVED: Mapping[str, tuple[Derived, ...]] = {
    "Statement": (
        Derived(key=WORDS, datatype="string"),
        Derived(key=VECTOR, datatype="double", many=True),
    ),
    "Article": (Derived(key=FOLDED, datatype="string", many=True),),
}
"""The derived properties by label."""

NAMES_INDEX = "names"
"""The full-text index of what things are called, without accents and without stemming."""
SEARCH_INDEX = "search"
"""The full-text index of everything but statements and claims, with stemming."""
STATEMENTS_INDEX = "said"
"""The full-text index of statements."""
UNSETTLED_INDEX = "claim_unsettled"
"""The index of the claims whose origins have to be found."""
MEANING_INDEX = f"meaning_{MODEL}_1"
"""The vector index of statements. Its name changes whenever vectors do: then all are made anew."""
VECTOR_DIMENSIONS = DIMENSIONS


def statement_search(text: str, speaker: str | None, title: str | None) -> dict[str, Any]:
    """The derived properties of a statement; a vector is None where there is no model.

    Args:
        text: Its words.
        speaker: The name of its source in its article, or else the words for it.
        title: The title of its article.
    """
    parts = (text, speaker, title)
    words = [word for part in parts if part for word in folded_words(part)]
    return {WORDS: f" {' '.join(words)} ", VECTOR: vector(*parts)}


def article_search(title: str | None, text: str) -> dict[str, Any]:
    """The derived properties of an article; None where nothing is written otherwise."""
    return {FOLDED: differing_words(title, text) or None}
