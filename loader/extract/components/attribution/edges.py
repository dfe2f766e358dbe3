"""Where a content goes on although the parser ended it: whole sentences, brackets, colons."""

from spacy.tokens import Token

from loader.extract.components.attribution.boundaries import end_of
from loader.extract.components.attribution.ranges import Range, subtract, trim
from loader.extract.components.attribution.reading import SUBJECTS, Reading
from loader.extract.components.attribution.source_phrases import SHOWING

_JOINTS = frozenset({"but", "and", "yet", "so"})
_MARKS = frozenset({'"', "'"})
_OCCASIONS = frozenset(
    {"during", "after", "before", "while", "when", "amid", "following", "as", "at", "on"}
)
_ENDS = frozenset({",", ".", "?", "!", "—", "--", "...", "…"})


def sentence_start(reading: Reading, at: int) -> int:
    """Return where the words of the sentence around ``at`` begin, behind a joint like "but"."""
    start = max(reading.sentence(at)[0], reading.line(at)[0])
    start = trim(reading.doc, (start, at))[0]
    return start + (start + 1 < at and reading.doc[start].lower_ in _JOINTS)


def to_sentence_start(reading: Reading, core: int, content: list[Range]) -> list[Range]:
    """Take the whole sentence before a final cue: "A did X, but B did Y, officials said".

    ``core`` is where cue and source begin.
    """
    if not content or content[-1][1] > core or reading.is_quoted(content[0][0]):
        return content
    end = core - 1
    if end < 1 or reading.doc[end].text not in (",", "—", "--") or reading.is_quoted(end - 1):
        return content
    return subtract(reading.doc, (sentence_start(reading, core), end), []) or content


def before_final_cue(reading: Reading, core: int, content: list[Range]) -> list[Range]:
    """Take the whole sentence where a quotation is only part of it: Plant "may close", X says."""
    doc = reading.doc
    if core < 2 or content[-1][1] > core or doc[core - 1].text != ",":
        return content
    if reading.is_quoted(core - 2):
        return content
    return subtract(doc, (sentence_start(reading, core), core - 1), [])


def with_opening(reading: Reading, source: Range, parts: list[Range]) -> list[Range]:
    """Add the clause before the cue that a quotation in lower case goes on with.

    "When the deal fell through, Mr. Smith said, "we were stunned."" is one sentence of his.
    """
    doc = reading.doc
    first = next((doc[i] for i in range(*parts[0]) if doc[i].is_alpha), None)
    before = source[0] - 1
    if first is None or not first.is_lower or before < 2 or doc[before].text != ",":
        return parts
    start = sentence_start(reading, source[0])
    if start >= before or any(reading.is_quoted(i) for i in range(start, before)):
        return parts
    if doc[start].lower_ in ("after", "before", "while", "upon", "asked"):
        return parts  # when it was said
    return [*subtract(doc, (start, before), []), *parts]


def with_subject(reading: Reading, core: int, content: list[Range]) -> list[Range]:
    """Add what stands before a cue in commas: The plan, he added, is "dead"."""
    doc, first = reading.doc, content[0][0]
    if core < 2 or first < core or doc[core - 1].text != "," or reading.is_quoted(core - 2):
        return content
    if doc[first].pos_ not in ("VERB", "AUX") or doc[first].tag_ in ("VB", "VBG"):
        return content
    start = sentence_start(reading, core)
    return [*subtract(doc, (start, core - 1), []), *content] if start < core - 1 else content


def behind_as_clause(reading: Reading, cue: Range, content: list[Range]) -> list[Range]:
    """Take the whole clause behind "As Smith has written, …", of which only a part is quoted."""
    doc, first = reading.doc, content[0][0]
    if doc[sentence_start(reading, cue[0] + 1)].lower_ != "as" or first < cue[1]:
        return content
    comma = next((i for i in range(cue[1], first) if doc[i].text == ","), None)
    if comma is None or any(reading.is_quoted(i) for i in range(comma, first)):
        return content
    return subtract(doc, (comma + 1, content[-1][1]), []) or content


def past_quotation(
    reading: Reading, verb: Token, content: list[Range], *, phrase: bool = False
) -> list[Range]:
    """Go on behind a closing mark where the quoted words do not end the clause.

    "said it was a "wake-up call" to his party": no comma or stop before the mark.
    """
    doc = reading.doc
    start, end = content[-1]
    if end <= verb.i or end >= len(doc) or doc[end - 1].text not in _MARKS or end - start < 2:
        return content
    following = doc[end]
    words_end = end - 1
    while words_end - 1 > start and doc[words_end - 1].text in _MARKS:
        words_end -= 1  # "I said, 'No.'"
    if doc[words_end - 1].text in _ENDS or following.is_punct or following.is_space:
        return content
    if phrase and following.lower_ in _OCCASIONS:
        return content  # called it "crazy" during a visit
    if following.pos_ == "VERB" and reading.lemma(following.i) in reading.lexicon.speech:
        return content
    limit = min(reading.sentence(end)[1], reading.line(end)[1])
    stop = end_of(reading, verb, (start, limit), start=end)
    for i in range(end, stop):
        if doc[i].dep_ == "cc" and (doc[i].head.i <= verb.i or _opens_clause(reading, i, limit)):
            stop = i
            break
    stretch = trim(doc, (start, stop))
    return [*content[:-1], (start, max(end, stretch[1]))]


def _opens_clause(reading: Reading, joint: int, limit: int) -> bool:
    """Whether a comma and the joint begin a clause with a subject of its own."""
    if reading.doc[joint - 1].text != ",":
        return False
    for i in range(joint + 1, limit):
        token = reading.doc[i]
        if token.dep_ in SUBJECTS:
            return token.head.i > i
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


def within_brackets(reading: Reading, verb: Token, content: list[Range]) -> list[Range]:
    """Keep a content inside the brackets that its cue stands in."""
    first, last = reading.sentence(verb.i)
    doc = reading.doc
    opening = next((i for i in range(verb.i, first - 1, -1) if doc[i].text in ("(", ")")), None)
    if opening is None or doc[opening].text == ")":
        return content
    closing = next((i for i in range(verb.i, last) if doc[i].text == ")"), last)
    kept = [(max(start, opening + 1), min(end, closing)) for start, end in content]
    return [span for span in kept if span[0] < span[1]] or content


def past_colon(reading: Reading, verb: Token, content: list[Range]) -> list[Range]:
    """Go on behind a colon: "says three things happen: …"."""
    start, end = content[-1]
    doc = reading.doc
    if end <= verb.i or end + 1 >= len(doc) or doc[end].text != ":" or reading.is_quoted(end + 1):
        return content
    limit = min(reading.sentence(end)[1], reading.line(end)[1])
    if limit <= end + 1:
        limit = min(reading.sentence(end + 1)[1], reading.line(end)[1])
    return [*content[:-1], trim(doc, (start, limit))]


def past_semicolons(reading: Reading, verb: Token, content: list[Range]) -> list[Range]:
    """Go on behind semicolons where what is said is a list: "found that A grew; B fell; C did not".

    Two of them make a list, or one before "and" or "that"; and nobody else speaks behind them.
    """
    start, end = content[-1]
    doc, limit = reading.doc, min(reading.sentence(verb.i)[1], reading.line(verb.i)[1])
    if end <= verb.i or end + 1 >= limit or doc[end].text != ";":
        return content
    if reading.lemma(verb.i) not in reading.lexicon.saying | SHOWING:
        return content
    rest = doc[end + 1 : limit]
    if rest[0].lower_ not in ("and", "that") and all(token.text != ";" for token in rest):
        return content
    if any(
        token.pos_ == "VERB" and reading.lemma(token.i) in reading.lexicon.speech for token in rest
    ):
        return content
    return [*content[:-1], trim(doc, (start, limit))]
