"""Organizations and outlets that are known by name, before any article is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from loader.articles.outlets import outlet_spellings
from loader.extract.components.data import LISTS
from loader.extract.components.tokens import next_word, previous_word, text_of

ORGANIZATION, OUTLET = "ORGANIZATION", "OUTLET"

_REPORTING = frozenset({"report", "write", "say", "publish", "reveal", "note", "cite", "claim"})
_CHANNELS = frozenset({"tell", "told", "by", "to", "via", "from", "with"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """One form of a known organization: ``name`` is its usual name."""

    name: str
    label: str
    ambiguous: bool


@cache
def known_names() -> dict[str, KnownName]:
    """Return every known form with the organization it names."""
    ambiguous = LISTS("organizations", "ambiguous").words
    names: dict[str, KnownName] = {}
    organizations = LISTS("organizations", "known").groups
    for label, lists in ((ORGANIZATION, organizations), (OUTLET, outlet_spellings())):
        for usual, *others in lists:
            for form in (usual, *others, *_uncamelled(usual)):
                known = KnownName(
                    name=usual, label=label, ambiguous=form in ambiguous or len(form) < 2
                )
                names.setdefault(form, known)
    return names


def _uncamelled(name: str) -> Iterator[str]:
    """Yield "Politifact" for "PolitiFact"."""
    if name.isalpha() and not name.isupper() and not name[1:].islower() and len(name) > 4:
        yield name.capitalize()


class KnownOrganizations:
    """Find known organizations in a ``Doc``; the longest wins where names overlap."""

    def __init__(self, nlp: Language) -> None:
        self._names = known_names()
        self._matcher = PhraseMatcher(nlp.vocab)
        self._matcher.add("KNOWN", [nlp.make_doc(form) for form in self._names])

    def __call__(self, doc: Doc) -> Iterator[tuple[Span, KnownName]]:
        """Yield each place with what it names; ordinary words only where they name an outlet."""
        for span in filter_spans(self._matcher(doc, as_spans=True)):
            known = self._names.get(span.text)
            if known is None or (known.ambiguous and not _is_reporting(span)):
                continue
            if len(span) == 1 and span[0].is_stop and _is_in_capitals(span):
                continue  # "GUARDS WHO PROTECT US"
            after = next_word(span)
            if (
                after is not None
                and after.text == "-"
                and not span[-1].whitespace_
                and (known.ambiguous)
            ):
                continue
            yield span, known


def _is_in_capitals(span: Span) -> bool:
    """Whether all words around are in capitals, and the article never spells the name out."""
    usual = known_names()[span.text].name
    return span.sent.text.isupper() and len(span.sent) > 1 and usual not in text_of(span.doc)


def _is_reporting(span: Span) -> bool:
    """Whether something is reported by, or told to, what ``span`` names."""
    root, before = span.root, previous_word(span)
    after = next_word(span)
    if after is not None and after.text[0].isupper():
        return False
    if root.dep_ == "nsubj" and root.head.lemma_.lower() in _REPORTING:
        return before is None or before.lower_ not in {"a", "an", "this", "that"}
    if span[0].text == "The" and not span[0].is_sent_start:
        return True
    return before is not None and before.lower_ in _CHANNELS and root.ent_type_ == "ORG"
