"""Match quotations with the cues around them by place, before any parse is asked.

Parsers stumble over quotation marks; the typography of news does not: a quotation ends in a comma
before its cue, a cue ends in a comma or a colon before its quotation, and what follows the cue's
clause without a word between belongs to the same speaker.
"""

from spacy.tokens import Token

from loader.extract.components.attribution.ranges import Range
from loader.extract.components.attribution.reading import Quote, Reading

_LONGEST_TAG = 40
_LONGEST_LEAD = 12
_LONGEST_CLAUSE = 60
_TERMINAL = frozenset({".", "!", "?", ":"})
_JOINTS = frozenset({"and", "but", "or", "yet"})
_CLAUSE_JOINTS = _JOINTS | {"while", "as", "after", "before", "although", "though", "whereas"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBG", "NNS", "VBN"})


def match(reading: Reading) -> None:
    """Fill ``reading.direct``: the cue's token index → its quotations, in order."""
    for number, quote in enumerate(reading.quotes):
        if number not in reading.used_quotes:
            cue = _tag_behind(reading, number)
            if cue is not None:
                reading.direct.setdefault(cue, []).extend(quote.parts)
                reading.used_quotes.add(number)
                _take_earlier(reading, cue, number)
                _take_later(reading, cue, number, cue + 1)
    for number, quote in enumerate(reading.quotes):
        if number not in reading.used_quotes:
            cue = _lead_before(reading, number)
            if cue is not None:
                reading.direct[cue] = list(quote.parts)
                reading.used_quotes.add(number)
                if quote.closed:
                    _take_later(reading, cue, number, quote.end)


def _is_cue(reading: Reading, at: int) -> bool:
    token = reading.doc[at]
    lexicon = reading.lexicon
    return (
        not reading.is_quoted(at)
        and token.pos_ in ("VERB", "AUX", "NOUN")
        and token.tag_ in _FINITE
        and (
            reading.lemma(token.i) in lexicon.speech or reading.lemma(token.i) in lexicon.quotation
        )
    )


def _tag_behind(reading: Reading, number: int) -> int | None:
    """Find the cue of "…," said X and "…," X said."""
    doc, quote = reading.doc, reading.quotes[number]
    end = quote.end
    if end >= len(doc) or reading.paragraph[end] != reading.paragraph[end - 1]:
        return None
    last = last_word(reading, quote)
    if last[-1] not in ",?!…-—" and doc[end].text not in (",", "—"):
        return None
    at = end + (doc[end].text in (",", "—"))
    if at < len(doc) and doc[at].lower_ in _CLAUSE_JOINTS and _is_fragment(reading, number):
        return None
    noun = None
    for i in range(at, min(at + _LONGEST_TAG, len(doc))):
        token = doc[i]
        if reading.breaks(end - 1, i) or reading.is_quoted(i) or token.text in (".", ";", ":"):
            break
        if _is_cue(reading, i):
            if token.tag_ == "VBG" and _has_clause(token):
                return None
            if token.pos_ != "NOUN":
                return i
            if doc[i - 1].pos_ in ("ADP", "DET", "ADJ", "NUM"):
                continue  # "a series of posts"
            noun = i if noun is None else noun  # a verb taken for a plural: "…," Smith notes
        elif token.pos_ == "VERB" and token.dep_ not in ("relcl", "acl"):
            break
    return noun


def _is_verb_as_noun(reading: Reading, at: int) -> bool:
    """Whether a verb was taken for a plural: The ministry notes, "…"."""
    token, before = reading.doc[at], reading.doc[at - 1]
    if token.tag_ not in ("NNS", "NN") or reading.lemma(at) not in reading.lexicon.speech:
        return False
    if at < 1 or before.pos_ not in ("NOUN", "PROPN", "PRON") or reading.breaks(at - 1, at):
        return False
    first = reading.sentence(at)[0]
    return not any(
        word.tag_ in ("VBD", "VBZ", "VBP", "MD") and word.dep_ not in ("relcl", "acl")
        for word in reading.doc[first:at]
    )


def _is_fragment(reading: Reading, number: int) -> bool:
    """Whether words of the sentence lead into a quotation: it backed the plan "for months"."""
    start = reading.quotes[number].start
    if start == reading.sentence(start)[0] or reading.breaks(start - 1, start):
        return False
    before = reading.doc[start - 1]
    return before.is_alpha and not reading.is_quoted(start - 1)


def _has_clause(participle: Token) -> bool:
    """Whether a participle goes on with words of its own: "…," adding that …."""
    return any(child.dep_ == "ccomp" and child.i > participle.i for child in participle.children)


def _lead_before(reading: Reading, number: int) -> int | None:
    """Find the cue of X said, "…" and X said: "…"."""
    doc, start = reading.doc, reading.quotes[number].start
    while start and doc[start - 1].is_space:
        start -= 1  # the quotation may be a paragraph of its own
    if start < 2 or doc[start - 1].text not in (",", ":"):
        return None
    lexicon = reading.lexicon
    for i in range(start - 2, max(start - 2 - _LONGEST_LEAD, -1), -1):
        token = doc[i]
        if reading.breaks(i, start - 1) or reading.is_quoted(i) or token.text in (".", ";", ":"):
            return None
        if i == start - 2 and _is_verb_as_noun(reading, i):
            return i
        if token.pos_ != "VERB":
            continue
        if i in reading.direct:
            return None
        lemma = reading.lemma(token.i)
        if doc[start - 1].text == ":":
            known = lexicon.clausal | lexicon.object | lexicon.quotation
            return i if lemma in known or lemma in lexicon.prepositions else None
        return i if _is_cue(reading, i) and start - i < 9 else None
    return None


def _take_earlier(reading: Reading, cue: int, number: int) -> None:
    """Add the quotations right before: "…" "…," said X."""
    start = reading.quotes[number].start
    for earlier in range(number - 1, -1, -1):
        quote = reading.quotes[earlier]
        if (
            earlier in reading.used_quotes
            or reading.paragraph[quote.start] != reading.paragraph[start]
            or _has_word(reading, quote.end, start)
        ):
            break
        reading.direct[cue].extend(quote.parts)
        reading.used_quotes.add(earlier)
        start = quote.start


def _take_later(reading: Reading, cue: int, number: int, end: int) -> None:
    """Add the quotations behind the cue's clause: "…," said X. "…"."""
    doc = reading.doc
    at = end
    while (
        at < len(doc)
        and at - end < _LONGEST_CLAUSE
        and doc[at].text not in _TERMINAL
        and not reading.is_quoted(at)
        and not reading.breaks(cue, at)
    ):
        at += 1
    for later in range(number + 1, len(reading.quotes)):
        quote = reading.quotes[later]
        if (
            later in reading.used_quotes
            or quote.start < at
            or reading.paragraph[quote.start] != reading.paragraph[cue]
            or _has_word(reading, at, quote.start, joint=True)
            or _is_part(reading, quote.end)
            or _has_own_tag(reading, later)
        ):
            break
        before = at - 1 - (doc[at - 1].lower_ in _JOINTS)
        if quote.start == at and (
            doc[before].text not in (".", ",", ":", "?", "!", "—", "...", "…")
            or _another_cue(reading, cue + 1, at)
        ):
            break
        reading.direct[cue].extend(quote.parts)
        reading.used_quotes.add(later)
        at = quote.end


def last_word(reading: Reading, quote: Quote) -> str:
    """Return what stands before a quotation's closing marks: its last word, comma or stop."""
    at = quote.end - 1
    while at > quote.start and reading.doc[at].text in ('"', "'"):
        at -= 1
    return reading.doc[at].text


def _has_own_tag(reading: Reading, number: int) -> bool:
    """Whether a quotation ends in a comma before a cue of its own: "It is," Smith said."""
    quote = reading.quotes[number]
    tagged = last_word(reading, quote)[-1] == "," or (
        quote.end < len(reading.doc) and reading.doc[quote.end].text == ","
    )
    return tagged and _tag_behind(reading, number) is not None


def _is_part(reading: Reading, end: int) -> bool:
    """Whether the quotation is part of a sentence that has its own cue behind it."""
    doc = reading.doc
    if end >= len(doc) or not doc[end].is_alpha or doc[end - 2].text[-1] in ",.?!…-—":
        return False
    return any(
        not reading.is_quoted(i)
        and doc[i].pos_ == "VERB"
        and doc[i].tag_ not in ("VBN", "VB")
        and reading.lemma(i) in reading.lexicon.speech
        for i in range(end, reading.sentence(end)[1])
    )


def _another_cue(reading: Reading, start: int, end: int) -> bool:
    lexicon = reading.lexicon
    return any(
        token.tag_ in ("VBG", "VBD", "VBZ")
        and (reading.lemma(token.i) in lexicon.speech or reading.lemma(token.i) in lexicon.object)
        for token in reading.doc[start:end]
    )


def _has_word(reading: Reading, start: int, end: int, *, joint: bool = False) -> bool:
    """Whether a word stands between two quotations; ``joint`` lets one "and" or "but" pass."""
    words = [reading.doc[i] for i in range(start, end) if reading.doc[i].is_alpha]
    return bool(words) and not (joint and len(words) == 1 and words[0].lower_ in _JOINTS)


def lead_in(reading: Reading, first: Range) -> int:
    """Return where the words that a quotation completes begin: I never "lied," he said.

    The words count if they fill the sentence before the mark and hold no cue of their own.
    """
    doc, lexicon = reading.doc, reading.lexicon
    start = first[0]
    limit = max(reading.line(start)[0], start - 25)
    at = start
    while at > limit and not reading.is_quoted(at - 1) and doc[at - 1].text not in ".?!;":
        at -= 1
    while at < start and doc[at].is_space:
        at += 1
    words = [doc[i] for i in range(at, start) if doc[i].is_alpha]
    whole = at == reading.line(start)[0] or doc[at - 1].text in ".?!" or doc[at - 1].is_space
    if len(words) < 2 or not whole or doc[start - 1].text in (":", ","):
        return start
    if any(
        word.pos_ == "VERB"
        and (reading.lemma(word.i) in lexicon.speech or reading.lemma(word.i) in lexicon.object)
        for word in words
    ):
        return start
    return at + (doc[at].lower_ in ("but", "and", "yet", "so"))
