"""The span of a source: whole where the parser cut it, without what stands loose at its edges."""

from spacy.tokens import Doc, Token

from loader.extract.components.attribution.acts import is_writing
from loader.extract.components.attribution.ranges import Range, trim
from loader.extract.components.attribution.reading import Reading

_PLACING = frozenset({"in", "at", "of", "from", "near", "outside"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
_LOOSE = " \t\u00a0-–—―\"“”„«»‘’'「」『』*•"
_PAIRED = "\"'“”„«»‘’「」『』"
_RELATIVES = frozenset({"who", "which", "whose", "whom", "where"})
_LONGEST_PLACE = 4


def whole(reading: Reading, source: Range) -> Range:
    """Return ``source`` with the beginning that the parser cut off, and without an opening clause.

    "co-founder Smith" begins at "co", "colleagues in Can Tho" and "Police in Paris, Texas" at the
    people, "Writing in a blog, Smith" at the name.
    """
    doc, (start, end) = reading.doc, _before_writing(reading, _behind_participle(reading, source))
    first = max(reading.line(start)[0], reading.sentence(start)[0])
    while start - 2 >= first and doc[start - 1].text == "-" and _is_joined(doc, start - 1):
        start -= 2
        while start > first and doc[start - 1].pos_ == "PROPN" and not reading.is_quoted(start - 1):
            start -= 1
    if end + 1 < reading.line(start)[1] and doc[end].text == "-" and _is_joined(doc, end):
        end = min(doc[end + 1].right_edge.i + 1, reading.sentence(start)[1])
        start, end = trim(doc, (start, end))
    return _with_people(reading, _within_sentence(reading, (start, end)), first)


def _within_sentence(reading: Reading, source: Range) -> Range:
    """End a source with its sentence, and take the name behind a preposition that it ends in."""
    doc, (start, end) = reading.doc, source
    inner = next((i for i in range(start + 1, end) if doc[i].is_sent_start), end)
    if inner < end and doc[inner - 1].text.endswith("."):
        end = inner
    for i in range(start + 1, end - 1):
        if doc[i].text == "," and doc[i + 1].tag_ in ("VBN", "VBD") and doc[i + 1].dep_ == "acl":
            return start, i
        if doc[i].text == "," and doc[i + 1].lower_ in _RELATIVES and i + 2 < end:
            closed = end >= len(doc) or doc[end].is_punct
            return start, i if closed else i + 2  # "Ortiz, who began by", of the same clause
    if doc[end - 1].pos_ == "ADP":
        limit = min(reading.sentence(start)[1], end + _LONGEST_PLACE)
        while end < limit and doc[end].text[0].isupper() and not doc[end].is_sent_start:
            end += 1
    return start, end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut dashes, spaces and quotation marks without a partner off both ends of a span of text."""
    while start < end and text[start] in _LOOSE and not _is_paired(text, start, start, end):
        start += 1
    while start < end and text[end - 1] in _LOOSE and not _is_paired(text, end - 1, start, end):
        end -= 1
    return start, end


def _is_paired(text: str, at: int, start: int, end: int) -> bool:
    if text[at] not in _PAIRED or (text[at] == "'" and text[at - 1 : at] == "s"):
        return text[at] in _PAIRED
    return sum(text.count(mark, start, end) for mark in _PAIRED if mark not in "'’") > 1


def _is_joined(doc: Doc, hyphen: int) -> bool:
    before = doc[hyphen - 1]
    return before.is_alpha and not before.whitespace_ and not doc[hyphen].whitespace_


def _behind_participle(reading: Reading, source: Range) -> Range:
    """Leave out the clause before a name: "Writing in a blog post, Smith"."""
    doc, (start, end) = reading.doc, source
    if doc[start].tag_ not in ("VBG", "VBN") or doc[start].dep_ not in ("advcl", "acl", "amod"):
        return source
    comma = next((i for i in range(end - 1, start, -1) if doc[i].text == ","), None)
    return source if comma is None else trim(doc, (comma + 1, end))


def _before_writing(reading: Reading, source: Range) -> Range:
    """End a source before the letter that somebody speaks in: "Ada Lind in a letter to members"."""
    doc, (start, end) = reading.doc, source
    for i in range(start + 1, end):
        if doc[i].dep_ == "prep" and doc[i - 1].pos_ == "PROPN" and is_writing(reading, doc[i]):
            return trim(doc, (start, i))
    return source


def _with_people(reading: Reading, source: Range, first: int) -> Range:
    """Begin at the people, where the parser has only the end of a place that they are in."""
    doc, (start, end) = reading.doc, source
    if end - start > _LONGEST_PLACE or not doc[start].text[0].isupper() or start - first < 2:
        return source
    at = start - 1
    if doc[at].text == ",":
        if doc[start].ent_type_ not in _PLACES:
            return source
        at -= 1
    while at > first and doc[at].text[0].isupper() and start - at <= _LONGEST_PLACE:
        at -= 1
    if (
        at <= first
        or at == start - 1
        or doc[at].lower_ not in _PLACING
        or not _is_people(doc[at - 1])
    ):
        return source
    low = at - 1
    while low > first and doc[low - 1].pos_ in _PHRASE and not reading.is_quoted(low - 1):
        low -= 1
    opens = low == first or doc[low - 1].is_punct or doc[low - 1].pos_ in ("CCONJ", "SCONJ")
    return (low, end) if opens else source


def _is_people(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")
