"""Who a cue belongs to: its grammatical subject, or the noun phrase that stands where one would."""

from spacy.tokens import Doc, Token

from loader.extract.components.attribution import inferences
from loader.extract.components.attribution.lexicon import lexicon
from loader.extract.components.attribution.ranges import Range, trim
from loader.extract.components.attribution.reading import SUBJECTS, Reading

RELATIVE = frozenset({"who", "which", "that"})
NOBODY = frozenset({"it", "there", "this", "that", "which", "what"})
PERSONAL = frozenset(
    {"us", "me", "i", "we", "you", "one", "everyone", "everybody", "anyone", "anybody", "'s", "s"}
)
_CLIMB = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "aux", "prep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_TAG_MARKS = frozenset({",", "—", "--", "–", '"'})
_LONGEST_APPOSITION = 14
_ANYBODY = frozenset({"people", "person", "somebody", "someone", "folk", "reader", "user", "other"})
_SOMEBODY = frozenset({"someone", "somebody", "anyone", "anybody"})
_BEGINNING = frozenset({"begin", "start", "come", "tend", "like", "love"})
_STATING = frozenset({"say", "state", "read", "conclude", "find", "hold"})
SHOWING = frozenset(
    [
        *(
            "confirm",
            "demonstrate",
            "find",
            "illustrate",
            "imply",
            "indicate",
            "prove",
            "reveal",
            "show",
        ),
        *(
            "suggest",
            "tell",
            "mean",
            "establish",
            "underline",
            "underscore",
            "highlight",
            "reinforce",
        ),
    ]
)


def subject(verb: Token) -> tuple[Token | None, bool]:
    """Return the subject of ``verb``, by agent, own subject or that of a verb above it.

    The flag says that the subject is the noun which the verb's relative clause belongs to.
    """
    for _ in range(4):
        own = _inverted(verb) or _message(verb)
        if own is not None:
            return own, False
        for child in verb.children:
            if child.dep_ == "agent":
                for agent in child.children:
                    if agent.dep_ == "pobj":
                        return agent, False
            elif child.dep_ == "auxpass" and (named := agent_behind(verb)) is not None:
                return named, False
            elif child.dep_ in SUBJECTS and (own is None or child.i < verb.i):
                own = child  # the last one before its verb: the parser hangs headings in front
        if own is not None:
            if own.lower_ in RELATIVE and verb.dep_ == "relcl":
                return (_whoever(verb.head) if own.lower_ == "who" else verb.head), True
            return _beside(own, verb), False
        if verb.dep_ in ("relcl", "acl"):
            if (poster := _poster(verb)) is not None:
                return poster, False
            return (None, False) if verb.tag_ == "VB" else (verb.head, True)
        if verb.dep_ not in _CLIMB or verb.head.i == verb.i:
            return None, False
        moved = _moved(verb)
        if moved is not None:
            return moved, False
        verb = verb.head
        if verb.pos_ in ("NOUN", "PROPN"):
            return None, False
    return None, False


def _whoever(noun: Token) -> Token:
    """Return the person behind whose description a "who" stands: "Lind, MP for Odda, who said"."""
    above = noun
    for _ in range(5):
        if above.ent_type_ == "PERSON" and above.pos_ == "PROPN":
            return above
        if above.dep_ not in ("appos", "pobj", "prep") or above.pos_ in ("VERB", "AUX"):
            break
        above = above.head
    return noun


def _inverted(verb: Token) -> Token | None:
    """Return who speaks in "The bridges, said the engineer, are unsafe", whatever stands before."""
    doc = verb.doc
    if verb.tag_ not in ("VBD", "VBZ") or not verb.i or doc[verb.i - 1].text not in _TAG_MARKS:
        return None
    behind = [child for child in verb.children if child.dep_ in SUBJECTS and child.i > verb.i]
    if behind and behind[0].left_edge.i == verb.i + 1:
        return behind[0]
    return _between_commas(verb)


def _poster(verb: Token) -> Token | None:
    """Return who writes where a participle hangs on the place: "posted on Twitter accusing"."""
    place, link = verb.head, verb.head.head
    if verb.tag_ != "VBG" or place.dep_ != "pobj" or place.pos_ != "PROPN" or link.pos_ != "ADP":
        return None
    above = link.head
    if lexicon().lemmas.get(above.lower_, above.lemma_.lower()) not in lexicon().speech | {"post"}:
        return None
    return next((child for child in above.children if child.dep_ == "nsubj"), None)


def _beside(noun: Token, verb: Token) -> Token:
    """Return who stands right before a cue in commas: To see the wall, the mayor said, one ….

    The parser takes the mayor for an apposition, but no comma closes it.
    """
    doc = verb.doc
    if verb.i + 1 >= len(doc) or doc[verb.i + 1].text != "," or verb.tag_ not in ("VBD", "VBZ"):
        return noun
    for child in noun.children:
        opens = child.left_edge.i > noun.i and doc[child.left_edge.i - 1].text == ","
        if child.dep_ == "appos" and opens and child.right_edge.i == verb.i - 1:
            return child
    return noun


def _moved(verb: Token) -> Token | None:
    """Return who is brought to speak: the video "prompted users to argue", "led him to say"."""
    if verb.tag_ != "VB" or verb.dep_ not in ("xcomp", "ccomp", "advcl"):
        return None
    if verb.head.lemma_.lower() not in lexicon().moving:
        return None
    objects = (child for child in verb.head.children if child.dep_ in ("dobj", "dative"))
    return next((noun for noun in objects if verb.head.i < noun.i < verb.i), None)


def _between_commas(verb: Token) -> Token | None:
    """Return the noun between a cue and a comma behind which the sentence goes on with its verb."""
    doc = verb.doc
    if lexicon().lemmas.get(verb.lower_, verb.lemma_.lower()) not in lexicon().speech:
        return None
    for i in range(verb.i + 1, min(verb.i + _LONGEST_APPOSITION, len(doc) - 1)):
        if doc[i].text == ",":
            goes_on = doc[i + 1].pos_ in ("VERB", "AUX") and doc[i + 1].tag_ != "VBG"
            return doc[verb.i + 1 : i].root if i > verb.i + 1 and goes_on else None
        if doc[i].pos_ not in ("PROPN", "NOUN", "DET", "ADJ", "ADP"):
            return None
    return None


def _message(verb: Token) -> Token | None:
    """Return the letter or sign right before a participle: he left "a note saying …"."""
    noun = verb.doc[verb.i - 1] if verb.i else verb
    if verb.dep_ == "pcomp" and verb.head.head.i < verb.head.i:
        noun = verb.head.head
    elif noun.dep_ == "pobj" and noun.head.head.i < noun.head.i:
        noun = noun.head.head  # "a note on the door saying"
    if verb.tag_ != "VBG" or noun.pos_ != "NOUN" or noun.lemma_ not in lexicon().messages:
        return None
    carrier = noun.head
    if noun.dep_ == "dobj" and carrier.lemma_.lower() in lexicon().light:
        issuers = (child for child in carrier.children if child.dep_ == "nsubj")
        return next((child for child in issuers if child.pos_ != "PRON"), noun)
    return noun


def noun_phrase(reading: Reading, noun: Token, stop: int | None = None) -> Range:
    """Return the phrase of ``noun``, cut where ``stop`` (its cue) or a paragraph ends it."""
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    if stop is not None and start <= stop < end:
        start, end = (start, stop) if stop > noun.i else (stop + 1, end)
    first, last = reading.line(noun.i)
    return trim(reading.doc, (max(start, first), min(end, last)))


def agent_behind(verb: Token) -> Token | None:
    """Return who acts in a passive where the parser hung it on a complement: "hailed as new by X".

    It ends the clause.
    """
    if verb.tag_ != "VBN" or any(child.dep_ == "agent" for child in verb.children):
        return None
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in ("prep", "oprd", "xcomp"):
            continue
        for word in child.subtree:
            if word.lower_ == "by" and word.right_edge.i == child.right_edge.i and word.i > child.i:
                noun = next((c for c in word.children if c.dep_ == "pobj"), None)
                if noun is not None and (noun.ent_type_ or noun.tag_ in ("NNS", "NNPS", "NNP")):
                    return noun
    return None


def before_charge(agent: Token, source: Range) -> Range:
    """End an agent before what is held against somebody: was accused by critics "of lying"."""
    if agent.dep_ != "pobj" or agent.head.dep_ != "agent":
        return source
    for child in agent.children:
        charged = child.lower_ in ("of", "for") and any(c.dep_ == "pcomp" for c in child.children)
        if charged or child.lower_ == "as":
            return source[0], max(source[0] + 1, child.i)
    return source


def head_phrase(reading: Reading, noun: Token, verb: Token) -> Range:
    """Return the phrase of ``noun`` up to the relative or reduced clause of ``verb``.

    A relative pronoun that is the clause's subject stands for the noun and belongs to the mention.
    """
    end = min(noun.right_edge.i + 1, max(verb.left_edge.i, noun.i + 1))
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.lower_ in RELATIVE and end <= child.i <= end + 1:
            end = child.i + 1
    return trim(reading.doc, (noun.left_edge.i, end))


def can_speak(reading: Reading, source: Range | None, cue: Token | None) -> bool:
    """Whether a source is somebody or a text, not a fact, a decision or a storm.

    Of those, too, it is written that they "say" or "read" something.
    """
    if source is None:
        return True
    head = reading.doc[source[0] : source[1]].root
    lemma = reading.lemma(head.i)
    if cue is not None and lemma in _ANYBODY and source[1] - source[0] < 3 and _is_supposed(cue):
        return False
    if cue is not None and source[1] - source[0] < 3 and _is_imagined(head, cue):
        return False
    if cue is not None and reading.lemma(cue.i) in _STATING:
        return True
    if cue is not None and reading.lemma(cue.i) in SHOWING and lemma in reading.lexicon.evidence:
        return True
    if cue is not None and inferences.is_inference(reading, head, cue):
        return False
    return head.pos_ != "NOUN" or lemma not in reading.lexicon.speechless


def _is_imagined(head: Token, cue: Token) -> bool:
    """Whether nobody has told it: "next time someone asks", "if the club thinks"."""
    if head.lower_ in _SOMEBODY and cue.tag_ in ("VBZ", "VBP", "VB"):
        return True
    supposed = any(child.dep_ == "mark" and child.lower_ == "if" for child in cue.children)
    return supposed and cue.tag_ in ("VBZ", "VBP") and cue.lemma_.lower() in lexicon().mind


def _is_supposed(cue: Token) -> bool:
    """Whether a telling is only imagined: people "will ask", "may think", "begin to wonder"."""
    begun = cue.dep_ == "xcomp" and cue.head.lemma_.lower() in _BEGINNING
    return cue.tag_ == "VB" and (begun or any(child.tag_ == "MD" for child in cue.children))


def cue_range(verb: Token) -> Range:
    """Return ``verb`` with the auxiliaries, negations, particles and adverbs that touch it."""
    touching = {
        child.i
        for child in verb.children
        if child.dep_ in ("aux", "auxpass", "neg", "prt", "advmod")
        and child.tag_ not in ("JJS", "JJR")
        and not _is_name(verb, child)
    }
    start = end = verb.i
    while start - 1 in touching:
        start -= 1
    while end + 1 in touching:
        end += 1
    return start, end + 1


def _is_name(verb: Token, word: Token) -> bool:
    """Whether a word with a capital behind a cue in small letters is who speaks: says Early."""
    return word.i > verb.i and word.dep_ == "advmod" and word.is_title and verb.is_lower


def nearby(reading: Reading, verb: Token, cue: Range) -> Range | None:
    """Find a source by place where the parse gives none.

    That is the noun phrase right before the cue, an inverted one right behind it, or the sentence's
    subject for a participle.
    """
    return _before(reading, cue) or _behind(reading, verb, cue) or _of_participle(reading, verb)


def _before(reading: Reading, cue: Range) -> Range | None:
    doc = reading.doc
    at = cue[0] - 1
    while at >= 0 and (doc[at].pos_ in ("ADV", "AUX") or doc[at].dep_ in ("advmod", "aux")):
        at -= 1
    if at > 0 and doc[at].text == "," and not reading.is_quoted(at):
        at = _before_apposition(doc, at)
    if at < 0 or reading.is_quoted(at) or reading.breaks(at, cue[0]):
        return None
    word = doc[at]
    if word.pos_ not in _NOMINAL or word.lower_ in RELATIVE or word.lower_ == "what":
        return None
    head = word
    while (
        head.dep_ in ("compound", "appos", "nmod", "pobj", "prep")
        and head.head.i != head.i
        and abs(head.head.i - at) < 12
        and head.head.pos_ in ("NOUN", "PROPN", "ADP")
        and not reading.breaks(min(head.i, head.head.i), max(head.i, head.head.i))
    ):
        head = head.head
    start = min(head.left_edge.i, head.i)
    for i in range(at, start - 1, -1):
        if reading.is_quoted(i) or reading.paragraph[i] != reading.paragraph[at]:
            start = i + 1
            break
    return trim(doc, (start, at + 1))


def _before_apposition(doc: Doc, comma: int) -> int:
    """From the comma in "Smith, a farmer, said" go back to "Smith"."""
    at = comma - 1
    while at > 0 and comma - at < _LONGEST_APPOSITION and doc[at].text not in (",", '"', "."):
        at -= 1
    return at - 1 if doc[at].text == "," and at > 1 and doc[at - 1].pos_ == "PROPN" else comma


def _behind(reading: Reading, verb: Token, cue: Range) -> Range | None:
    doc, at = reading.doc, cue[1]
    tags = ("VBD", "VBZ", "VBN") if verb.i in reading.direct else ("VBD", "VBZ")
    if verb.tag_ not in tags or at >= len(doc) or cue[0] == 0:
        return None
    if reading.is_quoted(at) or doc[cue[0] - 1].text not in (",", '"', "'", "—", "?", "!"):
        return None
    end = at
    while (
        end < len(doc)
        and end - at < 8
        and (doc[end].pos_ in ("PROPN", "DET", "NOUN", "ADJ", "PRON") or doc[end].is_title)
        and not reading.is_quoted(end)
    ):
        end += 1
    return trim(doc, (at, end)) if end > at else None


def _of_participle(reading: Reading, verb: Token) -> Range | None:
    """Find the subject of "…, adding that …" and "…, going on to say that …"."""
    if verb.tag_ == "VB" and verb.dep_ == "xcomp":
        verb = verb.head
    if verb.tag_ != "VBG":
        return None
    head = verb
    for _ in range(5):
        head = head.head
        if head.pos_ in ("VERB", "AUX"):
            for child in head.children:
                if child.dep_ in ("nsubj", "nsubjpass") and not reading.is_quoted(child.i):
                    return noun_phrase(reading, child, head.i)
        if head.head.i == head.i:
            break
    for i in range(verb.i - 1, reading.sentence(verb.i)[0] - 1, -1):
        word = reading.doc[i]
        if word.dep_ == "nsubj" and not reading.is_quoted(i) and not reading.is_quoted(word.head.i):
            return noun_phrase(reading, word, word.head.i)
    return None
