"""The clause that finds what a search asks for, in every index at once, and ranks it.

What has the words side by side comes first, then what has all of them, then what has most of them
or is near in meaning. Within each, a hit's score is the cosine of its vector and the query's, and
a part of what the index gives its words (BM25, Robertson and Zaragoza 2009), so that neither has to
be normalised: measured in ``tests/evaluation/test_search.py``.
"""

from collections.abc import Collection

from api.graphql.compiler.search import MOST_FOUND
from ontology.derived import (
    MEANING_INDEX,
    NAMES_INDEX,
    SEARCH_INDEX,
    STATEMENTS_INDEX,
    VECTOR,
    WORDS,
)

PARAMETERS = (
    *("some", "every", "phrase", "others", "others_side", "names", "names_side", "names_near"),
    *("quoted", "forms", "vector", "near"),
)
"""What the clause reads, in the order of the values that are bound to it."""

MATCHES = {
    "PHRASE": "The words stand in it side by side, in this order; or the phrases in quotation "
    "marks do.",
    "ALL_WORDS": "All words of the query are in it, in any form: in a statement or claim, also "
    "its speaker's name and its article's title count.",
    "SOME_WORDS": "More than half of the words are in it.",
    "NEAR": "It is about something similar, or has a name spelled nearly alike. It need not say "
    "the same, and may say the opposite.",
}
"""How a hit matches, best first, and what that means."""

SAID = frozenset({"Statement", "Claim"})
"""Types that are found by statements' words and meaning."""

_SOME = 300
"""Statements with some of the words that are looked at, best first."""
_NEAREST = 100
"""Statements near in meaning that are looked at: of twice as many, as the index may miss some."""
_COMPARED = 300
"""Statements with words whose meaning is compared, too."""
_LEAST = 0.15
"""The least score of a hit by meaning: with less, it is near nothing."""
_WORDS_COUNT = 0.05
"""What a point of BM25 counts beside the cosine."""
_RANK = 10
"""What keeps hits with all words before others, whatever their scores."""

_CALLED = 1
"""What a thing's own name counts before texts in which it stands."""
_NAMELESS = frozenset({"Article", "Mention", "Page"})

_STATEMENTS = f"""CALL () {{{{
  CALL db.index.fulltext.queryNodes('{STATEMENTS_INDEX}', ${{every}}, {{{{limit: {_COMPARED}}}}})
  YIELD score
  RETURN CASE count(*) WHEN {_COMPARED} THEN min(score) ELSE 0.0 END AS compared
}}}}
CALL () {{{{
  CALL db.index.fulltext.queryNodes('{STATEMENTS_INDEX}', ${{some}}, {{{{limit: {_SOME}}}}})
  YIELD node AS said, score
  RETURN said, 0 AS rank, score AS words
  UNION ALL
  CALL db.index.fulltext.queryNodes('{STATEMENTS_INDEX}', ${{every}}, {{{{limit: {MOST_FOUND}}}}})
  YIELD node AS said, score
  RETURN said, 1 AS rank, score AS words
  UNION ALL
  CALL db.index.fulltext.queryNodes('{STATEMENTS_INDEX}', ${{phrase}}, {{{{limit: {MOST_FOUND}}}}})
  YIELD node AS said
  RETURN said, 2 AS rank, 0.0 AS words
  UNION ALL
  WITH ${{vector}} AS vector WHERE ${{near}} AND vector IS NOT NULL AND NOT ${{quoted}}
  CALL db.index.vector.queryNodes('{MEANING_INDEX}', {2 * _NEAREST}, vector)
  YIELD node AS said, score
  WITH said ORDER BY score DESC, said.id LIMIT {_NEAREST}
  RETURN said, 0 AS rank, 0.0 AS words
}}}}
WITH compared, said, max(rank) AS rank, max(words) AS words{{where}}
WITH said, rank, words,
  CASE WHEN ${{near}} AND (rank = 0 OR words > compared OR words = 0.0)
      AND ${{vector}} IS NOT NULL AND said.{VECTOR} IS NOT NULL
    THEN 2 * vector.similarity.cosine(said.{VECTOR}, ${{vector}}) - 1 ELSE 0.0 END AS near,
  CASE rank WHEN 0 THEN size([word IN ${{forms}}
    WHERE any(form IN word WHERE said.{WORDS} CONTAINS form)]) ELSE 0 END AS known
WITH said, rank, near + {_WORDS_COUNT} * words AS score, CASE
  WHEN rank = 2 OR ${{quoted}} THEN 'PHRASE'
  WHEN rank = 1 THEN 'ALL_WORDS'
  WHEN 2 * known > size(${{forms}}) THEN 'SOME_WORDS'
  ELSE 'NEAR' END AS matched
WHERE matched <> 'NEAR' OR (${{near}} AND score >= {_LEAST})
WITH said, [{_RANK} * rank + CASE WHEN score < {_RANK} THEN score ELSE {_RANK - 1} END, matched]
  AS told
"""
_OTHERS = f"""CALL () {{{{
  CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', ${{others}}, {{{{limit: {MOST_FOUND}}}}})
  YIELD node, score
  RETURN node, {_RANK} + {_WORDS_COUNT} * score AS score
  UNION ALL
  CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', ${{others_side}}, {{{{limit: {MOST_FOUND}}}}})
  YIELD node, score
  RETURN node, 2 * {_RANK} + {_WORDS_COUNT} * score AS score
  {{named}}
}}}}
WITH node, max(score) AS score
RETURN node, [score, CASE WHEN ${{quoted}} OR score >= 2 * {_RANK} THEN 'PHRASE'
  WHEN score >= {_RANK} THEN 'ALL_WORDS' ELSE 'NEAR' END] AS told"""
_NAMED = f"""UNION ALL
  CALL db.index.fulltext.queryNodes('{NAMES_INDEX}', ${{names_near}}, {{{{limit: {MOST_FOUND}}}}})
  YIELD node, score
  WITH node, score WHERE ${{near}}
  RETURN node, {_CALLED} + {_WORDS_COUNT} * score AS score
  UNION ALL
  CALL db.index.fulltext.queryNodes('{NAMES_INDEX}', ${{names}}, {{{{limit: {MOST_FOUND}}}}})
  YIELD node, score
  RETURN node, {_RANK} + {_CALLED} + {_WORDS_COUNT} * score AS score
  UNION ALL
  CALL db.index.fulltext.queryNodes('{NAMES_INDEX}', ${{names_side}}, {{{{limit: {MOST_FOUND}}}}})
  YIELD node, score
  RETURN node, 2 * {_RANK} + {_CALLED} + {_WORDS_COUNT} * score AS score"""


def search_clause(parameters: dict[str, str], types: Collection[str], *, filtered: bool) -> str:
    """The clause that binds ``@``, what is found, with its ``score`` and ``matched``.

    It has ``{where}`` where conditions on ``said``, a statement, belong.

    Args:
        parameters: The names of the statement's parameters, by :data:`PARAMETERS`.
        types: The types that are asked for; none for all.
        filtered: Whether statements are filtered, so that only they and their claims are found.
    """
    wanted = frozenset(types)
    parts = []
    if not wanted or wanted & SAID:
        parts.append(_said(parameters, wanted))
    if not filtered and (not wanted or wanted - SAID):
        named = _NAMED.format(**parameters) if not wanted or wanted - SAID - _NAMELESS else ""
        parts.append(_OTHERS.format(**parameters, named=named))
    if not parts:
        parts.append("UNWIND [] AS node RETURN node, [] AS told")
    united = "\nUNION ALL\n".join(parts)
    return f"CALL () {{ {united} }}\nWITH node AS @, told[0] AS score, told[1] AS matched"


def _said(parameters: dict[str, str], wanted: frozenset[str]) -> str:
    found = _STATEMENTS.format(**parameters, where="{where}")
    if wanted & SAID == {"Statement"}:
        return f"{found}RETURN said AS node, told"
    found += "MATCH (said)-[:EXPRESSES]->(claim)\n"
    if wanted & SAID == {"Claim"}:
        return f"{found}RETURN claim AS node, max(told) AS told"
    return f"{found}UNWIND [said, claim] AS node\nRETURN node, max(told) AS told"
