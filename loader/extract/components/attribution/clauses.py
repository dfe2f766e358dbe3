"""Clausal complements: what a verb of saying or thinking takes as its content."""

from spacy.tokens import Token

from loader.extract.components.attribution import bare_clauses, edges, source_phrases
from loader.extract.components.attribution.boundaries import bound
from loader.extract.components.attribution.ranges import Range, subtract
from loader.extract.components.attribution.reading import SUBJECTS, Reading

_ADVERBIALS = frozenset({"npadvmod", "prep", "dative", "dobj", "advmod", "advcl"})
_MOST_STEPS = 8


def content_of(
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
    bare = bare_clauses.find(reading, verb)
    if bare is not None:
        content = _from_complementizer(reading, verb, subtract(reading.doc, bare, []))
        return bound(reading, verb, content), "clause"
    clauses = [child for child in verb.children if _is_content(reading, verb, child)]
    if not clauses and (lemma in reading.lexicon.addressed or lemma in reading.lexicon.speech):
        clauses = _below_addressee(reading, verb)
    clauses = [child for child in clauses if not _is_anothers(reading, verb, child)]
    clauses = [child for child in clauses if not _is_other_clause(reading, verb, child)]
    if not clauses or _is_habit(reading, verb, clauses):
        return [], ""
    start = min(child.left_edge.i for child in clauses)
    if start - 1 > verb.i and reading.doc[start - 1].tag_ in ("JJS", "JJR"):
        start -= 1  # "found most are sold"
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
        and subject.lower_ not in source_phrases.NOBODY
        and not any(child.dep_ in SUBJECTS | {"expl"} for child in clauses[0].children)
    ):
        content = [source_phrases.noun_phrase(reading, subject, verb.i), *content]
    content = _from_complementizer(reading, verb, content)
    content = bound(reading, verb, content)
    core = min([verb.i, *(start for start, _ in holes)])
    content = edges.to_sentence_start(reading, core, content)
    return _with_infinitives(reading, verb, clauses, content), "clause"


def _is_anothers(reading: Reading, verb: Token, clause: Token) -> bool:
    """Whether a participle between a cue and a quotation has it: admitted it, writing "…"."""
    first = clause.left_edge.i
    if first < verb.i or not reading.is_quoted(first):
        return False
    return any(
        reading.doc[i].tag_ == "VBG"
        and reading.doc[i - 1].text == ","
        and reading.lemma(i) in reading.lexicon.speech
        for i in range(verb.i + 2, first)
    )


def _is_other_clause(reading: Reading, verb: Token, clause: Token) -> bool:
    """Whether a clause before a cue only precedes it: "The port closed; both say that …".

    A cue that goes on with words of its own says nothing that stands before a semicolon.
    """
    if clause.i > verb.i or verb.i + 1 >= len(reading.doc) or reading.doc[verb.i + 1].is_punct:
        return False
    return any(
        reading.doc[i].text == ";" and not reading.is_quoted(i) for i in range(clause.i, verb.i)
    )


def _is_habit(reading: Reading, verb: Token, clauses: list[Token]) -> bool:
    """Whether a wish tells which people are meant, "schools that want to …", or only is meant."""
    if reading.lemma(verb.i) in reading.lexicon.speech:
        return False
    if any(child.dep_ != "xcomp" or child.tag_ != "VB" for child in clauses):
        return False
    if verb.dep_ == "relcl":
        before = reading.doc[verb.left_edge.i - 1]
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), verb)
        if subject.lower_ not in source_phrases.RELATIVE:
            return False  # "the reason that Smith wants to leave"
        return verb.head.pos_ == "NOUN" and before.text != "," and verb.tag_ in ("VBP", "VBZ")
    return verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.tag_ == "VB"


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
    if (after := _behind_day(reading, start, end)) is not None:
        return [(after, end), *content[1:]]
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


def _behind_day(reading: Reading, start: int, end: int) -> int | None:
    """Return where the words begin behind the day of saying: said on Thursday he expected …."""
    doc = reading.doc
    if doc[start].lower_ != "on":
        return None
    at = start + 1
    while at < end and doc[at].ent_type_ in ("DATE", "TIME"):
        at += 1
    subject = at < end and doc[at].pos_ in ("PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM")
    return at if subject and any(doc[i].text[0].isupper() for i in range(start + 1, at)) else None


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
