"""Decide from its surroundings whether a word that can mean a country does.

Three questions: is a capital a seat of government here or a place; is a name a person's; which of
two countries (or a country and a state) does a shared name mean in this article.
"""

from functools import cache

from spacy.tokens import Span, Token

from loader.extract.components.country_forms import CountryForm
from loader.extract.components.country_senses import is_first_name, means_something_else
from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_given_name
from loader.extract.components.name_evidence import PERSONAL
from loader.extract.components.tokens import in_title_case, next_word, previous_word, text_of

_SHARED = frozenset(
    ["Georgia", "Korea", "Korean", "Koreans", "Congo", "Congolese", "Dominican", "Dominicans"]
)
"""Names of which the article must tell whose they are."""

_WINDOW = 4
"""How many steps up the parse a place preposition's governing noun or verb may be."""


@cache
def _words(group: str) -> frozenset[str]:
    return LISTS("countries", group).words


def is_country(span: Span, entry: CountryForm) -> bool:
    """Whether ``span``, spelled like ``entry``, stands for that country here."""
    if _ends_a_name(span) or is_first_name(span) or means_something_else(span, entry):
        return False
    if entry.text in LISTS("countries", "people").words and _is_person(span):
        return False
    if entry.form == "metonym":
        return _is_seat(span, entry)
    if entry.form == "demonym":
        return _is_demonym(span)
    return _is_name(span)


def _is_name(span: Span) -> bool:
    before, after = previous_word(span), next_word(span)
    if span.text == "Emirates":
        return before is not None and before.lower_ == "the"
    if span.text == "US" and before is not None:
        return not (before.is_upper and before.text in {"CONTACT", "ABOUT", "HELP", "JOIN", "TELL"})
    # "Peru, Indiana", "Lebanon, Pa.": a town of that name.
    return not _is_followed_by(span, _words("states")) or after is None


def _is_demonym(span: Span) -> bool:
    before, after = previous_word(span), next_word(span)
    if span.text in {"Sino", "Russo", "Franco", "Indo", "Anglo"}:
        return after is not None and after.text == "-"
    if span.text in {"Lao", "Brit", "Scots", "Motswana"}:
        return after is None or not after.is_title
    if after is not None and after.lower_ in _words("languages_after"):
        return False
    if after is not None and after.text == "-" and after.i + 1 < len(span.doc):
        return span.doc[after.i + 1].lower_ not in _words("languages_after")
    if span.text in {"Polish", "Finnish"} and span[0].is_sent_start:
        return after is not None and not after.is_stop
    spoken = before is not None and before.lower_ in _words("languages_before")
    noun_follows = after is not None and after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "CCONJ"}
    if span.text == "English":
        return noun_follows and not spoken
    if span.text.endswith(("ish", "ch")) and not noun_follows and _is_counted(span):
        return False  # "a plum Danish", "the best Danish in town"
    return not spoken or noun_follows or span.text.endswith("s")


def _is_counted(span: Span) -> bool:
    """Whether an adjective stands as a noun for one thing: behind "a", or a superlative."""
    step = span.start - 1
    while step > 0 and span.doc[step].pos_ in {"ADJ", "NOUN"} and step > span.start - 4:
        if span.doc[step].tag_ == "JJS":
            return True
        step -= 1
    return step >= 0 and span.doc[step].lower_ in {"a", "an", "another"}


def _is_seat(span: Span, entry: CountryForm) -> bool:
    """A capital stands for a government unless its surroundings make it a place.

    Well-known seats are governments by default; others need a sign of governing.
    """
    if span.text.casefold() in {"kremlin", "white house", "zhongnanhai", "downing street"}:
        return not _is_destination(span.root)
    if _is_home_of_officials(span.root):
        return True
    if _is_place(span):
        return False
    return not entry.weak or _is_governing(span)


def _is_home_of_officials(token: Token) -> bool:
    """Whether those who govern are said to sit there: "officials in Kampala and Dodoma"."""
    first = _first_of_list(token)
    return (
        first.dep_ == "pobj"
        and first.head.lower_ == "in"
        and first.head.head.lower_ in _words("governing_people")
    )


def _first_of_list(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


def _is_place(span: Span) -> bool:
    doc, before, after = span.doc, previous_word(span), next_word(span)
    if before is not None and before.lower_ in _words("place_before"):
        return True
    first = _first_of_list(span.root)
    if first.i < span.start and first.ent_type_ == "GPE" and first.dep_ == "pobj":
        # Two that one preposition governs are both places: "buyers in Kabul and Tashkent".
        return first.head.lower_ in _words("place_before")
    if _is_followed_by(span, _words("states") | {"Russia", "China", "Ukraine"}):
        return True
    if after is not None:
        joined = after.text == "-" and not span[-1].whitespace_
        if joined and after.i + 1 < len(doc):
            return doc[after.i + 1].lower_ in _words("place_nouns")
        if after.lower_ in _words("place_nouns") or _is_dateline(span, after):
            return True
        if after.is_title and after.pos_ == "PROPN" and not in_title_case(after):
            return True
        if after.text == "," and after.i + 1 < len(doc) and doc[after.i + 1].ent_type_ == "GPE":
            return not _lists_with(span)
    return _is_destination(span.root) or _is_called_a_place(span.root)


def _lists_with(span: Span) -> bool:
    """Whether ``span`` is one of several in a list ("Moscow, Beijing and Tehran")."""
    return bool(span.root.conjuncts)


def _is_dateline(span: Span, after: Token) -> bool:
    starts_line = span.start == 0 or "\n" in span.doc[span.start - 1].text
    return starts_line and after.text in {"(", "—", "--", "-", ","}


def _is_destination(token: Token) -> bool:
    head = token.head
    if token.dep_ == "dobj":
        return head.lemma_.lower() in _words("place_verbs")
    if token.dep_ != "pobj":
        return False
    governor = head.head
    if head.lower_ in {"to", "from", "for", "toward", "towards", "into", "through", "via"}:
        return governor.lemma_.lower() in _words("motion")
    return head.lower_ == "of" and governor.lower_ in _words("place_of")


def _is_called_a_place(token: Token) -> bool:
    """Whether the sentence says so: "Kinshasa is the capital", "Riga lies on the coast"."""
    if token.dep_ != "nsubj":
        return False
    attributes = {child.lower_ for child in token.head.children if child.dep_ == "attr"}
    return token.head.lemma_ == "lie" or bool(attributes & (_words("place_of") | {"home"}))


def _is_governing(span: Span) -> bool:
    token = span.root
    head = token.head
    if token.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        return head.lemma_.lower() in _words("governing_verbs")
    if token.dep_ == "poss":
        return head.lower_ in _words("governing_nouns")
    if token.dep_ in {"pobj", "conj"} and token.dep_ == "conj":
        return head.ent_type_ == "GPE" and any(
            step.lower_ in _words("governing_nouns") for step in list(head.ancestors)[:_WINDOW]
        )
    if token.dep_ == "pobj" and head.lower_ in {
        "between",
        "with",
        "against",
        "from",
        "by",
        "to",
        "of",
    }:
        governor = head.head
        return governor.lower_ in _words("governing_nouns") or (
            head.lower_ in {"by", "against"}
            and governor.lemma_.lower() in _words("governing_verbs")
        )
    return False


def _is_followed_by(span: Span, names: frozenset[str] | set[str]) -> bool:
    """Whether a comma and one of ``names`` (of one or two words) follow ``span``."""
    doc, comma = span.doc, span.end
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return False
    single = doc[comma + 1].text
    double = doc[comma + 1 : comma + 3].text
    if double in names:
        return True
    closing = doc[comma + 2].text if comma + 2 < len(doc) else "."
    return single in names and single not in {"Georgia"} and closing not in {"and", "&"}


def _ends_a_name(span: Span) -> bool:
    """Whether the model sees a person of which a given name stands before ("Mark Cuban")."""
    before = previous_word(span)
    return (
        before is not None
        and span.root.ent_type_ == "PERSON"
        and span.root.ent_iob_ == "I"
        and before.text[0].isupper()
        and is_given_name(before.text)
    )


def _is_person(span: Span) -> bool:
    """Whether the word is part of a person's name ("Michael Jordan", "Chad Smith")."""
    doc = span.doc
    if span.root.ent_type_ == "PERSON":
        run = [ent for ent in doc.ents if ent.start <= span.start < ent.end]
        if run and len(run[0]) > len(span):
            return True
    before = previous_word(span)
    if before is None or (before.is_sent_start and before.is_stop):
        return _is_spoken_of_as_one(span)
    named = before.is_title and is_given_name(before.text) and not in_title_case(span[0])
    return named or _is_spoken_of_as_one(span)


def _is_spoken_of_as_one(span: Span) -> bool:
    """Whether "he" takes the word up where nobody else is named: "Jordan said he would retire".

    What befell him may be what the country says of somebody: "Jordan said he was expelled".
    """
    doc, token = span.doc, span.root
    if token.dep_ != "nsubj" or span.text in LISTS("countries", "states_first").words:
        return False
    follows = next((word for word in doc[span.end : span.end + 3] if word.lower_ in PERSONAL), None)
    if follows is None or follows.dep_ == "nsubjpass":
        return False
    bylines = doc._.article.bylines if doc._.article else ()
    authors = {byline.name for byline in bylines}
    before = (
        ent.text.strip() for ent in doc.ents if ent.end <= span.start and ent.label_ == "PERSON"
    )
    return all(any(name in one or one in name for one in authors) for name in before)


def choose_code(span: Span, code: str) -> str | None:
    """Return the country that a shared name means in its article, or None where it means none.

    "Congo" and "Korea" have two bearers each, "Georgia" is a state too.
    """
    text = span.text.title()
    if text not in _SHARED:
        return code
    if text == "Georgia":
        return code if _is_republic_of_georgia(span) else None
    words = text_of(span.doc)
    if text in {"Korea", "Korean", "Koreans"}:
        south = "South Korea" in words or "Seoul" in words
        return "KP" if not south and ("North Korea" in words or "Pyongyang" in words) else code
    if text in {"Congo", "Congolese"}:
        return "CG" if "Brazzaville" in words and "Kinshasa" not in words else code
    if text in {"Dominican", "Dominicans"}:
        return "DM" if "Dominica " in words and "Dominican Republic" not in words else code
    return code


def _is_republic_of_georgia(span: Span) -> bool:
    """The sentence decides, then the whole article; a tie is the country's."""
    before = previous_word(span)
    if before is not None and before.text == ",":
        return False
    for text in (span.sent.text, text_of(span.doc)):
        state = sum(text.count(word) for word in _words("us_georgia"))
        country = sum(text.count(word) for word in _words("country_georgia"))
        if state != country:
            return country > state
    return True
