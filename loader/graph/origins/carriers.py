"""Articles that carry a claim, as far as it matters for where they have it from."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from loader.graph.origins.credits import Credit, credited
from loader.graph.origins.reading import Hashes, Reading, Shingles, passages, read, vocabulary
from ontology.records import Span

Reason = Literal["passage", "credit", "told", "reported", "publisher"]
_SENTENCE_END = ".!?\n"
_LONGEST = 400
"""Characters of a sentence that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement in an article: claim, speaker and channel are ids, ``source`` where it is named.

    ``reporter`` is the outlet whose report the statement is, or stands in.
    """

    claim: str
    kind: str
    spans: tuple[Span, ...]
    speaker: str | None
    via: str | None
    reporter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the graph holds of an article: ids of the outlets it names, each with its places."""

    id: str
    text: str
    outlet: str | None
    published: date | None
    noise: tuple[Span, ...]
    statements: tuple[Said, ...]
    named: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article that was read, whatever it is asked about."""

    told: Told
    words: Reading
    credit: Credit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The outlet (an id) by which a claim reached an article, and the sentence that says so."""

    outlet: str
    reason: Reason
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """An article that carries a claim.

    Attributes:
        id: The article's.
        outlet: Who published it (an id).
        published: When.
        speaker: Whose the claim is, if it is one that is known.
        channel: By whom it reached the article, if that is certain.
        credit: Whom the article credits with its report.
        around: The shingles around the claim.
        sampled: Some of those that stand further off.
        words: What its words are; empty where it credits and publishes nothing.
    """

    id: str
    outlet: str | None
    published: date | None
    speaker: str | None
    channel: Channel | None
    credit: Credit | None
    around: Shingles
    sampled: Shingles
    words: Hashes


def article(told: Told) -> Article:
    """Read an article."""
    quoted = [span for said in told.statements if said.kind == "direct" for span in said.spans]
    return Article(
        told=told,
        words=read(told.text, (*quoted, *told.noise)),
        credit=credited(told.text, told.named, told.outlet),
    )


def carrier(found: Article, claims: AbstractSet[str]) -> Carrier:
    """What an article has to say of where it has a claim, or its like (ids), from."""
    told = found.told
    stated = [said for said in told.statements if said.claim in claims]
    claimed = [span for said in stated for span in said.spans]
    around, sampled = passages(found.words, claimed)
    speakers = {said.speaker for said in stated if said.speaker is not None}
    speakers = {item for item in speakers if not item.startswith("document/")}  # one article's own
    return Carrier(
        id=told.id,
        outlet=told.outlet,
        published=told.published,
        speaker=speakers.pop() if len(speakers) == 1 else None,
        channel=_channel(told, stated),
        credit=found.credit,
        around=around,
        sampled=sampled,
        words=vocabulary(found.words, claimed),
    )


def _channel(told: Told, stated: Sequence[Said]) -> Channel | None:
    """By whom the claim reached the article; None where no outlet or more than one is named."""
    named: dict[str, Channel] = {}
    for said in stated:
        outlet = said.reporter if said.reporter is not None else said.via
        if outlet is not None and outlet not in named:
            place = _nearest(told.named, outlet, said.spans)
            sentence = _sentence(told.text, place) if place else None
            named[outlet] = Channel(
                outlet=outlet,
                reason="told" if said.reporter is None else "reported",
                span=sentence,
            )
    return next(iter(named.values())) if len(named) == 1 else None


def _nearest(named: Sequence[tuple[Span, str]], outlet: str, spans: Sequence[Span]) -> Span | None:
    """Where the outlet is named nearest to a statement."""
    places = [span for span, entity in named if entity == outlet]
    first, last = spans[0][0], spans[-1][1]
    return min(
        places, key=lambda span: (max(first - span[1], span[0] - last, 0), span), default=None
    )


def _sentence(text: str, place: Span) -> Span:
    """The sentence around ``place``, or what of it is near."""
    start, end = place
    while start > max(0, place[0] - _LONGEST // 2) and not _ends(text, start - 1):
        start -= 1
    while end < min(len(text), place[1] + _LONGEST // 2) and not _ends(text, end):
        end += 1
    if end < len(text) and text[end] != "\n":
        end += 1
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _ends(text: str, at: int) -> bool:
    """Whether a sentence ends with the character ``at``."""
    return text[at] == "\n" or (
        text[at] in _SENTENCE_END and text[at + 1 : at + 2].isspace() and text[at - 1].islower()
    )
