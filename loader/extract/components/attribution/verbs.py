"""Verb cues: which clause, quotation or object a verb attributes, and to whom."""

from spacy.tokens import Token

from loader.extract.components.attribution import (
    clauses,
    continuations,
    edges,
    mixed,
    objects,
    senses,
    source_phrases,
    surface,
)
from loader.extract.components.attribution.adverbial import REPORTS
from loader.extract.components.attribution.boundaries import bound
from loader.extract.components.attribution.direct import lead_in
from loader.extract.components.attribution.ranges import Range, merge, size, trim
from loader.extract.components.attribution.reading import SUBJECTS, Candidate, Reading
from loader.extract.components.attribution.source_phrases import NOBODY, PERSONAL

_NEED_SOURCE = frozenset({"object", "preposition", "clause"})
_HELD = frozenset({"consider", "deem", "expect", "intend", "plan", "think", "want", "judge"})
_SPEAKING_PRONOUNS = frozenset({"it", "this", "which"})


def find(reading: Reading, verb: Token) -> None:
    """Add the attribution that ``verb`` makes, if it makes one."""
    lexicon, at = reading.lexicon, verb.i
    lemma = reading.lemma(verb.i)
    known = (
        lemma in lexicon.clausal
        or lemma in lexicon.object
        or lemma in lexicon.as_frame
        or lemma in lexicon.prepositions
        or lemma in lexicon.particles
    )
    if verb.pos_ not in ("VERB", "AUX") and at not in reading.direct:
        return
    if not known and at not in reading.direct:
        return
    if _is_aside(reading, verb):
        return
    cue = source_phrases.cue_range(verb)
    found = _source(reading, verb, cue)
    if found is None:
        return
    subject, source, anonymous = found
    if source is not None and reading.doc[source[0] : source[1]].text.lower() in PERSONAL:
        return
    if at in reading.direct:
        _add_direct(reading, verb, cue, source)
        return
    if senses.is_act(reading, verb, subject):
        return
    holes = [cue, *([source] if source else [])]
    content, rule = clauses.content_of(reading, verb, subject, holes, anonymous=anonymous)
    if lemma in lexicon.speech:
        content, rule = mixed.with_quotations(reading, verb, cue, source, content, rule)
    if not content and source is not None and not _is_told_of(verb):
        content, rule = surface.find(reading, verb, cue, source)
    if not content and not any(reading.doc[i].lower_ in REPORTS for i in range(*cue)):
        frame = objects.frame(reading, verb, subject, cue, holes)
        if frame is not None:
            if frame.rule == "preposition" and _is_topic(reading, verb):
                return
            phrase = frame.rule in ("object", "preposition")
            content = bound(reading, verb, frame.content, phrase=phrase)
            if phrase and (size(content) == 1 or _is_name(reading, content)):
                return  # "praised Smith": of whom, not what
            cue, rule = frame.cue, frame.rule
            if rule == "passive" and (subject is None or subject.dep_ != "pobj"):
                source, anonymous = None, True
    if not content:
        return
    if source is None and not anonymous and (lemma not in lexicon.speech or rule in _NEED_SOURCE):
        return
    content = mixed.to_quotation_end(reading, verb, cue, content, rule)
    content = edges.past_quotation(reading, verb, content, phrase=rule in _NEED_SOURCE - {"clause"})
    if rule != "parenthesis":
        content = edges.within_brackets(reading, verb, content)
    if rule in ("clause", "object", "preposition", "following"):
        content = continuations.extend(reading, verb, content, rule)
        content = edges.past_colon(reading, verb, content)
        content = edges.past_semicolons(reading, verb, content)
    if source is not None and rule in ("quotation", "clause", "following"):
        core = min(source[0], cue[0])
        if rule == "quotation":
            content = edges.before_final_cue(reading, core, content)
        content = edges.behind_as_clause(reading, cue, content)
        content = edges.with_subject(reading, core, content)
    reading.candidates.append(
        Candidate(source=source, cue=cue, content=merge(content), rule=rule, anchor=at)
    )


def _is_name(reading: Reading, content: list[Range]) -> bool:
    """Whether a content is nothing but a person's name."""
    words = [reading.doc[i] for span in content for i in range(*span)]
    return all(word.ent_type_ == "PERSON" or word.is_punct for word in words)


def _is_aside(reading: Reading, verb: Token) -> bool:
    """Whether the verb only names evidence or qualifies a noun: "citing data", "a proposed law"."""
    if verb.i in reading.direct:
        return False
    if verb.dep_ in ("amod", "compound"):
        return True
    bare = not any(child.dep_ in SUBJECTS or child.dep_ == "aux" for child in verb.children)
    if bare and verb.lower_ == "considering" and verb.dep_ in ("advcl", "prep", "pcomp"):
        return True  # "…, considering it was May": given that
    reduced = verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBN", "VBD") and bare
    if reduced and reading.lemma(verb.i) in _HELD:
        return not any(child.dep_ == "agent" for child in verb.children)
    if verb.tag_ != "VBG" or reading.lemma(verb.i) != "cite":
        return False
    above = verb.head.i
    return verb.dep_ == "acl" or reading.lemma(above) in reading.lexicon.speech


def _source(
    reading: Reading, verb: Token, cue: Range
) -> tuple[Token | None, Range | None, bool] | None:
    """Return subject, source and whether nobody is named; None if the verb is no cue."""
    lexicon, lemma = reading.lexicon, reading.lemma(verb.i)
    speech = lemma in lexicon.speech
    subject, relative = source_phrases.subject(_bearer(reading, verb))
    if subject is None and verb.tag_ == "VB" and verb.dep_ == "acl":
        return None  # "money for a campaign to urge farmers to vote"
    if relative and lemma in _HELD and any(c.dep_ == "auxpass" for c in verb.children):
        return None  # "a level which is considered to be high": nobody is named
    source: Range | None = None
    if subject is not None:
        if relative:
            source = source_phrases.head_phrase(reading, subject, verb)
        else:
            source = source_phrases.noun_phrase(reading, subject, verb.i)
            source = source_phrases.before_charge(subject, source)
        if not relative and reading.doc[source[0] : source[1]].text.lower() in NOBODY:
            if not speech and not _is_it_with_clause(verb, subject):
                return None
            if subject.dep_ != "nsubj" or subject.lower_ not in _SPEAKING_PRONOUNS:
                source = None
        if subject.lower_ == "it" and lemma == "know" and verb.tag_ == "VBN":
            return None  # "it became known that …" is a fact
        if not relative and _is_interrogative(reading, subject):
            return None  # "learned who had written it"
        if subject.lower_ == "that" and verb.lower_ == "said":
            return None  # "that said, …"
        if subject.lower_ == "it" and subject.head.i != verb.i and verb.tag_ == "VB":
            return None  # "it is important to note that …"
        if verb.tag_ == "VBG" and _is_dummy(reading, subject):
            return None  # "considering how …, it is possible that …"
        if not relative and reading.is_quoted(subject.i):
            source = None
        if not relative and subject.i < verb.i and reading.breaks(subject.i, verb.i):
            source = source_phrases.nearby(reading, verb, cue) or source
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        if subject.dep_ == "nsubjpass" and passive and lemma in lexicon.impersonal:
            return subject, None, True
        if lemma == "ask" and verb.tag_ == "VBN" and verb.dep_ == "advcl" and not passive:
            return subject, None, True
        if lemma in lexicon.impersonal and _goes_on_passive(verb):
            return subject, None, True
    if _is_request_to_reader(verb):
        return None
    if source is None and speech:
        source = source_phrases.nearby(reading, verb, cue)
    if source is None and verb.tag_ == "VBG" and verb.i not in reading.direct:
        return None  # "wondering what to cook?"
    return subject, source, False


def _goes_on_passive(verb: Token) -> bool:
    """Whether a participle goes on with a passive: had been hired, "and told to wait"."""
    if verb.tag_ != "VBN" or verb.dep_ != "conj":
        return False
    if any(child.dep_ in ("aux", *SUBJECTS) for child in verb.children):
        return False
    return verb.head.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.head.children)


def _is_request_to_reader(verb: Token) -> bool:
    """Whether the text speaks to who reads it: "tell us what you think", "Tell him the truth"."""
    if verb.tag_ != "VB" or verb.dep_ not in ("ROOT", "conj"):
        return False
    if any(child.dep_ in ("aux", *SUBJECTS) for child in verb.children):
        return False
    if verb.dep_ == "ROOT" and verb.is_sent_start:
        return True
    return any(child.lower_ in ("us", "me") and child.i > verb.i for child in verb.children)


def _is_topic(reading: Reading, verb: Token) -> bool:
    """Whether a participle before a cue only names a topic: "Speaking of fish, he said"."""
    opens = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i < verb.head.i
    told = reading.lemma(verb.head.i) in reading.lexicon.speech
    return opens and (told or reading.lemma(verb.i) in ("speak", "talk"))


def _is_told_of(verb: Token) -> bool:
    """Whether the subject of a passive is told, not the teller: "the visit was not announced"."""
    deps = {child.dep_ for child in verb.children}
    return (
        "auxpass" in deps
        and "nsubjpass" in deps
        and "agent" not in deps
        and not any(child.lower_ == "as" for child in verb.children)
    )


def _is_it_with_clause(verb: Token, subject: Token) -> bool:
    """Whether "it" finds or believes something, rather than raining."""
    return subject.lower_ == "it" and any(
        child.dep_ == "ccomp" and child.i > verb.i for child in verb.children
    )


def _is_interrogative(reading: Reading, subject: Token) -> bool:
    """Whether "who" asks for the speaker: it stands behind no comma, as "Smith, who said" does."""
    behind = reading.doc[subject.i - 1] if subject.i else subject
    return subject.lower_ == "who" and behind.text != "," and subject.head.dep_ != "relcl"


def _is_dummy(reading: Reading, subject: Token) -> bool:
    """Whether "it" or "there" only fills the place of a subject: it is possible that …."""
    if subject.lower_ == "there":
        return True
    return subject.lower_ == "it" and reading.lemma(subject.head.i) in reading.lexicon.copulas


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
        close = source_phrases.nearby(reading, verb, cue)
        source = close if lemma in reading.lexicon.speech else (close or source)
    parts = sorted(reading.direct[verb.i])
    source = _before_content(reading, source, parts)
    if parts[0][0] < verb.i:
        parts[0] = (lead_in(reading, parts[0]), parts[0][1])
    elif source is not None:
        parts = edges.with_opening(reading, source, parts)
    parts = edges.past_quotation(reading, verb, parts)
    reading.candidates.append(
        Candidate(source=source, cue=cue, content=parts, rule="direct", anchor=verb.i)
    )


def _before_content(reading: Reading, source: Range | None, parts: list[Range]) -> Range | None:
    """End a source before the quotation that the parser hung on it: said Smith: "…"."""
    if source is None:
        return None
    end = min((start for start, _ in parts if source[0] < start < source[1]), default=source[1])
    return trim(reading.doc, (source[0], end))
