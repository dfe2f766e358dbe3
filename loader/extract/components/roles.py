"""Role nouns: what they say of a person, and which of them mean the same office."""

from spacy.tokens import Span, Token

from loader.extract.components.annotations import Agent, Role
from loader.extract.components.data import LISTS

_OVER = frozenset({"former", "ex", "retired", "onetime", "late", "ousted", "deposed"})
_LEARNED = (
    *("ologist", "ographer", "onomist", "icist", "iatrist", "iatrician", "ematician"),
    *("onomer", "thetist", "ontist", "ometrist", "istorian"),
)
_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my"})
_STAGED = frozenset({"comedy", "documentary", "drama", "romance", "thriller", "western"})
_RELATIVES = frozenset(
    [
        *("brother", "cousin", "daughter", "father", "granddaughter", "grandson", "husband"),
        *("mother", "nephew", "niece", "sister", "son", "widow", "widower", "wife"),
    ]
)
_RESEARCH = frozenset({"research", "science", "analytics"})
_FUNDS = frozenset({"portfolio", "fund", "wealth", "asset", "money", "investment"})
_NOW = frozenset({",", "and", "now", "currently", "turned"})


def roles_in(span: Span) -> set[str]:
    """Return the nouns of ``span`` that name a role, in lower case, short forms written out."""
    return {role for token in span if (role := role_noun(token)) is not None}


def role_noun(token: Token) -> str | None:
    """Return the role that ``token`` names ("Sen." is "senator"), or None."""
    word = token.lower_
    word = _short_forms().get(word.rstrip("."), word) if token.text[0].isupper() else word
    return word if word in role_nouns() or is_scholar(word) else None


def present_roles(span: Span) -> set[str]:
    """Return the roles in ``span`` without offices that are over ("a former ambassador")."""
    roles: set[str] = set()
    over = False
    for token in span:
        if token.lower_ in _RELATIVES:
            break  # "the grandson of a senator"
        if is_over(token):
            over = True
        elif token.lower_ in _NOW:
            over = False
        elif (role := role_noun(token)) is None or _is_advocate(token, span):
            continue
        elif over and not (role in words("expert") or is_scholar(role)):
            continue  # offices end, learning stays: "a retired engineer"
        elif token.lower_ in {"director", "chief"} and token.i and _speaks(token):
            roles.add("spokesperson")
        elif _leads_research(token):
            roles.add("specialist")
        elif not is_mere_address(token) and not _is_of_a_team(token):
            roles.add(
                "specialist" if role in words("by_field") and _has_field(token, span) else role
            )
    return roles


def is_mere_address(token: Token) -> bool:
    """Whether ``token`` is "Dr.", which tells no knowledge of anything by itself."""
    return token.lower_ in {"dr", "dr.", "drs."}


def _speaks(token: Token) -> bool:
    """Whether a post is that of speaking for others: "communications director"."""
    return token.nbor(-1).lower_ in {"communications", "media", "press"}


def _leads_research(token: Token) -> bool:
    """Whether a post is told by learning or money: "research director", "portfolio manager"."""
    before = token.nbor(-1).lower_ if token.i else ""
    behind = [word.lower_ for word in token.doc[token.i + 1 : token.i + 3]]
    research = before in _RESEARCH or (behind[:1] == ["of"] and behind[-1] in _RESEARCH)
    if token.lower_ in {"director", "head"}:
        return research
    return token.lower_ == "manager" and before in _FUNDS


def _is_of_a_team(token: Token) -> bool:
    """Whether a captain or director leads a team or a cast, which is no office."""
    if token.lower_ == "captain":
        return token.is_lower
    before = token.nbor(-1).lower_ if token.i else ""
    behind = token.doc[token.i + 1 : token.i + 10]
    made = len(behind) > 1 and behind[0].lower_ in ("behind", "of")
    made = made and any(word.lower_ in words("of_casts") | _STAGED for word in behind)
    return token.lower_ == "director" and (before in words("of_casts") or made)


def _has_field(token: Token, span: Span) -> bool:
    """Whether a lawyer or coach is called by a field ("immigration barrister"), not by a client."""
    if token.i <= span.start or any(word.lower_ in {"'s", "for"} for word in span):
        return False
    before = token.nbor(-1)
    if any(word.lower_ in _POSSESSIVES for word in span):
        return False
    plain = before.is_lower or bool(before.is_sent_start)
    content = before.pos_ in {"NOUN", "ADJ", "PROPN", "VERB"}
    return plain and content and before.lower_ not in words("ranks")


def _is_advocate(token: Token, span: Span) -> bool:
    """Whether ``token`` is a party's own strategist or pollster, who is no expert."""
    own = any(word.lower_ in words("partisan") for word in span)
    return own and token.lower_ in words("advocates")


def is_over(token: Token) -> bool:
    """Whether ``token`` says of a role that it is over: "former"."""
    return token.lower_ in _OVER


def is_scholar(word: str) -> bool:
    """Whether a noun names a learned profession by its ending ("criminologist")."""
    return word.isalpha() and word.endswith(_LEARNED) and word not in words("not_learned")


def same_role(one: str, other: str) -> bool:
    """Whether "the leader" can be the president."""
    return one == other or any(one in row and other in row for row in LISTS("roles", "same").groups)


def citation_role(before: set[str], behind: set[str], affiliation: Agent | None) -> Role:
    """Return the role of a cited person.

    ``before`` are the present roles in titles before the name, ``behind`` those in descriptions. An
    office or spokesmanship before the name outweighs learning, learning outweighs all else. A post
    that any body has is an office only where "official" stands with it.
    """
    roles = before | behind
    if roles & words("spokesperson"):
        return "spokesperson"
    expert = any(role in words("expert") or is_scholar(role) for role in roles)
    leads = bool(roles & words("head")) and affiliation is not None
    leads = leads and is_institute(affiliation.name if affiliation is not None else "")
    offices = words("official") - words("of_any_body") | {"official"}
    ranks = before & offices - ({"official"} if leads else frozenset())
    if (expert or leads) and not ranks:
        return "expert"
    press = affiliation is not None and affiliation.type == "Outlet"
    if roles & offices and not press:
        return "official"
    return "expert" if expert else "source"


def body_role(name: str) -> Role:
    """Return the role of a cited organization: what belongs to a state is official."""
    if name in LISTS("organizations", "state_bodies").words:
        return "official"
    parts = {word.strip(",") for word in name.split()}
    if parts & LISTS("organizations", "of_nobodys_state").words:
        return "organization"
    return "official" if parts & LISTS("organizations", "state_words").words else "organization"


def is_institute(name: str) -> bool:
    """Whether an organization of this name studies or teaches."""
    if any(word in words("of_members") for word in name.split()):
        return False
    return any(word in name for word in words("institute"))


def role_nouns() -> frozenset[str]:
    """Return every noun that names a role."""
    keys = ("expert", "head", "spokesperson", "official", "press", "speaker_nouns")
    return frozenset().union(*(words(key) for key in keys))


def words(group: str) -> frozenset[str]:
    """Return a group of the word lists for roles."""
    return LISTS("roles", group).words


def _short_forms() -> dict[str, str]:
    return {short: role for short, (role,) in LISTS("roles", "short_forms").table.items()}
