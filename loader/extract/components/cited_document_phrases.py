"""Read the phrases that speak of documents: "a leaked Defense Ministry memo", "the memo".

A phrase's name is its own words without article and clause: "2014 study" of "a 2014 study that
appeared in a journal". Its telling words are those by which it differs from others of its noun.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import Offsets
from loader.extract.components.data import LISTS
from loader.extract.components.noun_phrases import qualifies
from loader.extract.components.roles import words

_POINTING = frozenset({"the", "this", "these", "that", "those", "both"})
_LEADING = frozenset({"DT", "PDT", "PRP$", "WP$", "WDT", "CC", "IN"})
_ANEW = frozenset({"a", "an", "another"})
_BY = frozenset({"of", "by", "from", "on", "about", "into"})
_INSIDE = frozenset({"-", "'s", "'", "/", "&"})
_CLAUSES = frozenset({"acl", "relcl", "advcl", "appos"})
_BESIDE = _CLAUSES | {"prep", "nsubj", "aux", "cop", "dep", "ccomp", "mark"}
_PART_OF_NAME = frozenset({"compound", "amod", "nmod", "npadvmod"})
_NAMING = frozenset({"called", "titled", "entitled", "named", "dubbed", "known", "left"})
_MOST_BEHIND = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPhrase:
    """A noun phrase about a document, ``span``, with the token its head is.

    ``words`` are its telling words, empty for "the report". ``pointing`` tells that it means a
    document named before, ``anew`` that it brings in another one, ``title`` that it stands in the
    headline, which leaves articles out.
    """

    head: int
    noun: str
    span: Span
    words: frozenset[str]
    pointing: bool
    anew: bool
    title: bool

    @property
    def name(self) -> str:
        """Its words as the article writes them."""
        return _written(self.span)


def document_phrases(doc: Doc, named: Mapping[int, Span]) -> Iterator[DocumentPhrase]:
    """Yield the phrases of ``doc`` in their order; ``named`` holds the mention at each token."""
    nouns = words("documents")
    article = doc._.article
    title = article.title_span if article is not None and article.title_span else (0, 0)
    for head in doc:
        if head.lower_ in nouns and head.i not in named and _is_head(head):
            yield _read(head, title)


def issuer(phrase: DocumentPhrase, named: Mapping[int, Span]) -> Span | None:
    """The mention of whose it is: "a Coral Agency memo", "a report by the Coral Agency"."""
    head = phrase.span.doc[phrase.head]
    for token in phrase.span:
        mention = named.get(token.i)
        if mention is None or mention.label_ == "PERSON" or token.i != mention.root.i:
            continue
        preposition = token.head
        by = preposition.lower_ == "by" and preposition.head.i == head.i
        if by or qualifies(token, head):
            return mention
    return None


def clause_behind(phrase: DocumentPhrase, taken: list[Offsets]) -> str | None:
    """What a clause behind the noun says of it: "obtained by the Daily Planet".

    ``taken`` is what the article's statements hold, which describes no document.
    """
    doc = phrase.span.doc
    for child in doc[phrase.head].rights:
        if child.dep_ not in {"acl", "relcl"} or child.lower_ in _NAMING:
            continue
        clause = doc[child.left_edge.i : child.right_edge.i + 1]
        if clause.text.endswith((" as", " and", " or")) or clause.end == phrase.span.end:
            continue  # cut by a wrong parse
        free = all(b <= clause.start_char or clause.end_char <= a for a, b in taken)
        if free and clause.start > phrase.head and len(clause) > 1:
            return _written(clause) or None
    return None


def _is_head(head: Token) -> bool:
    return head.pos_ in {"NOUN", "PROPN"} and head.dep_ not in _PART_OF_NAME


def _read(head: Token, title: Offsets) -> DocumentPhrase:
    doc, start = head.doc, head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in _BESIDE:
            break
        start = child.left_edge.i
    determiners = {token.lower_ for token in doc[start : head.i] if token.head.i == head.i}
    while start < head.i and _is_leading(doc[start], head):
        start += 1
    span = doc[start : _end(head)]
    telling = frozenset(token.lower_ for token in span if token.i != head.i and _is_telling(token))
    in_title = title[0] <= head.idx < title[1]
    owned = any(child.tag_ == "PRP$" for child in head.lefts)
    return DocumentPhrase(
        head=head.i,
        noun=head.lower_,
        span=span,
        words=telling,
        pointing=bool(determiners & _POINTING) or (in_title and not determiners and not owned),
        anew=bool(determiners & _ANEW),
        title=in_title,
    )


def _is_leading(token: Token, head: Token) -> bool:
    """Whether the name begins behind ``token``: "even the new, highly classified report"."""
    outside = token.tag_ in _LEADING or (token.pos_ == "ADV" and token.head.i == head.i)
    return token.is_punct or token.is_space or outside or _is_untelling(token)


def _end(head: Token) -> int:
    """Where the phrase ends: behind "by …", "of …", before a clause, a comma or a date."""
    doc, end = head.doc, head.i + 1
    for child in head.rights:
        if child.i != end or child.dep_ != "prep" or child.lower_ not in _BY:
            break
        stop = end + 1
        while stop <= min(child.right_edge.i, head.i + _MOST_BEHIND) and _goes_on(doc[stop]):
            stop += 1
        if stop == end + 1 or doc[stop - 1].ent_type_ in {"DATE", "TIME"}:
            break
        end = stop
    while doc[end - 1].tag_ in {"DT", "IN", "CC", "TO"} and end > head.i + 1:
        end -= 1
    return end


def _goes_on(token: Token) -> bool:
    if token.is_punct and token.text not in _INSIDE:
        return False
    if token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}:
        return False
    return token.dep_ not in _CLAUSES and token.tag_ not in {"WDT", "WP", "WP$", "WRB"}


def _is_untelling(token: Token) -> bool:
    return token.lower_ in LISTS("sources", "untelling").words


def _is_telling(token: Token) -> bool:
    if token.is_stop or token.is_punct or token.is_space or _is_untelling(token):
        return False
    # "Two reports" are any two; a "2014 study" is that year's.
    return not token.like_num or (token.is_digit and len(token) == len("2014"))


def _written(span: Span) -> str:
    article = span.doc._.article
    text: str = article.text[span.start_char : span.end_char] if article else span.text
    return " ".join(text.split()).strip(" ,;:-–—")
