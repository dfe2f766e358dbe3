"""Cues between a relative pronoun and its verb: "which doctors say is safe", "who police say fled".

The parser takes the cue for a noun or an auxiliary, and its subject for that of the verb behind it.
"""

from spacy.tokens import Token

from loader.extract.components.attribution.ranges import Range, subtract, trim
from loader.extract.components.attribution.reading import Candidate, Reading

_RELATIVES = frozenset({"which", "who", "that"})
_JOINTS = frozenset({"and", "but", "or"})
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST_SOURCE = 7
_LONGEST_CLAUSE = 40


def find(reading: Reading) -> None:
    """Add what is said of a noun in a relative clause with a cue of its own.

    The content is the noun with what is said of it: "The drug … is safe".
    """
    for token in reading.doc:
        if not reading.is_quoted(token.i) and _is_cue(reading, token):
            _add(reading, token)


def _is_cue(reading: Reading, token: Token) -> bool:
    """Whether a present form of a verb of saying stands right before a finite verb."""
    after = token.i + 1
    if token.pos_ not in ("VERB", "NOUN", "AUX") or after >= len(reading.doc):
        return False
    verb = reading.doc[after]
    # "said is" is no cue and its clause, "say fled" may have its verb taken for a participle.
    finite = verb.tag_ in _FINITE or (verb.tag_ == "VBN" and token.dep_ == "aux")
    if not finite or verb.pos_ not in ("VERB", "AUX"):
        return False
    return reading.lexicon.lemmas.get(token.lower_, token.lower_) in reading.lexicon.speech


def _add(reading: Reading, cue: Token) -> None:
    doc, low = reading.doc, reading.sentence(cue.i)[0]
    at = cue.i - 1
    while at >= low and cue.i - at <= _LONGEST_SOURCE and doc[at].pos_ in _NAMING:
        if doc[at].lower_ in _RELATIVES:
            break
        at -= 1
    if at < low or not any(doc[i].pos_ in ("NOUN", "PROPN", "PRON") for i in range(at + 1, cue.i)):
        return
    opener = doc[at]
    relative = opener if opener.lower_ in _RELATIVES else None
    if opener.lower_ in _JOINTS:
        relative = next((doc[i] for i in range(at, low, -1) if doc[i].lower_ in _RELATIVES), None)
    noun = _antecedent(reading, relative) if relative is not None else None
    if noun is None:
        return
    source = trim(doc, (at + 1, cue.i))
    content = [noun, *subtract(doc, (cue.i + 1, _end(reading, cue)), [])]
    if source[0] < source[1] and len(content) > 1:
        _drop_misread(reading, cue)
        reading.candidates.append(
            Candidate(
                source=source,
                cue=(cue.i, cue.i + 1),
                content=content,
                rule="relative",
                anchor=cue.i,
            )
        )


def _antecedent(reading: Reading, relative: Token) -> Range | None:
    """Return the noun phrase before a relative pronoun, without its comma."""
    doc, end = reading.doc, relative.i
    while end and doc[end - 1].text == ",":
        end -= 1
    if not end or doc[end - 1].pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
        return None
    noun = doc[end - 1]
    while (
        noun.dep_ in ("pobj", "prep")
        and noun.head.i < noun.i
        and noun.head.pos_
        in (
            "ADP",
            "NOUN",
            "PROPN",
        )
    ):
        noun = noun.head
    return trim(doc, (max(noun.left_edge.i, reading.sentence(relative.i)[0]), end))


def _end(reading: Reading, cue: Token) -> int:
    """Return where the relative clause ends: at a comma, or with what hangs on its verb."""
    limit = min(reading.sentence(cue.i)[1], cue.i + _LONGEST_CLAUSE)
    comma = next((i for i in range(cue.i + 2, limit) if reading.doc[i].text in (",", ";")), limit)
    verb = reading.doc[cue.i + 1]
    main = next(
        (
            i
            for i in range(cue.i + 2, comma)
            if reading.doc[i].tag_ in _FINITE
            and reading.doc[i].dep_ in ("ROOT", "aux", "auxpass")
            and verb.i not in (reading.doc[i].i, reading.doc[i].head.i)
            and verb.head.i != reading.doc[i].i
            and verb.head.i != reading.doc[i].head.i
        ),
        comma,
    )
    return min(comma, main)


def _drop_misread(reading: Reading, cue: Token) -> None:
    """Take back what a rule made of the same cue."""
    reading.candidates[:] = [
        candidate
        for candidate in reading.candidates
        if candidate.cue is None or not candidate.cue[0] <= cue.i < candidate.cue[1]
    ]
