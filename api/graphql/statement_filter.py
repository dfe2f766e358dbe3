"""The usual conditions on statements, as GraphQL's ``StatementFilter`` has them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ontology.records import TOLD_ACTS

TOLD: Mapping[str, Any] = {"act": {"in": [act.upper() for act in TOLD_ACTS]}}
"""The condition for statements that were told, not only believed or wanted."""


def statement_conditions(
    *,
    country: str | None = None,
    speaker: str | None = None,
    outlet: str | None = None,
    since: date | None = None,
    until: date | None = None,
    **flags: bool | None,
) -> list[dict[str, Any]]:
    """The conditions that are asked for; all of them are to hold.

    Args:
        country: the id of a country that they are about.
        speaker: the id of whom they are attributed to.
        outlet: the id of the outlet whose article they are in.
        since: the first day of publication.
        until: the last.
        flags: what a property of a statement that is true or false is to be; None if either.
    """
    conditions: list[dict[str, Any]] = []
    if country is not None:
        conditions.append({"about": {"some": {"id": {"eq": country}}}})
    if speaker is not None:
        conditions.append({"attributedTo": {"id": {"eq": speaker}}})
    if outlet is not None:
        conditions.append({"statedIn": {"publishedBy": {"id": {"eq": outlet}}}})
    conditions += [{key: {"eq": value}} for key, value in flags.items() if value is not None]
    days = {"gte": since, "lte": until}
    if given := {key: day.isoformat() for key, day in days.items() if day is not None}:
        conditions.append({"published": given})
    return conditions
