"""Say whom an article cites, in which role, and how it describes them.

``doc._.citations`` holds one value for each person, organization, country or document that a
statement goes back to. Who is cited for knowledge is an expert; credential and affiliation are in
the text's own words.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from loader.extract.components.annotations import (
    ORGANIZATIONS,
    PEOPLE,
    Agent,
    CitedAgent,
    Role,
)
from loader.extract.components.posts import posts_in
from loader.extract.components.profiles import Profile, profiles_of
from loader.extract.components.roles import (
    body_role,
    citation_role,
    is_institute,
    is_mere_address,
    words,
)
from loader.extract.components.titles import TitleFinder

_REACH = 6
"""Steps up the parse from a quoted person to the verb's object."""


@Language.factory("experts", requires=["doc._.speakers"], assigns=["doc._.citations"])
def make_experts(nlp: Language, name: str) -> "CitationFinder":
    """Make the component; it needs ``speakers`` before it."""
    return CitationFinder(nlp)


class CitationFinder:
    """Sum up the speakers of an article as citations."""

    def __init__(self, nlp: Language) -> None:
        self._titles = TitleFinder(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.citations``, in the order in which the agents first speak."""
        agents: dict[Agent, None] = {}
        for speaker in doc._.speakers:
            if speaker is not None and speaker.agent is not None:
                agents.setdefault(speaker.agent)
        for mention in _quoted_people(doc):
            agents.setdefault(Agent(type="Person", name=mention.kb_id_))
        authors = (
            {byline.name.casefold() for byline in doc._.article.bylines}
            if (doc._.article)
            else set()
        )
        profiles = profiles_of(doc, self._titles(doc)) if agents else {}
        doc._.citations = tuple(
            _cite(doc, agent, profiles.get(agent.name))
            for agent in agents
            if agent.name.casefold() not in authors
        )
        return doc


def _quoted_people(doc: Doc) -> Iterator[Span]:
    """Yield whom an outlet is said to quote: "It quoted critics like immigration barrister X"."""
    for mention in doc.spans[PEOPLE]:
        token, steps = mention.root, 0
        while steps < _REACH and token.dep_ in {
            "conj",
            "pobj",
            "prep",
            "appos",
            "compound",
            "nmod",
        }:
            token, steps = token.head, steps + 1
        verb = token.head
        quoted = (
            token.dep_ == "dobj"
            and verb.pos_ == "VERB"
            and verb.lemma_ in {"quote", "cite", "interview"}
        )
        if quoted and not any(
            child.dep_ == "prep" and child.lower_ == "as" for child in token.children
        ):
            yield mention


def _cite(doc: Doc, agent: Agent, profile: Profile | None) -> CitedAgent:
    if agent.type == "Outlet":
        return CitedAgent(agent=agent, role="outlet")
    if agent.type == "Document":
        return _cite_document(doc, agent)
    if agent.type == "Organization":
        return CitedAgent(agent=agent, role=body_role(agent.name))
    if agent.type != "Person" or profile is None:
        return CitedAgent(agent=agent, role="source" if agent.type != "Country" else "official")
    description = _best_description(profile)
    affiliation = _affiliation(doc, description) if description is not None else None
    belongs = _belongs_to(doc, profile)
    if affiliation is None and belongs is not None:
        affiliation = _agent(belongs)
        if description is not None and is_mere_address(description[-1]):
            description = _of_phrase(doc, belongs)  # "Dr. N. N. of the Department of Health"
    return CitedAgent(
        agent=agent,
        role=_role(doc, profile, affiliation),
        description=_text(doc, description) if description is not None else None,
        affiliation=affiliation,
    )


def _cite_document(doc: Doc, agent: Agent) -> CitedAgent:
    """A document with what a clause says of it, affiliated with whose it is."""
    found = next(document for document in doc._.documents if document.name == agent.name)
    return CitedAgent(
        agent=agent,
        role="document",
        description=found.description,
        affiliation=found.issuer,
    )


def _best_description(profile: Profile) -> Span | None:
    """The longest phrase behind the name or before it; of equals, one behind it, then the first."""
    behind = {span.start for span in profile.descriptions}
    return max(
        (*profile.descriptions, *profile.titles),
        key=lambda span: (not _is_second(span), len(span), span.start in behind, -span.start),
        default=None,
    )


def _is_second(span: Span) -> bool:
    """Whether a post is told beside another: "who is also a trustee of ..."."""
    return span.start > 0 and span.doc[span.start - 1].lower_ == "also"


def _role(doc: Doc, profile: Profile, affiliation: Agent | None) -> Role:
    before, behind = (
        {role for span in spans for role in posts_in(span, _affiliation(doc, span))}
        for spans in (profile.titles, profile.descriptions)
    )
    if any(
        span[0].lower_ == "who" and span[1].lower_ in words("learned_verbs")
        for span in profile.descriptions
    ):
        behind = behind | {"scholar"}
    if not before | behind and affiliation is not None and affiliation.type == "Organization":
        if body_role(affiliation.name) == "official":
            return "official"  # "Dr. N. N. of the Department of Health" speaks for it
        if is_institute(affiliation.name):
            return "expert"  # "N. N. of the Institute of ..." needs no other credential
    return citation_role(before, behind, affiliation)


def _affiliation(doc: Doc, description: Span) -> Agent | None:
    """The organization named in the description, or directly before it ("Acme analyst X")."""
    for span in doc.spans[ORGANIZATIONS]:
        if span.start < description.end and description.start <= span.end:
            return _agent(span)
    return None


def _agent(span: Span) -> Agent:
    return Agent(type="Outlet" if span.label_ == "OUTLET" else "Organization", name=span.kb_id_)


def _of_phrase(doc: Doc, body: Span) -> Span:
    """Return "of the Coral Agency" for "Coral Agency"."""
    article = doc[body.start - 1].lower_ in {"the", "a"}
    return doc[body.start - (2 if article else 1) : body.end]


def _belongs_to(doc: Doc, profile: Profile) -> Span | None:
    """The organization in "Jane Roe of Acme Bank"."""
    ends = {mention.end for mention in profile.mentions}
    span: Span
    for span in doc.spans[ORGANIZATIONS]:
        step = span.start - 1
        if step and doc[step].lower_ in {"the", "a"}:
            step -= 1
        if step in ends and doc[step].lower_ in {"of", "from", "with", "at"}:
            return span
    return None


def _text(doc: Doc, span: Span) -> str:
    """The words of ``span`` as the article writes them."""
    text: str = doc._.article.text[span.start_char : span.end_char] if doc._.article else span.text
    return " ".join(text.split())
