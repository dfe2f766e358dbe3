"""The families of rules, as statements name them."""

from collections.abc import Mapping

from ontology.records import StatementRule

FAMILIES: Mapping[str, StatementRule] = {
    "direct": "quotation",
    "quotation": "quotation",
    "clause": "clause",
    "following": "clause",
    "object": "object",
    "preposition": "object",
    "passive": "object",
    "stand-in": "object",
    "nominal": "nominal",
    "nominal phrase": "nominal",
    "relative": "relative",
    "as": "parenthesis",
    "parenthesis": "parenthesis",
    "according": "adverbial",
    "reportedly": "adverbial",
    "headline": "headline",
    "layout": "layout",
    "block": "layout",
    "followup": "followup",
}
"""The family of each rule, by the name under which a ``Candidate`` carries the rule."""
