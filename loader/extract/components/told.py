"""Who tells of whom: "Roe said his client was ill. He said ..." goes on with Roe, not the client.

A pronoun that speaks goes on with the teller, not with a person inside what was told; and nobody
calls himself by name in what "he" says: in "He said Roe was ill", he is not Roe.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from loader.extract.components.annotations import Attribution, Offsets
from loader.extract.components.profiles import Profile


class Told:
    """What the people of one article have told so far, and what each source phrase tells."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._tellers: dict[int, str] = {}
        self._starts = [token.idx for token in doc]
        self._contents: dict[int, Sequence[Offsets]] = {
            attribution.source[0]: attribution.content
            for attribution in doc._.attributions
            if attribution.source is not None and attribution.kind != "mixed"
        }

    def add(self, attribution: Attribution, teller: str) -> None:
        """Note that the person called ``teller`` said the content of ``attribution``."""
        for span in attribution.content:
            for i in self._tokens(span):
                self._tellers.setdefault(i, teller)

    def teller_of(self, start: int, pronoun: Token) -> str | None:
        """Who told what stands at token ``start``, unless the pronoun stands in it too."""
        teller = self._tellers.get(start)
        return teller if teller != self._tellers.get(pronoun.i) else None

    def opening(self, pronoun: Token) -> int:
        """The token at which the pronoun's statement opens: a long quotation takes nobody away."""
        spans = self._contents.get(pronoun.idx, ())
        return min((pronoun.i, *(bisect_left(self._starts, span[0]) for span in spans)))

    def named_by(
        self, pronoun: Token, mentions: Sequence[tuple[int, Profile]], starts: Sequence[int]
    ) -> frozenset[str]:
        """The people named in what the pronoun says, whom it cannot mean.

        ``mentions`` are all of the article, in order, and ``starts`` their tokens.
        """
        return frozenset(
            profile.name
            for span in self._contents.get(pronoun.idx, ())
            for tokens in (self._tokens(span),)
            for _, profile in mentions[
                bisect_left(starts, tokens.start) : bisect_left(starts, tokens.stop)
            ]
        )

    def _tokens(self, span: Offsets) -> range:
        return range(bisect_left(self._starts, span[0]), bisect_right(self._starts, span[1] - 1))
