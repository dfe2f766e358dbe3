"""Where a country's name means no country: a bird, a river, a street, a garden, "us" in capitals.

Whose words these are and what tells them is data (``data/countries.txt``).
"""

import re

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import COUNTRIES
from loader.extract.components.country_forms import CountryForm, country_texts
from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_given_name
from loader.extract.components.person_names import not_names
from loader.extract.components.tokens import next_word, previous_word, text_of

_NAMED_AFTER = frozenset({"ORG", "EVENT", "PRODUCT", "WORK_OF_ART", "FAC"})
_AMERICAN = frozenset({"U.S.", "American", "Americans", "America", "States", "USA", "Washington"})
_PLACING = frozenset({"in", "to", "from", "into", "across", "via", "and", "between", "with"})


def means_something_else(span: Span, entry: CountryForm) -> bool:
    """Whether ``span``, spelled like ``entry``, names a thing here that is called after a country.

    A person so called is not asked about here.
    """
    if _is_pronoun(span):
        return True
    if entry.form == "metonym":
        return False
    return (
        _goes_with(span)
        or _is_in_a_place_name(span)
        or _is_lower_case_word(span)
        or (entry.form == "name" and (_has_article(span) or _ends_a_title(span)))
    )


def is_first_name(span: Span) -> bool:
    """Whether a surname follows a country's name that is a given name too: "Chad Delaney"."""
    after = next_word(span)
    if after is None or len(span) > 1 or span.text not in LISTS("countries", "people").words:
        return False
    if not (after.text[0].isupper() and after.text[1:].islower() and after.is_alpha):
        return False
    if not is_given_name(span.text) or after.pos_ != "PROPN":
        return False
    if after.ent_type_ in {"ORG", "FAC"} and not _is_aged(after):
        return False
    plain = not_names() | LISTS("countries", "place_nouns").words
    organized = LISTS("organizations", "final").words | LISTS("countries", "geography").words
    organized |= LISTS("organizations", "firm_final").words
    titled = {row[0].split()[0] for row in LISTS("titles", "titles").rows}
    return after.lower_ not in plain and after.text not in organized | titled


def _is_aged(surname: Token) -> bool:
    """Whether an age follows a name: "Georgia Hale, 32, won"."""
    doc, step = surname.doc, surname.i + 2
    return step < len(doc) and doc[step - 1].text == "," and doc[step].like_num


def means_the_country(doc: Doc, start: int, end: int) -> bool:
    """Whether a name that an article's person bears too is the country's at ``[start, end)``.

    It is the person's, unless it is a place there or the article tells of the country elsewhere.
    """
    return _is_at(doc, start, end) or _is_told_of(doc, start)


def _is_at(doc: Doc, start: int, end: int) -> bool:
    """Whether what stands around a country's name makes it a place: "in Jordan", "Jordan's king".

    Else it means who is so called in the article.
    """
    before = doc[start - 1].lower_ if start else ""
    if before in LISTS("countries", "place_before").words | {"into", "via", "from", "to"}:
        return True
    if before == "and" and start > 1 and doc[start - 2].text in country_texts():
        return True
    owned = doc[end + 1].lower_ if end + 1 < len(doc) and doc[end].text == "'s" else ""
    return owned in LISTS("countries", "governing_nouns").words | {"king", "capital", "parliament"}


def _is_told_of(doc: Doc, start: int) -> bool:
    """Whether the article speaks of the country at ``start`` elsewhere: "Israeli", "in Israel"."""
    own = [span for span in doc.spans[COUNTRIES] if span.start == start]
    return any(
        (span.label_ != "name" and one.label_ == "name")
        or (span.text == one.text and _is_at(doc, span.start, span.end))
        for one in own
        for span in doc.spans[COUNTRIES]
        if span.kb_id_ == one.kb_id_
    )


def _goes_with(span: Span) -> bool:
    """Whether the word behind makes it something else: "Turkey breast", "German shepherd"."""
    after = next_word(span)
    if after is None:
        return False
    senses = LISTS("countries", "senses").table
    return after.lower_ in senses.get(span.text.casefold(), ())


def _is_lower_case_word(span: Span) -> bool:
    """Whether the article is about turkey: it has the word in small letters, or its dishes.

    Signs of the country in the article outweigh that.
    """
    word = span.text.casefold()
    signs = LISTS("countries", "twins").table.get(word)
    before = previous_word(span)
    if signs is None or (before is not None and before.lower_ in _PLACING):
        return False
    article = span.doc._.article
    text: str = article.text if article else text_of(span.doc)
    if any(sign in text for sign in signs):
        return False
    dishes = LISTS("countries", "senses").table.get(word, ())
    return bool(re.search(rf"\b{word}s?\b", text)) or any(
        f"{span.text} {dish}" in text for dish in dishes
    )


def _is_in_a_place_name(span: Span) -> bool:
    """Whether a river, street or hotel is called so: "Niger Delta", "Lake Malawi"."""
    before, after = previous_word(span), next_word(span)
    if after is not None and after.text in LISTS("countries", "geography").words:
        return True
    if before is None:
        return False
    if before.text in LISTS("countries", "geography_before").words:
        return True
    of = before.lower_ == "of" and before.i > 0
    return of and before.nbor(-1).text in LISTS("countries", "geography_of").words


def _has_article(span: Span) -> bool:
    """Whether "the" stands before a name that has none, and no noun behind: "the Luxembourg"."""
    before, after = previous_word(span), next_word(span)
    if before is None or before.lower_ != "the":
        return False
    if span.text in LISTS("countries", "with_article").words or len(span) > 1:
        return False
    if span.text.isupper() or span.text.endswith("s"):
        return False
    return after is None or (
        after.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "PART"}
        and (after.text not in {"-", "'s", "'", "/"})
    )


def _ends_a_title(span: Span) -> bool:
    """Whether the model sees one name of something that a country's name ends: "Expo Canada"."""
    before = previous_word(span)
    if before is None or not before.text[0].isupper() or before.is_stop:
        return False
    after = next_word(span)
    if after is not None and after.pos_ == "PROPN":
        return False
    one = span.root.ent_type_ in _NAMED_AFTER and span[0].ent_iob_ == "I"
    return one and before.ent_type_ == span.root.ent_type_ and before.pos_ == "PROPN"


def _is_pronoun(span: Span) -> bool:
    """Whether "US" in a line of capitals is "us": "GUARDS WHO PROTECT US FROM THIEVES"."""
    if span.text != "US" or not _line_in_capitals(span):
        return False
    before, after = previous_word(span), next_word(span)
    if before is None or before.lower_ in {"the", "in", "and", "to", "of", "across", "for", ","}:
        return False
    if before.is_punct or before.text.title() in country_texts():
        return False
    if not any(token.text in _AMERICAN for token in span.doc):
        return True
    return after is None or after.is_stop or after.is_punct or not after.is_alpha


def _line_in_capitals(span: Span) -> bool:
    doc: Doc = span.doc
    start, end = span.start, span.end
    while start > 0 and "\n" not in doc[start - 1].text:
        start -= 1
    while end < len(doc) and "\n" not in doc[end].text:
        end += 1
    return sum(map(_is_word, doc[start:end])) > 2 and doc[start:end].text.isupper()


def _is_word(token: Token) -> bool:
    return token.is_alpha
