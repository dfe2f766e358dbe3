"""Evidence that a run of capitalised words names a person, as numbers to be added up.

Two points convince; the weights were set by reading news of many kinds.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_common, is_given_name
from loader.extract.components.person_names import (
    is_east_asian,
    is_initials,
    is_suffix,
    is_syllable_pair,
    name_words,
)
from loader.extract.components.roles import role_noun
from loader.extract.components.roles import words as roles

_MAX_WORDS = 5
_OLDEST = 116
_LABELS_AGAINST = frozenset(
    {"ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART", "LANGUAGE"}
)
_CAMEL_CASE = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Van|O')[A-Za-z]*[a-z][A-Z]\w*")
PERSONAL = frozenset({"he", "she", "his", "him", "himself", "herself", "who", "whose", "whom"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "our", "your", "its"})


def entity_evidence(doc: Doc, start: int, end: int) -> float:
    """What the model says: a person, something else, nothing."""
    last, first = doc[end - 1], doc[start]
    if last.ent_type_ == "PERSON":
        return 2.0 if first.ent_type_ == "PERSON" else 1.5
    if first.ent_type_ == "PERSON":
        return 1.0
    if last.ent_type_ == "ORG" and is_given_name(first.text):
        # The small model often takes foreign names for organizations.
        return -0.5
    return -1.5 if last.ent_type_ in _LABELS_AGAINST else 0.0


def shape_evidence(words: Sequence[Token]) -> float:
    """What the words themselves say: given names, initials, East Asian names, capitals within."""
    texts = [token.text for token in words]
    score = 0.0
    if len(texts) > 1:
        first = texts[0]
        if is_east_asian(texts):
            score += 2.0
        elif len(texts) == 2 and first in name_words("surname_starts"):
            score += 2.5
        elif is_initials(first):
            score += 1.0
        elif is_given_name(first):
            score += 0.75 if is_common(first.casefold()) else 2.5
        if any(is_initials(text) for text in texts[1:-1]):
            score += 1.5
    if any(text.isupper() and len(text) > 2 and not is_initials(text) for text in texts):
        score -= 1.5
    while len(texts) > 2 and is_suffix(texts[-1]):
        texts.pop()
        score += 1.0
    if len(texts) > 1 and is_initials(texts[-1]):
        score -= 2.0
    if any(_CAMEL_CASE.fullmatch(text) for text in texts):
        score -= 1.5
    if len(texts) > _MAX_WORDS:
        score -= 2.0
    return score


def context_evidence(doc: Doc, start: int, end: int) -> float:
    """What the words around say: articles, appositions, verbs of people, places."""
    score = 0.0
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None and not before.is_space and before.lower_ in _ARTICLES:
        score -= 2.0
    if before is not None and before.lower_ in _kinds():
        score -= 2.0
    if after is not None and after.lower_ in name_words("group_nouns"):
        score -= 1.0
    role = described_as(doc, end)
    if role is not None or _is_apposed(doc, start, end):
        score += 3.0 if role is not None and role not in roles("of_bodies") else 1.5
        if end - start > 1 and before is not None and before.lower_ in {"to", "said", "says"}:
            score += 1.0  # "according to N. N., a lecturer", "said N. N., a lecturer"
    if end - start > 1 and before is not None and before.is_lower and role_noun(before):
        score += 3.0 if role_noun(before) not in roles("of_bodies") else 1.5  # "the farmer N. N."
    if end - start > 1 and _has_relative(doc, end):
        score += 3.0
    if after is not None and is_dateline(doc, start, after):
        score -= 3.0
    if _is_aged(doc, end):
        score += 2.0
    root = doc[start:end].root
    if before is not None and before.lower_ not in _ARTICLES and _has_article(root, start):
        score -= 1.5
    if root.dep_ == "compound" and root.head.i >= end and root.head.is_lower:
        score -= 0.5
    if root.dep_ == "nsubj" and root.head.lemma_.lower() in name_words("human_verbs"):
        score += 2.0 if end - start > 1 and root.head.i < start else 1.0
        proper = end - start == 1 and doc[start].pos_ == "PROPN"
        if proper and any(token.lower_ in PERSONAL for token in doc[end : end + 5]):
            score += 1.5  # "Roe said he ..."
    if end - start == 1 and is_given_name(doc[start].text) and not is_common(doc[start].lower_):
        score += 1.0
    if before is not None and before.text == "'s" and doc[start - 2].ent_type_ == "GPE":
        score += 1.0
    if before is not None and _signs(doc, before, end):
        score += 2.0
    if root.dep_ == "poss" and root.i == end - 1:
        score += 1.0 if root.head.lower_ in name_words("kin") else 0.2
    if before is not None and before.lower_ in {"in", "at", "near", "across", "outside"}:
        score -= 1.5 if end - start == 1 else 0.5
    return score


def firm_evidence(doc: Doc, start: int, end: int) -> float:
    """What speaks for a firm: its last word, who runs it, where its shares are traded."""
    score = 0.0
    last = doc[end - 1].text in _organizations("firm_final") | _organizations("final")
    if last and not is_given_name(doc[start].text):
        score += 3.0
    before = start - 2 if start > 1 and doc[start - 1].lower_ in {"of", "at", "with"} else -1
    if before >= 0 and doc[before].lower_ in _organizations("firm_roles"):
        score += 3.0
    if end + 1 < len(doc) and doc[end].text == "(":
        score += 3.0 * (doc[end + 1].text.upper() in _organizations("stock_exchanges"))
    return score


def _organizations(group: str) -> frozenset[str]:
    return LISTS("organizations", group).words


def _is_aged(doc: Doc, end: int) -> bool:
    """Whether an age follows: "Georgia Hale, 32, won"; "Jo Roe (41)"."""
    if end + 2 >= len(doc) or doc[end].text not in {",", "("}:
        return False
    age = doc[end + 1].text
    closed = doc[end + 2].text in {",", ")", "."}
    return closed and age.isdecimal() and len(age) < 4 and int(age) < _OLDEST


def _has_relative(doc: Doc, end: int) -> bool:
    """Whether "who" follows, which goes with people: "N. N., who represents her, said"."""
    step = end + 1 if end < len(doc) and doc[end].text == "," else end
    return step < len(doc) and doc[step].lower_ in {"who", "whose", "whom"}


def is_human(doc: Doc, start: int, end: int) -> bool:
    """Whether what stands beside a name goes with people only: verbs, kin, roles, "he"."""
    root = doc[start:end].root
    verb = root.head.lemma_.lower()
    if root.dep_ in {"nsubj", "nsubjpass"} and verb in name_words("human_verbs"):
        return True
    before = doc[start - 1] if start else None
    if before is not None and before.is_lower and role_noun(before) is not None:
        return True
    if described_as(doc, end) is not None or _is_apposed(doc, start, end) or _is_aged(doc, end):
        return True
    if is_given_name(doc[start].text) and not is_common(doc[start].lower_):
        return True
    if root.dep_ == "poss" and root.head.lower_ in name_words("kin"):
        return True
    for token in doc[end : end + 12]:
        if token.lower_ in PERSONAL:
            return True
        if token.is_sent_start:
            return False
    return False


def is_second_syllable(doc: Doc, position: int, start: int) -> bool:
    """Whether "-in" follows here, as in "Moon Jae-in"."""
    if position - start < 2 or position + 1 >= len(doc) or doc[position].text != "-":
        return False
    syllable = doc[position + 1]
    joined = not doc[position].whitespace_ and not doc[position - 1].whitespace_
    name = [doc[start].text, f"{doc[position - 1].text}-{syllable.text}"]
    if not joined or not syllable.is_lower:
        return False
    return is_east_asian(name) or is_syllable_pair(doc[position - 1].text, syllable.text)


def described_as(doc: Doc, end: int) -> str | None:
    """Return the role where ", head of ..." or ", a farmer" follows."""
    if end + 2 >= len(doc) or doc[end].text != ",":
        return None
    step = end + 2 if doc[end + 1].lower_ in {"a", "an", "the"} else end + 1
    while step < len(doc) and step < end + 6 and doc[step].pos_ in {"ADJ", "NOUN", "PROPN"}:
        if (role := role_noun(doc[step])) is not None and doc[step].is_lower:
            return role
        step += 1
    return None


def _is_apposed(doc: Doc, start: int, end: int) -> bool:
    """Whether the name stands between commas behind a role: "his manager, Jo Roe, said"."""
    if start < 2 or end >= len(doc) or doc[start - 1].text != "," or doc[end].text != ",":
        return False
    return role_noun(doc[start - 2]) is not None and doc[start - 2].is_lower


def is_dateline(doc: Doc, start: int, after: Token) -> bool:
    """Whether a paragraph opens with the place it was written at: "Blantyre — Teachers"."""
    opens = start == 0 or doc[start - 1].is_space
    return opens and after.text in {"—", "–", "--", "-"} and after.nbor(-1).whitespace_ != ""


def _signs(doc: Doc, before: Token, end: int) -> bool:
    """Whether the name stands alone behind a dash at a line's end, as under a quotation."""
    closing = end >= len(doc) or "\n" in doc[end].text
    return closing and before.text in {"—", "―", "--", "-"} and bool(before.whitespace_)


def _has_article(root: Token, start: int) -> bool:
    """Whether an article stands before the noun phrase of ``root`` ("a German Sinologist")."""
    noun = root.head if root.dep_ == "compound" and root.head.i > root.i else root
    return any(child.i < start and child.lower_ in _ARTICLES for child in noun.children)


def _kinds() -> frozenset[str]:
    """Return the nouns that introduce an organization's name ("the firm X")."""
    return LISTS("organizations", "kinds").words | LISTS("organizations", "outlet_kinds").words
