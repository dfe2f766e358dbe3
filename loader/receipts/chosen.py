"""Which statements of a graph are to be taken back to their pages."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from neo4j import Session

from ontology import iris
from queries import cypher


class ChoiceError(Exception):
    """What is to be verified is not in the graph; the message names it and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An article, and which of its statements: their ids, their places among all, or all."""

    article: str
    count: int
    ids: frozenset[str] | None = None
    places: frozenset[int] | None = None

    def among(self, statements: Sequence[str]) -> list[str]:
        """The ids of the chosen ones; ``statements`` are those of the article, sorted."""
        return [
            one
            for place, one in enumerate(statements)
            if (self.ids is None or one in self.ids)
            and (self.places is None or place in self.places)
        ]


def choose(
    session: Session,
    *,
    ids: Sequence[str] = (),
    outlets: Sequence[str] = (),
    sample: int | None = None,
) -> list[Chosen]:
    """The articles whose statements are to be verified, by id.

    Args:
        session: A session for reading.
        ids: Of statements and articles; with these and ``outlets`` empty, all are chosen.
        outlets: Ids or names; the statements in their articles.
        sample: So many statements of these, at random; all where there are no more.

    Raises:
        ChoiceError: the graph has nothing of one of the ids or names.
    """
    statements = [one for one in ids if one.startswith("statement/")]
    articles = [one for one in ids if one.startswith("article/")]
    for one in ids:
        if not one.startswith(("statement/", "article/")):
            raise ChoiceError(
                f"{one!r} is neither a receipt's file nor the id of a statement or an article;"
                " ids look like statement/1a2b… and article/1a2b…"
            )
    found: dict[str, Chosen] = {}
    if articles or outlets or not statements:
        for row in _articles(session, articles, outlets):
            found[row.article] = row
    for article, chosen in _stated(session, statements).items():
        found.setdefault(article, Chosen(article=article, count=len(chosen), ids=chosen))
    every = [found[name] for name in sorted(found) if found[name].count]
    return every if sample is None else _sampled(every, sample)


def _articles(session: Session, articles: Sequence[str], outlets: Sequence[str]) -> list[Chosen]:
    wanted = None
    if outlets:
        wanted = [one for name in outlets for one in _outlet(session, name)]
    rows = session.run(
        cypher("read/articles_to_verify"), articles=list(articles) or None, outlets=wanted
    )
    found = [Chosen(article=row["article"], count=row["statements"]) for row in rows]
    if missing := set(articles) - {one.article for one in found}:
        more = " of that outlet" if outlets else ""
        raise ChoiceError(f"The graph has no article{more} with the id {min(missing)}.")
    return found


def _outlet(session: Session, name: str) -> list[str]:
    own = iris.organization_id(name)
    ids = [name, own]
    rows = session.run(cypher("read/outlets_called"), ids=ids, names=[iris.name_id(own)])
    if found := [str(row["id"]) for row in rows]:
        return found
    raise ChoiceError(f"The graph has no outlet called {name!r}; `newsgraph search` finds names.")


def _stated(session: Session, statements: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    known = set()
    for row in session.run(cypher("read/articles_of_statements"), ids=list(statements)):
        found.setdefault(row["article"], set()).add(row["statement"])
        known.add(row["statement"])
    if missing := set(statements) - known:
        raise ChoiceError(f"The graph has no statement with the id {min(missing)}.")
    return {article: frozenset(ids) for article, ids in found.items()}


def _sampled(every: Sequence[Chosen], sample: int) -> list[Chosen]:
    """``sample`` of all statements, each as likely as any other."""
    total = sum(one.count for one in every)
    wanted = sorted(random.sample(range(total), min(sample, total)))
    found: list[Chosen] = []
    begin, at = 0, 0
    for one in every:
        end = begin + one.count
        places = set()
        while at < len(wanted) and wanted[at] < end:
            places.add(wanted[at] - begin)
            at += 1
        begin = end
        if not places:
            continue
        if one.ids is not None:
            ids = frozenset(name for place, name in enumerate(sorted(one.ids)) if place in places)
            found.append(Chosen(article=one.article, count=len(ids), ids=ids))
        else:
            found.append(Chosen(article=one.article, count=len(places), places=frozenset(places)))
    return found
