"""The conditions of a plan, on the nodes of a list."""

from dataclasses import dataclass
from typing import Literal

from api.graphql.compiler.catalog import Walk

Comparison = Literal["=", "IN", "<", "<=", ">", ">=", "CONTAINS", "STARTS WITH", "ENDS WITH"]
Quantifier = Literal["some", "all", "none", "single"]


@dataclass(frozen=True, slots=True)
class Compare:
    """The node's ``key`` stands to a parameter as ``operator`` says."""

    key: str
    operator: Comparison
    parameter: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Of the parameter's values, ``any`` or ``all`` are in the node's list ``key``."""

    key: str
    quantifier: Literal["any", "all"]
    parameter: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The node has no ``key``."""

    key: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """The node is of one of these types."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """``some``, ``all``, ``none`` or a ``single`` one of a walk's ends fulfil a condition."""

    walk: Walk
    quantifier: Quantifier
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many a walk leads to stands to a parameter as ``operator`` says."""

    walk: Walk
    operator: Comparison
    parameter: str


@dataclass(frozen=True, slots=True)
class Cited:
    """The statement's article cites its source in one of the parameter's roles."""

    parameter: str


@dataclass(frozen=True, slots=True)
class Both:
    """All the conditions hold; none given is true."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the conditions holds; none given is false."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """The condition does not hold."""

    condition: "Condition"


Condition = (
    Compare | Listed | Missing | Labelled | Linked | Counted | Cited | Both | Either | Negated
)
ALWAYS = Both(())
