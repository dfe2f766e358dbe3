"""What is measured of who speaks: counts over the statements of a group, beside their number.

Sources are the people, organizations, countries and documents that statements are attributed to;
unnamed ones cannot be told apart, so only their statements are counted.
"""

from collections.abc import Iterable
from typing import get_args

from ontology.records import SourceRole

ARTICLE, SPEAKER = "{said}_article", "{said}_speaker"
"""The variables of a statement's article and of whom it is attributed to."""

_READ = {
    ARTICLE: "OPTIONAL MATCH ({said})-[:STATED_IN]->({said}_article)",
    SPEAKER: "OPTIONAL MATCH ({said})-[:ATTRIBUTED_TO]->({said}_speaker)",
}


def _when(condition: str, value: str = "1") -> str:
    return f"sum(CASE WHEN {{said}}.{condition} THEN {value} ELSE 0 END)"


_ROLES = {
    "expert": "experts",
    "official": "officials",
    "spokesperson": "spokespersons",
    "organization": "organizations",
    "outlet": "outlets",
    "document": "documents",
    "source": "named sources cited in no special role",
    "government": "countries, which stand for their governments",
    "unnamed": "unnamed sources",
}

MEASURES: dict[str, tuple[str, str]] = {
    "words": ("sum({said}.words)", "The number of words in these statements."),
    "quotedWords": (
        _when("kind = 'direct'", "{said}.words"),
        "The number of words in those that are quoted throughout.",
    ),
    "articles": (
        f"count(DISTINCT {ARTICLE})",
        "The number of articles that these statements are in.",
    ),
    "sources": (
        f"count(DISTINCT {SPEAKER})",
        "The number of people, organizations, countries and documents that speak.",
    ),
    "articleSources": (
        f"count(DISTINCT {ARTICLE}.id + ' ' + {SPEAKER}.id)",
        "The number of these, each counted once in every article: divided by the number of "
        "articles, how many an article has.",
    ),
    "named": (_when("sourceRole <> 'unnamed'"), "How many are of named sources."),
    **{
        role: (_when(f"sourceRole = '{role}'"), f"How many are of {_ROLES[role]}.")
        for role in get_args(SourceRole)
    },
    "quoted": (_when("kind = 'direct'"), "How many are quoted throughout."),
    "partQuoted": (_when("kind = 'mixed'"), "How many are quoted in part."),
    "reported": (_when("kind = 'indirect'"), "How many are reported."),
    "firstThird": (_when("third = 'first'"), "How many begin in the first third of an article."),
    "middleThird": (_when("third = 'middle'"), "How many begin in the middle third."),
    "lastThird": (_when("third = 'last'"), "How many begin in the last third."),
}
"""Fields beside ``count``: each with its expression on the statement ``said``, and what it is."""


def read_for(measures: Iterable[str], said: str) -> list[str]:
    """The clauses that bind what ``measures`` of the statements ``said`` look at."""
    wanted = " ".join(MEASURES[name][0] for name in measures)
    return [clause.format(said=said) for name, clause in _READ.items() if name in wanted]


def measured(name: str, said: str) -> str:
    """The expression of a measure of the statements ``said``."""
    return MEASURES[name][0].format(said=said)
