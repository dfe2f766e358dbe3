"""Receipts: what was found where on which page, by what, so that anyone can check it.

A receipt is a W3C Web Annotation (https://www.w3.org/TR/annotation-model/) of an article's text.
Its targets are the statement's words, its source and its cue, each by position and by quotation;
beside them stands what was made of the words, the page they stand on, and the software. All of it
but the page's name and address can be had again from the page's bytes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ontology import iris
from ontology.records import ArticleRecord, PageRecord, Run, Span, StatementRecord

Receipt = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = "application/ld+json"
AROUND = 32
"""Characters quoted before and after each place."""
SHA256_DIGITS = 32
"""Of a page's SHA-256, what its id holds: the first 128 bits, in hexadecimal."""
_LINE_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a statement stands: its article, the article's page, and its ``span`` on that page."""

    article: str
    text: str
    title: str | None
    page: PageRecord
    span: Span


def place_of(article: ArticleRecord) -> Place:
    """Where the statements of ``article`` stand."""
    return Place(
        article=article.id,
        text=article.text,
        title=article.title,
        page=article.page,
        span=article.span,
    )


def receipt(
    statement: StatementRecord, place: Place, run: Run, *, base: str = iris.DEFAULT_BASE
) -> Receipt:
    """The receipt of a statement, as JSON: objects, lists, text, whole numbers, booleans and null.

    Args:
        statement: What was found.
        place: Where. All positions count from the start of the article, in Unicode code points.
        run: What found it.
        base: What the graph's IRIs begin with.
    """
    source, cue = statement.source, statement.cue
    places = [("content", span) for span in statement.content]
    places += [("source", source.span)] if source and source.span else []
    places += [("cue", cue.span)] if cue else []
    made: Receipt = {
        "@context": CONTEXT,
        "type": "Annotation",
        "id": iris.iri(statement.id, base),
        "motivation": "identifying",
        "target": [
            _target(name, span, place.text, iris.iri(place.article, base)) for name, span in places
        ],
        "statement": {
            "id": statement.id,
            "text": statement.text,
            "source": source.text if source else None,
            "speaker": source.entity if source else None,
            "country": source.country if source else None,
            "sourceRole": statement.source_role,
            "cue": cue.text if cue else None,
            "rule": statement.rule,
            "kind": statement.kind,
            "act": statement.act,
            "denied": statement.denied,
            "negative": statement.negative,
            "negated": statement.negated,
            "hedged": statement.hedged,
            "headline": statement.headline,
            "question": statement.question,
            "about": sorted(statement.countries),
            "via": statement.via,
            "parent": statement.parent,
            "claim": statement.claim,
        },
        "article": {
            "id": place.article,
            "title": place.title,
            "start": place.span[0],
            "end": place.span[1],
            "lines": line_digests(place.text),
        },
        "page": {
            "id": place.page.id,
            "sha256": iris.key(place.page.id),
            "name": place.page.name,
            "url": place.page.url,
            "format": place.page.media_type,
        },
        "generator": {
            "type": "Software",
            "name": run.software,
            "version": run.version,
            "model": run.model,
            "ontology": run.ontology_version,
        },
    }
    return sealed(made)


def sealed(made: Mapping[str, Any]) -> Receipt:
    """``made`` with the digest of all the rest, which tells whether it was changed since."""
    rest = {name: value for name, value in made.items() if name != "digest"}
    return {**rest, "digest": digest(rest)}


def digest(made: Mapping[str, Any]) -> str:
    """The SHA-256 of a receipt without its own digest, as RFC 8785 writes JSON: keys sorted."""
    rest = {name: value for name, value in made.items() if name != "digest"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def line_digests(text: str) -> list[str]:
    """The first 32 bits of the SHA-256 of each line of ``text`` that is not empty.

    They tell which line of a page was edited, without carrying the text of others.
    """
    return [iris.digest(line, length=_LINE_DIGITS) for line in lines(text)]


def lines(text: str) -> list[str]:
    """The lines of ``text`` that are not empty."""
    return [line for line in text.split("\n") if line.strip()]


def dumped(made: Receipt) -> bytes:
    """A receipt as a file holds it: JSON in UTF-8, indented."""
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "surrogatepass")


def differences(said: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two values of JSON differ: the path, as ``target[0].selector``, and both values."""
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for name in dict.fromkeys((*found, *said)):
            inner = f"{path}.{name}" if path else str(name)
            yield from differences(said.get(name, _ABSENT), found.get(name, _ABSENT), inner)
    elif isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for number, (one, other) in enumerate(zip(said, found, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif said.__class__ is not found.__class__ or said != found:
        yield path, said, found


class _Absent:
    """What stands for a value that is not there, which null would be."""

    def __repr__(self) -> str:
        return "nothing"


_ABSENT = _Absent()


def _target(name: str, span: Span, text: str, article: str) -> Receipt:
    return {
        "type": "SpecificResource",
        "part": name,
        "source": article,
        "selector": [
            {"type": "TextPositionSelector", "start": span[0], "end": span[1]},
            {"type": "TextQuoteSelector", **quoted(text, span)},
        ],
    }


def quoted(text: str, span: Sequence[int]) -> dict[str, str]:
    """What stands at ``span``, and the characters before and after it."""
    start, end = span
    return {
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
