"""Find the organizations and outlets that an article names.

Each mention becomes a span in ``doc.spans["organizations"]``, labelled "ORGANIZATION" or "OUTLET",
whose ``kb_id_`` is the organization's name: the usual one where it is known, else the fullest that
the article gives ("CCP" is "Chinese Communist Party" where the article says so).
"""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from loader.extract.components.annotations import COUNTRIES, ORGANIZATIONS, PEOPLE
from loader.extract.components.organization_lexicon import OUTLET, KnownOrganizations
from loader.extract.components.organization_runs import acronym_of, find_runs, survey
from loader.extract.components.titles import TitleFinder
from loader.extract.components.tokens import headline_tokens
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
        found += _own_outlet(doc)
        found += find_runs(survey(doc, titles, headline_tokens(doc)))
        spans = _drop_contained(doc, found)
        spans = _with_short_forms(doc, spans)
        names = {place: name.name for place, name in known.items()}
        named = [*_named(doc, spans, names)]
        doc.spans[ORGANIZATIONS] = filter_spans([*named, *_short_outlets(doc, named)])
        _clear(doc)
        return doc


def _own_outlet(doc: Doc) -> Iterator[Span]:
    """Yield the article's own outlet where it stands behind the title ("... | Unpacked")."""
    outlet = doc._.article.outlet if doc._.article else None
    if not outlet:
        return
    for match in re.finditer(rf"[|\-—:] *({re.escape(normalize(outlet))})(?!\w)", doc.text):
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


def _with_short_forms(doc: Doc, spans: list[Span]) -> list[Span]:
    """Add the later mentions by acronym or by the same words, also where no rule finds them."""
    forms: dict[str, str] = {}
    for span in spans:
        if len(span) > 1 or span.label_ == OUTLET:
            forms.setdefault(span.text, span.label_)
        acronym = acronym_of(doc, span)
        if acronym is not None:
            forms[acronym.text] = span.label_
    taken = {i for span in spans for i in range(span.start, span.end)}
    firsts = {form.split()[0].split("-")[0] for form in forms}
    added, text = [], doc.text
    longest_first = sorted(forms, key=len, reverse=True)
    for token in doc:
        if token.i in taken or token.text not in firsts:
            continue
        rest = text[token.idx : token.idx + 80]
        for form in longest_first:
            if rest.startswith(form):
                again = doc.char_span(token.idx, token.idx + len(form), label=forms[form])
                if again is not None:
                    added.append(again)
                    break
    return filter_spans([*spans, *added])


def _named(doc: Doc, spans: list[Span], known: dict[tuple[int, int], str]) -> Iterator[Span]:
    full = {}
    for span in spans:
        acronym = acronym_of(doc, span)
        if acronym is not None:
            full[acronym.text] = known.get((span.start, span.end), span.text)
    articles = {
        span.text
        for span in spans
        if span.label_ == OUTLET and span.start and doc[span.start - 1].text == "The"
    }
    for span in spans:
        name = known.get((span.start, span.end), span.text)
        name = full.get(span.text, name)
        if span.label_ == OUTLET:
            name = span.text if name.casefold() in span.text.casefold() else name
            name = f"The {name}" if name in articles else name
        yield Span(doc, span.start, span.end, label=span.label_, kb_id=name)


def _short_outlets(doc: Doc, named: list[Span]) -> Iterator[Span]:
    """Yield the places where an outlet is named by its last word ("the Post")."""
    fulls: dict[str, set[str]] = {}
    for span in named:
        if span.label_ == OUTLET and len(span) > 1:
            fulls.setdefault(span[-1].text, set()).add(span.kb_id_)
    for token in doc[1:-1]:
        if len(fulls.get(token.text, ())) != 1 or token.nbor(-1).lower_ != "the":
            continue
        after = token.nbor()
        if not after.text[0].isupper() or after.is_space:
            (name,) = fulls[token.text]
            yield Span(doc, token.i, token.i + 1, label=OUTLET, kb_id=name)


def _clear(doc: Doc) -> None:
    inside: dict[int, Span] = {
        i: span for span in doc.spans[ORGANIZATIONS] for i in range(span.start, span.end)
    }
    doc.spans[COUNTRIES] = [
        span
        for span in doc.spans[COUNTRIES]
        if not (
            span.start in inside
            and (inside[span.start].label_ == OUTLET or span.label_ == "metonym")
        )
    ]
    doc.spans[PEOPLE] = [
        span
        for span in doc.spans[PEOPLE]
        if span.start not in inside
        or inside[span.start][-1].lower_ in {"administration", "campaign"}
    ]
