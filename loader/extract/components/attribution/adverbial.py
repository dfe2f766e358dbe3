"""Cues that are no verb of a clause: "according to X", "to X, …", "as X put it", "reportedly"."""

from spacy.tokens import Token

from loader.extract.components.attribution.ranges import Range, size, subtract, trim
from loader.extract.components.attribution.reading import SUBJECTS, Candidate, Reading
from loader.extract.components.roles import words

REPORTS = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})
_SUBORDINATORS = frozenset({"after", "although", "because", "before", "since", "though", "when"})
_LONGEST_NAME = 14
_VIEWS = {
    "in": frozenset({"view", "opinion", "word", "telling", "estimation", "eye", "mind"}),
    "by": frozenset({"account", "estimate", "estimation", "reckoning", "admission", "calculation"}),
}
"""Nouns of "in her view", "by one estimate", by preposition."""
_FIGURES = frozenset({"eye", "mind"})
"""What also holds memories and dust: it tells a view only where it stands apart."""
_NOBODYS = frozenset({"my", "our", "your"})
_TELLINGS = frozenset({"email", "interview", "post", "report", "statement", "tweet"})
_DASHES = frozenset({"—", "–", "--"})
_APART = frozenset({",", "—", "–", "--"})
_BEGINNINGS = frozenset(
    ["the", "a", "an", "this", "these", "he", "she", "it", "they", "there", "his", "her", "its"]
)
_LONGEST_APPOSITION = 6
_TEXTS = frozenset({"bylaw", "release", "rule", "guideline", "filing", "website", "site", "source"})
_PERSONS = frozenset({"him", "her", "them"})
_COUNTED = frozenset({"one", "some", "most", "many", "several", "two", "three"})


def find(reading: Reading, word: Token) -> None:
    """Add the attribution that ``word`` makes by one of the forms, if it makes one."""
    if word.lower_ == "according":
        find_according(reading, word)
    elif word.lower_ == "per":
        find_per(reading, word)
    elif word.lower_ in REPORTS:
        find_reportedly(reading, word)
    elif word.text == "To" and word.i == reading.sentence(word.i)[0]:
        find_to(reading, word)
    elif word.lower_ == "put":
        find_put_it(reading, word)
    elif word.lower_ in _VIEWS and word.dep_ == "prep":
        find_view(reading, word)


def find_reportedly(reading: Reading, word: Token) -> None:
    """Add the attribution of "reportedly" to nobody: the clause of its verb."""
    after = reading.doc[word.i + 1 : word.i + 4]
    head = word.head.head if word.head.dep_ == "acomp" else word.head  # "is allegedly unsafe"
    verb = next((token for token in after if token.pos_ == "VERB"), head)
    if word.dep_ != "advmod" or verb.pos_ not in ("VERB", "AUX"):
        return
    if any(token.lower_ == "according" for token in reading.doc[slice(*reading.sentence(word.i))]):
        return  # who reports it is named
    if reading.lemma(verb.i) in reading.lexicon.speech and verb.tag_ in ("VBD", "VBZ"):
        return  # "reportedly asked": who asked, is named
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i]
    if not subjects:
        return
    start = min(subjects[-1].left_edge.i, word.i)
    end = min(verb.right_edge.i + 1, reading.line(word.i)[1])
    if start and reading.doc[start - 1].lower_ in _SUBORDINATORS:
        end = next((i for i in range(verb.i, end) if reading.doc[i].text == ","), end)
    span = (start, end)
    content = subtract(reading.doc, span, [(word.i, word.i + 1)])
    if content:
        reading.candidates.append(
            Candidate(
                source=None,
                cue=(word.i, word.i + 1),
                content=content,
                rule="reportedly",
                anchor=word.i,
            )
        )


def find_view(reading: Reading, word: Token) -> None:
    """Add the attribution of "in her view", "by one estimate": the sentence without the phrase."""
    noun = next((child for child in word.children if child.dep_ == "pobj"), None)
    if noun is None or reading.lemma(noun.i) not in _VIEWS[word.lower_]:
        return
    phrase = (word.i, noun.right_edge.i + 1)
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if reading.lemma(noun.i) in _FIGURES and not _stands_apart(reading, phrase):
        return
    if owner is not None and owner.lower_ not in _NOBODYS:
        source = (owner.left_edge.i, owner.right_edge.i + 1)
        if reading.doc[source[1] - 1].lower_ in ("'s", "'"):
            source = (source[0], source[1] - 1)
    elif (whose := _whose(noun)) is not None:
        source = (whose.left_edge.i, whose.right_edge.i + 1)
        phrase = (word.i, source[1])
    elif word.lower_ == "by" and noun.left_edge.lower_ in _COUNTED:
        source = (noun.left_edge.i, noun.i + 1)
    else:
        return
    _add_sentence(reading, noun, source, phrase)


def _stands_apart(reading: Reading, phrase: Range) -> bool:
    """Whether marks set a phrase off from its clause: "In her eyes, …", not "dust in her eyes"."""
    doc, (start, end) = reading.doc, phrase
    behind = end >= len(doc) or doc[end].is_punct or doc[end].is_space
    if start == reading.sentence(start)[0]:
        return True
    if behind and reading.lemma(doc[start].head.i) in reading.lexicon.copulas:
        return True  # "was a disgrace in their eyes"
    before = doc[start - 2].pos_ if start > 1 else ""
    return behind and doc[start - 1].text in _APART and before not in ("ADP", "VERB", "SCONJ")


def _whose(noun: Token) -> Token | None:
    """Return who is named behind "of": in the words of Smith."""
    of = next((child for child in noun.children if child.lower_ == "of"), None)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None


def find_to(reading: Reading, word: Token) -> None:
    """Add the attribution of "To Smith, an economist, …": the sentence without the phrase."""
    named = next((child for child in word.children if child.dep_ == "pobj"), None)
    if named is None or (named.pos_ != "PROPN" and named.lower_ not in _PERSONS):
        return
    end = _comma(reading, named.i + 1)
    if end is not None and reading.doc[end + 1].lower_ in ("a", "an"):
        end = _comma(reading, end + 2)  # behind the apposition
    if end is None or end - word.i > _LONGEST_NAME or word.head.i < end:
        return
    _add_sentence(reading, word, (word.i + 1, end), (word.i, end))


def _comma(reading: Reading, at: int) -> int | None:
    """Return the next comma of the sentence, unless it is the last token."""
    last = reading.sentence(at)[1] - 1
    return next((i for i in range(at, last) if reading.doc[i].text == ","), None)


def find_put_it(reading: Reading, word: Token) -> None:
    """Add the attribution of "as Smith put it": the sentence without the clause."""
    subject = next((child for child in word.children if child.dep_ == "nsubj"), None)
    says_it = any(child.lower_ == "it" and child.dep_ == "dobj" for child in word.children)
    marked = any(
        child.dep_ in ("mark", "advmod") and child.lower_ == "as" for child in word.children
    )
    if subject is None or not says_it or not marked:
        return
    clause = (word.left_edge.i, word.right_edge.i + 1)
    source = (subject.left_edge.i, subject.right_edge.i + 1)
    _add_sentence(reading, word, source, clause)


def _add_sentence(
    reading: Reading, word: Token, source: Range, phrase: Range, *, cue: Range | None = None
) -> None:
    """Attribute to ``source`` the sentence around ``phrase``; ``word`` is the cue or in it."""
    content = _sentence_without(reading, phrase)
    source = trim(reading.doc, source)
    if size(content) > 1 and source[1] > source[0]:
        reading.candidates.append(
            Candidate(
                source=source,
                cue=cue or (word.i, word.i + 1),
                content=content,
                rule="according",
                anchor=word.i,
            )
        )


def find_according(reading: Reading, word: Token) -> None:
    """Add the attribution of "according to X": the sentence without the phrase."""
    doc = reading.doc
    if word.i + 1 >= len(doc) or doc[word.i + 1].lower_ != "to" or reading.is_quoted(word.i):
        return
    preposition = doc[word.i + 1]
    named = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    if named is None:
        return
    end = min(named.right_edge.i + 1, reading.line(word.i)[1])
    end = _before_subject(reading, preposition.i + 1, end)
    end = _behind_apposition(reading, named, end)
    who, end = (preposition.i + 1, end), _behind_occasion(reading, end)
    cue = word.i, word.i + 2
    if (aside := _aside(reading, word.i, end)) is not None:
        content = subtract(doc, aside, [(word.i, end)])
        source = trim(doc, who)
        if size(content) > 1 and source[1] > source[0]:
            reading.candidates.append(
                Candidate(source=source, cue=cue, content=content, rule="according", anchor=word.i)
            )
        return
    _add_sentence(reading, word, who, (word.i, end), cue=cue)


def _aside(reading: Reading, start: int, end: int) -> Range | None:
    """Return the words between dashes that a phrase closes: "— it cost a lot, according to X —"."""
    doc, (first, last) = reading.doc, reading.sentence(start)
    if end >= last - 1 or doc[end].text not in _DASHES:
        return None
    opening = next((i for i in range(start - 1, first, -1) if doc[i].text in _DASHES), None)
    return (opening + 1, end) if opening is not None and opening < start - 2 else None


def _behind_occasion(reading: Reading, end: int) -> int:
    """Go on behind "in an interview", "in a statement", the occasion of telling."""
    doc = reading.doc
    words_ = [token.lower_ for token in doc[end : end + 3]]
    told = len(words_) > 2 and words_[0] == "in" and words_[1] in ("a", "an")
    return end + 3 if told and words_[2] in _TELLINGS else end


def _behind_apposition(reading: Reading, named: Token, end: int) -> int:
    """Go on to the comma behind "his aunt, Ada Lind," and "people I spoke to,"."""
    doc = reading.doc
    comma = _comma(reading, end + 1) if end + 1 < len(doc) else None
    if comma is None or comma - end > _LONGEST_APPOSITION:
        last = reading.sentence(end - 1)[1]
        rest = doc[end + 1 : last]
        closes = end + 1 < last and last - end <= _LONGEST_NAME and doc[end].text == ","
        named_so = closes and rest[0].lower_ in ("the", "a", "an", "its", "his", "her")
        tells = any(word.pos_ in ("VERB", "AUX") for word in rest)
        return last - 1 if named_so and not tells and rest[-1].text in ".!?" else end
    if doc[end].text == "," and named.pos_ == "NOUN":
        return comma if all(doc[i].ent_type_ == "PERSON" for i in range(end + 1, comma)) else end
    told = doc[end].tag_ == "PRP" and doc[end + 1].pos_ in ("VERB", "AUX")
    return comma if told and named.pos_ == "NOUN" else end


def find_per(reading: Reading, word: Token) -> None:
    """Add the attribution of "…, per the report": behind a comma, or first in its sentence."""
    doc, (first, last) = reading.doc, reading.sentence(word.i)
    named = next((child for child in word.children if child.dep_ == "pobj"), None)
    if named is None or (word.i > first and doc[word.i - 1].text not in (",", "(")):
        return
    texts = words("documents") | _TEXTS
    telling = named.pos_ == "PROPN" or not texts.isdisjoint({named.lower_, reading.lemma(named.i)})
    end = min(named.right_edge.i + 1, reading.line(word.i)[1])
    closed = end >= last - 1 or doc[end].text in (",", ")", ".", ";")
    if telling and closed and not reading.is_quoted(word.i):
        _add_sentence(reading, named, (word.i + 1, end), (word.i, end), cue=(word.i, word.i + 1))


def _before_subject(reading: Reading, start: int, end: int) -> int:
    """End a name where the sentence begins without a comma: according to Smith the wall …."""
    for i in range(start + 1, end):
        before = reading.doc[i - 1]
        if reading.doc[i].lower_ in _BEGINNINGS and before.text[0].isupper():
            return i
        if before.pos_ in ("ADP", "CCONJ") or before.is_punct:
            return end
    return end


def _sentence_without(reading: Reading, hole: Range) -> list[Range]:
    """Return the sentence around ``hole``, and the quotation that begins in it to its end."""
    sentence, line = reading.sentence(hole[0]), reading.line(hole[0])
    span = (max(sentence[0], line[0]), min(sentence[1], line[1]))
    colon = hole[1]
    if colon + 1 < span[1] and reading.doc[colon].text == ":" and reading.is_quoted(colon + 1):
        span = (colon + 1, span[1])  # "Here is the fire in her own words: "…""
    content = []
    for start, end in subtract(reading.doc, span, [hole]):
        number = max(reading.quote_at[start], reading.quote_at[end - 1])
        if number >= 0 and start >= hole[1] and reading.quotes[number].start >= start:
            end = max(end, reading.quotes[number].end)
            reading.used_quotes.add(number)
        content.append((start, end))
    return content
