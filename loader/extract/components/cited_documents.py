"""Say which document of its article a phrase means, and by what name the article knows it.

"Leaked files on the dam" are named so. "The files" behind them are the same where no other files
were spoken of; "leaked files" are where every telling word fits one fuller name. What was never
told apart from others ("reports say") has no name.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from loader.extract.components.annotations import Agent, CitedDocument, Offsets
from loader.extract.components.cited_document_phrases import (
    DocumentPhrase,
    clause_behind,
    document_phrases,
    issuer,
)


@dataclass(slots=True, eq=False)
class _Known:
    """Phrases that mean one document; no name where none of them tells it apart."""

    phrases: list[DocumentPhrase] = field(default_factory=list)
    issuer: Span | None = None

    @property
    def fullest(self) -> DocumentPhrase:
        # Of equals, one in prose: a headline has capitals of its own.
        return max(self.phrases, key=lambda p: (len(p.words), not p.title, -p.head))


class Documents:
    """The documents of one article; ``named`` is the mention at each token."""

    def __init__(self, doc: Doc, named: Mapping[int, Span]) -> None:
        self._doc = doc
        self._named = named
        self._known: dict[int, _Known] = {}
        by_noun: dict[str, list[DocumentPhrase]] = defaultdict(list)
        for phrase in document_phrases(doc, named):
            by_noun[phrase.noun].append(phrase)
        for phrases in by_noun.values():
            self._gather(phrases)

    def agent_at(self, head: int) -> Agent | None:
        """The document whose phrase has its head at this token, or the outlet whose report it is.

        None for what is no document, or has no name.
        """
        known = self._known.get(head)
        if known is None:
            return None
        by = known.issuer
        if by is not None and by.label_ == "OUTLET":
            return Agent(type="Outlet", name=by.kb_id_)
        return Agent(type="Document", name=known.fullest.name)

    def described(self, name: str) -> CitedDocument:
        """What the article says of its document called ``name``; KeyError if it has none such."""
        for known in self._known.values():
            if known.fullest.name == name:
                return self._describe(known)
        raise KeyError(name)

    def _describe(self, known: _Known) -> CitedDocument:
        fullest = known.fullest
        taken: list[Offsets] = [
            span for attribution in self._doc._.attributions for span in attribution.content
        ]
        clauses = (clause_behind(phrase, taken) for phrase in known.phrases)
        forms = {phrase.name.casefold(): phrase.name for phrase in known.phrases if phrase.words}
        forms.pop(fullest.name.casefold(), None)
        by = known.issuer
        return CitedDocument(
            name=fullest.name,
            forms=tuple(forms.values()),
            description=next((clause for clause in clauses if clause), None),
            issuer=Agent(type="Organization", name=by.kb_id_) if by is not None else None,
        )

    def _gather(self, phrases: list[DocumentPhrase]) -> None:
        """Join the phrases of one noun that mean the same."""
        told: dict[frozenset[str], _Known] = {}
        for phrase in phrases:
            if phrase.words:
                told.setdefault(_whole(phrase, phrases), _Known()).phrases.append(phrase)
        for known in told.values():
            issuers = (issuer(phrase, self._named) for phrase in known.phrases)
            known.issuer = next((mention for mention in issuers if mention is not None), None)
            self._known.update((phrase.head, known) for phrase in known.phrases)
        unnamed = [p for p in phrases if not p.words and not p.pointing]
        for phrase in phrases:
            if not phrase.words and phrase.pointing:
                self._point(phrase, list(told.values()), unnamed)

    def _point(
        self, phrase: DocumentPhrase, told: list[_Known], unnamed: list[DocumentPhrase]
    ) -> None:
        """Let "the memo" be the only memo before it; in a headline, the only one there is."""
        if not phrase.title:
            told = [known for known in told if known.phrases[0].head < phrase.head]
            unnamed = [other for other in unnamed if other.head < phrase.head]
        if len(told) == 1 and not unnamed:
            self._known[phrase.head] = told[0]
            told[0].phrases.append(phrase)


def _whole(phrase: DocumentPhrase, phrases: list[DocumentPhrase]) -> frozenset[str]:
    """The telling words of the one fuller phrase that ``phrase`` is short for, else its own."""
    fuller = {
        other.words
        for other in phrases
        if phrase.words < other.words and not (phrase.anew and other.head < phrase.head)
    }
    most = [words for words in fuller if not any(words < other for other in fuller)]
    return most[0] if len(most) == 1 else phrase.words
