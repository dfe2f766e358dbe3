"""The channel of a statement: the outlet it was told to, or that reported it."""

from collections.abc import Mapping

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import Agent, Attribution, Offsets, Speaker
from loader.extract.components.groups import is_press
from loader.extract.components.roles import words

_TELLING = frozenset({"tell", "inform", "text", "email"})
_MEETINGS = frozenset({"interview", "statement", "email", "conversation", "podcast", "appearance"})


def channel_of(
    doc: Doc,
    attribution: Attribution,
    named: Mapping[int, Span],
    parent: Speaker | None,
    agent: Agent | None,
) -> Agent | None:
    """Return the outlet by which ``attribution`` reached the article, None where none is named.

    "told the Daily Planet", "in an interview with the Planet", "the Planet reported that officials
    said", "a Planet report says". ``named`` holds the mention at each token; ``agent``
    is the speaker, who is no channel of their own.
    """
    channel = _channel(doc, attribution, named, parent)
    return None if channel == agent else channel


def _channel(
    doc: Doc, attribution: Attribution, named: Mapping[int, Span], parent: Speaker | None
) -> Agent | None:
    if attribution.via is not None:
        return _outlet_in(doc, attribution.via, named)
    if attribution.cue is not None:
        cue = doc.char_span(*attribution.cue, alignment_mode="expand")
        for token in cue if cue is not None else ():
            told = _told_to(token, named)
            if told is not None:
                return told
    if attribution.source is not None:
        source = doc.char_span(*attribution.source, alignment_mode="expand")
        if source is not None and source.root.lower_ in words("documents"):
            return _outlet_in(doc, attribution.source, named)
    if parent is not None and parent.agent is not None and parent.agent.type == "Outlet":
        return parent.agent
    return None


def _told_to(verb: Token, named: Mapping[int, Span]) -> Agent | None:
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "iobj"} and verb.lemma_.lower() in _TELLING:
            agent = _outlet_at(child, named)
            if agent is not None:
                return agent
        if child.dep_ == "prep" and child.lower_ in {"to", "in", "on", "during", "with"}:
            agent = _met_with(child, named)
            if agent is not None:
                return agent
    return None


def _met_with(preposition: Token, named: Mapping[int, Span]) -> Agent | None:
    """Return the outlet of "to the Planet", "in an interview with the Planet", "on Planet TV"."""
    for noun in preposition.children:
        if noun.dep_ != "pobj":
            continue
        agent = _outlet_at(noun, named)
        if agent is not None:
            return agent
        if noun.lower_ in _MEETINGS:
            for inner in noun.children:
                if inner.dep_ == "prep":
                    return next(
                        (_outlet_at(t, named) for t in inner.children if t.i in named), None
                    )
    return None


def _outlet_at(token: Token, named: Mapping[int, Span]) -> Agent | None:
    mention = named.get(token.i)
    if mention is None:
        return None
    if mention.label_ == "ORGANIZATION" and is_press(mention):
        return Agent(type="Organization", name=mention.kb_id_)
    if mention.label_ != "OUTLET":
        return None
    return Agent(type="Outlet", name=mention.kb_id_)


def _outlet_in(doc: Doc, offsets: Offsets, named: Mapping[int, Span]) -> Agent | None:
    span = doc.char_span(*offsets, alignment_mode="expand")
    if span is None:
        return None
    return next((found for t in span if (found := _outlet_at(t, named)) is not None), None)
