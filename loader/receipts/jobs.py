"""``newsgraph verify``: progress on stderr, verdicts on standard output, counts at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import orjson
from neo4j import Session
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from loader.extract.extraction import now, this_run
from loader.extract.pipeline import load_pipeline
from loader.graph.journal import open_journal
from loader.graph.schema import prepare_existing
from loader.pages import Page, read
from loader.receipts.chosen import choose
from loader.receipts.kept import verify_kept
from loader.receipts.offline import ReceiptError, check_receipt, parse_receipt
from loader.receipts.standing import Standing
from loader.receipts.verdicts import Verdict
from loader.terminal import ERRORS, OUTPUT
from ontology.model import load_model
from ontology.receipts import Receipt
from queries.counts import counted, figure
from queries.logs import logged

Format = Literal["text", "json"]

DIFFERS = 1
UNCONFIRMED = 3


def run_verify(
    session: Session,
    *,
    ids: Sequence[str] = (),
    outlets: Sequence[str] = (),
    sample: int | None = None,
    form: Format = "text",
    home: Path | None = None,
) -> int:
    """Take statements of the graph back to their articles; print those that do not hold.

    Args:
        session: A session for reading.
        ids: Of statements and articles; with these and ``outlets`` empty, all are verified.
        outlets: Ids or names of outlets.
        sample: So many of these, at random.
        form: What to print on standard output.
        home: The data directory, whose journal knows where the pages' files were.

    Returns:
        The exit status: 0 if all hold, 1 if one does not, 3 if one cannot be confirmed.

    Raises:
        ChoiceError: the graph has nothing of one of the ids or names.
        VersionError: the graph is of another version of the ontology.
    """
    prepare_existing(session, load_model())
    chosen = choose(session, ids=ids, outlets=outlets, sample=sample)
    total = sum(one.count for one in chosen)
    nlp, run = logged(load_pipeline)(), this_run(now())
    with open_journal(home, session) if home is not None else nullcontext() as journal:
        standing = Standing(journal)
        found = verify_kept(session, chosen, nlp, run, standing)
        status = _tell(_with_progress(found, total), form)
    if standing.found:
        compared = counted(
            standing.found,
            "page stands unchanged where it was loaded, and was compared",
            "pages stand unchanged where they were loaded, and were compared",
        )
        others = counted(standing.gone, "other", "others")
        ERRORS.print(f"{compared}; for {others}, the graph's own text was.")
    return status


def run_verify_receipt(receipt: str, page: str, *, form: Format = "text") -> int:
    """Take a receipt to its page; print whether it holds, or what differs.

    Args:
        receipt: The receipt's file.
        page: The page's file, or a folder, an archive or an address that holds it.
        form: What to print on standard output.

    Returns:
        The exit status, as :func:`run_verify`.

    Raises:
        ReceiptError: the file is no receipt, or there is no page.
    """
    made, pages = read_receipt(receipt), pages_in(page)
    verdict = check_receipt(made, pages, logged(load_pipeline), this_run(now()))
    return _tell([verdict], form, alone=True)


def read_receipt(receipt: str) -> Receipt:
    """The receipt in a file.

    Raises:
        ReceiptError: it cannot be read, or holds none.
    """
    try:
        data = Path(receipt).read_bytes()
    except OSError as error:
        message = f"{receipt} cannot be read ({error.strerror}); check the path."
        raise ReceiptError(message) from error
    return parse_receipt(data, receipt)


def pages_in(place: str) -> list[Page]:
    """The pages in a file, a folder, an archive or at an address.

    Raises:
        ReceiptError: there is none, or it cannot be read.
    """
    found = list(read([place]))
    pages = [page for page in found if isinstance(page, Page)]
    if not pages:
        why = next((page.message for page in found if not isinstance(page, Page)), place)
        raise ReceiptError(f"{why}; there is no page to verify the receipt with.")
    return pages


def _with_progress(found: Iterable[Verdict], total: int) -> Iterator[Verdict]:
    with Progress(
        TextColumn("statements"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=ERRORS,
        transient=True,
        disable=not ERRORS.is_terminal,
    ) as progress:
        task = progress.add_task("statements", total=total)
        for verdict in found:
            progress.update(task, advance=1)
            yield verdict


def _tell(found: Iterable[Verdict], form: Format, *, alone: bool = False) -> int:
    """Print verdicts as they come and counts at the end, also if interrupted."""
    counts: Counter[str] = Counter()
    others: list[Verdict] = []
    try:
        for verdict in found:
            counts[verdict.status] += 1
            if form == "json":
                others += [verdict] if alone or not verdict.holds else []
            elif alone or not verdict.holds:
                OUTPUT.print(_text(verdict), markup=False, soft_wrap=True)
    finally:
        if form == "json":
            data = orjson.dumps(_data(counts, others), option=orjson.OPT_INDENT_2)
            OUTPUT.out(data.decode(), highlight=False)
        if not alone:
            ERRORS.print(_summary(counts), markup=False)
    if counts["differs"]:
        return DIFFERS
    return UNCONFIRMED if counts["unconfirmed"] else 0


def _text(verdict: Verdict) -> str:
    said = {"holds": "holds", "differs": "does not hold", "unconfirmed": "cannot be confirmed"}
    head = f"{verdict.statement} {said[verdict.status]}"
    told = [*verdict.messages, *map(str, verdict.differences)]
    return "\n  ".join([f"{head}:" if told else head, *told])


def _data(counts: Counter[str], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    return {
        **{name: counts[name] for name in ("holds", "differs", "unconfirmed")},
        "statements": [asdict(verdict) for verdict in verdicts],
    }


def _summary(counts: Counter[str]) -> str:
    total = sum(counts.values())
    text = f"{counted(total, 'statement')} verified: {figure(counts['holds'])} hold"
    text += f", {figure(counts['differs'])} do not"
    if counts["unconfirmed"]:
        text += f", {figure(counts['unconfirmed'])} cannot be confirmed by this version"
    return f"{text}."
