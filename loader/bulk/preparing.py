"""What a batch of articles adds to a stage, made by as many processes as there are cores for it."""

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from loader.bulk.lines import EDGE, Columns, Lines, columns, lines
from loader.graph.building import NAMED, Delta, owned
from loader.graph.delta import article_delta
from ontology.model import load_model
from ontology.records import ArticleRecord, ExtractedPage

TABLES = "tables"
"""The folder of files that are as the importer reads them."""
UNRESOLVED = "unresolved"
"""The folder of relationships to names' own entities: whom the names denote is not known yet."""
COLLECTING = (50_000, 20, 50)
_AHEAD = 2
"""Batches under way for each process."""

Batch = Sequence[ExtractedPage]
Fresh = Callable[[Batch], Sequence[ArticleRecord]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """``lines`` for the files of what articles have to themselves; a delta of what they share."""

    lines: tuple[Lines, ...]
    shared: Delta


def prepare(articles: Sequence[ArticleRecord]) -> Prepared:
    """Tell what ``articles``, each once, add to a stage."""
    own = _columns()
    delta = article_delta(articles, load_model())
    made: list[Lines] = []
    for label, shape in own.items():
        if label in delta.nodes:
            rows = (shape.row(key, row) for key, row in delta.nodes.pop(label).items())
            made += lines(f"{TABLES}/nodes-{label}.csv", shape.header, rows)
    for kind in [*delta.edges]:
        if kind.source in own or kind.source == "Article":
            pairs = delta.edges.pop(kind)
            name = f"edges-{kind.type}.csv"
            if kind.target in NAMED:  # what leads from one source has to stand together
                made += lines(f"{UNRESOLVED}/{name}", EDGE, sorted(pairs))
            else:
                made += lines(f"{TABLES}/{name}", EDGE, pairs)
    return Prepared(lines=tuple(made), shared=delta)


def prepared(
    batches: Iterable[Batch], fresh: Fresh, workers: int
) -> Iterator[tuple[Batch, Prepared]]:
    """Yield each batch with what it adds, in order.

    Args:
        batches: The pages.
        fresh: Chooses from a batch the articles that no batch before it has.
        workers: How many processes to use; with 1, or a single batch, this one does it.
    """
    coming = iter(batches)
    first = [*islice(coming, 2)]
    if workers == 1 or len(first) < 2:
        for batch in chain(first, coming):
            yield batch, prepare(fresh(batch))
        return
    context = multiprocessing.get_context("spawn")
    under_way: deque[tuple[Batch, Future[Prepared]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin) as pool:
        try:
            for batch in chain(first, coming):
                under_way.append((batch, pool.submit(prepare, fresh(batch))))
                if len(under_way) > _AHEAD * workers:
                    done, future = under_way.popleft()
                    yield done, future.result()
            while under_way:
                done, future = under_way.popleft()
                yield done, future.result()
        finally:
            for _, future in under_way:
                future.cancel()


@cache
def _columns() -> dict[str, Columns]:
    """The columns of what belongs to one article, by label."""
    model = load_model()
    return {label: columns(model, label) for label in owned(model)}


def _begin() -> None:
    """Leave Ctrl-C to the process that began this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*COLLECTING)
