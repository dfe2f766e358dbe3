"""Find the countries that an article names.

Each mention becomes a span in ``doc.spans["countries"]``: its label says how the country is named
("name", "demonym" or "metonym", a seat of government standing for it), its ``kb_id_`` is the ISO
3166-1 alpha-2 code, so that "Holland", "Dutch" and "the Netherlands" are one country. Former states
carry their former code ("SU").
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from loader.extract.components.annotations import COUNTRIES
from loader.extract.components.country_context import choose_code, is_country
from loader.extract.components.country_forms import country_forms, trap_phrases

_TRAP = "TRAP"
_HALVES = frozenset({"North", "South", "East", "West"})
_NOT_BEHIND = frozenset({"of", "and", "-", "coast", "side", "wing"})


@Language.factory("countries", assigns=["doc.spans"], requires=["token.dep", "token.pos"])
def make_countries(nlp: Language, name: str) -> "CountryMatcher":
    """Make the component; it takes its names from ``loader.extract.components.country_forms``."""
    return CountryMatcher(nlp)


class CountryMatcher:
    """Mark every country with its code and form; where names overlap, the longest wins."""

    def __init__(self, nlp: Language) -> None:
        self._forms = {form.text: form for form in country_forms()}
        self._matcher = PhraseMatcher(nlp.vocab)
        self._matcher.add("COUNTRY", [nlp.make_doc(text) for text in self._forms])
        self._matcher.add(_TRAP, [nlp.make_doc(text) for text in trap_phrases()])

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["countries"]``."""
        spans = list(self._find(doc))
        doc.spans[COUNTRIES] = sorted([*spans, *_halves(doc, spans)], key=lambda span: span.start)
        return doc

    def _find(self, doc: Doc) -> Iterator[Span]:
        for span in filter_spans(self._matcher(doc, as_spans=True)):
            entry = self._forms.get(span.text)
            if span.label_ == _TRAP or entry is None or not is_country(span, entry):
                continue
            code = choose_code(span, entry.code)
            if code is not None:
                yield Span(doc, span.start, span.end, label=entry.form, kb_id=code)


def _halves(doc: Doc, spans: list[Span]) -> Iterator[Span]:
    """Yield "the North" and "the South" where an article speaks of North and South Korea."""
    halves: dict[str, str] = {}
    for span in spans:
        first, *others = span.text.split()
        if first in _HALVES and others and span.label_ == "name":
            halves.setdefault(first, span.kb_id_)
    taken = {i for span in spans for i in range(span.start, span.end)}
    for token in doc[1:-1] if halves else ():
        if token.text not in halves or token.i in taken or token.nbor(-1).lower_ != "the":
            continue
        after = token.nbor()
        if after.text == "'s" or not (after.text[0].isupper() or after.lower_ in _NOT_BEHIND):
            code = halves[token.text]
            yield Span(doc, token.i, token.i + 1, label="name", kb_id=code)
