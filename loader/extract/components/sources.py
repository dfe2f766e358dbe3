"""Read a source phrase: whom does it name?"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import Agent, Attribution, CitedDocument, Speaker
from loader.extract.components.channels import channel_of
from loader.extract.components.cited_documents import Documents
from loader.extract.components.given_names import Gender
from loader.extract.components.groups import group_before, is_group_noun
from loader.extract.components.holders import (
    bearers_by_token,
    holders,
    is_expert,
    surnames,
    the_only_one,
    titled_person,
)
from loader.extract.components.issuers import means_issuer, the_issuer
from loader.extract.components.noun_phrases import (
    GENDERED,
    PARTS,
    REACH,
    RELATIVES,
    clause_of,
    head_of,
    is_definite,
    is_plural,
    prominence,
    same_thing,
)
from loader.extract.components.offices import is_short, offices_in
from loader.extract.components.profiles import (
    Profile,
    countries_by_token,
    iter_mentions,
    mentions_by_token,
)
from loader.extract.components.roles import role_noun, words
from loader.extract.components.told import Told
from loader.extract.components.turns import label_tokens
from loader.extract.components.unnamed import UnnamedSources, has_rival

_SPEAKING, _FADING = 2.0, 20
"""What having spoken last weighs for a pronoun, and over how many tokens a point fades."""

_NAMED = 10.0
"""What being named in what the pronoun says weighs against one: who else there is, is meant."""


class SourceReader:
    """Resolve the sources of one article in the order of its text; it remembers who spoke."""

    def __init__(self, doc: Doc, profiles: dict[str, Profile]) -> None:
        self._doc = doc
        self._profiles = profiles
        self._named = mentions_by_token(doc)
        self._countries = countries_by_token(doc)
        self._titled = bearers_by_token(profiles)
        self._mentions = list(iter_mentions(profiles, label_tokens(doc)))
        self._starts = [start for start, _ in self._mentions]
        self._issuer = the_issuer(doc)
        self._spoken: list[Agent] = []
        self._spoke_at: dict[Agent, int] = {}
        self._surnames = surnames(profiles)
        self._unnamed = UnnamedSources(doc, self._countries, self._named)
        self._documents = Documents(doc, self._named)
        self._told = Told(doc)

    def cited_documents(self, names: Iterable[str]) -> tuple[CitedDocument, ...]:
        """What the article says of its documents called ``names``, each once."""
        return tuple(self._documents.described(name) for name in dict.fromkeys(names))

    def resolve(self, attribution: Attribution, parent: Speaker | None) -> Speaker | None:
        """Return the speaker of ``attribution``; ``parent`` is who speaks around it."""
        agent, country = self._agent_of(attribution, parent)
        via = channel_of(self._doc, attribution, self._named, parent, agent)
        named = agent is not None and agent.type != "Document"
        if agent is not None and named and attribution.source is not None:
            self._spoken.append(agent)
            source = self._doc.char_span(*attribution.source, alignment_mode="expand")
            self._spoke_at[agent] = source.start if source is not None else 0
            self._unnamed.last = None
        if agent is not None and agent.type == "Person":
            self._told.add(attribution, agent.name)
        if attribution.source is None and agent is None and country is None and via is None:
            return None
        return Speaker(agent=agent, country=country, via=via)

    def _agent_of(
        self, attribution: Attribution, parent: Speaker | None
    ) -> tuple[Agent | None, str | None]:
        if attribution.source is None:
            if attribution.carried and self._unnamed.last is not None:
                return self._unnamed.last.agent, self._unnamed.last.country
            carried = attribution.carried and self._spoken
            return (self._spoken[-1] if carried else None), None
        span = self._doc.char_span(*attribution.source, alignment_mode="expand")
        if span is None or not len(span):
            return None, None
        return self._read(span, parent, headline=attribution.headline)

    def _read(
        self, span: Span, parent: Speaker | None, *, headline: bool
    ) -> tuple[Agent | None, str | None]:
        head = head_of(span)
        if head.pos_ == "PRON" or head.lower_ in GENDERED:
            unnamed = self._unnamed.resumed_by(head)
            if unnamed is not None:
                return unnamed.agent, unnamed.country
            agent = self._pronoun(head, parent) or self._group(head)
            return agent, None if agent else self._unnamed.country_of_pronoun(span, head, parent)
        agent = self._name(span, head)
        if agent is not None and agent.type != "Document":
            return agent, agent.name if agent.type == "Country" else None
        country = self._unnamed.country_of(span, head)
        if head.lower_ in words("government"):
            country = country or self._country_ruled(head) or self._only_country(span)
            named = any(token.i in self._named for token in span if token.dep_ != "poss")
            if country is not None and not named:
                return Agent(type="Country", name=country), country
        if agent is None and not is_plural(head) and is_definite(span, headline=headline):
            agent = self._role(span, head, country, headline=headline)
        if agent is None or agent.type == "Document":
            self._unnamed.spoke(span, head, country, agent)
        return agent, country

    def _country_ruled(self, head: Token) -> str | None:
        """The country of "Maduro's government", if the article says whose he is."""
        for child in head.children:
            mention = self._named.get(child.i) if child.dep_ == "poss" else None
            profile = self._profiles.get(mention.kb_id_) if mention is not None else None
            if profile is not None and len(profile.countries) == 1:
                return next(iter(profile.countries))
        return None

    def _only_country(self, span: Span) -> str | None:
        """The country of "the government", where the article names but one."""
        named = {mention.kb_id_ for mention in self._countries.values()}
        return (
            min(named) if len(named) == 1 and span[0].lower_ == "the" and len(span) == 2 else None
        )

    def _name(self, span: Span, head: Token) -> Agent | None:
        """The entity that the head of the phrase is, or stands in apposition to."""
        bearer = self._surnames.get(head.text) if len(span) == 1 and role_noun(head) else None
        if bearer is not None:
            return Agent(type="Person", name=bearer)  # King, Bishop: a name, no title
        if head.i in self._titled:
            return Agent(type="Person", name=self._titled[head.i])
        titled = titled_person(span, self._named)
        if titled is not None:
            return _agent(titled)
        for token in same_thing(span, head):
            mention = self._named.get(token.i)
            party = mention is not None and mention.label_ != "PERSON" and mention.end <= head.i
            if party and role_noun(head) is not None:
                continue  # "the Labour MP" is no party
            if mention is not None and (mention.label_ == "PERSON" or not is_short(token)):
                return _agent(mention)
            country = self._countries.get(token.i)
            if country is not None and (bearer := self._surnames.get(token.text)) is not None:
                return Agent(type="Person", name=bearer)  # Ms. Paris, no seat of a government
            if country is not None and country.label_ != "demonym" and token is head:
                return Agent(type="Country", name=country.kb_id_)
        return self._documents.agent_at(head.i)

    def _role(
        self, span: Span, head: Token, country: str | None, *, headline: bool = False
    ) -> Agent | None:
        """The person meant by "the president", "the expert"."""
        role = role_noun(head)
        if self._issuer is not None and means_issuer(self._issuer, head):
            return _agent(self._issuer)
        if (role is None or is_group_noun(head.lower_)) and not is_short(head):
            group = group_before(span, head)
            return _agent(group) if group is not None else None
        if role == "expert":
            return self._last_expert(headline=headline)
        wanted = tuple(offices_in(list(span), self._countries))
        people = holders(wanted, role, country, self._profiles.values())
        fitting = {profile.name for profile in people}
        before = [
            profile
            for start, profile in self._mentions
            if start < span.start and profile.name in fitting
        ]
        names = {profile.name for profile in before}
        for agent in reversed(self._spoken):
            if agent.type == "Person" and agent.name in names:
                return agent
        if before:
            return Agent(type="Person", name=before[-1].name)
        if headline or any(office.is_one_persons for office in wanted):
            later = the_only_one(people, country)
            if later is not None:
                return Agent(type="Person", name=later.name)
        return self._last_expert() if role in words("generic_expert") else None

    def _last_expert(self, *, headline: bool = False) -> Agent | None:
        """Who spoke last of those whom the article describes as more than an official.

        Before anybody spoke, a headline means the only one there is.
        """
        for agent in reversed(self._spoken):
            profile = self._profiles.get(agent.name)
            if agent.type == "Person" and profile is not None and is_expert(profile):
                return agent
        experts = list(filter(is_expert, self._profiles.values())) if headline else []
        return Agent(type="Person", name=experts[0].name) if len(experts) == 1 else None

    def _pronoun(self, head: Token, parent: Speaker | None) -> Agent | None:
        word = head.lower_
        if word in {"i", "me", "myself"}:
            return self._first_person(head, parent)
        if word in RELATIVES:
            return self._antecedent(head)
        if word == "it":
            others = [agent for agent in self._spoken[-2:] if agent.type != "Person"]
            return others[-1] if others else None
        gender = GENDERED.get(word)
        return self._person_for(head, gender) if gender else None

    def _group(self, head: Token) -> Agent | None:
        """The organization that spoke last, if "they" can mean no others."""
        last = self._spoken[-1] if self._spoken else None
        if head.lower_ != "they" or last is None or last.type not in {"Organization", "Outlet"}:
            return None
        near = 0 <= head.i - self._spoke_at[last] < REACH
        return last if near and not has_rival(self._doc, self._spoke_at[last], head) else None

    def _first_person(self, head: Token, parent: Speaker | None) -> Agent | None:
        if parent is not None:
            return parent.agent
        article = self._doc._.article
        bylines: tuple[Any, ...] = article.bylines if article else ()
        if self._is_quoted(head) or len(bylines) != 1:
            return None
        return Agent(type="Person", name=self._full_name(bylines[0].name))

    def _full_name(self, name: str) -> str:
        return next(
            (known for known in self._profiles if known.casefold() == name.casefold()), name
        )

    def _antecedent(self, head: Token) -> Agent | None:
        """Whom a relative clause is about: "Wang, who said ..."."""
        clause = clause_of(head)
        before = head.i - 1
        while before > 0 and self._doc[before].text == ",":
            before -= 1
        noun = clause.head
        for token in (noun, *noun.children, self._doc[max(before, 0)]):
            same = token.dep_ in PARTS or token.dep_ == "appos" or token.i in {noun.i, before}
            if same and token.i in self._named:
                return _agent(self._named[token.i])
        return None

    def _person_for(self, pronoun: Token, gender: Gender) -> Agent | None:
        """The last person whom the pronoun can mean: who spoke last, or a later subject."""
        best: tuple[float, int] | None = None
        who: Profile | None = None
        speaker, spoke_at = self._last_speaker(gender)
        named = self._told.named_by(pronoun, self._mentions, self._starts)
        at = self._told.opening(pronoun)
        for start, profile in self._near(at, pronoun.i):
            if profile.gender not in {None, gender}:
                continue
            if pronoun.i - start > REACH and prominence(self._doc, start) < 1.0:
                continue  # over a long quotation only subjects last
            score = prominence(self._doc, start) - abs(at - start) / _FADING
            score += self._leads_on(start, pronoun)
            score -= self._is_told_of(start, profile, pronoun, gender)
            score -= 1.5 if self._is_quoted(self._doc[start]) else 0.0
            score -= 0.5 if profile.gender is None else 0.0
            score -= _NAMED if profile.name in named else 0.0
            if best is None or (score, start) > best:
                best, who = (score, start), profile
        if speaker is not None:
            score = _SPEAKING + 0.5 - abs(at - spoke_at) / _FADING
            score -= _NAMED if speaker.name in named else 0.0
            if best is None or score > best[0]:
                who = speaker
        if who is None:
            return None
        who.gender = who.gender or gender
        return Agent(type="Person", name=who.name)

    def _leads_on(self, start: int, pronoun: Token) -> float:
        """Weigh a subject of the sentence before: "The president left. He said ..."."""
        token, sentence = self._doc[start], pronoun.sent
        before = self._doc[sentence.start - 1].sent if sentence.start else sentence
        near = before.start <= start < sentence.end
        if not near or token.i >= pronoun.i:
            return 0.0
        weight = prominence(self._doc, start)
        return 1.2 if weight >= 1.5 else 0.6 if weight >= 1.0 else 0.0

    def _is_told_of(self, start: int, who: Profile, pronoun: Token, gender: Gender) -> float:
        """Weigh down whom another, whom the pronoun can mean, spoke of."""
        teller = self._profiles.get(self._told.teller_of(start, pronoun) or "")
        other = teller is not None and teller is not who and teller.gender in {None, gender}
        return 2.7 if other else 0.0

    def _last_speaker(self, gender: Gender) -> tuple[Profile | None, int]:
        """Who of that gender spoke last, and at which token."""
        for agent in reversed(self._spoken):
            profile = self._profiles.get(agent.name) if agent.type == "Person" else None
            if profile is not None:
                if profile.gender in {None, gender}:
                    return profile, self._spoke_at[agent]
                break
        return None, -1

    def _near(self, opening: int, end: int) -> list[tuple[int, Profile]]:
        """The people named within reach before ``opening`` or up to ``end``, as they are called.

        By name or as "the president".
        """
        low = bisect_left(self._starts, opening - REACH)
        near = self._mentions[low : bisect_left(self._starts, end)]
        for token in self._doc[max(opening - REACH, 0) : end]:
            subject = token.dep_ in {"nsubj", "nsubjpass"} and token.i not in self._named
            if not subject or role_noun(token) is None:
                continue
            phrase = self._doc[token.left_edge.i : token.i + 1]
            agent = self._role(phrase, token, None) if phrase[0].lower_ == "the" else None
            if agent is not None and agent.name in self._profiles:
                near = [*near, (token.i, self._profiles[agent.name])]
        return near

    def _is_quoted(self, token: Token) -> bool:
        return any(
            quotation.span[0] <= token.idx < quotation.span[1]
            for quotation in self._doc._.quotations
        )


def _agent(mention: Span) -> Agent:
    if mention.label_ == "PERSON":
        return Agent(type="Person", name=mention.kb_id_)
    if mention.label_ == "OUTLET":
        return Agent(type="Outlet", name=mention.kb_id_)
    return Agent(type="Organization", name=mention.kb_id_)
