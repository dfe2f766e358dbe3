"""Quotations that no cue claims: they go on with the speaker of the one before."""

from loader.extract.components.attribution import source_phrases
from loader.extract.components.attribution.direct import last_word
from loader.extract.components.attribution.reading import Candidate, Quote, Reading

_FARTHEST = 2
_POINTERS = frozenset({"following", "this", "these"})
_SHORTEST = 8
_SPEAKING = frozenset(
    ["direct", "quotation", "clause", "block", "according", "as", "parenthesis", "following"]
)


def find(reading: Reading) -> None:
    """Add a carried attribution for each paragraph that is one quotation and nothing else."""
    taken = [False] * len(reading.doc)
    for candidate in reading.candidates:
        for start, end in candidate.content:
            taken[start:end] = [True] * (end - start)
    spoken = sorted(
        (candidate for candidate in reading.candidates if candidate.rule in _SPEAKING),
        key=lambda candidate: candidate.content[-1][1],
    )
    position = 0
    for number, quote in enumerate(reading.quotes):
        if number not in reading.used_quotes and not any(taken[quote.start : quote.end]):
            announced = _announced(reading, quote)
            if announced is not None:
                reading.candidates.append(announced)
                reading.used_quotes.add(number)
                continue
        while position < len(spoken) and spoken[position].content[-1][1] <= quote.start:
            position += 1
        if number in reading.used_quotes or quote.end - quote.start < _SHORTEST or position == 0:
            continue
        before = spoken[position - 1]
        if before.cue is None or any(taken[quote.start : quote.end]):
            continue
        distance = reading.paragraph[quote.start] - reading.paragraph[before.content[-1][0]]
        if _is_heading(reading, quote.start, quote.end):
            continue
        alone = _stands_alone(reading, quote.start, quote.end) and 0 <= distance <= _FARTHEST
        if alone or (distance == 0 and _follows(reading, before, quote)):
            reading.candidates.append(
                Candidate(
                    source=None,
                    cue=None,
                    content=list(quote.parts),
                    rule="followup",
                    anchor=quote.start,
                    carried=True,
                )
            )


def _is_heading(reading: Reading, start: int, end: int) -> bool:
    """Whether every longer word has a capital: 'Legend in the Coal Fields'."""
    words = [reading.doc[i] for i in range(start, end) if len(reading.doc[i]) > 3]
    return all(word.text[0].isupper() for word in words)


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    doc = reading.doc
    opens = start == 0 or (doc[start - 1].is_space and "\n" in doc[start - 1].text)
    closes = end >= len(doc) or "\n" in doc[end].text or doc[end].is_punct
    return opens and closes


def _follows(reading: Reading, before: Candidate, quote: Quote) -> bool:
    """Whether whole quoted sentences follow directly on what somebody said in one of the writer's.

    He said that the river was rising. "Nobody has told us why."
    """
    doc = reading.doc
    gap = doc[before.content[-1][1] : quote.start]
    if any(token.is_alpha for token in gap) or "." not in gap.text:
        return False
    return _is_whole(reading, quote) and (quote.end >= len(doc) or "\n" in doc[quote.end].text)


def _announced(reading: Reading, quote: Quote) -> Candidate | None:
    """Return quoted sentences behind the words that announce them: issued a statement. "…"."""
    if not _is_whole(reading, quote):
        return None
    at, broken = quote.start - 1, False
    while at > 0 and not reading.doc[at].is_alpha:
        if reading.is_quoted(at):
            return None
        broken = broken or bool(reading.doc[at].is_space)
        at -= 1
    if reading.doc[at].lower_ in _POINTERS:
        return _pointed_at(reading, at, quote)
    if broken:
        return None
    first, last = reading.sentence(at)
    for noun in reading.doc[first:last]:
        verb = noun.head
        carried = noun.dep_ == "dobj" and reading.lemma(verb.i) in reading.lexicon.light
        if not carried or reading.lemma(noun.i) not in reading.lexicon.messages:
            continue
        subject, relative = source_phrases.subject(verb)
        if subject is not None and not relative and subject.i < verb.i:
            return Candidate(
                source=source_phrases.noun_phrase(reading, subject, verb.i),
                cue=(verb.i, noun.i + 1),
                content=list(quote.parts),
                rule="direct",
                anchor=verb.i,
            )
    return None


def _pointed_at(reading: Reading, at: int, quote: Quote) -> Candidate | None:
    """Return the quotation behind words that point at it: Smith said the following. "…"."""
    verb = reading.doc[at].head
    if verb.dep_ == "amod" or verb.pos_ not in ("VERB", "AUX"):
        verb = verb.head
    if reading.lemma(verb.i) not in reading.lexicon.speech:
        return None
    subject, relative = source_phrases.subject(verb)
    if subject is None or relative or subject.i > verb.i:
        return None
    return Candidate(
        source=source_phrases.noun_phrase(reading, subject, verb.i),
        cue=source_phrases.cue_range(verb),
        content=list(quote.parts),
        rule="direct",
        anchor=verb.i,
    )


def _is_whole(reading: Reading, quote: Quote) -> bool:
    """Whether the marks hold whole sentences."""
    doc = reading.doc
    return doc[quote.start + 1].text[0].isupper() and last_word(reading, quote)[-1] in ".?!…"
