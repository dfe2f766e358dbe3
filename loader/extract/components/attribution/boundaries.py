"""Where a content ends: what the parser hangs onto it without it being said.

Each test looks at one token behind the cue and, if the content stops there, gives the new end.
"""

from spacy.tokens import Token

from loader.extract.components.attribution.acts import is_writing
from loader.extract.components.attribution.ranges import Range, trim
from loader.extract.components.attribution.reading import SUBJECTS, Reading

_LONGEST_CONTENT = 600
_LONGEST_SPEAKER = 10
_DASHES = frozenset({"--", "—", "-"})
_BREAKS = frozenset({",", '"', "'"}) | _DASHES
_WEEK = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tonight",
    ]
)
_OF_THE_SPEAKER = frozenset({"call", "encourage"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def bound(
    reading: Reading, verb: Token, content: list[Range], *, phrase: bool = False
) -> list[Range]:
    """Cut each stretch of ``content`` at its paragraph and at what is no longer said.

    ``phrase`` tells that the content is a noun phrase rather than a clause. Verbs that go on with
    the same subject ("said X and denied Y") are entered in ``reading.adopted``.
    """
    bounded = []
    for start, end in content:
        stretch = _within_paragraph(reading, verb, start, end)
        if not _is_wholly_quoted(reading, *stretch):
            stretch = stretch[0], end_of(reading, verb, stretch, phrase=phrase)
            stretch = trim(reading.doc, stretch)
        if stretch[1] > stretch[0]:
            bounded.append(stretch)
    return bounded


def _is_wholly_quoted(reading: Reading, start: int, end: int) -> bool:
    number = reading.quote_at[start] if start < end else -1
    return number >= 0 and reading.quotes[number].end >= end


def _within_paragraph(reading: Reading, verb: Token, start: int, end: int) -> Range:
    if start < verb.i and not reading.is_quoted(start):
        start = max(start, reading.line(verb.i)[0])
    elif start > verb.i:
        end = min(end, max(reading.line(start)[1], start))
    if start < end and (number := reading.quote_at[start]) >= 0 and end <= verb.i:
        quote = reading.quotes[number]
        if reading.doc[quote.end - 2].text in (",", ".", "?", "!"):
            end = min(end, quote.end)
    return start, end


def end_of(
    reading: Reading,
    verb: Token,
    stretch: Range,
    *,
    start: int | None = None,
    phrase: bool = False,
) -> int:
    """Return where ``stretch`` ends for ``verb``; nothing before ``start`` is looked at."""
    first, end = stretch
    end = min(end, max(first, verb.i) + _LONGEST_CONTENT)
    for i in range(max(first + 1, verb.i + 1, start or 0), end):
        if reading.is_quoted(i):
            continue
        token, previous = reading.doc[i], reading.doc[i - 1]
        if token.text == ";":
            return i
        if previous.text in _BREAKS and _is_afterthought(reading, token, end):
            return i
        if phrase and _is_occasion(reading, token, previous):
            return i
        if phrase and i > verb.i + 2 and token.text in _DASHES and previous.whitespace_:
            return i
        if phrase and i > verb.i + 2 and _is_day(token):
            return i - 1 if previous.lower_ in ("on", "last", "this") else i
        if i > verb.i + 1:
            cut = _next_cue(reading, verb, token, first)
            if cut is not None:
                return cut
    return end


def _is_afterthought(reading: Reading, token: Token, end: int) -> bool:
    """Whether a clause after a comma is the writer's: which …, adding …, although …."""
    lexicon = reading.lexicon
    if token.lower_ in ("which", "who", "whose", "where"):
        for above in token.ancestors:
            if above.dep_ == "relcl":
                lemma = reading.lemma(above.i)
                return above.right_edge.i + 1 >= end - 1 or lemma in lexicon.speech
        return False
    if token.lower_ == "with":
        return _is_other_cue(reading, token, end)
    if token.tag_ == "VBG":
        lemma = reading.lemma(token.i)
        known = lemma in lexicon.clausal or lemma in lexicon.object or lemma in lexicon.prepositions
        return known and token.right_edge.i + 1 >= end - 1
    if token.lower_ in ("although", "though", "when", "while", "after"):
        tied = token.dep_ == "mark" or (token.lower_ == "when" and token.dep_ == "advmod")
        return tied and token.head.right_edge.i + 1 >= end - 1 and not _is_parallel(token.head)
    return False


def _is_occasion(reading: Reading, token: Token, previous: Token) -> bool:
    """Whether a noun phrase ends: announced cuts ", sending shares lower", "while singing"."""
    if previous.text == ",":
        return token.lower_ == "with" or (token.tag_ == "VBG" and token.dep_ == "advcl")
    if token.lower_ == "while":
        return token.dep_ == "mark"
    first = reading.doc[token.i + 1 : token.i + 2].text.lower()
    return first in ("a", "an") and is_writing(reading, token)


def _is_parallel(verb: Token) -> bool:
    """Whether a clause has the modal of the one it hangs on: A would pay, while B would not."""
    modals = [{c.lower_ for c in word.children if c.tag_ == "MD"} for word in (verb, verb.head)]
    return not modals[0].isdisjoint(modals[1])


def _is_other_cue(reading: Reading, joint: Token, end: int) -> bool:
    """Whether somebody else speaks in ", with the mayor saying …"."""
    for i in range(joint.i + 1, min(joint.i + _LONGEST_SPEAKER, end)):
        token = reading.doc[i]
        if token.tag_ == "VBG" and reading.lemma(i) in reading.lexicon.speech:
            return i > joint.i + 1
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _is_day(token: Token) -> bool:
    return token.lower_ in _WEEK and token.dep_ in ("npadvmod", "pobj")


def _next_cue(reading: Reading, verb: Token, token: Token, start: int) -> int | None:
    """Where a coordinated verb is a new cue of the same or of its own subject."""
    lexicon, doc = reading.lexicon, reading.doc
    if token.dep_ != "conj" or token.pos_ != "VERB" or token.tag_ not in _FINITE:
        return None
    lemma = reading.lemma(token.i)
    strong = lemma in lexicon.speech or lemma in lexicon.object or lemma in lexicon.prepositions
    if not (strong or lemma in ("support", "oppose", "reject", "want", "believe", "think")):
        return None
    if token.tag_ != verb.tag_ and not any(child.dep_ == "aux" for child in verb.children):
        return None
    if not any(child.dep_ in SUBJECTS for child in token.children):
        if lemma not in lexicon.speech | lexicon.far | _OF_THE_SPEAKER:
            return None
        at = token.i
        while at - 1 > start and doc[at - 1].dep_ in ("cc", "advmod", "aux", "punct"):
            at -= 1
        if any(doc[i].dep_ == "cc" for i in range(at, token.i)):
            reading.adopted[token.i] = verb
            return at
        return None
    edge = token.left_edge.i
    if edge <= start + 2 or any(child.lower_ == "that" for child in token.children):
        return None
    joint = doc[edge - 1].lower_
    if joint == "but":
        return edge - 1
    spoken = lemma in lexicon.speech or lemma in ("accuse", "criticize")
    if spoken and joint in ("and", "while"):
        marked = any(child.lower_ == "that" for child in token.head.children)
        return None if marked else edge - 1
    return None
