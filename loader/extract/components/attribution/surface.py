"""Clauses that the parser did not hang on their cue, found by commas and word order."""

from spacy.tokens import Token

from loader.extract.components.attribution.boundaries import bound
from loader.extract.components.attribution.ranges import Range, subtract
from loader.extract.components.attribution.reading import SUBJECTS, Reading

_OPENS_CLAUSE = frozenset({"SCONJ", "DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"})
_NOT_CLAUSE = frozenset(
    {",", ":", ".", '"', "in", "at", "on", "during", "to", "by", "of", "for", "with"}
    | {"when", "while", "after", "before", "as", "because", "since", "until"}
)
_ASIDES = frozenset({",", "—", "--", "("})
_ASIDE_ENDS = frozenset({",", ".", "—", "--", ")"})
_TAIL_ENDS = _ASIDE_ENDS | {":", ";", '"'}
_LEADS = frozenset(
    [
        *("say", "add", "note", "argue", "claim", "warn", "insist", "report", "state", "explain"),
        *("announce", "allege", "acknowledge", "admit", "maintain", "stress", "suggest", "reveal"),
    ]
)
_AS_CUES = frozenset({"see", "know", "show", "put"})
_ACTING = frozenset({"act", "behave", "do", "go", "happen", "perform", "proceed", "work"})
_TENSED = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})


def find(reading: Reading, verb: Token, cue: Range, source: Range) -> tuple[list[Range], str]:
    """Return content and family of a cue without a parsed complement; empty if there is none."""
    lemma = reading.lemma(verb.i)
    lexicon = reading.lexicon
    start, end = _stretch(reading, verb.i)
    if _is_manner(reading, verb):
        return [], ""
    if _is_as_clause(reading, verb):
        hole = (verb.left_edge.i, verb.right_edge.i + 1)
        before = _sentence_pointed_at(reading, start, hole)
        if before is not None:
            return subtract(reading.doc, before, []), "as"
        if verb.head.dep_ == "ccomp" and verb.head.head.i < verb.i:
            start, end = verb.head.left_edge.i, verb.head.right_edge.i + 1
        return _without_joint(reading, subtract(reading.doc, (start, end), [hole])), "as"
    if lemma not in lexicon.speech or lemma in lexicon.weak or not _is_finite(verb):
        return [], ""
    held = any(child.dep_ == "dobj" and child.tag_ == "PRP" for child in verb.children)
    if lemma not in lexicon.addressed and (held or verb.dep_ == "relcl"):
        return [], ""  # "who wrote as Ada Lind", "others pointed it out"
    low, high = min(source[0], cue[0]), max(source[1], cue[1])
    if low < start or high - low >= 14:
        return [], ""
    return _around(reading, verb, cue, source, (start, end), (low, high))


def _is_finite(verb: Token) -> bool:
    """Whether the verb tells; "advisers say" may be tagged as an infinitive, "to say" is one."""
    if verb.tag_ == "VBN" and any(child.dep_ == "agent" for child in verb.children):
        return False  # "a book, written by Smith"
    if verb.tag_ in _FINITE:
        return True
    return not any(child.dep_ == "aux" for child in verb.children) and any(
        child.dep_ in SUBJECTS for child in verb.children
    )


def _stretch(reading: Reading, at: int) -> Range:
    """Return the sentence around ``at``, within its paragraph."""
    sentence, line = reading.sentence(at), reading.line(at)
    return max(sentence[0], line[0]), min(sentence[1], line[1])


def _is_manner(reading: Reading, verb: Token) -> bool:
    """Whether an "as" clause tells how: did "as he had promised", looks "as though it said"."""
    doc = reading.doc
    tie = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "as"), None)
    if verb.dep_ != "advcl" or tie is None or tie.i >= verb.i:
        return False
    if doc[tie.i + 1].lower_ in ("though", "if"):
        return True
    return tie.i - 1 == verb.head.i and reading.lemma(verb.head.i) in _ACTING


def _is_as_clause(reading: Reading, verb: Token) -> bool:
    """Whether the cue stands in "…, as he put it" without an object of its own."""
    lemma = reading.lemma(verb.i)
    return (
        verb.dep_ == "advcl"
        and (lemma in reading.lexicon.speech - reading.lexicon.no_infinitive or lemma in _AS_CUES)
        and any(
            child.dep_ == "mark" and child.lower_ == "as" and child.i < verb.i
            for child in verb.children
        )
        and not any(
            child.dep_ in ("dobj", "prep") and child.lower_ in ("for", "of", "him", "her", "them")
            for child in verb.children
        )
    )


def _sentence_pointed_at(reading: Reading, start: int, clause: Range) -> Range | None:
    """Return the sentence before, where the clause qualifies a noun that stands for it.

    "The port is closed. This decision, as described by the mayor, will cost jobs."
    """
    doc = reading.doc
    pointing = doc[start].lower_ in ("this", "that") and clause[0] - start in (2, 3)
    if not pointing or doc[clause[0] - 1].text != "," or doc[clause[0] - 2].pos_ != "NOUN":
        return None
    if start == 0 or reading.breaks(start - 1, start):
        return None
    return _stretch(reading, start - 1)


def _without_joint(reading: Reading, content: list[Range]) -> list[Range]:
    if content and reading.doc[content[0][0]].lower_ in ("but", "and", "yet"):
        content[0] = (content[0][0] + 1, content[0][1])
    return [stretch for stretch in content if stretch[1] > stretch[0]]


def _around(
    reading: Reading,
    verb: Token,
    cue: Range,
    source: Range,
    stretch: Range,
    core: Range,
) -> tuple[list[Range], str]:
    doc, (start, end), (low, high) = reading.doc, stretch, core
    lemma = reading.lemma(verb.i)
    tail = high
    while tail < end and doc[tail].text not in _TAIL_ENDS and tail - high < 8:
        tail += 1
    adverbial = tail == high or (
        doc[high].dep_ in ("prep", "npadvmod", "advmod", "dative", "dobj")
        or doc[high].pos_ in ("ADP", "ADV")
    )
    after_comma = low > start + 1 and doc[low - 1].text in _ASIDES and adverbial
    after_comma = after_comma and (high >= end or doc[high].lower_ != "that")
    aside = after_comma and any(
        doc[i].pos_ in ("VERB", "AUX") for i in (*range(start, low), *range(tail, end))
    )
    if lemma == "respond" and any(child.dep_ == "advmod" for child in verb.children):
        aside = False
    if after_comma and not aside:
        return [], ""
    if after_comma and tail < end and doc[tail].text in _ASIDE_ENDS:
        if not reading.is_quoted(low - 2):
            return subtract(doc, (start, end), [(low, tail)]), "parenthesis"
    elif after_comma and low > start + 2 and (tail >= end - 1 or doc[tail].text == ";"):
        return subtract(doc, (start, low - 1), []), "parenthesis"
    told = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i >= high), None)
    if lemma in reading.lexicon.addressed and told is not None and told.left_edge.i == high:
        high = told.right_edge.i + 1
    ties = high < end and doc[high].lower_ == "that"
    leads = lemma in _LEADS or ties or (lemma in reading.lexicon.addressed and told is not None)
    if leads and source[1] <= cue[0] and high < end - 3:
        opener = doc[high + ties]
        if (
            opener.lower_ not in _NOT_CLAUSE
            and opener.pos_ in _OPENS_CLAUSE
            and any(token.tag_ in _TENSED for token in doc[high:end])
        ):
            return bound(reading, verb, subtract(doc, (high + ties, end), [])), "following"
    if lemma == "say" and source[1] <= cue[0]:
        for child in verb.children:
            if child.dep_ == "dobj" and child.i > verb.i:
                edges = (child.left_edge.i, child.right_edge.i + 1)
                return subtract(doc, edges, []), "object"
    return [], ""
