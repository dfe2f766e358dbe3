"""The entities and documents of an article while its record is made: one row an id."""

from dataclasses import dataclass, field

import pycountry

from loader.extract.components.annotations import Agent
from ontology import iris
from ontology.countries import HISTORICAL, country_names, wikidata_ids
from ontology.records import EntityRecord, EntityRole, EntityType

_ROLE_ORDER: tuple[EntityRole, ...] = ("author", "cited-expert", "cited-source", "mentioned")


@dataclass(slots=True)
class _Row:
    type: EntityType
    name: str
    aliases: dict[str, None] = field(default_factory=dict)
    roles: set[EntityRole] = field(default_factory=set)


class EntityTable:
    """Collect agents of ``article`` (its id) by id, with the fullest name, all forms and roles."""

    def __init__(self, article: str) -> None:
        self._article = article
        self._rows: dict[str, _Row] = {}

    def add(self, agent: Agent, role: EntityRole | None = None, alias: str | None = None) -> str:
        """Add ``agent`` and return its id; ``alias`` is a form that the text uses for it."""
        identifier = agent_id(agent, self._article)
        name = country_names()[agent.name] if agent.type == "Country" else agent.name
        row = self._rows.setdefault(identifier, _Row(type=agent.type, name=name))
        if len(name) > len(row.name):
            row.aliases.setdefault(row.name)
            row.name = name
        if agent.type == "Outlet":
            row.type = "Outlet"
        if role is not None:
            row.roles.add(role)
        for form in (alias, name):
            if form is not None:
                row.aliases.setdefault(" ".join(form.split()))
        return identifier

    def records(self) -> tuple[EntityRecord, ...]:
        """Return the entities, sorted by id."""
        return tuple(
            self._record(identifier, row) for identifier, row in sorted(self._rows.items())
        )

    def _record(self, identifier: str, row: _Row) -> EntityRecord:
        iso2 = iris.key(identifier) if row.type == "Country" else None
        country = pycountry.countries.get(alpha_2=iso2) if iso2 else None
        return EntityRecord(
            id=identifier,
            type=row.type,
            name=row.name,
            aliases=tuple(alias for alias in row.aliases if alias != row.name),
            roles=tuple(role for role in _ROLE_ORDER if role in row.roles),
            iso2=iso2,
            iso3=country.alpha_3 if country else None,
            wikidata=wikidata_ids().get(iso2) if iso2 else None,
            historical=iso2 in HISTORICAL,
        )


def agent_id(agent: Agent, article: str) -> str:
    """Return the id of ``agent``: outlets are organizations, countries go by their code.

    A document is that of ``article``.
    """
    if agent.type == "Person":
        return iris.person_id(agent.name)
    if agent.type == "Country":
        return iris.country_id(agent.name)
    if agent.type == "Document":
        return iris.document_id(article, agent.name)
    return iris.organization_id(agent.name)
