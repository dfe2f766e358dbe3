"""Contents that are partly quoted: quotations near a cue that the parse cut off."""

from spacy.tokens import Token

from loader.extract.components.attribution.direct import last_word
from loader.extract.components.attribution.ranges import Range, has_word, merge, subtract
from loader.extract.components.attribution.reading import Reading

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def with_quotations(
    reading: Reading,
    verb: Token,
    cue: Range,
    source: Range | None,
    content: list[Range],
    rule: str,
) -> tuple[list[Range], str]:
    """Add the quotations close to the cue that no other cue lies before, and what follows them."""
    start, end = reading.sentence(verb.i)
    numbers = sorted(
        {reading.quote_at[i] for i in range(start, end) if reading.quote_at[i] >= 0}
        - reading.used_quotes
    )
    near = [
        n
        for n in numbers
        if _is_near(reading, n, cue, content) and not _is_beyond(reading, verb, n)
    ]
    if not near or _has_own_object(reading, verb, near):
        return content, rule
    first = reading.quotes[near[0]]
    if (
        content
        and first.start - cue[1] in (0, 1)
        and max(stretch[1] for stretch in content) <= verb.i
        and not any(reading.is_quoted(i) for stretch in content for i in range(*stretch))
    ):
        content = []
    whole = [
        n
        for n in near
        if last_word(reading, reading.quotes[n])[-1] in ",.?!" or (n == near[0] and not content)
    ]
    if not whole:
        return content, rule
    rule = rule or "quotation"
    for number in whole:
        content = merge([*content, *reading.quotes[number].parts])
        reading.used_quotes.add(number)
    last = max(content[-1][1], cue[1], source[1] if source else 0)
    for number in range(whole[-1] + 1, len(reading.quotes)):
        quote = reading.quotes[number]
        gap = max(last, end) if quote.start >= end else last
        if (
            number in reading.used_quotes
            or reading.paragraph[quote.start] != reading.paragraph[verb.i]
            or has_word(reading.doc, (gap, quote.start))
        ):
            break
        content.extend(quote.parts)
        reading.used_quotes.add(number)
        last = quote.end
    return content, rule


def _is_near(reading: Reading, number: int, cue: Range, content: list[Range]) -> bool:
    quote = reading.quotes[number]
    if quote.end - quote.start <= 4 and content:
        return False
    if abs(quote.end - cue[0]) >= 12 and abs(quote.start - cue[1]) >= 25:
        return False
    between = (cue[1], quote.start) if quote.start >= cue[1] else (quote.end, cue[0])
    return not any(
        token.pos_ == "VERB"
        and reading.lemma(token.i) in reading.lexicon.speech
        and not reading.is_quoted(token.i)
        for token in reading.doc[between[0] : between[1]]
    )


def _is_beyond(reading: Reading, verb: Token, number: int) -> bool:
    """Whether another verb stands between a weak cue and a quotation: it will continue, but …."""
    if reading.lemma(verb.i) not in reading.lexicon.quotation - reading.lexicon.saying:
        return False
    gap = reading.doc[verb.i + 1 : reading.quotes[number].start]
    return any(token.tag_ in _FINITE and not reading.is_quoted(token.i) for token in gap)


def _has_own_object(reading: Reading, verb: Token, numbers: list[int]) -> bool:
    """Whether a quotation is only part of an object: "described her as 'tough' in public"."""
    if reading.lemma(verb.i) not in ("describe", "cite", "read", "mention", "announce", "add"):
        return False
    return any(
        child.i > verb.i
        and child.dep_ in ("dobj", "prep", "oprd")
        and any(
            reading.quotes[n].start <= child.right_edge.i
            and reading.quotes[n].end > child.left_edge.i
            for n in numbers
        )
        for child in verb.children
    )


def to_quotation_end(
    reading: Reading, verb: Token, cue: Range, content: list[Range], rule: str
) -> list[Range]:
    """Widen a content that the parser broke at a quotation mark."""
    doc = reading.doc
    content = sorted(content)
    first = content[0][0]
    if rule == "quotation" and first > cue[1]:
        content = _from_cue(reading, cue, content)
    sentence_end = reading.sentence(verb.i)[1]
    end = content[-1][1]
    while end > cue[1]:
        inside = reading.quote_at[end] if end < len(doc) and reading.quote_at[end - 1] >= 0 else -1
        if inside >= 0 and reading.quote_at[end - 1] == inside and end < reading.quotes[inside].end:
            number = inside
        else:
            number = next(
                (
                    reading.quote_at[i]
                    for i in range(end, min(end + 5, sentence_end))
                    if reading.quote_at[i] >= 0
                ),
                -1,
            )
            if (
                number < 0
                or number in reading.used_quotes
                or _is_divided(reading, end, reading.quotes[number].start)
            ):
                break
        quote = reading.quotes[number]
        if quote.end <= end:
            break
        reading.used_quotes.add(number)
        content[-1] = (content[-1][0], quote.end)
        end = quote.end
    return content


def _is_divided(reading: Reading, start: int, end: int) -> bool:
    return any(
        token.text in (",", ":", ".", ";")
        or (token.is_space and "\n" in token.text)
        or (token.pos_ == "VERB" and reading.lemma(token.i) in reading.lexicon.speech)
        for token in reading.doc[start:end]
    )


def _from_cue(reading: Reading, cue: Range, content: list[Range]) -> list[Range]:
    """Begin right behind the cue where words lead into the quotation: said the bill is "dead"."""
    doc, first = reading.doc, content[0][0]
    gap = doc[cue[1] : first]
    words = [token for token in gap if token.is_alpha]
    if len(words) < 2 or len(gap) >= 30 or doc[first - 1].text in (",", ":"):
        return content
    if any(
        token.text == "."
        or (token.is_space and "\n" in token.text)
        or (token.pos_ == "VERB" and reading.lemma(token.i) in reading.lexicon.speech)
        for token in gap
    ):
        return content
    for i in range(cue[1] + 1, first):
        if doc[i - 1].text == "," and doc[i].pos_ in ("VERB", "AUX") and doc[i].tag_ in _FINITE:
            return subtract(doc, (i, content[-1][1]), [])  # These, he said on air, were "small"
    if words[0].lower_ != "that" and not any(token.pos_ in ("VERB", "AUX") for token in gap):
        return content
    return subtract(doc, (cue[1], content[-1][1]), [])
