"""How many neighbours things have, measured: what a list or a walk is expected to cost."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """How many things a field leads to.

    Attributes:
        typical: mean over the things a walk arrives at. Well connected things are arrived at
            more often, so each counts by its own number of neighbours: Σd² / Σd.
        maximum: more than all but the best connected things have.
    """

    typical: float
    maximum: int


# By type and field: ("Country", "articles").
Degrees = Mapping[tuple[str, str], Degree]
