"""Mentions of who issues a press release, and of companies with a ticker."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from loader.articles.releases import issuers
from loader.extract.components.annotations import ORGANIZATIONS
from loader.extract.components.tokens import text_of
from loader.extract.normalization import normalize

_SELF = frozenset({"company", "firm", "corporation", "group", "business", "startup", "start-up"})


def issuer_mentions(doc: Doc) -> Iterator[Span]:
    """Yield where ``doc`` names them: an organization, whatever its name looks like."""
    names = issuers(doc._.article.text) if doc._.article else frozenset()
    if not names:
        return
    longest = sorted(map(normalize, names), key=len, reverse=True)
    for match in re.finditer(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", text_of(doc)
    ):
        place = doc.char_span(*match.span(), label="ORGANIZATION")
        if place is not None:
            yield place


def the_issuer(doc: Doc) -> Span | None:
    """Return the first mention of the one issuer of ``doc``; None where there is none, or more."""
    places = {(span.start, span.end) for span in issuer_mentions(doc)}
    found = [each for each in doc.spans[ORGANIZATIONS] if (each.start, each.end) in places]
    return found[0] if len({each.kb_id_ for each in found}) == 1 else None


def means_issuer(issuer: Span, noun: Token) -> bool:
    """Tell whether a noun after the issuer's name means it: "the company"."""
    return issuer.start < noun.i and noun.lower_ in _SELF
