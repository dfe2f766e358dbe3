"""Verb cues: which clause, quotation or object a verb attributes, and to whom."""

from spacy.tokens import Token

from loader.components.attribution import continuations, edges, objects, sources, surface
from loader.components.attribution.boundaries import bound
from loader.components.attribution.direct import lead_in
from loader.components.attribution.ranges import Range, has_word, merge, subtract
from loader.components.attribution.reading import SUBJECTS, Candidate, Reading

_ADVERBIALS = frozenset({"npadvmod", "prep", "dative", "dobj", "advmod", "advcl"})
_NEED_SOURCE = frozenset({"object", "preposition"})
_MOST_STEPS = 8
_SPEAKING_PRONOUNS = frozenset({"it", "this", "which"})


def find(reading: Reading, verb: Token) -> None:
    """Add the attribution that ``verb`` makes, if it makes one."""
    lexicon, at = reading.lexicon, verb.i
    lemma = reading.lemma(verb.i)
    known = lemma in lexicon.clausal or lemma in lexicon.object or lemma in lexicon.as_frame
    if verb.pos_ not in ("VERB", "AUX") and at not in reading.direct:
        return
    if not known and lemma not in lexicon.prepositions and at not in reading.direct:
        return
    cue = sources.cue_range(verb)
    found = _source(reading, verb, cue)
    if found is None:
        return
    subject, source, anonymous = found
    if source is not None and reading.doc[source[0] : source[1]].text.lower() in sources.PERSONAL:
        return
    if at in reading.direct:
        _add_direct(reading, verb, cue, source)
        return
    holes = [cue, *([source] if source else [])]
    content, rule = _clause(reading, verb, subject, holes, anonymous=anonymous)
    if lemma in lexicon.speech:
        content, rule = _with_quotations(reading, verb, cue, source, content, rule)
    if not content and source is not None:
        content, rule = surface.find(reading, verb, cue, source)
    if not content:
        frame = objects.frame(reading, verb, subject, cue, holes)
        if frame is not None:
            phrase = frame.rule in ("object", "preposition")
            content = bound(reading, verb, frame.content, phrase=phrase)
            cue, rule = frame.cue, frame.rule
            if rule == "passive" and (subject is None or subject.dep_ != "pobj"):
                source, anonymous = None, True
    if not content:
        return
    if source is None and not anonymous and (lemma not in lexicon.speech or rule in _NEED_SOURCE):
        return
    content = _to_quotation_end(reading, verb, cue, content, rule)
    content = edges.past_quotation(reading, verb, content)
    if rule != "parenthesis":
        content = edges.within_brackets(reading, verb, content)
    if rule in ("clause", "object", "preposition", "following"):
        content = continuations.extend(reading, verb, content, rule)
        content = edges.past_colon(reading, verb, content)
    if source is not None and rule in ("quotation", "clause", "following"):
        core = min(source[0], cue[0])
        if rule == "quotation":
            content = edges.before_final_cue(reading, core, content)
        content = edges.with_subject(reading, core, content)
    reading.candidates.append(
        Candidate(source=source, cue=cue, content=merge(content), rule=rule, anchor=at)
    )


def _source(
    reading: Reading, verb: Token, cue: Range
) -> tuple[Token | None, Range | None, bool] | None:
    """Return subject, source and whether nobody is named; None if the verb is no cue."""
    lexicon, lemma = reading.lexicon, reading.lemma(verb.i)
    speech = lemma in lexicon.speech
    subject, relative = sources.subject(_bearer(reading, verb))
    source: Range | None = None
    if subject is not None:
        if relative:
            source = sources.head_phrase(reading, subject, verb)
        else:
            source = sources.noun_phrase(reading, subject, verb.i)
        if not relative and reading.doc[source[0] : source[1]].text.lower() in sources.NOBODY:
            if not speech and not _is_it_with_clause(verb, subject):
                return None
            if subject.dep_ != "nsubj" or subject.lower_ not in _SPEAKING_PRONOUNS:
                source = None
        if subject.lower_ == "it" and subject.head.i != verb.i and verb.tag_ == "VB":
            return None  # "it is important to note that …"
        if not relative and reading.is_quoted(subject.i):
            source = None
        if not relative and subject.i < verb.i and reading.breaks(subject.i, verb.i):
            source = sources.nearby(reading, verb, cue) or source
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        if subject.dep_ == "nsubjpass" and passive and lemma in lexicon.impersonal:
            return subject, None, True
        if lemma == "ask" and verb.tag_ == "VBN" and verb.dep_ == "advcl" and not passive:
            return subject, None, True
        if lemma in lexicon.raising:
            return subject, None, True
    if source is None and speech:
        source = sources.nearby(reading, verb, cue)
    return subject, source, False


def _is_it_with_clause(verb: Token, subject: Token) -> bool:
    """Whether "it" finds or believes something, rather than raining."""
    return subject.lower_ == "it" and any(
        child.dep_ == "ccomp" and child.i > verb.i for child in verb.children
    )


def _bearer(reading: Reading, verb: Token) -> Token:
    """Return the verb whose subject speaks: a coordinated one's, or the cue above a participle."""
    if verb.i in reading.adopted:
        return reading.adopted[verb.i]
    if (
        verb.tag_ != "VBG"
        or verb.dep_ != "advcl"
        or verb.left_edge.i == 0
        or reading.doc[verb.left_edge.i - 1].text != ","
        or any(child.dep_ in SUBJECTS for child in verb.children)
    ):
        return verb
    lexicon, head = reading.lexicon, verb.head
    for _ in range(4):
        if head.dep_ not in ("ccomp", "conj", "advcl", "xcomp") or head.head.i == head.i:
            break
        if (
            head.dep_ == "ccomp"
            and reading.lemma(head.head.i) in lexicon.clausal
            and head.head.i < verb.i
            and not reading.is_quoted(head.head.i)
        ):
            return head.head
        head = head.head
    return verb


def _add_direct(reading: Reading, verb: Token, cue: Range, source: Range | None) -> None:
    lemma = reading.lemma(verb.i)
    if source is None or source[0] > cue[1] + 14:
        close = sources.nearby(reading, verb, cue)
        source = close if lemma in reading.lexicon.speech else (close or source)
    parts = sorted(reading.direct[verb.i])
    if parts[0][0] < verb.i:
        parts[0] = (lead_in(reading, parts[0]), parts[0][1])
    elif source is not None:
        parts = edges.with_opening(reading, source, parts)
    parts = edges.past_quotation(reading, verb, parts)
    reading.candidates.append(
        Candidate(source=source, cue=cue, content=parts, rule="direct", anchor=verb.i)
    )


def _clause(
    reading: Reading,
    verb: Token,
    subject: Token | None,
    holes: list[Range],
    *,
    anonymous: bool,
) -> tuple[list[Range], str]:
    """Return the content of a clausal complement, without what stands between it and the cue."""
    lemma = reading.lemma(verb.i)
    if lemma not in reading.lexicon.clausal:
        return [], ""
    clauses = [child for child in verb.children if _is_content(reading, verb, child)]
    if not clauses and lemma in reading.lexicon.addressed:
        clauses = _below_addressee(reading, verb)
    if not clauses:
        return [], ""
    start = min(child.left_edge.i for child in clauses)
    end = max(child.right_edge.i for child in clauses) + 1
    holes = list(holes)
    if start < verb.i < end:
        holes.append(
            (max(verb.left_edge.i, start) if verb.left_edge.i > start else verb.i, verb.i + 1)
        )
    for child in verb.children:
        if child.dep_ in _ADVERBIALS and start < child.left_edge.i and child.right_edge.i < end:
            holes.append((child.left_edge.i, child.right_edge.i + 1))
    content = subtract(reading.doc, (start, end), holes)
    if (
        anonymous
        and subject is not None
        and subject.i < verb.i
        and subject.dep_ in SUBJECTS
        and subject.lower_ not in sources.NOBODY
        and not any(child.dep_ in SUBJECTS for child in clauses[0].children)
    ):
        content = [sources.noun_phrase(reading, subject, verb.i), *content]
    content = _from_complementizer(reading, verb, content)
    content = bound(reading, verb, content)
    core = min([verb.i, *(start for start, _ in holes)])
    content = edges.to_sentence_start(reading, core, content)
    return _with_infinitives(reading, verb, clauses, content), "clause"


def _below_addressee(reading: Reading, verb: Token) -> list[Token]:
    """Return the clause that the parser hung on the addressee: told voters in Ohio that …."""
    waiting = [c for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "dative", "prep")]
    for _ in range(_MOST_STEPS):
        if not waiting:
            return []
        word = waiting.pop(0)
        for child in word.children:
            if child.i < word.i:
                continue
            if child.dep_ in ("relcl", "acl", "ccomp") and _has_that_clause(reading, child):
                return [child]
            if child.dep_ in ("prep", "pobj", "conj", "appos"):
                waiting.append(child)
    return []


def _is_final(reading: Reading, verb: Token, clause: Token) -> bool:
    """Whether the cue ends its sentence, behind a comma: "…, The Post has learned"."""
    after = clause.right_edge.i + 1
    if after >= verb.i or reading.doc[after].text != ",":
        return False
    return all(token.is_punct for token in reading.doc[verb.i + 1 : reading.sentence(verb.i)[1]])


def _has_that_clause(reading: Reading, clause: Token) -> bool:
    opener = reading.doc[clause.left_edge.i]
    return opener.lower_ in ("that", "how", "whether") and any(
        child.dep_ in SUBJECTS and child.i != opener.i for child in clause.children
    )


def _from_complementizer(reading: Reading, verb: Token, content: list[Range]) -> list[Range]:
    """Drop the time or place that the parser put before "that": said on Monday that …."""
    start, end = content[0] if content else (0, 0)
    if start <= verb.i:
        return content
    doc = reading.doc
    for i in range(start + 1, min(start + 9, end)):
        token = doc[i]
        if token.pos_ in ("VERB", "AUX") or token.is_punct or reading.is_quoted(i):
            break
        if token.lower_ == "that" and token.dep_ == "mark" and doc[start].pos_ != "PRON":
            return [(i, end), *content[1:]]
    first = doc[start]
    while first.head.i != first.i and start <= first.head.i < min(end, start + 4):
        if first.dep_ == "npadvmod":
            break
        first = first.head
    if first.dep_ == "npadvmod" and first.ent_type_ in ("DATE", "TIME"):
        after = first.right_edge.i + 1
        if after < end and doc[after].text != ",":
            return [(after, end), *content[1:]]
    return content


def _is_content(reading: Reading, verb: Token, child: Token) -> bool:
    lexicon, lemma = reading.lexicon, reading.lemma(verb.i)
    if child.dep_ == "ccomp":
        return child.i > verb.i or lemma in lexicon.speech or _is_final(reading, verb, child)
    if child.dep_ == "xcomp":
        if child.tag_ == "VBG" and lemma not in lexicon.gerund:
            return False
        return lemma not in lexicon.no_infinitive
    return child.dep_ == "parataxis"


def _with_infinitives(
    reading: Reading, verb: Token, clauses: list[Token], content: list[Range]
) -> list[Range]:
    """Go on with infinitives that the parser hung elsewhere: "vowed to cut X, raise Y and …"."""
    if not content or not any(child.dep_ == "xcomp" for child in clauses):
        return content
    doc = reading.doc
    last = max(content, key=lambda span: span[1])
    end = last[1]
    if end <= verb.i:
        return content
    for i in range(end, min(reading.sentence(verb.i)[1], end + 40)):
        token = doc[i]
        if (
            token.tag_ == "VB"
            and token.dep_ == "conj"
            and not reading.is_quoted(i)
            and token.head.i >= verb.i - 1
            and i - end < 5
            and doc[i - 1].text in (",", "and", "or", "then")
            and not any(child.dep_ in SUBJECTS or child.dep_ == "aux" for child in token.children)
        ):
            end = token.right_edge.i + 1
    if end == last[1]:
        return content
    return [*(span for span in content if span != last), (last[0], end)]


def _with_quotations(
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
    near = [n for n in numbers if _is_near(reading, n, cue, content)]
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
        if reading.doc[reading.quotes[n].end - 2].text[-1] in ",.?!"
        or (n == near[0] and not content)
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


def _has_own_object(reading: Reading, verb: Token, numbers: list[int]) -> bool:
    """Whether a quotation is only part of an object: "described her as 'tough' in public"."""
    if reading.lemma(verb.i) not in ("describe", "cite", "read", "mention", "announce"):
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


def _to_quotation_end(
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
    if words[0].lower_ != "that" and not any(token.pos_ in ("VERB", "AUX") for token in gap):
        return content
    return subtract(doc, (cue[1], content[-1][1]), [])
