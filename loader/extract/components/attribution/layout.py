"""Attributions made by layout: transcripts, quotations with a byline, blocks after a colon."""

import re

from spacy.tokens import Token

from loader.extract.components.attribution import source_phrases
from loader.extract.components.attribution.ranges import Range, any_overlap, overlap, trim
from loader.extract.components.attribution.reading import Candidate, Reading

_SPEAKER = re.compile(r"^\"?([A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]+){0,3}): ?(\S.*)$")
_BYLINE = re.compile(r"^(\".{15,}?\")\s*(?:—|--?)\s*([A-Z][^\"]{2,60}?)\.?\s*$")
_SIGNED = re.compile(r"^(?:—|–|--?)\s*([A-Z][^\".!?]{2,80}?)\.?\s*$")
"""The line below a quotation: - Ann Lee, a farmer."""
_POSTER = re.compile(r"^([A-Z][^@\n]{1,50}?)[ ,]*\(?@\w{2,30}\)?(?: ?[·•|—,-] ?[\w ,.:]{1,30})?$")
"""The line above an embedded post: Ann Lee @annlee."""
_STAMP = re.compile(r"(?:\d{1,2}:\d\d|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d+[hm]\b)")
_MOST_LINES = 4
_NO_SPEAKERS = frozenset({"answer", "fact", "facts", "question", "source", "published"})
_NO_SPEAKERS |= {"bcc", "cc", "date", "from", "re", "subject", "to"}
_TEASING = frozenset(
    [
        *("click", "gallery", "listen", "more", "photo", "photos", "pictures", "read"),
        *("related", "see", "video", "watch"),
    ]
)
"""What labels of teasers begin or end with: "RELATED PHOTOS: …"."""
_BLOCK_NOUNS = frozenset(
    ["statement", "comment", "comments", "tweet", "exchange", "remarks", "email", "letter"]
)
_MOST_NAME_WORDS = 8


def find(reading: Reading) -> None:
    """Add the attributions of whole paragraphs, in place of what the rules made of their inside."""
    lines = [line for line in (trim_space(reading, each) for each in reading.lines) if line]
    for number, line in enumerate(lines):
        text = reading.doc[line[0] : line[1]].text
        if line[0] in reading.openings or line[0] in reading.head:
            continue
        if number and not reading.doc._.turns and (match := _SPEAKER.match(text)):
            label = match[1].lower().split()
            if label[-1] not in _NO_SPEAKERS and _TEASING.isdisjoint((label[0], label[-1])):
                _add_line(reading, line, match, source=1, content=2)
        elif (match := _BYLINE.match(text)) and match[1].count('"') % 2 == 0:
            if len(match[2].split()) <= _MOST_NAME_WORDS:
                _add_line(reading, line, match, source=2, content=1)
        elif number and (match := _SIGNED.match(text)):
            _add_signed(reading, lines[number - 1], line)
        elif (match := _POSTER.match(text)) and number + 1 < len(lines):
            _add_post(reading, line, match, lines[number + 1 : number + 1 + _MOST_LINES])
        elif text.endswith(":") and number + 1 < len(lines):
            _add_block(reading, line, lines[number + 1 :])


def trim_space(reading: Reading, line: Range) -> Range | None:
    """Cut the spaces off a line; None if nothing is left."""
    start, end = line
    while start < end and reading.doc[start].is_space:
        start += 1
    while start < end and reading.doc[end - 1].is_space:
        end -= 1
    return (start, end) if start < end else None


def _add_line(
    reading: Reading, line: Range, match: re.Match[str], *, source: int, content: int
) -> None:
    doc = reading.doc
    base = doc[line[0]].idx
    spans = []
    for group in (source, content):
        start, end = match.span(group)
        span = doc.char_span(base + start, base + end, alignment_mode="expand")
        if span is None:
            return
        spans.append(trim(doc, (span.start, span.end)))
    speaker, said = spans
    if said[0] >= said[1] or speaker[0] >= speaker[1]:
        return
    reading.candidates[:] = [
        candidate for candidate in reading.candidates if not any_overlap(candidate.content, [said])
    ]
    if source < content:
        cue = (speaker[1], speaker[1] + 1)
    else:
        cue = (said[1], max(said[1] + 1, speaker[0]))
    reading.candidates.append(
        Candidate(source=speaker, cue=cue, content=[said], rule="layout", anchor=cue[0])
    )


def _add_signed(reading: Reading, quoted: Range, line: Range) -> None:
    """Give a line that is a quotation to whose name alone stands below it, behind a dash."""
    number = reading.quote_at[quoted[0]]
    if number < 0 or reading.quotes[number].start > quoted[0]:
        return
    quote = reading.quotes[number]
    if quote.end < quoted[1] - 1 or reading.quote_at[line[0]] >= 0:
        return
    source = trim(reading.doc, (line[0] + 1, line[1]))
    words = reading.doc[slice(*source)].text.split(",")[0].split()
    if not 1 < len(words) < _MOST_NAME_WORDS:
        return
    content = list(quote.parts)
    reading.candidates[:] = [
        candidate
        for candidate in reading.candidates
        if not any_overlap(candidate.content, [*content, line])
    ]
    cue = (line[0], line[0] + 1)
    reading.used_quotes.add(number)
    reading.candidates.append(
        Candidate(source=source, cue=cue, content=content, rule="layout", anchor=line[0])
    )


def _add_post(reading: Reading, line: Range, match: re.Match[str], following: list[Range]) -> None:
    """Give the lines of an embedded post to whose name stands above it."""
    doc = reading.doc
    base = doc[line[0]].idx
    poster = doc.char_span(base, base + match.end(1), alignment_mode="expand")
    content: list[Range] = []
    for below in following:
        text = doc[below[0] : below[1]].text
        same_block = doc[below[0] - 1].text.count("\n") < 2
        if _STAMP.match(text) or _POSTER.match(text) or (content and not same_block):
            break
        content.append(trim(doc, below))
    if poster is None or not content:
        return
    reading.candidates[:] = [
        candidate
        for candidate in reading.candidates
        if not any_overlap(candidate.content, [line, *content])
    ]
    source = trim(doc, (poster.start, poster.end))
    reading.candidates.append(
        Candidate(source=source, cue=None, content=content, rule="layout", anchor=content[0][0])
    )


def _add_block(reading: Reading, line: Range, following: list[Range]) -> None:
    """Give the paragraph after "X wrote:" to X, with the quoted ones that go on with it."""
    cue_word = _last_cue(reading, line)
    if cue_word is None:
        return
    content = [trim(reading.doc, following[0])]
    number = reading.quote_at[content[0][0]]
    if number >= 0:
        content = list(reading.quotes[number].parts)
        for after in following[1:]:
            number = reading.quote_at[after[0]]
            if number < 0 or reading.quotes[number].start != after[0]:
                break
            if content[-1][1] < after[0] - 2:
                break
            content.extend(reading.quotes[number].parts)
    verb = cue_word
    if cue_word.pos_ != "VERB" and cue_word.head.pos_ == "VERB":
        verb = cue_word.head
    source = _block_source(reading, cue_word, verb)
    reading.candidates[:] = [
        candidate
        for candidate in reading.candidates
        if not any_overlap(candidate.content, content)
        and not (
            candidate.cue is not None
            and candidate.cue[0] <= verb.i < candidate.cue[1]
            and candidate.rule in ("object", "parenthesis")
        )
    ]
    cue = source_phrases.cue_range(verb)
    reading.candidates.append(
        Candidate(source=source, cue=cue, content=content, rule="block", anchor=verb.i)
    )
    for number, quote in enumerate(reading.quotes):
        if any(overlap(part, span) for part in quote.parts for span in content):
            reading.used_quotes.add(number)


def _last_cue(reading: Reading, line: Range) -> Token | None:
    speech = reading.lexicon.speech
    found = None
    for i in range(*line):
        token = reading.doc[i]
        is_cue = (token.pos_ == "VERB" and reading.lemma(token.i) in speech) or (
            token.lower_ in _BLOCK_NOUNS
        )
        if is_cue and not reading.is_quoted(i):
            near_end = i > line[1] - 25 or reading.sentence(i)[1] >= line[1] - 1
            found = token if near_end else found
    return found


def _block_source(reading: Reading, cue_word: Token, verb: Token) -> Range | None:
    if verb.pos_ == "VERB":
        subject, _ = source_phrases.subject(verb)
        if subject is not None:
            return source_phrases.noun_phrase(reading, subject, verb.i)
    owner = next((child for child in cue_word.children if child.dep_ == "poss"), None)
    return source_phrases.noun_phrase(reading, owner) if owner is not None else None
