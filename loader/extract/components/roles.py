"""Role nouns: what they say of a person, and which of them mean the same office."""

from spacy.tokens import Span, Token

from loader.extract.components.annotations import Agent, Role
from loader.extract.components.data import LISTS

_OVER = frozenset({"former", "ex", "retired", "onetime", "late", "ousted", "deposed"})
_LEARNED = ("ologist", "ographer", "onomist", "icist", "iatrist", "iatrician", "ematician")
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
    """Return the roles in ``span`` without those that are over ("a former ambassador")."""
    roles: set[str] = set()
    over = False
    for token in span:
        if is_over(token):
            over = True
        elif token.lower_ in _NOW:
            over = False
        elif not over and (role := role_noun(token)) is not None and not _is_advocate(token, span):
            roles.add(role)
    return roles


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
    office or spokesmanship before the name outweighs learning, learning outweighs all else.
    """
    roles = before | behind
    if roles & words("spokesperson"):
        return "spokesperson"
    expert = any(role in words("expert") or is_scholar(role) for role in roles)
    leads = bool(behind & words("head")) and affiliation is not None
    leads = leads and is_institute(affiliation.name if affiliation is not None else "")
    if (expert or leads) and not before & words("official"):
        return "expert"
    press = affiliation is not None and affiliation.type == "Outlet"
    if roles & words("official") and not press:
        return "official"
    return "expert" if expert else "source"


def is_institute(name: str) -> bool:
    """Whether an organization of this name studies or teaches."""
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
