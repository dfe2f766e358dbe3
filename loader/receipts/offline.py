"""Take a receipt to the page that it was made from, without a database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from loader.extract.extraction import extract, page_record
from loader.extract.extractors import OpenPipeline
from loader.pages import Page
from loader.receipts.verdicts import Difference, Status, Verdict, another_version, called, named
from ontology import iris
from ontology.receipts import (
    SHA256_DIGITS,
    Receipt,
    differences,
    digest,
    line_digests,
    lines,
    place_of,
    receipt,
)
from ontology.records import ExtractedPage, Run
from queries.counts import counted

_BESIDE_THE_PAGE = ("page.name", "page.url", "digest")
"""What a page's bytes do not tell, and what follows from it."""
_MADE_BY = ("generator.name", "generator.version", "generator.model", "generator.ontology")
_QUOTED = {
    "content": "The statement's words",
    "source": "The words for its source,",
    "cue": "The words that attribute it,",
}
_EXCERPT = 90
_NEAR = 40
_MOST_EDITS = 3


class ReceiptError(Exception):
    """A file is no receipt, or there is no page to take it to; the message says what to do."""

    status = 2


def parse_receipt(data: bytes, name: str) -> Receipt:
    """The receipt in a file's bytes.

    Args:
        data: The file's bytes.
        name: What to call the file in a message.

    Raises:
        ReceiptError: they hold none.
    """
    try:
        made = json.loads(data)
    except ValueError as error:
        raise ReceiptError(f"{name} is not JSON ({error}); download the receipt again.") from error
    known = ("statement", "article", "page", "generator", "target", "digest")
    if not isinstance(made, dict) or not any(key in made for key in known):
        raise ReceiptError(
            f"{name} is not a receipt; `newsgraph receipt STATEMENT -o receipt.json` writes one."
        )
    return made


def check_receipt(
    made: Mapping[str, Any], pages: Sequence[Page], open_pipeline: OpenPipeline, run: Run
) -> Verdict:
    """Whether what a receipt says can be had from its page.

    Args:
        made: The receipt, as :func:`parse_receipt` gives it.
        pages: The page, alone or among others.
        open_pipeline: Loads the pipeline.
        run: This software.

    Raises:
        ReceiptError: there are no pages.
    """
    if not pages:
        raise ReceiptError("There is no page in what was given; name the page's file.")
    identifier = str(_at(made, "statement", "id"))
    messages: list[str] = []
    if made.get("digest") != digest(made):
        messages.append("The receipt was changed after it was made: its digest does not fit.")
    page = next((page for page in pages if _is_page(made, page)), None)
    if page is None:
        edits = [*messages, *_edits(made, _nearest(made, pages), len(pages))]
        return Verdict(statement=identifier, status="differs", messages=tuple(edits))
    found = next(iter(extract(open_pipeline(), [page])))
    differing, notes = _compared(made, found, run)
    status: Status = "differs" if messages or differing else "holds"
    own = [item for item in differing if item.field in _MADE_BY]
    if own and len(own) == len(differing) and not messages:
        notes.append(f"Made by {_maker(made)}, and found again by {called(run)}.")
        return Verdict(statement=identifier, status="holds", messages=tuple(notes))
    if own and not messages and not any(_torn(made, page)):
        notes.append(another_version(_maker(made), run))
        status = "unconfirmed"
    return Verdict(
        statement=identifier,
        status=status,
        differences=tuple(differing),
        messages=(*messages, *notes),
    )


def _compared(
    made: Mapping[str, Any], found: ExtractedPage, run: Run
) -> tuple[list[Difference], list[str]]:
    """Where the receipt differs from that of the same statement, and what cannot be compared."""
    base = _base(made)
    every = [
        receipt(statement, place_of(article), run, base=base)
        for article in found.articles
        for statement in article.statements
    ]
    if not every:
        return [Difference(field="statement", said=_at(made, "statement", "text"), found=None)], []
    wanted = _at(made, "statement", "id")
    same = [one for one in every if one["statement"]["id"] == wanted] or every
    best = min((_differing(made, one) for one in same), key=len)
    notes = []
    if wanted not in {one["statement"]["id"] for one in every}:
        notes.append(
            "No statement with this id was found on the page; the differences are from the one"
            " most like it."
        )
    name, other = _at(made, "page", "name"), found.page.name
    if name != other:
        notes.append(f"The page is called {name} in the receipt, and {other} here.")
    return best, notes


def _differing(made: Mapping[str, Any], other: Receipt) -> list[Difference]:
    return [
        Difference(field=path, said=_plain(said), found=_plain(there))
        for path, said, there in differences(dict(made), other)
        if path not in _BESIDE_THE_PAGE
    ]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | list | dict) else repr(value)


def _is_page(made: Mapping[str, Any], page: Page) -> bool:
    said = _at(made, "page", "sha256")
    return (
        isinstance(said, str) and len(said) >= SHA256_DIGITS and page.sha256.startswith(said)
    ) or _at(made, "page", "id") == page_record(page).id


def _nearest(made: Mapping[str, Any], pages: Sequence[Page]) -> Page:
    """Of several pages, the one with most of the article's lines."""
    known = set(_lines(made))
    return max(pages, key=lambda page: len(known & set(line_digests(page.text))))


def _edits(made: Mapping[str, Any], page: Page, among: int) -> Iterator[str]:
    """How a page differs from that of the receipt, in sentences."""
    yield (
        f"{page.name} is not the page that the receipt was made from: its SHA-256 begins with"
        f" {page.sha256[:SHA256_DIGITS]}, not with {_at(made, 'page', 'sha256')}."
        + (
            f" None of the {counted(among, 'page')} is; this one is most like it."
            if among > 1
            else ""
        )
    )
    yield from _edited_lines(_lines(made), page.text)
    for part, start, exact in _quotes(made):
        there = page.text.find(exact)
        if there < 0:
            yield f"{_QUOTED.get(part, part)} {_excerpt(exact)} {_edited(start, exact, page.text)}"
        elif part == "content":
            yield (
                f"The statement's words {_excerpt(exact)} stand on it, at characters {there:,} to"
                f" {there + len(exact):,}."
            )


def _edited(start: int, exact: str, text: str) -> str:
    """That ``exact`` stands no more in ``text``, and how it differs if something like it does."""
    same = sum(1 for _ in takewhile(_equal, zip(exact, text[start:], strict=False)))
    if not same:
        return "do not stand on it."
    at = start + same
    here, said = _excerpt(text[at : at + _NEAR]), _excerpt(exact[same : same + _NEAR])
    return f"do not stand on it: from character {at:,} on, the page has {here} instead of {said}."


def _equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _edited_lines(known: Sequence[str], text: str) -> Iterator[str]:
    """Which lines of the article the page has otherwise."""
    here, digests = lines(text), line_digests(text)
    matcher = SequenceMatcher(None, known, digests, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        yield "None of the article's lines stands on it."
        return
    if sum(block.size for block in blocks) == len(known) and len(blocks) == 1:
        yield "The article's own text is unchanged; the page differs outside of it."
        return
    told = 0
    for kind, begin, end, first, last in matcher.get_opcodes():
        outside = begin == end and (begin in (0, len(known)))
        if kind == "equal" or outside:
            continue
        if told == _MOST_EDITS:
            yield "More lines differ."
            return
        told += 1
        several = end - begin > 1
        line = f"Lines {begin + 1} to {end}" if several else f"Line {begin + 1}"
        now = _excerpt(" ".join(here[first:last]))
        if kind == "insert":
            yield f"Before line {begin + 1} of the article, the page has {now}."
        elif kind == "delete":
            yield f"{line} of the article {'do' if several else 'does'} not stand on it."
        else:
            yield f"{line} of the article {'differ' if several else 'differs'}; the page has {now}."


def _torn(made: Mapping[str, Any], page: Page) -> Iterator[str]:
    """What the receipt quotes and its place on the page has not, whatever extracts it."""
    start, end = _at(made, "article", "start"), _at(made, "article", "end")
    if not isinstance(start, int) or not isinstance(end, int):
        yield "article"
        return
    text = page.text[start:end]
    if line_digests(text) != _lines(made):
        yield "article"
    for part, place, quote in _targets(made):
        stands = text[_whole(_at(place, "start")) : _whole(_at(place, "end"))]
        if stands != _at(quote, "exact"):
            yield part


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value >= 0 else 0


def _quotes(made: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """What a receipt quotes: of which part, from which character of the page on, and the words."""
    begin = _whole(_at(made, "article", "start"))
    for part, place, quote in _targets(made):
        exact = _at(quote, "exact")
        if isinstance(exact, str) and exact:
            yield part, begin + _whole(_at(place, "start")), exact


def _targets(made: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    targets = made.get("target")
    for target in targets if isinstance(targets, list) else ():
        selectors = _at(target, "selector")
        listed = selectors if isinstance(selectors, list) else ()
        told = {str(_at(one, "type")): one for one in listed}
        yield (
            str(_at(target, "part")),
            told.get("TextPositionSelector"),
            told.get("TextQuoteSelector"),
        )


def _lines(made: Mapping[str, Any]) -> list[str]:
    found = _at(made, "article", "lines")
    return [str(one) for one in found] if isinstance(found, list) else []


def _maker(made: Mapping[str, Any]) -> str:
    said = (_at(made, "generator", key) for key in ("name", "version", "model", "ontology"))
    return named(*said)


def _base(made: Mapping[str, Any]) -> str:
    """What the receipt's IRIs begin with, if they are the statement's."""
    said, identifier = made.get("id"), _at(made, "statement", "id")
    if isinstance(said, str) and isinstance(identifier, str):
        end = f"/id/{iris.path(identifier)}"
        if said.endswith(end):
            return said.removesuffix(end)
    return iris.DEFAULT_BASE


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _excerpt(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short if len(short) <= _EXCERPT else f'{short[: _EXCERPT - 1]}…'}”"
