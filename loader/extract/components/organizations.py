"""Find the organizations and outlets that an article names.

Each mention becomes a span in ``doc.spans["organizations"]``, labelled "ORGANIZATION" or "OUTLET",
whose ``kb_id_`` is the organization's name: the usual one where it is known, else the fullest that
the article gives ("CCP" is "Chinese Communist Party" where the article says so).
"""

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from loader.extract.components.annotations import COUNTRIES, ORGANIZATIONS, PEOPLE
from loader.extract.components.data import LISTS
from loader.extract.components.issuers import issuer_mentions
from loader.extract.components.organization_evidence import is_introduced, told_bodies
from loader.extract.components.organization_extents import whole_extent
from loader.extract.components.organization_forms import acronym_of, with_short_forms
from loader.extract.components.organization_labels import find_labelled, party_names
from loader.extract.components.organization_lexicon import OUTLET, KnownOrganizations, known_names
from loader.extract.components.organization_runs import find_runs, survey
from loader.extract.components.titles import TitleFinder
from loader.extract.components.tokens import headline_tokens, text_of
from loader.extract.normalization import normalize


@Language.factory("organizations", assigns=["doc.spans"], requires=["doc.spans", "doc.ents"])
def make_organizations(nlp: Language, name: str) -> "OrganizationFinder":
    """Make the component; it needs ``countries`` and ``people`` before it."""
    return OrganizationFinder(nlp)


class OrganizationFinder:
    """Mark every mention of an organization with its name."""

    def __init__(self, nlp: Language) -> None:
        self._known = KnownOrganizations(nlp)
        self._titles = TitleFinder(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["organizations"]``.

        Takes out of the people and the countries what is only a part of an organization's name:
        the person in "Clinton Foundation", the seat in "White House Council", any in an outlet's.
        """
        known = {(span.start, span.end): name for span, name in self._known(doc)}
        titles = frozenset(i for title in self._titles(doc) for i in range(title.start, title.end))
        found = [Span(doc, *place, label=name.label) for place, name in known.items()]
        found += [*_own_outlet(doc), *issuer_mentions(doc)]
        headlines = headline_tokens(doc)
        ground = survey(doc, titles, headlines)
        found += (whole_extent(doc, span) for span in (*find_runs(ground), *find_labelled(ground)))
        spans = _drop_contained(doc, found)
        taken = titles | _covered((*spans, *doc.spans[PEOPLE], *doc.spans[COUNTRIES]))
        listed = frozenset(i for place in known for i in range(*place))
        listed |= _covered(span for span in spans if is_introduced(span))
        spans += told_bodies(ground, taken, listed)
        names = {place: name.name for place, name in known.items()}
        named = [*_named(doc, filter_spans(spans), names)]
        doc.spans[ORGANIZATIONS] = with_short_forms(doc, _one_name(doc, named), headlines)
        _clear(doc)
        return doc


def _covered(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in range(span.start, span.end))


def _own_outlet(doc: Doc) -> Iterator[Span]:
    """Yield the article's own outlet where it stands behind the title ("... | Unpacked")."""
    outlet = doc._.article.outlet if doc._.article else None
    if not outlet:
        return
    for match in re.finditer(rf"[|\-—:] *({re.escape(normalize(outlet))})(?!\w)", text_of(doc)):
        place = doc.char_span(*match.span(1), label=OUTLET)
        if place is not None:
            yield place


def _drop_contained(doc: Doc, found: list[Span]) -> list[Span]:
    """Keep the longest of overlapping spans; a person in full is no part of an organization."""
    people = [span for span in doc.spans[PEOPLE] if len(span) > 1]
    kept = [
        span
        for span in found
        if not any(p.start < span.end and span.start < p.end and p.end >= span.end for p in people)
    ]
    return filter_spans(kept)


def _named(doc: Doc, spans: list[Span], known: dict[tuple[int, int], str]) -> Iterator[Span]:
    """Yield ``spans`` with their names: the usual one where it is known."""
    articles = {
        span.text
        for span in spans
        if span.label_ == OUTLET and span.start and doc[span.start - 1].text == "The"
    }
    parties = party_names()
    for span in spans:
        name = known.get((span.start, span.end), parties.get(span.text, span.text))
        if span.label_ == OUTLET:
            name = span.text if name.casefold() in span.text.casefold() else name
            name = f"The {name}" if name in articles else name
        yield Span(doc, span.start, span.end, label=span.label_, kb_id=name)


def _one_name(doc: Doc, named: list[Span]) -> list[Span]:
    """Give who is named by an acronym or one word the name that the article spells out: "CCP"."""
    full: dict[str, str] = {}
    known = known_names()
    single = {span.text for span in named if len(span) == 1 and span.text not in known}
    for span in named:
        if len(span) > 1 and span.label_ != OUTLET:
            for word in single.intersection((span[0].text, span[-1].text)):
                full.setdefault(word, span.kb_id_)
    for span in named:
        acronym = acronym_of(doc, span)
        if acronym is not None:
            full[acronym.text] = span.kb_id_
    return [
        Span(doc, span.start, span.end, label=span.label_, kb_id=full.get(span.text, span.kb_id_))
        for span in named
    ]


def _clear(doc: Doc) -> None:
    inside: dict[int, Span] = {
        i: span for span in doc.spans[ORGANIZATIONS] for i in range(span.start, span.end)
    }
    doc.spans[COUNTRIES] = [
        span
        for span in doc.spans[COUNTRIES]
        if span.start not in inside or _is_of_its_state(inside[span.start], span)
    ]
    doc.spans[PEOPLE] = [
        span
        for span in doc.spans[PEOPLE]
        if span.start not in inside
        or inside[span.start][-1].lower_ in {"administration", "campaign"}
    ]


def _is_of_its_state(body: Span, country: Span) -> bool:
    """Whether a body's name tells whose it is: "Chinese Communist Party", "Kenyan Navy".

    "Council on American Relations" and "British Red Cross" are names only.
    """
    if body.label_ == OUTLET or country.label_ == "metonym":
        return False
    ends = country.end == body.end and body.doc[country.start - 1].lower_ in {"of", "the"}
    if country.start != body.start and not ends:
        return False
    state = LISTS("organizations", "of_states").words
    return len(body) > len(country) and any(token.text in state for token in body)
