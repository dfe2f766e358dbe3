"""Find who said what: source, cue and content of every statement in an article.

The rules live in ``loader.extract.components.attribution``, a family a module. Each adds
candidates to a ``Reading`` of the article; the best are kept and written to ``doc._.attributions``.
"""

from functools import partial
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc, Token

from loader.extract.components.annotations import Attribution, Offsets
from loader.extract.components.attribution import (
    acts,
    adverbial,
    dialogue,
    direct,
    features,
    followups,
    headlines,
    layout,
    nominal,
    relatives,
    source_phrases,
    source_spans,
    verbs,
)
from loader.extract.components.attribution.families import FAMILIES
from loader.extract.components.attribution.overlaps import select
from loader.extract.components.attribution.ranges import Range, subtract, trim
from loader.extract.components.attribution.reading import SUBJECTS, Candidate, Reading, read
from loader.extract.components.attribution.source_phrases import noun_phrase

_PRONOUNS = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "one",
        "ones",
        "another",
        "other",
        "others",
        "such",
        "more",
    ]
)


@Language.component("attributions", requires=["doc._.quotations"], assigns=["doc._.attributions"])
def mark_attributions(doc: Doc) -> Doc:
    """Write ``doc._.attributions``, in the order of the text."""
    if len(doc):
        reading = read(doc)
        collect(reading)
        chosen = select(reading)
        places = {id(candidate): place for place, candidate in enumerate(chosen)}
        doc._.attributions = tuple(
            _finish(reading, candidate, places.get(id(candidate.parent))) for candidate in chosen
        )
    return doc


def collect(reading: Reading) -> None:
    """Let every family of rules add its candidates."""
    direct.match(reading)
    for token in reading.doc:
        if reading.is_quoted(token.i):
            continue
        adverbial.find(reading, token)
        if nominal.may_attribute(token) and token.i not in reading.direct:
            nominal.find(reading, token)
        elif token.pos_ in ("VERB", "AUX") or token.i in reading.direct:
            verbs.find(reading, token)
    relatives.find(reading)
    layout.find(reading)
    dialogue.find(reading)
    headlines.find(reading)
    followups.find(reading)
    reading.candidates[:] = filter(partial(_is_prose, reading), reading.candidates)
    reading.candidates[:] = filter(partial(_is_somebodys, reading), reading.candidates)
    reading.candidates[:] = filter(partial(_says_something, reading), reading.candidates)


def _is_prose(reading: Reading, candidate: Candidate) -> bool:
    """Whether a candidate stands in the prose; labels and datelines are cut off its content."""
    anchors = [span for span in (candidate.source, candidate.cue) if span is not None]
    touched = [i for span in (*anchors, *candidate.content) for i in range(*span)]
    behind = candidate.content[-1][1]
    barred = behind < len(reading.doc) and reading.doc[behind].text == "|"
    if barred or not reading.head.isdisjoint(touched):
        return False
    opened = reading.openings
    if opened.keys().isdisjoint(touched):
        return True
    if any(span[1] - 1 in opened for span in anchors):
        return False
    if candidate.source is not None:
        start, end = candidate.source
        candidate.source = opened.get(start, start), end
    holes = [(i, i + 1) for i in touched if i in opened]
    candidate.content = [
        part for span in candidate.content for part in subtract(reading.doc, span, holes)
    ]
    return bool(candidate.content)


def _is_somebodys(reading: Reading, candidate: Candidate) -> bool:
    """Whether who is said to speak can; quotation marks tell that somebody does."""
    if candidate.rule in ("direct", "layout", "block"):
        return True
    cue = reading.doc[candidate.anchor] if candidate.cue is not None else None
    return source_phrases.can_speak(reading, candidate.source, cue)


def _says_something(reading: Reading, candidate: Candidate) -> bool:
    """Whether a content is more than a word that stands for one: keen on "it", "another"."""
    if candidate.rule in ("direct", "layout", "block", "stand-in"):
        return True
    first = reading.doc[candidate.content[0][0]]
    cue = reading.doc[candidate.anchor]
    opens = first.lower_ in ("who", "which") and first.dep_ in SUBJECTS
    told = candidate.rule == "clause" and cue.tag_ == "VBG" and cue.dep_ == "acl"
    if opens and (first.head.dep_ == "relcl" or told):
        return False  # "was the third witness testifying who listened in"
    words = [reading.doc[i] for i in chain(*(range(*span) for span in candidate.content))]
    words = [word for word in words if not (word.is_punct or word.is_space)]
    if [word.lower_ for word in words] == ["the", "following"]:
        return False
    if _is_cut_short(reading, candidate, words):
        return False
    if len(words) != 1:
        return True
    named = words[0].tag_ == "PRP" and candidate.rule != "passive"  # "they were backed by …"
    return not named and words[0].lower_ not in _PRONOUNS


def _is_cut_short(reading: Reading, candidate: Candidate, words: list[Token]) -> bool:
    """Whether the object of a content has moved out of it: the world that the firm seeks "to make".

    What is "reported" of two words is cut short as well.
    """
    cue = reading.doc[candidate.anchor]
    bare = len(words) == 2 and words[0].lower_ == "to" and cue.dep_ == "relcl"
    return (bare and candidate.rule == "clause") or (
        candidate.rule == "reportedly" and len(words) < 3
    )


def _finish(reading: Reading, candidate: Candidate, parent: int | None) -> Attribution:
    act = acts.act(reading, candidate)
    candidate.content = _without_complementizer(reading, candidate)
    if candidate.source is not None and candidate.rule not in ("layout", "headline"):
        candidate.source = source_spans.whole(reading, candidate.source)
    return Attribution(
        source=_source(reading, candidate.source),
        cue=_offsets(reading, candidate.cue),
        content=tuple(_chars(reading, span) for span in candidate.content),
        kind=features.kind(reading, candidate.content),
        rule=FAMILIES[candidate.rule],
        act=act,
        denied=features.is_denied(reading, candidate),
        negative=features.is_negative(reading, candidate),
        hedged=features.is_hedged(reading, candidate),
        headline=candidate.headline,
        question=features.is_question(reading, candidate),
        carried=candidate.carried,
        parent=parent,
        via=_offsets(reading, _channel(reading, candidate)),
    )


def _without_complementizer(reading: Reading, candidate: Candidate) -> list[Range]:
    """Cut "that" or "whether" off the content, the words that only tie it to its cue."""
    start, end = candidate.content[0]
    first = reading.doc[start]
    tie = first.dep_ == "mark" or (first.tag_ == "WDT" and first.dep_ == "dobj")
    if not tie or first.lower_ not in ("that", "whether", "if") or end - start < 2:
        return candidate.content
    if reading.doc[start + 1].dep_ == "cc":
        return candidate.content  # "asked if and when …"
    return [trim(reading.doc, (start + 1, end)), *candidate.content[1:]]


def _channel(reading: Reading, candidate: Candidate) -> Range | None:
    """Return the named addressee of "told The Times": whom a statement reached us through."""
    if candidate.cue is None:
        return None
    verb = reading.doc[candidate.anchor]
    if reading.lemma(verb.i) not in reading.lexicon.addressed:
        return None
    for child in verb.children:
        addressed = child.dep_ in ("dobj", "dative") and child.i > verb.i
        if addressed and child.pos_ == "PROPN" and child.ent_type_ != "PERSON":
            return noun_phrase(reading, child, verb.i)
    return None


def _source(reading: Reading, span: Range | None) -> Offsets | None:
    offsets = _offsets(reading, span)
    if span is None or offsets is None:
        return None
    text = reading.doc[span[0] : span[1]].text
    start, end = source_spans.trimmed(text, 0, len(text))
    return (offsets[0] + start, offsets[0] + end) if start < end else offsets


def _offsets(reading: Reading, span: Range | None) -> Offsets | None:
    return None if span is None or span[0] >= span[1] else _chars(reading, span)


def _chars(reading: Reading, span: Range) -> Offsets:
    last = reading.doc[span[1] - 1]
    return reading.doc[span[0]].idx, last.idx + len(last)
