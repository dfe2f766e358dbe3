"""Where a description behind a name ends: at a comma, unless a list, a place or a body goes on."""

from spacy.tokens import Doc, Token

from loader.extract.components.annotations import ORGANIZATIONS, PEOPLE
from loader.extract.components.country_forms import country_texts
from loader.extract.components.data import LISTS
from loader.extract.components.roles import role_nouns

_MAX_DESCRIPTION = 40
_LONGEST_BODY = 6
_TIES = frozenset({"of", "at", "for", "with", "in", "from", "on"})
_CLOSING = frozenset({",", ".", ";", ":", ")", "(", "—", '"', "!", "?"})
CLAUSE_ENDS = frozenset({"who", "whose", "which", "that"})


def description_end(doc: Doc, start: int) -> int:
    """A description ends at a comma, a verb or the sentence's end; quoted titles stay whole."""
    quoted, step = False, start
    while step < len(doc) and step - start < _MAX_DESCRIPTION:
        token = doc[step]
        if token.text == '"':
            quoted = not quoted
            step += 1
            continue
        if not quoted:
            if token.is_space or (token.is_sent_start and step > start):
                break
            if token.text == ")" and any(word.text == "(" for word in doc[start:step]):
                step += 1
                continue
            if token.text in {",", ";", ":", ".", "—", ")", "--"} and not _goes_on(
                doc, start, step
            ):
                break
            if token.lower_ in CLAUSE_ENDS or (step > start and _is_main_verb(token)):
                break
        step += 1
    while step > start and doc[step - 1].text in {",", "and", "-", "("}:
        step -= 1
    return step


def _goes_on(doc: Doc, start: int, comma: int) -> bool:
    """Whether a list of posts goes on behind a comma: "founder, owner and editor of ..."."""
    if doc[comma].text != "," or comma + 1 >= len(doc):
        return False
    if _is_region(doc, comma) or _is_campus(doc, comma) or _is_body(doc, start, comma):
        return True
    return (
        comma + 2 < len(doc)
        and doc[comma + 1].lower_ in role_nouns()
        and doc[comma + 2].lower_ in {"and", "of", "at", "for", ","}
    )


def _is_region(doc: Doc, comma: int) -> bool:
    """Whether a state or country follows a town: "a boy from Irving, Texas, was"."""
    region = doc[comma + 1].text in LISTS("countries", "states").words | country_texts()
    return region and doc[comma - 1].pos_ == "PROPN"


def _is_main_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def _is_campus(doc: Doc, comma: int) -> bool:
    """Whether a university's town follows: "at the University of California, San Francisco,"."""
    named = doc[max(comma - 4, 0) : comma].text
    if "University" not in named or not doc[comma - 1].text[0].isupper():
        return False
    return _named_run_end(doc, comma + 1, 3) is not None


def _is_body(doc: Doc, start: int, comma: int) -> bool:
    """Whether the body follows whose post it is: "chief executive, Hoverton Motors"."""
    if any(token.lower_ in _TIES or token.text == "'s" for token in doc[start:comma]):
        return False
    if not any(span.start == comma + 1 for span in doc.spans[ORGANIZATIONS]):
        return False
    return _named_run_end(doc, comma + 1, _LONGEST_BODY) is not None


def _named_run_end(doc: Doc, start: int, longest: int) -> int | None:
    """Return where a run of names ends that is no person, if a mark or a verb closes it."""
    if any(span.start == start for span in doc.spans[PEOPLE]):
        return None
    end = start
    while end < len(doc) and end - start <= longest and doc[end].text[0].isupper():
        end += 1
    if end == start or end - start > longest:
        return None
    closed = end >= len(doc) or doc[end].text in _CLOSING or doc[end].is_space
    return end if closed or doc[end].pos_ in {"VERB", "AUX"} else None
