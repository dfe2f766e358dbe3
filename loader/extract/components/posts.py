"""Posts that any body has: a president, director or chair is official only for a state or party.

Officials speak for a state, a government or another public body; who leads a company, a union or a
charity does not. What stands beside the post tells which: the body's name, a word of its kind, a
place.
"""

from spacy.tokens import Span, Token

from loader.extract.components.annotations import COUNTRIES, ORGANIZATIONS, Agent
from loader.extract.components.roles import body_role, present_roles, role_noun, words

_OF = frozenset({"of", "at", "for", "with", "in"})
_GENERAL_POSTS = frozenset({"contractor", "counsel", "director", "manager", "partner", "secretary"})
_OF_FIRMS = frozenset({"ceo", "cfo", "coo", "cto", "founder", "co-founder", "cofounder", "owner"})
_FORCES = frozenset({"army", "fire", "military", "navy", "police"})
_PLACES = frozenset({"GPE", "NORP", "LOC"})


def posts_in(span: Span, affiliation: Agent | None) -> set[str]:
    """Return the present roles in ``span``; posts outside of states are none.

    A post at a state's body that is not always an office ("head", "manager") is "official" too.
    """
    roles = present_roles(span)
    if "general" in roles and _is_adjective(span):
        roles = roles - {"general"}
    posts = {role for role in roles if role in words("of_any_body")}
    if any(token.lower_ in _OF_FIRMS for token in span):
        return roles - posts | posts & words("head")  # "chairman, CEO and president"
    if not posts:
        return roles
    public = {post for post in posts if _is_public(span, post, affiliation)}
    if public:
        public |= {"official"}
    return roles - posts | public | posts & words("head")


def _is_adjective(span: Span) -> bool:
    """Whether "general" tells the rank of a post: "general secretary", "director general"."""
    return any(
        token.lower_ == "general"
        and any(
            other.lower_ in _GENERAL_POSTS
            for other in span
            if 0 < abs(other.i - token.i) <= (2 if other.i < token.i else 1)
        )
        for token in span
    )


def _is_public(span: Span, post: str, affiliation: Agent | None) -> bool:
    """Whether ``post`` is a state's, told by the nearest thing that tells."""
    token = next(token for token in span if role_noun(token) == post)
    follows = token.nbor() if token.i + 1 < span.end else None
    if post == "chief" and follows is not None and follows.pos_ in {"NOUN", "ADJ", "ADV"}:
        return False  # "chief economist", "chief executive officer"
    named = follows is not None and follows.pos_ == "PROPN" and role_noun(follows) is None
    if named and follows is not None and not _is_country(follows):
        return False  # "President Ascom North America"
    if post == "attorney" and token.i and token.nbor(-1).lower_ in {"defense", "defence"}:
        return False
    if token.i > span.start and token.nbor(-1).lower_ in _FORCES:
        return True  # "transit police chief", of whatever body the police are
    evidence = None if _is_cabinet_post(span, token) else _named_body(span, affiliation)
    if evidence is None:
        evidence = _kind_of_body(span, token)
    if evidence is None and not _is_cabinet_post(span, token):
        evidence = _place(span)
    if evidence is None:
        evidence = post in words("public_alone") and not _has_owner(span, token)
    return evidence


def _is_country(token: Token) -> bool:
    return any(span.start <= token.i < span.end for span in token.doc.spans[COUNTRIES])


def _is_cabinet_post(span: Span, post: Token) -> bool:
    """Whether a secretary is called by a field, which may be read as an organization."""
    if post.lower_ != "secretary" or post.i == span.start:
        return False
    behind = post.nbor() if post.i + 1 < span.end else None
    return post.nbor(-1).lower_ != "general" and (behind is None or behind.lower_ not in _OF)


def _named_body(span: Span, affiliation: Agent | None) -> bool | None:
    """What the organization named in the phrase says; parties seek the offices of states."""
    name = affiliation.name if affiliation is not None else None
    if affiliation is not None and affiliation.type == "Outlet":
        return False
    if name is None:
        for mention in span.doc.spans[ORGANIZATIONS]:
            if mention.start < span.end and span.start < mention.end:
                name = mention.kb_id_
                break
    if name is None:
        return None
    last = name.split()[-1]
    return body_role(name) == "official" or last in {"Party", "Democrats", "Labour", "House"}


def _kind_of_body(span: Span, post: Token) -> bool | None:
    """What the common words around the post say, the nearest first: "prison workers' union"."""
    near = sorted(
        (token for token in span if token.i != post.i), key=lambda token: abs(token.i - post.i)
    )
    kinds = [token for token in near if token.lower_ in words("private")]
    if any(role_noun(token) is None for token in kinds):
        return False
    return True if any(token.lower_ in words("public") for token in near) else None


def _place(span: Span) -> bool | None:
    """A country or place whose the post is: "French president", "Leeds official"."""
    inside = range(span.start, span.end)
    if any(mention.start in inside for mention in span.doc.spans[COUNTRIES]):
        return True
    kinds = {token.ent_type_ for token in span}
    if "ORG" in kinds:
        return False
    return True if kinds & _PLACES else None


def _has_owner(span: Span, post: Token) -> bool:
    """Whether the post belongs to something that nothing else tells of: "Halden's president"."""
    behind = post.nbor() if post.i + 1 < span.end else None
    owned = behind is not None and behind.lower_ in _OF
    if post.lower_ == "secretary":
        return owned  # "Education Secretary"
    before = span.doc[span.start : post.i]
    return owned or any(
        token.text == "'s" or (token.pos_ == "PROPN" and role_noun(token) is None)
        for token in before
    )
