"""What goes on behind a content that the parser ended too early: coordination, reasons, clauses."""

from spacy.tokens import Token

from loader.extract.components.attribution.boundaries import end_of
from loader.extract.components.attribution.ranges import Range, trim
from loader.extract.components.attribution.reading import SUBJECTS, Reading

_REASONS = frozenset({"because", "so", "unless", "then", "if"})
_JOINTS = frozenset({"and", "but", "or", "nor"})
_CLAUSE_WORDS = frozenset({"how", "what", "why", "that", "whether", "where", "when", "who"})
_EXAMPLES = frozenset({"including", "especially", "particularly", "namely", "such", "like"})
_NOUN_TAGS = frozenset({"DT", "PRP$", "JJ", "JJR", "JJS", "NN", "NNS", "CD"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def extend(reading: Reading, verb: Token, content: list[Range], rule: str) -> list[Range]:
    """Return ``content``, its last stretch drawn on where the sentence shows that it goes on."""
    start, end = content[-1]
    limit = min(reading.sentence(verb.i)[1], reading.line(verb.i)[1])
    if end <= verb.i or end >= limit or reading.is_quoted(end - 1):
        return content
    at = end + (reading.doc[end].text == ",")
    if at >= limit or reading.is_quoted(at) or not _goes_on(reading, verb, (start, end), at, rule):
        return content
    stop = end_of(reading, verb, (start, limit), start=at + 1)
    return [*content[:-1], trim(reading.doc, (start, max(stop, end)))]


def _goes_on(reading: Reading, verb: Token, stretch: Range, at: int, rule: str) -> bool:
    doc, (start, end) = reading.doc, stretch
    first = doc[at]
    comma = at > end
    if first.lower_ in _REASONS and comma:
        return rule in ("clause", "following")
    if first.lower_ in _EXAMPLES and comma:
        return not _has_clause(reading, at)
    if first.lower_ in _JOINTS:
        if not comma and rule == "clause" and _is_second_clause(reading, verb, at):
            return True
        return _is_coordinated(reading, stretch, at, rule)
    if not comma and rule == "object" and first.head.i > at - 1:
        above = first if first.dep_ in SUBJECTS else first.head
        return above.dep_ in SUBJECTS and above.head.i > above.i and doc[start].pos_ != "PRON"
    return False


def _is_second_clause(reading: Reading, verb: Token, joint: int) -> bool:
    """Whether "and" goes on with a clause that the parser hung on the cue: said he … and she …."""
    for child in verb.children:
        if child.dep_ == "conj" and child.i > joint and child.tag_ in (*_FINITE, "VBN", "VB"):
            subject = next((c for c in child.children if c.dep_ in SUBJECTS), None)
            known = reading.lemma(child.i) in reading.lexicon.clausal
            return subject is not None and subject.left_edge.i == joint + 1 and not known
    return False


def _is_coordinated(reading: Reading, stretch: Range, at: int, rule: str) -> bool:
    """Whether what follows "and" is of the same kind as the content: to … and …, X and Y."""
    doc, (start, _) = reading.doc, stretch
    after = next((doc[i] for i in range(at + 1, min(at + 6, len(doc))) if _is_kind(doc[i])), None)
    if after is None:
        return False
    opener = next((doc[i] for i in range(start, stretch[1]) if doc[i].is_alpha), doc[start])
    if after.tag_ == "VB":
        return rule == "clause" and opener.lower_ == "to"
    if after.tag_ == "VBG":
        return opener.text.endswith("ing")
    if after.lower_ in _CLAUSE_WORDS:
        return True
    return (
        rule in ("object", "preposition")
        and after.tag_ in _NOUN_TAGS
        and not _has_clause(reading, at)
    )


def _is_kind(token: Token) -> bool:
    return token.pos_ != "ADV" and token.lower_ != "to" and not token.is_space


def _has_clause(reading: Reading, at: int) -> bool:
    """Whether a finite verb follows that is in no relative or subordinate clause."""
    end = reading.sentence(at)[1]
    for i in range(at, end):
        token = reading.doc[i]
        if token.lower_ in _CLAUSE_WORDS or token.lower_ in ("which", "whose"):
            return False
        if token.tag_ in _FINITE:
            return True
    return False
