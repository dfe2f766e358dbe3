"""Headline forms: "Seoul: …", "…: experts", "…, says X"."""

from loader.extract.components.annotations import COUNTRIES, ORGANIZATIONS, PEOPLE
from loader.extract.components.attribution.layout import trim_space
from loader.extract.components.attribution.ranges import Range, subtract, trim
from loader.extract.components.attribution.reading import Candidate, Reading
from loader.extract.components.roles import role_noun, role_nouns, words

_LONGEST_NAME = 5
_PLACES = frozenset({"GPE", "NORP"})
_PEOPLE = frozenset({"source", "police", "court", "people", "family", "ministry", "union"})
_PEOPLE |= frozenset({"company", "agency", "office", "men", "women", "team", "group", "camp"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NO_SUBJECT = frozenset({"ADP", "AUX", "VERB", "CCONJ", "PUNCT", "PART", "SCONJ"})


def find(reading: Reading) -> None:
    """Add the attribution that the headline's colon makes, and mark those made in the headline."""
    line = _headline(reading)
    if line is None:
        return
    if not any(_is_within(candidate, line) for candidate in reading.candidates):
        _add_colon(reading, line)
        _add_verb(reading, line)
    for candidate in reading.candidates:
        if reading.title_end and candidate.content[0][0] < reading.title_end:
            candidate.headline = True


def _headline(reading: Reading) -> Range | None:
    """Return the title's tokens, or those of the first line where no title is known."""
    if reading.title_end:
        return _unlabelled(reading, trim_space(reading, (0, reading.title_end)))
    for line in reading.lines:
        if (trimmed := trim_space(reading, line)) is not None:
            return _unlabelled(reading, trimmed)
    return None


def _unlabelled(reading: Reading, line: Range | None) -> Range | None:
    """Cut the label off a headline: "LIVE: …"."""
    if line is None:
        return None
    start = reading.openings.get(line[0], line[0])
    return (start, line[1]) if start < line[1] else None


def _is_within(candidate: Candidate, line: Range) -> bool:
    return candidate.cue is not None and line[0] <= candidate.cue[0] < line[1]


def _add_colon(reading: Reading, line: Range) -> None:
    doc, (start, end) = reading.doc, line
    for i in range(start, end):
        if doc[i].text != ":":
            continue
        if 1 <= i - start <= _LONGEST_NAME and end - i > 3:
            source, content = (start, i), subtract(doc, (i + 1, end), [])
        elif 1 <= end - i - 1 <= _LONGEST_NAME and i - start > 2:
            source, content = (i + 1, end), subtract(doc, (start, i), [])
        else:
            continue
        source = trim(doc, source)
        named = source[1] > source[0] and bool(content) and _can_speak(reading, source)
        if named and not _is_epithet(reading, source, content):
            reading.candidates.append(
                Candidate(source=source, cue=None, content=content, rule="headline", anchor=i)
            )
        return


def _is_epithet(reading: Reading, source: Range, content: list[Range]) -> bool:
    """Whether words behind a person's name and a colon say what he is: "Lena Ortiz: Queen of"."""
    doc = reading.doc
    words = [doc[i] for span in content for i in range(*span)]
    if source[0] > content[0][0] or words[0].lower_ == "no" or reading.is_quoted(words[0].i):
        return False
    if words[0].lower_ in ("a", "an") and not any(word.tag_ in _FINITE for word in words):
        return True  # "Marsh Tales: A Good Place to Rest"
    person = any(span.start < source[1] <= span.end for span in doc.spans[PEOPLE])
    return person and not any(word.pos_ in ("VERB", "AUX") for word in words)


def _can_speak(reading: Reading, source: Range) -> bool:
    """Whether words beside a headline's colon name somebody or a text, and no topic.

    A topic is "Harbour chaos: …".
    """
    doc, (start, end) = reading.doc, source
    named = (span for key in (PEOPLE, ORGANIZATIONS, COUNTRIES) for span in doc.spans[key])
    root = doc[start:end].root.i
    if any(span.start <= at < span.end for span in named for at in (root, end - 1)):
        return True
    telling = words("documents") | words("government") | reading.lexicon.evidence
    return any(
        (i == end - 1 and doc[i].ent_type_ in _PLACES)
        or role_noun(doc[i]) is not None
        or {doc[i].lower_, reading.lemma(i), doc[i].lower_.removesuffix("s")}
        & (telling | role_nouns() | reading.lexicon.messages | _PEOPLE)
        for i in range(start, end)
    )


def _add_verb(reading: Reading, line: Range) -> None:
    """Add what a cue attributes that was taken for a plural: "Court rules ban is illegal"."""
    doc, (start, end) = reading.doc, line
    for i in range(start + 1, min(start + _LONGEST_NAME + 1, end - 2)):
        token = doc[i]
        lemma = reading.lexicon.lemmas.get(token.lower_)
        if token.pos_ == "PUNCT" or (token.tag_ in _FINITE and token.dep_ != "nsubj"):
            return
        if lemma not in reading.lexicon.clausal or not token.lower_.endswith("s"):
            continue
        if doc[i - 1].pos_ not in ("NOUN", "PROPN") or doc[i + 1].pos_ in (
            _NO_SUBJECT - {"VERB"} if token.tag_ == "VBZ" else _NO_SUBJECT
        ):
            continue
        later = range(i + 2, end)
        if any(doc[j].tag_ in _FINITE or doc[j].pos_ == "AUX" for j in later):
            content = subtract(doc, (i + 1, end), [])
            reading.candidates.append(
                Candidate(
                    source=trim(doc, (start, i)),
                    cue=(i, i + 1),
                    content=content,
                    rule="clause",
                    anchor=i,
                )
            )
        return
