"""Take the statements of a graph back to the text of their articles, and extract them again.

What the graph must hold of a statement is what a load would write of it, by the one table that says
so (``loader/graph/delta.py``). Whom a name denotes is resolved across articles, so that a statement
may be attributed to a fuller name than its article has: then the name it goes by must denote them.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from neo4j import Session
from spacy.language import Language

from loader.graph.building import NAMED
from loader.graph.delta import article_delta
from loader.receipts.again import Kept, extract_again
from loader.receipts.chosen import Chosen
from loader.receipts.standing import Standing
from loader.receipts.verdicts import Difference, Status, Verdict, another_version, named
from ontology import iris
from ontology.model import Model, load_model
from ontology.ranges import spans
from ontology.records import ArticleRecord, Run
from queries import cypher

LOGGER = logging.getLogger(__name__)

_TOGETHER = 16
_TEXTS = (("content", "contentSpans", "text"), ("source", "sourceSpan", "source"),
          ("cue", "cueSpan", "cue"))  # fmt: skip
"""What a statement quotes: its name for readers, where it stands, and its words."""
_CHANGED = (
    "The text of its article, or what is told of it, is not what the article's id was made from."
)
_OTHERWISE = "The page's file, {place}, has another text where the article stands."

Again = tuple[ArticleRecord, bool]
"""An article extracted again, and whether its id is that of its text and particulars."""


def verify_kept(
    session: Session,
    chosen: Sequence[Chosen],
    nlp: Language,
    run: Run,
    standing: Standing | None = None,
) -> Iterator[Verdict]:
    """Yield a verdict for each chosen statement, in order of articles and statements.

    Args:
        session: A session for reading.
        chosen: What :func:`loader.receipts.chosen.choose` gives.
        nlp: The pipeline.
        run: This software.
        standing: Compares the articles with the files of their pages, too.
    """
    model = load_model()
    for begin in range(0, len(chosen), _TOGETHER):
        wanted = {one.article: one for one in chosen[begin : begin + _TOGETHER]}
        rows = list(_rows(session, list(wanted)))
        otherwise = standing.differing(rows) if standing is not None else {}
        for row, again in zip(rows, _records(nlp, rows), strict=True):
            told = [_OTHERWISE.format(place=otherwise[row["id"]])] if row["id"] in otherwise else []
            yield from _verdicts(row, again, wanted[row["id"]], model, run, told)


def _rows(session: Session, ids: list[str]) -> Iterator[dict[str, Any]]:
    for row in session.run(cypher("read/articles_kept"), ids=ids):
        yield {**row["article"], **{name: row[name] for name in ("named", "runs", "statements")}}


def _records(nlp: Language, rows: Sequence[Kept]) -> Iterator[Again | None]:
    """The articles extracted again; None for one that cannot be."""
    try:
        yield from list(extract_again(nlp, rows))
    except MemoryError:
        raise
    except Exception:
        if len(rows) > 1:
            for row in rows:
                yield from _records(nlp, [row])
        else:
            LOGGER.warning("cannot extract %s", rows[0]["id"], exc_info=True)
            yield None


def _verdicts(
    row: Kept,
    again: Again | None,
    chosen: Chosen,
    model: Model,
    run: Run,
    told: Sequence[str],
) -> Iterator[Verdict]:
    kept = {one["properties"]["id"]: one for one in row["statements"]}
    wanted = chosen.among(sorted(kept))
    if again is None:
        for name in wanted:
            message = "The article could not be extracted again; please report this as a bug."
            yield Verdict(statement=name, status="differs", messages=(message,), article=row["id"])
        return
    record, own = again
    expected = _expected(record, model)
    made_by = next(iter(row["runs"]), None)
    told = [*([] if own else [_CHANGED]), *told]
    for name in wanted:
        yield _verdict(kept[name], expected.get(name), row, made_by, run, told)


def _expected(record: ArticleRecord, model: Model) -> dict[str, dict[str, Any]]:
    """What a load writes of each statement: properties by name, and the ends of relationships."""
    delta = article_delta([record], model)
    found = {
        name: {key: value for key, value in properties.items() if key[0] != "_"}
        for name, properties in delta.nodes.get("Statement", {}).items()
    }
    for kind, pairs in delta.edges.items():
        if kind.source == "Statement":
            for start, end in pairs:
                target = iris.name_id(end) if kind.target in NAMED else end
                found[start].setdefault(kind.type, set()).add(target)
    return found


def _verdict(
    kept: Mapping[str, Any],
    expected: Mapping[str, Any] | None,
    row: Kept,
    made_by: Mapping[str, Any] | None,
    run: Run,
    told: Sequence[str],
) -> Verdict:
    name = str(kept["properties"]["id"])
    said = _said(kept)
    torn = tuple(_torn(said, str(row["text"])))
    messages = list(told)
    if expected is None:
        differences = torn
        messages += ["Its article was extracted again, and this statement was not found."]
    else:
        differences = tuple(
            Difference(field=key, said=_shown(said.get(key)), found=_shown(expected.get(key)))
            for key in dict.fromkeys((*expected, *said))
            if said.get(key) != expected.get(key)
        )
    status: Status = "differs" if differences or messages else "holds"
    if (
        status == "differs"
        and made_by is not None
        and made_by["id"] != run.id
        and _CHANGED not in told
        and not torn
    ):
        by = named(*(made_by[key] for key in ("software", "version", "model", "ontologyVersion")))
        messages.append(another_version(by, run))
        status = "unconfirmed"
    return Verdict(
        statement=name,
        status=status,
        differences=differences,
        messages=tuple(messages),
        article=str(row["id"]),
    )


def _said(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the graph says of a statement, as :func:`_expected` has it."""
    said: dict[str, Any] = {
        key: value.to_native() if hasattr(value, "to_native") else value
        for key, value in kept["properties"].items()
        if key[0] != "_"
    }
    names: dict[str, set[str]] = {}
    for name, entity in kept["denoted"]:
        names.setdefault(entity, set()).add(name)
    by_name = {"ATTRIBUTED_TO": "sourceName", "REPORTED_VIA": "channelName"}
    for kind, target in kept["edges"]:
        own = said.get(by_name.get(kind, ""))
        end = own if own is not None and own in names.get(target, ()) else target
        said.setdefault(kind, set()).add(end)
    return said


def _torn(said: Mapping[str, Any], text: str) -> Iterator[Difference]:
    """What the statement quotes and the text has not, whatever extracts it."""
    for name, place, words in _TEXTS:
        where = said.get(place)
        ranges = spans(where if isinstance(where, list) else [where])
        stands = " ".join(text[start:end] for start, end in ranges)
        if ranges and stands != said.get(words):
            yield Difference(field=name, said=said.get(words), found=stands)


def _shown(value: Any) -> Any:
    if isinstance(value, set):
        ordered = sorted(value)
        return ordered[0] if len(ordered) == 1 else ordered
    return value.isoformat() if hasattr(value, "isoformat") else value
