"""Say whom an article cites, in which role, and how it describes them.

``doc._.citations`` holds one value for each person, organization or country that a statement goes
back to. Who is cited for knowledge is an expert; credential and affiliation are in the text's own
words.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span

from loader.components.annotations import ORGANIZATIONS, Agent, CitedAgent, Role
from loader.components.profiles import Profile, profiles_of, roles_in
from loader.components.titles import TitleFinder
from loader.components.wordlists import read_groups


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


def _cite(doc: Doc, agent: Agent, profile: Profile | None) -> CitedAgent:
    if agent.type == "Outlet":
        return CitedAgent(agent=agent, role="outlet")
    if agent.type != "Person" or profile is None:
        return CitedAgent(agent=agent, role="source" if agent.type != "Country" else "official")
    description = _best_description(doc, profile)
    affiliation = _affiliation(doc, description) if description is not None else None
    return CitedAgent(
        agent=agent,
        role=_role(doc, profile, affiliation),
        description=_text(doc, description) if description is not None else None,
        affiliation=affiliation,
    )


def _best_description(doc: Doc, profile: Profile) -> Span | None:
    """The longest apposition behind the name, else the longest phrase before it."""
    spans = profile.descriptions or profile.titles
    return max(spans, key=lambda span: (len(span), -span.start), default=None)


def _role(doc: Doc, profile: Profile, affiliation: Agent | None) -> Role:
    """A present office or spokesmanship outweighs learning; learning outweighs all else."""
    before = {role for span in profile.titles for role in _present_roles(span)}
    behind = {role for span in profile.descriptions for role in _present_roles(span)}
    roles = before | behind
    if roles & _words("spokesperson"):
        return "spokesperson"
    expert = bool(roles & _words("expert")) or any(
        role.endswith(("ologist", "onomist")) for role in roles
    )
    if expert and not before & _words("official"):
        return "expert"
    heads_institute = (
        bool(behind & _words("head"))
        and affiliation is not None
        and _is_institute(affiliation.name)
    )
    if heads_institute and not before & _words("official"):
        return "expert"
    if roles & _words("official"):
        return "official"
    return "expert" if expert else "source"


def _present_roles(span: Span) -> set[str]:
    """The roles in ``span``, without those that are over ("a former ambassador")."""
    roles: set[str] = set()
    over = False
    for token in span:
        if token.lower_ in {"former", "ex", "retired", "onetime", "late"}:
            over = True
        elif token.text == "," or token.lower_ in {"and", "now", "currently"}:
            over = False
        elif not over:
            roles |= roles_in(span.doc[token.i : token.i + 1])
    return roles


def _affiliation(doc: Doc, description: Span) -> Agent | None:
    """The organization named in the description, or directly before it ("Acme analyst X")."""
    start = description.start
    for span in doc.spans[ORGANIZATIONS]:
        if span.start < description.end and start <= span.end:
            kind = "Outlet" if span.label_ == "OUTLET" else "Organization"
            if span.end >= start and span.start >= start - 8:
                return Agent(
                    type="Outlet" if kind == "Outlet" else "Organization", name=span.kb_id_
                )
    return None


def _is_institute(name: str) -> bool:
    return any(word in name for word in _words("institute"))


def _text(doc: Doc, span: Span) -> str:
    """The words of ``span`` as the article writes them."""
    text: str = doc._.article.text[span.start_char : span.end_char] if doc._.article else span.text
    return " ".join(text.split())


def _words(group: str) -> frozenset[str]:
    return read_groups("experts_words.json")[group]
