"""How an article describes whom it names: the words before the name and those behind it."""

from spacy.tokens import Doc, Span

from loader.extract.components.annotations import ORGANIZATIONS
from loader.extract.components.description_ends import CLAUSE_ENDS, description_end
from loader.extract.components.person_names import is_suffix
from loader.extract.components.roles import role_noun, role_nouns, roles_in, words
from loader.extract.components.titles import Title

_MAX_DESCRIPTION = 40
_MAX_WORDS_BEFORE = 9
_LONGEST_PLACE = 6
_ADDRESSES = frozenset({"dr", "mr", "mrs", "ms", "sir"})
_INSIDE_PHRASE = frozenset({"of", "for", "-", "'s", "the", "a", "an", "&"})
_DEGREE_PARTS = frozenset({"rer", "rer.", "nat", "nat.", "phil", "phil.", "med", "med.", "h.c."})
_AGENTS = ("er", "or", "ist", "ian", "eer", "man", "woman", "ster", "year-old", "parent")
_NO_AGENTS = frozenset({"year", "hour", "number", "matter", "winter", "summer", "quarter", "later"})
_NO_AGENTS |= {"order", "letter", "factor", "power", "river", "water", "paper", "corner", "error"}
_DESCRIPTION_STARTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "ADV"})


def words_before(doc: Doc, mention: Span, title: Title | None) -> Span | None:
    """Return the noun phrase before a name: "the analyst X", "Ukraine's foreign minister, X,"."""
    end = mention.start
    apposed = end > 1 and doc[end - 1].text == ","
    if apposed and (told := _opening_as(doc, mention)) is not None:
        return told
    if apposed:
        closing = doc[mention.end] if mention.end < len(doc) else None
        if closing is None or closing.text not in {",", ".", "?", "!", ";", ":", "("}:
            opens = closing is not None and closing.pos_ in {"VERB", "AUX"}
            if not opens or not _opens_sentence(doc, mention.root.sent.start, end - 1):
                return None
        end -= 1
    start, found = end, False
    inside_words = _INSIDE_PHRASE | {"at", "in"} if apposed else _INSIDE_PHRASE
    titled = title is not None and title.end == end and title.office
    if title is not None and titled:
        start, found = title.start, True
    while start and end - start < (_MAX_DESCRIPTION if apposed else _MAX_WORDS_BEFORE):
        token = doc[start - 1]
        found = found or role_noun(token) is not None
        inside = token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or token.lower_ in inside_words
        inside = inside or (start == end and role_noun(token) is not None)
        inside = inside or (token.lower_ == "to" and _is_envoy(doc, start - 1, end))
        inside = (
            inside or token.dep_ == "amod" or (token.tag_ == "RB" and doc[start].dep_ == "amod")
        )
        if token.lower_ == "and" and start > 1:
            # "academic and broadcaster N. N.", "founder and former CEO, N. N.,"
            # "science fiction and fantasy author N. N."
            inside = role_noun(doc[start - 2]) is not None or doc[start - 2].tag_ == "NN"
            inside = inside and any(role_noun(doc[step]) is not None for step in range(start, end))
        if token.text[0].isdigit() and token.text.endswith("."):
            break
        if token.is_space or not inside:
            break
        if titled and not apposed and token.lower_ in {"of", "for"}:
            break  # "a spokesman for President X" is not X
        if token.lower_ == "to" and _is_envoy(doc, start - 1, end):
            start -= 2
            found = True
            continue
        if token.lower_ in {"of", "for", "'s"} and not (found or apposed):
            if _is_office(doc, start - 1, end):
                start -= 2
                found = True
                continue
            # "the chairman of Mr. X" is not X; "Director of the Leeds branch X said" is.
            return _sentence_before(doc, mention)
        start -= 1
    while start < end and doc[start].lower_ in inside_words - {"the", "a", "an"}:
        start += 1
    while end - start > 1 and doc[end - 1].lower_.rstrip(".") in _ADDRESSES:
        end -= 1
    start = _behind_link(doc, _whole(doc, start), end)
    if doc[start].lower_ == "as":
        start += 1
    span = doc[start:end]
    return span if len(span) and _names_a_role(span) else None


def _opening_as(doc: Doc, mention: Span) -> Span | None:
    """Return what a sentence opens with before a name: "As a biologist at Monash, N. N. says"."""
    start, end = mention.root.sent.start, mention.start - 1
    if doc[start].lower_ != "as" or not 2 < end - start < _MAX_DESCRIPTION:
        return None
    if doc[start + 1].lower_ not in {"a", "an", "the", "one"}:
        return None
    span = doc[start + 1 : end]
    clause = any(token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBN" for token in span)
    return span if not clause and _names_a_role(span) else None


def _behind_link(doc: Doc, start: int, end: int) -> int:
    """Return where the role begins: "a letter for Smith's sister" is only a sister."""
    for i in range(start, end):
        if doc[i].pos_ != "ADP" or roles_in(doc[start:i]) or not roles_in(doc[i + 1 : end]):
            continue
        if not any(span.start <= i < span.end for span in doc.spans[ORGANIZATIONS]):
            start = i + 1
    return start


def _sentence_before(doc: Doc, mention: Span) -> Span | None:
    """Return all of a sentence before a name, if it is a role with its body, of which X said."""
    start, end = mention.root.sent.start, mention.start
    behind = doc[mention.end] if mention.end < len(doc) else None
    said = behind is not None and behind.pos_ in {"VERB", "AUX"}
    if not said or end - start < 3 or not _opens_sentence(doc, start, end):
        return None
    head = next((token for token in doc[start:end] if token.pos_ == "ADP"), None)
    named = head is not None and role_noun(head.nbor(-1)) is not None
    capital = doc[end - 1].text[0].isupper() and doc[end - 1].ent_type_ != "PERSON"
    return doc[start:end] if named and capital and doc[end - 2].pos_ != "ADP" else None


def _whole(doc: Doc, start: int) -> int:
    """Return where the organization begins that a phrase's start cuts, and "his" before kin."""
    for span in doc.spans[ORGANIZATIONS]:
        if span.start < start <= span.end:
            start = span.start
    owner = doc[start - 1].lower_ if start else ""
    return start - 1 if owner in {"his", "her", "their", "its"} else start


def _names_a_role(span: Span) -> bool:
    """Whether the phrase is a role, not a thing of its bearer's: "Prime Minister's Questions"."""
    return any(
        role_noun(token) is not None
        and not (token.i + 1 < span.end and token.nbor().text in {"'s", "'"})
        for token in span
    )


def _opens_sentence(doc: Doc, start: int, end: int) -> bool:
    """Whether the phrase before a name is all its sentence has: "The head of Acme, N. N. said"."""
    return end - start < _MAX_WORDS_BEFORE + 4 and not any(
        token.text in {",", '"'} or token.pos_ in {"VERB", "AUX", "PRON"}
        for token in doc[start:end]
    )


def _is_envoy(doc: Doc, link: int, end: int) -> bool:
    """Whether somebody's post is told by where it leads: "the ambassador to Britain N. N."."""
    return link > 0 and end - link < _LONGEST_PLACE and doc[link - 1].lower_ in words("sent")


def _is_office(doc: Doc, link: int, end: int) -> bool:
    """Whether an office with its field stands before a name: "Minister for Rural Affairs X"."""
    noun, field_ = doc[link - 1] if link else None, doc[link + 1 : end]
    if noun is None or doc[link].text == "'s" or role_noun(noun) is None:
        return False
    return noun.text[0].isupper() and len(field_) > 0 and role_noun(field_[-1]) is None


def description_behind(doc: Doc, mention: Span) -> Span | None:
    """Return what is said behind a name: ", a Germany-based economist,"; "is the mayor of ...".

    Brackets, degrees and an age may stand between: "Jo Roe (41), Ph.D., a botanist".
    """
    start = _behind_additions(doc, mention.end)
    if start + 2 >= len(doc):
        return None
    first, behind = doc[start], doc[start + 1].lower_
    copula = _copula_end(doc, start)
    if first.lower_ in {"is", "was"} and behind in {"a", "an", "the", "one"}:
        start += 1
    elif copula is not None:
        start = copula
    elif first.text in {",", "—", "("}:
        start += 1
        if _is_telling_clause(doc, start):
            return doc[start : description_end(doc, start + 2)]
        if doc[start].lower_ == "who" and doc[start + 1].lower_ in {"is", "was"}:
            start += 2
        elif doc[start].lower_ == "who" and (behind_who := _copula_end(doc, start + 1)):
            start = behind_who
        if doc[start].lower_ == "also":
            start += 1
    else:
        return None
    starts = doc[start].pos_ in _DESCRIPTION_STARTS or doc[start].lower_ in {"lead", "chief"}
    starts = starts or _is_before_role(doc, start)
    if not starts or doc[start].lower_ in CLAUSE_ENDS:
        return None
    end = description_end(doc, start)
    span = doc[start:end]
    head = _head_part(span) if len(span) else span
    if not len(span) or not (roles_in(head) or _names_an_agent(head) or _is_one_of(head)):
        return None
    if _is_anothers(doc, span):
        return None
    return None if _is_subject(doc, mention, end) else span


def _is_anothers(doc: Doc, span: Span) -> bool:
    """Whether a description names the next of a list: "Jo Roe, former mayor Ann Lee and …"."""
    if span[-1].lower_ in {"he", "she", "they"}:
        return True
    for token in span[1:]:
        if token.pos_ == "ADP" or token.lower_ in {"'s", "to"}:
            return False
        if token.ent_type_ == "PERSON" and role_noun(doc[token.i - 1]) is not None:
            return True
    return False


def _copula_end(doc: Doc, start: int) -> int | None:
    """Return where the complement of "has been", "serves as", "has worked as" begins."""
    step = start + 1 if doc[start].lower_ in {"has", "had"} else start
    if step + 2 >= len(doc):
        return None
    if step > start and doc[step].lower_ == "been":
        return step + 1
    works = doc[step].lemma_.lower() in {"serve", "work"} and doc[step + 1].lower_ == "as"
    return step + 2 if works else None


def _is_before_role(doc: Doc, at: int) -> bool:
    """Whether a participle stands before a role: "founding director", "managing partner"."""
    participle = doc[at].tag_ in {"VBG", "VBN", "VBD", "JJ"} and at + 2 < len(doc)
    return participle and any(role_noun(doc[step]) is not None for step in (at + 1, at + 2))


def _is_subject(doc: Doc, mention: Span, end: int) -> bool:
    """Whether a clause begins behind the comma: "According to Roe, a detective was there"."""
    before = doc[mention.start - 1].pos_ if mention.start else ""
    return before in {"ADP", "PART"} and end < len(doc) and doc[end].pos_ in {"VERB", "AUX"}


def _behind_additions(doc: Doc, start: int) -> int:
    """Return where brackets, degrees and an age behind a name end: "(王小琳)", ", M.D.", ", 45"."""
    step = start
    while step + 1 < len(doc):
        if doc[step].text == "(":
            closing = next(
                (i for i in range(step + 1, min(step + 9, len(doc))) if doc[i].text == ")"), 0
            )
            if not closing or roles_in(doc[step:closing]):
                return step
            step = closing + 1
        elif is_suffix(doc[step].text):
            step += 1
        elif doc[step].text == "," and _is_addition(doc, step + 1):
            step += 2
            while step < len(doc) and (doc[step].text == "." or doc[step].text in _DEGREE_PARTS):
                step += 1  # "Dr. rer. nat."
        else:
            return step
    return step


def _is_addition(doc: Doc, at: int) -> bool:
    token = doc[at]
    aged = token.text.isdecimal() and len(token.text) < 4
    follows = at + 1 >= len(doc) or not doc[at + 1].text[0].isupper() or doc[at + 1].is_title
    degree = is_suffix(token.text) or token.text in {"Dr.", "Dr"}
    return aged or (degree and follows)


def _is_telling_clause(doc: Doc, start: int) -> bool:
    """Whether ", who teaches law at ..." or ", who heads the ..." starts here: it tells a role."""
    verbs = words("learned_verbs") | words("leading_verbs")
    return doc[start].lower_ == "who" and doc[start + 1].lower_ in verbs


def _names_an_agent(span: Span) -> bool:
    """Whether "a roofer from Leeds" stands there, a trade that no list holds."""
    if span[0].lower_ not in {"a", "an"}:
        return False
    head = next((token for token in span if token.pos_ in {"ADP", "PRON"}), None)
    noun = span.doc[(head.i if head is not None else span.end) - 1]
    if noun.lower_ in {"figure", "veteran", "native"}:
        return True
    trade = noun.lower_.endswith(_AGENTS) and noun.lower_ not in _NO_AGENTS
    return trade and noun.is_lower and noun.pos_ == "NOUN"


def _is_one_of(span: Span) -> bool:
    """Whether "one of his editors at Tor" stands there: a role of several."""
    plurals = {token.lower_.removesuffix("s") for token in span if token.tag_ == "NNS"}
    counted = len(span) > 2 and span[0].lower_ in {"one", "two", "three"} and span[1].text == "of"
    return counted and not plurals.isdisjoint(role_nouns())


def _head_part(span: Span) -> Span:
    """Return ``span`` up to its first comma: there the role must stand."""
    for token in span:
        if token.text == "," and token.i > span.start:
            return span.doc[span.start : token.i]
    return span
