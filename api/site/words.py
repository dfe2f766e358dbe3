"""The plain words in which the pages say what the graph says in terms of the ontology."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

KINDS: Mapping[str, str] = {"DIRECT": "quoted", "INDIRECT": "reported", "MIXED": "in part quoted"}
"""How the words of a statement are given, by ``StatementKind``."""

ACTS: Mapping[str, str] = {
    "SAID": "said",
    "WRITTEN": "written",
    "FOUND": "found",
    "ASKED": "asked for",
    "PROMISED": "promised",
    "BELIEVED": "believed",
    "WANTED": "wanted",
}
RULES: Mapping[str, str] = {
    "QUOTATION": "a quotation with its cue",
    "CLAUSE": "a verb with its clause",
    "OBJECT": "a verb with its object",
    "NOMINAL": "a noun or adjective",
    "RELATIVE": "a relative clause",
    "PARENTHESIS": "a parenthesis",
    "ADVERBIAL": "an adverbial",
    "HEADLINE": "a headline",
    "LAYOUT": "a transcript’s lines",
    "FOLLOWUP": "a quotation that goes on from another",
}
"""What kind of wording a statement was found by, by ``StatementRule``."""
ROLES: Mapping[str, str] = {
    "EXPERT": "expert",
    "OFFICIAL": "official",
    "SPOKESPERSON": "spokesperson",
    "ORGANIZATION": "organization",
    "OUTLET": "outlet",
    "DOCUMENT": "document",
    "SOURCE": "source",
}
SOURCE_ROLES: Mapping[str, str] = {
    "EXPERT": "Experts",
    "OFFICIAL": "Officials",
    "SPOKESPERSON": "Spokespersons",
    "ORGANIZATION": "Organizations",
    "OUTLET": "Outlets",
    "DOCUMENT": "Documents",
    "SOURCE": "Others named",
    "GOVERNMENT": "Governments",
    "UNNAMED": "Unnamed",
}
"""As what sources speak, by ``StatementSourceRole``."""
THIRDS: Mapping[str, str] = {
    "FIRST": "first third",
    "MIDDLE": "middle third",
    "LAST": "last third",
}
"""Where in its article a statement begins, by ``StatementThird``."""
ARTICLE_KINDS: Mapping[str, str] = {
    "ARTICLE": "whole article",
    "EXCERPT": "excerpt",
    "TITLE": "headline only",
}

_VERBS = {
    "SAID": "said",
    "WRITTEN": "wrote",
    "FOUND": "found",
    "ASKED": "asked for",
    "PROMISED": "promised",
    "BELIEVED": "believed",
    "WANTED": "wanted",
}
_DENIALS = {
    "SAID": "denied",
    "WRITTEN": "denied",
    "FOUND": "found no sign of",
    "BELIEVED": "doubted",
    "WANTED": "did not want",
}


def rule(statement: Row) -> str:
    """What kind of wording a statement was found by: a quotation with its cue, and so on."""
    return RULES.get(str(statement["rule"]), str(statement["rule"]).lower())


def verb(statement: Row) -> str:
    """What its source did with a statement: said, wrote, denied, and so on."""
    act = str(statement["act"])
    if statement["denied"]:
        return _DENIALS.get(act, "refused")
    return _VERBS.get(act, act.lower())


def manner(statement: Row) -> list[str]:
    """How a statement is given and to be taken: quoted, denied, with reservation, and so on."""
    told = [KINDS.get(str(statement["kind"]), str(statement["kind"]).lower())]
    flags = {
        "denied": "denies",
        "negative": "says that something is not so",
        "hedged": "with reservation",
        "question": "as a question",
        "headline": "in the headline",
    }
    return told + [words for name, words in flags.items() if statement.get(name)]
