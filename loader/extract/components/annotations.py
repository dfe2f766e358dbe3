"""What the components leave on a ``Doc``: plain values with character offsets.

Offsets are half-open, in Unicode code points of the article's text; a ``Doc`` is made from a
length-preserving normalisation of that text, so they are offsets into both.
"""

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from ontology.records import StatementRule

Offsets = tuple[int, int]
StatementKind = Literal["direct", "indirect", "mixed"]
StatementAct = Literal["said", "written", "found", "asked", "promised", "believed", "wanted"]
AgentType = Literal["Person", "Organization", "Outlet", "Country", "Document"]
Role = Literal["expert", "official", "spokesperson", "organization", "outlet", "document", "source"]

COUNTRIES = "countries"
PEOPLE = "people"
ORGANIZATIONS = "organizations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A passage between quotation marks.

    ``span`` includes its marks; ``parts`` are the stretches inside it, one a paragraph, so that a
    quotation that runs over several paragraphs is one value. ``depth`` is 0 for an outermost one.
    """

    span: Offsets
    parts: tuple[Offsets, ...]
    depth: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One statement as the text attributes it: who (source), by which word (cue), what (content).

    ``source`` is None where nobody is named or the speaker is carried over (``carried``); ``cue``
    is None for follow-up quotations and headline colons. ``content`` is one or more stretches in
    order. ``parent`` is the index of the attribution whose content holds this one. ``via`` is the
    channel ("told The Times"). ``rule`` is the family of rules that found it.
    """

    source: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]
    kind: StatementKind
    rule: StatementRule = "clause"
    act: StatementAct = "said"
    denied: bool = False
    negative: bool = False
    hedged: bool = False
    headline: bool = False
    question: bool = False
    carried: bool = False
    parent: int | None = None
    via: Offsets | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who something is attributed to: a type and a name, or an ISO code for a country.

    A document is named within its article.
    """

    type: AgentType
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The source of one attribution, resolved within its article.

    ``agent`` is None for an unnamed group; ``country`` is the ISO 3166-1 alpha-2 code of an unnamed
    group's or a document's country ("U.S. officials" → US). ``via`` is the channel's agent.
    """

    agent: Agent | None = None
    country: str | None = None
    via: Agent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAgent:
    """In this article, this agent is cited in this role, described in the text's own words."""

    agent: Agent
    role: Role
    description: str | None = None
    affiliation: Agent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document that a statement goes back to: its fullest name in the article, and other forms.

    ``description`` is what a clause says of it, ``issuer`` the organization whose document it is.
    """

    name: str
    forms: tuple[str, ...] = ()
    description: str | None = None
    issuer: Agent | None = None


for _name, _default in (
    ("article", None),
    ("turns", ()),
    ("quotations", ()),
    ("attributions", ()),
    ("speakers", ()),
    ("documents", ()),
    ("citations", ()),
):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)
