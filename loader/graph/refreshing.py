"""Compute shared nodes anew from what supports them: mentions, statements, names."""

from collections.abc import Iterable

from neo4j import ManagedTransaction

from loader.graph.building import owned
from loader.graph.delta import evidence
from loader.graph.origins.settling import forget_origins
from loader.graph.shared import Row, entity_row, merged_all
from loader.graph.statements import delete, filled, write_nodes
from ontology.iris import claim_words, named_entity
from ontology.model import Model
from queries import cypher

_REFRESHED = frozenset({"Name", "Person", "Organization", "Country", "Claim"})
"""Labels of nodes whose properties follow from what is left."""
_KEPT = frozenset({"Article", "Page", "ExtractionRun"})


def refresh(tx: ManagedTransaction, ids: Iterable[str], model: Model) -> None:
    """Compute shared nodes anew from the articles that still name them; the others go.

    Names whose support changed are left pending, for ``resolve_names`` to compare.
    """
    wanted = sorted(ids)
    refresh_names(tx, _with(wanted, "name/"))
    refresh_named(tx, wanted)
    countries, gone = _mentioned(tx, "Country", "REFERS_TO", _with(wanted, "country/"))
    write_nodes(tx, "Country", countries, {}, replace=True)
    delete(tx, "Country", gone)
    if stated := _with(wanted, "claim/"):
        forget_origins(tx, stated)
        claims = {
            row["id"]: {"id": row["id"]}
            | merged_all("Claim", [{"text": claim_words(text)} for text in row["texts"]])
            for row in tx.run(cypher("write/refresh_claims"), ids=stated)
        }
        write_nodes(tx, "Claim", claims, {}, replace=True)
    for item in model.keyed:
        if item.label not in _REFRESHED | _KEPT | owned(model).keys():
            unused = _with(wanted, f"{item.segment}/")
            if unused:
                tx.run(filled("write/delete_unused", label=item.label), ids=unused).consume()


def refresh_names(tx: ManagedTransaction, ids: list[str]) -> None:
    """Spell names as the mentions that are left do, and leave them pending; the others go."""
    names, gone = _mentioned(tx, "Name", "USES_NAME", ids)
    write_nodes(tx, "Name", names, {}, replace=True)
    if gone:
        tx.run(cypher("write/delete_names"), ids=gone).consume()


def refresh_named(tx: ManagedTransaction, entities: Iterable[str]) -> None:
    """Give people and organizations (ids) the name and aliases that their names make; or end them.

    One whom no name denotes any more stays until all its mentions have moved. Ids of anything else
    are passed over.
    """
    wanted = sorted(entities)
    for label in ("Person", "Organization"):
        chosen = _with(wanted, f"{label.lower()}/")
        if not chosen:
            continue
        plain: dict[str, Row] = {}
        outlets: dict[str, Row] = {}
        gone, demoted = [], []
        for found in list(tx.run(filled("write/lock_named", label=label), ids=chosen)):
            identifier = str(found["id"])
            if found["unused"]:
                gone.append(identifier)
            if not found["names"]:
                continue
            row, is_outlet = entity_row(identifier, found["names"])
            (outlets if is_outlet else plain)[identifier] = row
            if found["outlet"] and not is_outlet:
                demoted.append(identifier)
        write_nodes(tx, label, plain, {}, replace=True)
        write_nodes(tx, label, outlets, {}, labels=f"{label}:Outlet", replace=True)
        if demoted:
            tx.run(cypher("write/no_outlets"), ids=demoted).consume()
        delete(tx, label, gone)


def _mentioned(
    tx: ManagedTransaction, label: str, kind: str, ids: list[str]
) -> tuple[dict[str, Row], list[str]]:
    """The properties that mentions make of shared nodes (ids), and those nodes that have none."""
    kept: dict[str, Row] = {}
    gone = []
    if ids:
        for found in tx.run(filled("read/mentions_of", label=label, type=kind), ids=ids):
            identifier = str(found["id"])
            entity = named_entity(identifier) if label == "Name" else identifier
            rows = [evidence(entity, **mention)[2] for mention in found["mentions"]]
            if rows:
                kept[identifier] = {"id": identifier} | _ended(merged_all(label, rows))
            else:
                gone.append(identifier)
    return kept, gone


def _ended(row: Row) -> Row:
    """``row`` with None for lists that are empty: a property of its own ends then."""
    return {key: None if value == [] else value for key, value in row.items()}


def _with(ids: Iterable[str], prefix: str) -> list[str]:
    return [item for item in ids if item.startswith(prefix)]
