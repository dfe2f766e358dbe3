"""Cues whose content is no clause: objects, prepositions, "as" frames, passives."""

from dataclasses import dataclass

from spacy.tokens import Token

from loader.extract.components.attribution import senses, source_phrases
from loader.extract.components.attribution.ranges import Range, subtract
from loader.extract.components.attribution.reading import SUBJECTS, Reading

_NOT_CONTENT = frozenset(
    [
        "in",
        "at",
        "during",
        "after",
        "before",
        "since",
        "until",
        "on",
        "by",
        "while",
        "when",
        "amid",
        "despite",
        "following",
        "throughout",
    ]
)
_EMPTY = frozenset({"it", "this", "that", "what", "which"})
_FAR_PREPOSITIONS = frozenset({"for", "as", "of", "about", "over"})
_FAR = 9
_STAND_INS = (
    ("as", "much"),
    ("the", "same", "thing"),
    ("the", "same"),
    ("so",),
    ("otherwise",),
    ("yes",),
    ("no",),
)
_CLOSING = frozenset({"PUNCT", "SPACE", "ADP", "SCONJ", "CCONJ"})
_NAMING = frozenset({"call", "brand", "deem", "dub", "label", "term", "consider"})
_DATES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a verb and its complement give: content, the cue with its preposition, the family."""

    content: list[Range]
    cue: Range
    rule: str


def frame(
    reading: Reading, verb: Token, subject: Token | None, cue: Range, holes: list[Range]
) -> Frame | None:
    """Return the non-clausal frame of ``verb``, or None where it has none."""
    lexicon = reading.lexicon
    lemma = reading.lemma(verb.i)
    children = [child for child in verb.children if child.i > verb.i]
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")
    )
    objects = [child for child in children if _is_object(reading, child, lemma)]
    prepositions = [child for child in children if child.dep_ in ("prep", "prt")]
    if lemma in lexicon.clausal and not passive:
        stand_in = _stand_in(reading, verb)
        if stand_in is not None:
            return Frame(content=[stand_in], cue=cue, rule="stand-in")
    if not objects and not passive:
        found = _prepositional(reading, verb, subject, cue, holes, prepositions)
        if found is not None:
            return found
    tie = _as_of(objects, prepositions)
    has_as = tie is not None
    if not objects and not passive and (moved := _moved(reading, verb, cue)) is not None:
        return moved
    if tie is not None and not objects and not passive and lemma in lexicon.as_frame:
        return _relative(reading, verb, cue, tie)
    particles = lexicon.particles.get(lemma, frozenset())
    has_particle = any(child.dep_ == "prt" and child.lower_ in particles for child in children)
    if (
        lemma not in lexicon.object
        and not (lemma in lexicon.as_frame and has_as)
        and not has_particle
    ):
        return None
    if lemma in lexicon.as_only and not has_as:
        return None
    if passive:
        return _passive(reading, verb, cue)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "with" and not _has_subject(verb):
        return None  # "with attacking style"
    if not has_as and not has_particle and not senses.fits(reading, verb, objects):
        return None
    own = any(child.dep_ in ("aux", "nsubj") and child.i < verb.i for child in verb.children)
    if not objects or (verb.tag_ == "VBN" and not own):
        return None
    if verb.tag_ == "VB" and verb.dep_ == "acl":
        return None  # "a chance to criticize the plan"
    found = _transitive(reading, verb, cue, holes, objects, children)
    if lemma in lexicon.as_only and not _has_as(reading, found.content):
        return None  # "regards the valley – …": what it is taken for is out of reach
    return found


def _is_object(reading: Reading, child: Token, lemma: str) -> bool:
    if child.dep_ in ("xcomp", "ccomp") and lemma not in reading.lexicon.clausal:
        opener = reading.doc[child.left_edge.i].lower_
        return child.tag_ == "VBG" or opener in ("what", "how", "whatever")
    if child.dep_ not in ("dobj", "oprd", "dative"):
        return False
    if child.dep_ == "dative" and lemma in reading.lexicon.speech:
        return False
    if child.ent_type_ in _DATES:
        return False
    if child.lower_ not in _EMPTY or child.left_edge.i != child.right_edge.i:
        return True
    return lemma in reading.lexicon.as_frame and any(
        sibling.lower_ == "as" and sibling.i > child.i for sibling in child.head.children
    )


def _prepositional(
    reading: Reading,
    verb: Token,
    subject: Token | None,
    cue: Range,
    holes: list[Range],
    prepositions: list[Token],
) -> Frame | None:
    governed = reading.lexicon.prepositions.get(reading.lemma(verb.i), frozenset())
    hit = None
    for child in prepositions:
        if child.lower_ not in governed:
            continue
        hit = child
        if child.dep_ == "prt" or not _has_object(child):
            hit = next((p for p in prepositions if p.i > child.i and p.lower_ in governed), None)
        if hit is not None:
            break
    if hit is None or not (_has_object(hit) or any(c.dep_ == "prep" for c in hit.children)):
        return None
    if subject is None and reading.lemma(verb.i) not in reading.lexicon.object:
        return None
    end = hit.right_edge.i + 1
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and child.left_edge.i == end
            and reading.doc[end].lower_ == "to"
        ):
            end = child.right_edge.i + 1
    kept = [hole for hole in holes if (hole != cue and hole[1] <= verb.i) or hole[0] > hit.i]
    return Frame(
        content=subtract(reading.doc, (hit.i + 1, end), kept),
        cue=(cue[0], max(cue[1], hit.i + 1)),
        rule="preposition",
    )


def _stand_in(reading: Reading, verb: Token) -> Range | None:
    """Return the words that stand for a content: said "as much", think "so", said "no"."""
    start = verb.i + 1
    for words in _STAND_INS:
        end = start + len(words)
        if tuple(token.lower_ for token in reading.doc[start:end]) == words:
            closed = end >= len(reading.doc) or reading.doc[end].pos_ in _CLOSING
            return (start, end) if closed else None
    return None


def _as_of(objects: list[Token], prepositions: list[Token]) -> Token | None:
    """Return the "as" of the verb, or the one that the parser hung on its object."""
    grown = [child for noun in objects for child in noun.children if child.i > noun.i]
    ties = (child for child in (*prepositions, *grown) if child.dep_ == "prep")
    return next((child for child in ties if child.lower_ == "as"), None)


def _relative(reading: Reading, verb: Token, cue: Range, tie: Token) -> Frame | None:
    """Return the frame of "an explosion that she described as …": the noun and what it is called.

    In "described as shameful a bill from …" what it is called stands before the noun.
    """
    rest = (tie.i + 1, tie.right_edge.i + 1)
    if rest[0] >= rest[1]:
        return None
    content = subtract(reading.doc, rest, [])
    if verb.dep_ == "relcl" and any(child.dep_ == "nsubj" for child in verb.children):
        noun = verb.head
        content = [*subtract(reading.doc, (noun.left_edge.i, verb.left_edge.i), []), *content]
    elif verb.dep_ == "relcl" or verb.tag_ == "VBN":
        return None
    return Frame(content=content, cue=(cue[0], max(cue[1], tie.i + 1)), rule="object")


def _moved(reading: Reading, verb: Token, cue: Range) -> Frame | None:
    """Return the frame of "a court that Smith accused of bias": the noun and what is held of it."""
    lemma, lexicon = reading.lemma(verb.i), reading.lexicon
    subjects = [child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i]
    if verb.dep_ != "relcl" or not subjects or subjects[-1].lower_ in source_phrases.RELATIVE:
        return None
    named = lemma in _NAMING
    rest = next(
        (
            child
            for child in verb.children
            if child.i > verb.i
            and (
                (named and child.dep_ in ("oprd", "dobj", "ccomp", "xcomp", "attr"))
                or (lemma in lexicon.far and child.lower_ in ("of", "for"))
            )
        ),
        None,
    )
    stranded = next(
        (
            child
            for child in verb.children
            if child.i == verb.i + 1
            and child.dep_ == "prep"
            and child.lower_ in lexicon.prepositions.get(lemma, frozenset())
            and not _has_object(child)
        ),
        None,
    )
    if stranded is not None:
        rest = next((c for w in (verb, stranded) for c in w.children if c.lower_ == "as"), None)
        cue = (cue[0], max(cue[1], stranded.i + 1))
    if rest is None:
        return None
    noun = verb.head
    content = subtract(reading.doc, (noun.left_edge.i, verb.left_edge.i), [])
    content += subtract(reading.doc, (rest.left_edge.i, rest.right_edge.i + 1), [])
    return Frame(content=content, cue=cue, rule="object") if len(content) > 1 else None


def _has_object(preposition: Token) -> bool:
    return any(child.dep_ in ("pobj", "pcomp") for child in preposition.children)


def _has_noun(preposition: Token) -> bool:
    return any(child.dep_ == "pobj" for child in preposition.children)


def _transitive(
    reading: Reading,
    verb: Token,
    cue: Range,
    holes: list[Range],
    objects: list[Token],
    children: list[Token],
) -> Frame:
    start = min(child.left_edge.i for child in objects)
    end = max(child.right_edge.i for child in objects) + 1
    takes_far = reading.lemma(verb.i) in reading.lexicon.far
    for child in children:
        first = child.left_edge.i
        if (
            end <= first <= end + 1
            and (
                child.dep_ in ("oprd", "xcomp", "acomp", "pcomp", "ccomp")
                or (child.dep_ == "prep" and child.lower_ not in _NOT_CONTENT)
                or (child.dep_ in ("prep", "agent") and child.lower_ == "by" and _has_noun(child))
            )
        ) or (
            takes_far
            and end <= child.i < end + _FAR
            and child.dep_ == "prep"
            and child.lower_ in _FAR_PREPOSITIONS
        ):
            end = child.right_edge.i + 1
    return Frame(content=subtract(reading.doc, (start, end), holes), cue=cue, rule="object")


def _has_as(reading: Reading, content: list[Range]) -> bool:
    return any(reading.doc[i].lower_ == "as" for span in content for i in range(*span))


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _is_aside(participle: Token) -> bool:
    """Whether a participle only tells more of its noun: a plan "backed by the union" failed."""
    return any(above.dep_ in SUBJECTS for above in (participle.head,)) and not any(
        child.lower_ == "as" for child in participle.children
    )


def _passive(reading: Reading, verb: Token, cue: Range) -> Frame | None:
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    behind = source_phrases.agent_behind(verb)
    has_agent = behind is not None or any(child.dep_ == "agent" for child in verb.children)
    if subject is None and verb.dep_ == "conj":
        subject = next((child for child in verb.head.children if child.dep_ in SUBJECTS), None)
    if subject is not None:
        start, end = subject.left_edge.i, min(subject.right_edge.i + 1, verb.i)
    elif verb.dep_ == "acl" and has_agent and verb.head.i < verb.i and not _is_aside(verb):
        subject = verb.head
        start, end = subject.left_edge.i, verb.i
    else:
        return None
    if subject.lower_ in ("it", "which", "that", "who"):
        return None
    if not has_agent and reading.lemma(verb.i) not in reading.lexicon.passive:
        return None
    has_as = any(child.lower_ == "as" and child.i > verb.i for child in verb.children)
    if not has_as and not senses.fits(reading, verb, [subject]):
        return None
    content = subtract(reading.doc, (start, end), [])
    agents = [noun for child in verb.children if child.dep_ == "agent" for noun in child.children]
    for child in (*verb.children, *(inner for noun in agents for inner in noun.children)):
        charge = child.lower_ == "as" or any(c.dep_ == "pcomp" for c in child.children)
        if child.head in agents and not charge:
            continue
        if child.i > verb.i and (
            child.dep_ in ("oprd", "xcomp")
            or (child.dep_ == "prep" and child.lower_ in ("as", "of", "for"))
        ):
            end = child.right_edge.i + 1
            if behind is not None and child.i < behind.head.i < end:
                end = behind.head.i
            content += subtract(reading.doc, (child.left_edge.i, end), [])
    return Frame(content=content, cue=cue, rule="passive")
