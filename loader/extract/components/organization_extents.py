"""Where the name of an organization ends: brackets stay out of it, lists of fields belong to it."""

from spacy.tokens import Doc, Span

from loader.extract.components.annotations import COUNTRIES, PEOPLE
from loader.extract.components.data import LISTS
from loader.extract.components.organization_lexicon import known_names

_LISTING = frozenset({",", "and", "&"})
_LONGEST = 10


def whole_extent(doc: Doc, span: Span) -> Span:
    """Return ``span`` without an unclosed bracket, and with all fields of its body.

    "Ministry of Trade, Industry and Energy" for "Ministry of Trade" and for the same with "(MTIE".
    """
    start, end = span.start, span.end
    for i in range(start + 1, end):
        if doc[i].text == "(" and not any(token.text == ")" for token in doc[i:end]):
            end = i
            break
        if doc[i].text == ")" and not any(token.text == "(" for token in doc[start:i]):
            end = i
            break
    end = _fields_end(doc, start, end)
    return span if end == span.end else Span(doc, start, end, label=span.label_)


def _fields_end(doc: Doc, start: int, end: int) -> int:
    """Return where ", Ports and Rivers" ends behind "Department of Roads", else ``end``."""
    state = LISTS("organizations", "state_words").words
    if doc[start].text not in state or end - start < 3:
        return end
    if not any(token.lower_ in {"of", "for"} for token in doc[start:end]):
        return end
    if end == len(doc) or doc[end].text != ",":
        return end
    others = {
        token.i for key in (PEOPLE, COUNTRIES) for mention in doc.spans[key] for token in mention
    }
    step = end
    while step < len(doc) and step - end < _LONGEST:
        token = doc[step]
        field = token.text[0].isupper() and token.i not in others and token.ent_type_ != "DATE"
        if not (field or token.lower_ in _LISTING) or token.text in state | known_names().keys():
            break
        step += 1
    while step > end and doc[step - 1].lower_ in _LISTING:
        step -= 1
    listed = [token.lower_ for token in doc[end:step]]
    return step if listed[:1] == [","] and listed[-2:-1] in (["and"], ["&"]) else end
