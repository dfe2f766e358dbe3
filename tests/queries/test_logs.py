"""The log says what newsgraph has to say, in its form; what libraries say is for DEBUG."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SPEAKING = """
import logging, multiprocessing, sys, warnings
from queries.logs import logged, set_up_logs

def speak():
    for name in ("loader.pages", "uvicorn.error", "some.library", "trafilatura.core", "neo4j.io"):
        for level in ("debug", "info", "warning", "error"):
            getattr(logging.getLogger(name), level)("said")
    warnings.warn("warned", UserWarning)

if __name__ == "__main__":
    set_up_logs(sys.argv[1], as_json=sys.argv[2] == "json")
    if sys.argv[3] == "here":
        speak()
    else:
        process = multiprocessing.get_context("spawn").Process(target=logged(speak))
        process.start()
        process.join()
"""
OURS = ["WARNING loader.pages: said", "ERROR loader.pages: said"]
SERVER = ["WARNING uvicorn.error: said", "ERROR uvicorn.error: said"]
HERE_AND_THERE = pytest.mark.parametrize("where", ["here", "in another process"])


def said(folder: Path, level: str, where: str, form: str = "text") -> list[str]:
    path = folder / "speaking.py"
    path.write_text(SPEAKING)
    command = [sys.executable, str(path), level, form, where]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stderr.splitlines()


@HERE_AND_THERE
def test_libraries_are_heard_only_where_nobody_else_tells_of_an_error(
    tmp_path: Path, where: str
) -> None:
    assert said(tmp_path, "WARNING", where) == [*OURS, *SERVER, "ERROR some.library: said"]


def test_more_of_ours_is_no_more_of_libraries(tmp_path: Path) -> None:
    assert said(tmp_path, "INFO", "here") == [
        "INFO loader.pages: said",
        *OURS,
        "INFO uvicorn.error: said",
        *SERVER,
        "ERROR some.library: said",
    ]


@HERE_AND_THERE
def test_at_debug_all_is_logged(tmp_path: Path, where: str) -> None:
    lines = said(tmp_path, "DEBUG", where)
    for name in ("loader.pages", "uvicorn.error", "some.library", "trafilatura.core", "neo4j.io"):
        for level in ("DEBUG", "INFO", "WARNING", "ERROR"):
            assert f"{level} {name}: said" in lines
    assert any(line.startswith("WARNING py.warnings: ") and "warned" in line for line in lines)


@HERE_AND_THERE
def test_a_line_may_be_json(tmp_path: Path, where: str) -> None:
    lines = [json.loads(line) for line in said(tmp_path, "ERROR", where, "json")]
    assert [(line["level"], line["logger"], line["message"]) for line in lines] == [
        ("ERROR", "loader.pages", "said"),
        ("ERROR", "uvicorn.error", "said"),
        ("ERROR", "some.library", "said"),
    ]
