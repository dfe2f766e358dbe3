"""What the text of a SPARQL query asks for, as far as it has to be known before it is run."""

import re
from dataclasses import dataclass
from typing import Any

from api.http.errors import ApiError, Code

# What hides words that are no keywords: IRIs, strings, comments.
_HIDDEN = re.compile(
    r"<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|'''(?:[^\\]|\\.)*?'''" + r'|"""(?:[^\\]|\\.)*?"""'
    r"|'(?:[^'\\\n\r]|\\.)*'" + r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|\#[^\n\r]*",
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![?$:\w-])SERVICE(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile(
    r"(?:\s|(?:BASE|PREFIX\s+[^\s:]*:)\s)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<![?$:\w-])FROM(?![\w:-])", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphs:
    """The dataset of a request, which goes before the query's own (SPARQL 1.1 Protocol, 2.1.4).

    Attributes:
        default: IRIs of the graphs that make up the default graph.
        named: IRIs of the named graphs.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def check(query: str) -> None:
    """Refuse an empty query, an update, and SERVICE, under whatever escapes it is written.

    For SERVICE another server would be asked in our name.

    Raises:
        ApiError: it is one of these.
    """
    if not query.strip():
        raise ApiError("The query is empty.", code=Code.BAD_USER_INPUT)
    plain = _unescaped(query)
    if any(_SERVICE.search(_HIDDEN.sub(" ", text)) for text in (query, plain)):
        msg = "SERVICE is not supported: this endpoint does not query others."
        raise ApiError(msg, code=Code.BAD_USER_INPUT)
    if _UPDATE.match(_HIDDEN.sub(" ", plain)):
        msg = "Updates are not supported; query with SELECT, CONSTRUCT, DESCRIBE or ASK."
        raise ApiError(msg, code=Code.BAD_USER_INPUT)


def dataset(query: str, graphs: Graphs) -> dict[str, Any]:
    """The arguments by which a store queries what is asked for; see ``sparql_worker``."""
    if graphs.default or graphs.named:
        return {"default_graph": graphs.default, "named_graphs": graphs.named}
    # The query's own dataset holds only where no other is given. Escapes are read first.
    texts = (query, _unescaped(query))
    own = any(_FROM.search(_HIDDEN.sub(" ", text)) for text in texts)
    return {} if own else {"use_default_graph_as_union": True}


def _unescaped(query: str) -> str:
    """The query with its escapes read, which come before anything else (SPARQL 1.1, 19.2).

    Raises:
        ApiError: one is of no character.
    """
    try:
        return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), query)
    except (ValueError, OverflowError) as error:
        raise ApiError(
            "The query contains an escape sequence for a character that does not exist."
        ) from error
