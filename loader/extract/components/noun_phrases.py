"""Small questions about a source phrase: its head, what it is the same as, what qualifies it."""

from spacy.tokens import Doc, Span, Token

from loader.extract.components.given_names import Gender

PARTS = frozenset({"compound", "nmod", "flat", "amod", "npadvmod"})
"""Relations by which a word is a part of the name or noun behind it."""

GENDERED: dict[str, Gender] = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
"""The pronouns that mean one person."""
RELATIVES = frozenset({"who", "which", "that"})
REACH = 60
"""How many tokens back a pronoun or "the company" may refer to who has not spoken yet."""


def head_of(span: Span) -> Token:
    """The head of a source phrase; the parser's, unless it hangs outside on punctuation."""
    root: Token = span.root
    if root.is_punct or root.pos_ in {"ADP", "VERB"}:
        nouns = [token for token in span if token.pos_ in {"NOUN", "PROPN", "PRON"}]
        return nouns[-1] if nouns else root
    return root


def same_thing(span: Span, head: Token) -> list[Token]:
    """The head and the tokens of ``span`` that are the same thing: appositions, parts of a name."""
    found, reached = [head], {head.i}
    for _ in range(3):
        for token in span:
            if token.head.i not in reached or token.i in reached or _owns(token):
                continue
            # "U.N. resolution" is no part of the U.N., "Ruth Ames" is all Ames.
            part = token.dep_ in PARTS and token.head.text[0].isupper()
            if part or token.dep_ == "appos":
                reached.add(token.i)
                found.append(token)
    return found


def qualifies(token: Token, head: Token) -> bool:
    """Whether ``token`` stands before ``head`` as its modifier, or behind it after "of"."""
    step = token
    while step.head.i != head.i and step.dep_ in PARTS:
        step = step.head
    if step.head.i == head.i:
        return step.dep_ in PARTS or step.dep_ == "poss" or step.i == head.i
    preposition = step.head
    return (
        step.dep_ == "pobj"
        and preposition.head.i == head.i
        and preposition.lower_ in {"of", "from", "in"}
    )


def clause_of(relative: Token) -> Token:
    """The verb of the clause that "who" opens."""
    clause = relative.head
    while clause.dep_ not in {"relcl", "ROOT"}:
        clause = clause.head
    return clause


def _owns(token: Token) -> bool:
    """Whether "'s" follows: an owner is not the thing owned."""
    return any(child.dep_ == "case" and child.lower_ in {"'s", "'"} for child in token.children)


def is_plural(head: Token) -> bool:
    """Whether the head means several: "officials", "Ames and Roe"."""
    return head.tag_ in {"NNS", "NNPS"} or bool([c for c in head.conjuncts if c.i > head.i])


def is_definite(span: Span, *, headline: bool = False) -> bool:
    """Whether the phrase points at somebody: "the analyst", "Russia's president".

    "An analyst" does not. A headline leaves articles out: "mayor says".
    """
    first = span[0].lower_
    if first in {"a", "an", "one", "another", "some", "any", "each", "every", "no", "several"}:
        return False
    return (
        headline
        or first in {"the", "this", "that", "his", "her"}
        or any(t.dep_ == "poss" for t in span)
        or (span[0].text[0].isupper())
    )


def prominence(doc: Doc, start: int) -> float:
    """How much a name at ``start`` stands in the light of its sentence: subjects most."""
    token = doc[start]
    while token.dep_ == "compound" and token.head.i - token.i < 4:
        token = token.head
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return 1.5 if token.head.dep_ in {"ROOT", "conj", "parataxis", "ccomp"} else 1.0
    return 0.3 if token.dep_ in {"dobj", "pobj"} else 0.0
