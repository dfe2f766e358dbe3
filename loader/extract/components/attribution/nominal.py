"""Noun and adjective cues: "his claim that …", "issued a warning", "is confident that …"."""

from spacy.tokens import Token

from loader.extract.components.attribution import inferences, source_phrases
from loader.extract.components.attribution.boundaries import bound
from loader.extract.components.attribution.lexicon import lexicon
from loader.extract.components.attribution.ranges import Range, subtract, trim
from loader.extract.components.attribution.reading import SUBJECTS, Candidate, Reading
from loader.extract.components.attribution.source_phrases import NOBODY

_CLAUSES = frozenset({"acl", "relcl", "ccomp", "xcomp", "advcl"})
_OPENERS = frozenset({"that", "to", "how", "what", "whether", "why", "if"})
_ANY_PREPOSITION = frozenset(
    ["of", "about", "on", "for", "against", "over", "to", "toward", "with"]
)
_ALLEGATIONS = frozenset({"accusation", "allegation", "claim", "report", "rumor", "rumour"})
_SILENCE = frozenset({"comment", "mention", "reference", "remark"})
_OF = frozenset({"of", "for", "in"})
_ABOUT = frozenset(["of", "about", "on", "for", "against", "over"])


def may_attribute(word: Token) -> bool:
    """Whether a word is a noun or an adjective, or a participle in the place of one: is worried."""
    return word.pos_ in ("NOUN", "ADJ") or (word.tag_ == "VBN" and word.dep_ in ("acomp", "oprd"))


def find(reading: Reading, word: Token) -> None:
    """Add the attribution that a noun or adjective makes, if it makes one."""
    lexicon, lemma = reading.lexicon, reading.lemma(word.i)
    if word.pos_ not in ("NOUN", "ADJ"):
        lemma = word.lower_
    if word.pos_ == "NOUN":
        if lemma in lexicon.noun_clause or lemma in lexicon.noun_phrase:
            _find_noun(reading, word, lemma)
        elif lemma in lexicon.noun_agent:
            _find_agent(reading, word)
    elif lemma in lexicon.adjective_clause:
        _find_adjective(reading, word, lemma)


def _find_noun(reading: Reading, noun: Token, lemma: str) -> None:
    lexicon = reading.lexicon
    source, carrier = _noun_source(reading, noun)
    none = carrier is not None and any(child.lower_ == "no" for child in noun.children)
    if none and lemma in _SILENCE:
        return  # "makes no mention of it"
    if lemma == "attack" and source is not None and not _is_persons(reading, source):
        return  # "their attack on the port"
    clauses = [child for child in noun.children if _is_clause(reading, noun, child)]
    if source is None and not (
        lemma in lexicon.noun_sourceless
        and not _is_disputed(reading, noun)
        and any(reading.doc[clause.left_edge.i].lower_ == "that" for clause in clauses)
    ):
        if lemma in _ALLEGATIONS and noun.tag_ == "NNS":
            _add(reading, noun, None, None, [], _phrases(noun, frozenset({"of"})))
        return
    phrases = _phrases(noun, lexicon.noun_prepositions.get(lemma, _ANY_PREPOSITION))
    if carrier is not None and not clauses:
        clauses = [
            child
            for child in carrier.children
            if child.dep_ in ("ccomp", "xcomp", "acl")
            and child.i > noun.i
            and reading.doc[child.left_edge.i].lower_ in ("that", "to")
        ]
        if not clauses and not phrases:
            phrases = [
                child
                for child in carrier.children
                if child.dep_ == "prep"
                and child.left_edge.i == noun.right_edge.i + 1
                and child.lower_ in _ABOUT
            ]
    allowed = lemma in lexicon.noun_phrase and source is not None
    _add(reading, noun, source, carrier, clauses, phrases if allowed else [])


def _is_persons(reading: Reading, source: Range) -> bool:
    """Whether one person is meant, who attacks with words; armies and hackers do otherwise."""
    head = reading.doc[source[0] : source[1]].root
    return head.ent_type_ == "PERSON" or head.lower_ in ("his", "her", "he", "she", "who")


def _is_disputed(reading: Reading, noun: Token) -> bool:
    """Whether another cue takes the noun as its object: "disputed the notion that"."""
    return noun.dep_ == "dobj" and reading.lemma(noun.head.i) in reading.lexicon.object


def _find_agent(reading: Reading, noun: Token) -> None:
    """Add what somebody is, or becomes, a supporter or critic of."""
    if noun.dep_ != "attr" or reading.lemma(noun.head.i) not in reading.lexicon.copulas:
        return
    source = _subject_range(reading, noun.head)
    if source is not None:
        _add(reading, noun, source, None, [], _phrases(noun, _OF))


def _noun_source(reading: Reading, noun: Token) -> tuple[Range | None, Token | None]:
    """Return the source by possessive, light verb or "by", and the light verb."""
    doc = reading.doc
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    source: Range | None = None
    carrier: Token | None = None
    if owner is not None:
        source = source_phrases.noun_phrase(reading, owner)
        if doc[source[1] - 1].lower_ in ("'s", "'"):
            source = (source[0], source[1] - 1)
    else:
        verb = noun.head
        if (
            noun.dep_ in ("dobj", "attr")
            and verb.pos_ in ("VERB", "AUX")
            and reading.lemma(verb.i) in reading.lexicon.light
        ):
            source = _subject_range(reading, verb)
            carrier = verb if source is not None else None
        if noun.dep_ == "pobj" and _is_carried(reading, noun):
            carrier = noun.head.head
            source = _subject_range(reading, carrier)
        if source is None:
            source = _by_phrase(reading, noun)
    if source is not None and (
        reading.is_quoted(source[0]) or doc[source[0] : source[1]].text.lower() in NOBODY
    ):
        source = None
    return source, carrier


def _is_carried(reading: Reading, noun: Token) -> bool:
    """Whether a verb and its preposition carry a noun cue: is "of the opinion", came "to the …"."""
    verb = noun.head.head
    if verb.pos_ not in ("VERB", "AUX") or noun.i < verb.i:
        return False
    return noun.head.lower_ in reading.lexicon.carriers.get(reading.lemma(verb.i), frozenset())


def _subject_range(reading: Reading, verb: Token) -> Range | None:
    subject, relative = source_phrases.subject(verb)
    if subject is None or subject.lower_ in NOBODY or reading.is_quoted(subject.i):
        return None
    raised = reading.lemma(verb.i) == "raise"
    if raised and (relative or not inferences.can_tell(reading, subject)):
        return None  # "which raises questions", "the quarrel raises questions": a fact does
    if relative:
        return source_phrases.head_phrase(reading, subject, verb)
    return source_phrases.noun_phrase(reading, subject, verb.i)


def _by_phrase(reading: Reading, noun: Token) -> Range | None:
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "among"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    edges = (grandchild.left_edge.i, grandchild.right_edge.i + 1)
                    return trim(reading.doc, edges)
    return None


def _find_adjective(reading: Reading, word: Token, lemma: str) -> None:
    lexicon = reading.lexicon
    source: Range | None = None
    carrier: Token | None = None
    if lemma == "quick" and not any(reading.lemma(c.i) in lexicon.speech for c in word.children):
        return  # "is quick to learn"; "quick to point out" tells something
    if (
        word.dep_ in ("acomp", "oprd", "attr", "ccomp")
        and _is_carried_by(reading, word, lemma)
        and lemma in lexicon.adjective_clause
    ):
        subject, _ = source_phrases.subject(word.head)
        if subject is not None and subject.lower_ not in source_phrases.PERSONAL:
            source = _subject_range(reading, word.head)
            carrier = word.head if source is not None else None
    if source is None:
        return  # "it is clear that …": the writer judges
    clauses = [child for child in word.children if _is_clause(reading, word, child)] or [
        child
        for bearer in (word, word.head)
        for child in bearer.children
        if child.dep_ == "ccomp" and child.i > word.i
    ]
    phrases: list[Token] = []
    if source is not None and lemma in lexicon.adjective_phrase:
        phrases = _phrases(word, lexicon.adjective_prepositions.get(lemma, _ANY_PREPOSITION))
    _add(reading, word, source, carrier, clauses, phrases)


def _is_carried_by(reading: Reading, word: Token, lemma: str) -> bool:
    """Whether a copula carries the adjective: is wary; "make sure" is no telling, "clear" is."""
    verb = reading.lemma(word.head.i)
    return verb in reading.lexicon.copulas or (verb == "make" and lemma in ("clear", "obvious"))


def _is_clause(reading: Reading, word: Token, child: Token) -> bool:
    if child.dep_ not in _CLAUSES or child.i < word.i:
        return False
    opener = reading.doc[child.left_edge.i].lower_
    if opener not in _OPENERS:
        return False
    if opener == "to" and word.pos_ == "NOUN" and reading.lemma(word.i) in lexicon().noun_finite:
        return False  # "a comment to refer to"
    return child.dep_ != "relcl" or not any(
        grandchild.lower_ == "that" and (grandchild.dep_ in SUBJECTS or grandchild.dep_ == "dobj")
        for grandchild in child.children
    )


def _is_name(reading: Reading, content: list[Range]) -> bool:
    words = [reading.doc[i] for span in content for i in range(*span)]
    return all(word.ent_type_ == "PERSON" or word.is_punct for word in words)


def _phrases(word: Token, prepositions: frozenset[str]) -> list[Token]:
    return [
        child
        for child in word.children
        if child.dep_ == "prep"
        and child.i > word.i
        and child.lower_ in prepositions
        and any(grandchild.dep_ in ("pobj", "pcomp") for grandchild in child.children)
    ]


def _add(
    reading: Reading,
    word: Token,
    source: Range | None,
    carrier: Token | None,
    clauses: list[Token],
    phrases: list[Token],
) -> None:
    if clauses:
        span, rule = (clauses[0].left_edge.i, clauses[0].right_edge.i + 1), "nominal"
    elif phrases:
        span, rule = (phrases[0].i + 1, phrases[0].right_edge.i + 1), "nominal phrase"
    else:
        return
    content = bound(reading, word, subtract(reading.doc, span, []))
    if rule == "nominal phrase" and word.pos_ != "NOUN" and _is_name(reading, content):
        return  # "is furious with Marsh": of whom, not what
    if content:
        first = word.i if carrier is None else min(carrier.i, word.i)
        reading.candidates.append(
            Candidate(
                source=source, cue=(first, word.i + 1), content=content, rule=rule, anchor=word.i
            )
        )
