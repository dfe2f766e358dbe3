"""Identity: every node has an ``id``, a path such as ``person/frank-lehberger``.

The id is minted from what the thing is, never from a database's number, so that the same thing
gets the same id on every machine and in every order. Its IRI is ``{base}/id/{id}``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache
from urllib.parse import unquote

DEFAULT_BASE = "http://127.0.0.1:8000"

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_NOT_WORD = re.compile(r"[^\w]+|_", re.UNICODE)
_DOUBLE = '"“”„‟«»'
_SINGLE = "'‘’‚‛‹›`´"
# A single mark inside a word is an apostrophe.
_QUOTES = re.compile(rf"[{_DOUBLE}]|(?<!\w)[{_SINGLE}]|[{_SINGLE}](?!\w)")
_APOSTROPHES_INSIDE = re.compile(f"[{_SINGLE}]")
_EDGES = " .,;:!?…–—-()[]"
_BELOW_BASE = re.compile(r"(?=/id/(?P<segment>[a-z]+)/.)")
_PLAIN = re.compile("[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")
# RFC 3987: what an IRI's path may not hold is percent-encoded. Of what it may hold, so are the
# colon, so that a path is never taken for an absolute IRI; empty segments and those of dots, which
# resolving may remove; and spaces and marks of direction, which few see and some parsers refuse.
_ESCAPED = re.compile(
    r"[^A-Za-z0-9_./~!$&'()*+,;=\-\xa1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e"
    r"\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef"
    + "".join(f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0xE0000, 0x10000))
    + "\U000e1000-\U000efffd]|(?<![^/])(?:[.]{1,2}(?![^/])|/)"
)


@lru_cache(maxsize=100_000)
def slug(name: str) -> str:
    """A name as part of an id: letters and digits of any script, lower case, joined by hyphens.

    Accents are dropped ("Orbán" → ``orban``); a name without letters or digits becomes a hash.
    """
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("'", "")
    words = [word for word in _NOT_WORD.split(plain) if word]
    return unicodedata.normalize("NFC", "-".join(words)) or f"x{digest(name)}"


def digest(*parts: str, length: int = 16) -> str:
    """The first ``length`` hexadecimal digits of the parts' SHA-256, each part kept apart."""
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def page_id(sha256: str) -> str:
    """The id of a page, from the SHA-256 of its bytes."""
    return f"page/{sha256[:32]}"


def article_id(*parts: str) -> str:
    """The id of an article, from its text and what its page says of it, in a fixed order."""
    return f"article/{digest(*parts, length=20)}"


def person_id(name: str) -> str:
    """The id of a person, from the canonical name."""
    return f"person/{slug(name)}"


def organization_id(name: str) -> str:
    """The id of an organization or outlet, from its name without a leading article."""
    return f"organization/{slug(re.sub(r'(?i)^the ', '', name.strip()))}"


def country_id(iso2: str) -> str:
    """The id of a country, from its ISO code."""
    return f"country/{iso2.upper()}"


def document_id(article: str, name: str) -> str:
    """The id of a document, from the id of the article that cites it and its name there."""
    return f"document/{key(article)}-{slug(name)}"


def statement_id(article: str, start: int, content: Iterable[tuple[int, int]], cue: str) -> str:
    """The id of a statement: its article, first offset, and a hash of its spans and cue."""
    spans = ";".join(f"{begin},{end}" for begin, end in content)
    return f"statement/{key(article)}-{start}-{digest(spans, cue, length=8)}"


def claim_id(text: str) -> str:
    """The id of a claim: the same for words that differ in case, spacing or quotation marks."""
    return f"claim/{digest(claim_key(text), length=20)}"


def claim_key(text: str) -> str:
    """The words of a claim as they are compared: NFKC, folded, without marks and end points."""
    return _APOSTROPHES_INSIDE.sub("", claim_words(text)).casefold()


def claim_words(text: str) -> str:
    """The words of a claim for reading: without quotation marks and end points, spaces single.

    Text without any word in it stays as it is.
    """
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(plain.split()).strip(_EDGES) or text


def citation_id(article: str, agent: str) -> str:
    """The id of a citation of ``agent`` in ``article`` (both ids)."""
    return f"citation/{key(article)}-{agent.replace('/', '-')}"


def mention_id(article: str, entity: str) -> str:
    """The id of the mention of ``entity`` in ``article`` (both ids)."""
    return f"mention/{key(article)}-{entity.replace('/', '-')}"


def name_id(entity: str) -> str:
    """The id of the name whose own entity has the id ``entity``."""
    return f"name/{entity.replace('/', '-', 1)}"


def named_entity(name: str) -> str:
    """The id of a name's own entity: what it denotes as long as no other name is known."""
    return key(name).replace("-", "/", 1)


def correction_id(pair: Iterable[str]) -> str:
    """The id of the correction of two names (ids), in whichever order."""
    return f"correction/{digest(*sorted(pair))}"


def match_id(claims: Iterable[str]) -> str:
    """The id of the match of two claims (ids), in whichever order."""
    return f"match/{digest(*sorted(claims))}"


def origin_id(claims: Iterable[str], articles: Iterable[str]) -> str:
    """The id of the origin of claims that these articles (all ids) have them from."""
    return f"origin/{digest(min(claims), *sorted(articles), length=20)}"


def trace_id(origin: str, article: str, reason: str) -> str:
    """The id of what shows, for one reason, that ``article`` belongs to ``origin`` (both ids)."""
    return f"trace/{digest(origin, article, reason, length=20)}"


def run_id(software: str, version: str, model: str, ontology_version: str) -> str:
    """The id of an extraction run: the same software on the same rules is the same run."""
    return f"run/{digest(software, version, model, ontology_version)}"


DATASET_ID = "dataset/newsgraph"


def key(identifier: str) -> str:
    """What follows the first slash of an id: ``person/x`` → ``x``."""
    return identifier.partition("/")[2]


def path(identifier: str) -> str:
    """An id as the end of an IRI. Letters of any script stay; what an IRI forbids is encoded."""
    return identifier if _PLAIN.fullmatch(identifier) else _ESCAPED.sub(_percent, identifier)


def iri(identifier: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a node, ``{base}/id/`` and the :func:`path` of its id."""
    return f"{base.rstrip('/')}/id/{path(identifier)}"


def identifier(iri: str, base: str = DEFAULT_BASE) -> str:
    """The id in an IRI minted by :func:`iri`; ValueError for any other IRI."""
    prefix = f"{base.rstrip('/')}/id/"
    if not iri.startswith(prefix):
        msg = f"<{iri}> is not an IRI under {prefix}"
        raise ValueError(msg)
    rest = iri[len(prefix) :]
    if _PLAIN.fullmatch(rest):
        return rest
    found = unquote(rest, errors="strict")
    if path(found) != rest:
        msg = f"<{iri}> is not the canonical IRI of its id, which is {prefix}{path(found)}"
        raise ValueError(msg)
    return found


def base_of(iri: str, segments: Container[str]) -> str | None:
    """The base of an IRI that :func:`iri` minted on some base; None for any other text.

    ``segments``: the first parts that ids can have.
    """
    if iri.startswith(("http://", "https://")):
        for match in _BELOW_BASE.finditer(iri):
            if match["segment"] in segments:
                return iri[: match.start()]
    return None


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())
