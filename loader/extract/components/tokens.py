"""Small questions about the neighbourhood and typography of tokens."""

from spacy.tokens import Doc, Span, Token

_MIN_WORDS = 3
_TITLE_SHARE = 0.7


def text_of(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy puts together from its tokens at every look, once."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text


def previous_word(span: Span) -> Token | None:
    """Return the token before ``span`` on its line, or None."""
    if not span.start:
        return None
    token = span.doc[span.start - 1]
    return None if token.is_space else token


def next_word(span: Span) -> Token | None:
    """Return the token after ``span`` on its line, or None."""
    if span.end >= len(span.doc):
        return None
    token = span.doc[span.end]
    return None if token.is_space else token


def in_title_case(token: Token) -> bool:
    """Whether the sentence of ``token`` capitalises its words, as headlines do.

    There a capital letter says nothing about a word being a name.
    """
    sentence = token.sent
    words = [word for word in sentence if word.is_alpha and len(word) > 3]
    if len(words) < _MIN_WORDS:
        return False
    capitals = sum(word.text[0].isupper() for word in words)
    if _ends_like_prose(sentence):
        content = (word for word in sentence if word.is_alpha and not word.is_stop)
        return len(words) > _MIN_WORDS and all(word.text[0].isupper() for word in content)
    return capitals >= _TITLE_SHARE * len(words)


def _ends_like_prose(sentence: Span) -> bool:
    """Whether a full stop ends ``sentence``, as it seldom does a headline."""
    for token in reversed(sentence):
        if not token.is_space and not token.is_quote:
            return token.text == "."
    return False


def headline_tokens(doc: Doc) -> frozenset[int]:
    """Return the indices of the tokens that stand in sentences written in title case."""
    found: frozenset[int] | None = doc.user_data.get("headline tokens")
    if found is None:
        found = doc.user_data["headline tokens"] = frozenset(
            token.i for sentence in doc.sents if in_title_case(sentence[0]) for token in sentence
        )
    return found
