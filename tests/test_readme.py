"""What the README says is so: commands run, questions are answered, links lead somewhere."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from queries.database import Database

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
SHELL = [line for kind, block in BLOCKS if kind == "sh" for line in block.strip().splitlines()]
GRAPHQL = [block for kind, block in BLOCKS if kind == "graphql"]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_commands_run_in_their_order(
    environment: Mapping[str, str], graph: Database, tmp_path: Path
) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    commands = [line for line in SHELL if line.startswith("newsgraph ")]
    assert len(commands) > 6
    answered: list[str] = []
    # The questions stand before the loading in the text, since there the demo has loaded.
    for line in sorted(commands, key=lambda line: not line.startswith("newsgraph load")):
        done = subprocess.run(
            line.split(), env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        if line.startswith("newsgraph query "):
            answered.append(line)
            (found, *_) = json.loads(done.stdout)["data"].values()
            assert found["nodes"], line
            assert found["nodes"][0]["experts"]["nodes"][0]["statements"]["nodes"], line
    assert answered
    assert (tmp_path / "graph.ttl").stat().st_size > 10_000
    assert (tmp_path / "records.jsonl").read_text(encoding="utf-8").startswith('{"file"')


def test_make_demo_serves_and_stops(environment: Mapping[str, str], graph: Database) -> None:
    assert "make demo" in SHELL
    process = subprocess.Popen(
        ["make", "demo"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        shown = "".join(lines)
        for page in (ROOT / "seeds").iterdir():
            assert page.stem[:11] in shown
        (address,) = re.findall(r"(http://[^/\s]+)/playground", shown)
        assert f"{address}/export.ttl" in shown
        for question in GRAPHQL:
            answer = _ask(address, question)
            assert "errors" not in answer
            assert answer["data"]["experts"]["edges"]
        with urllib.request.urlopen(f"{address}/export.ttl", timeout=60) as response:  # noqa: S310
            assert b"ng:Statement" in response.read()
    finally:
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def _ask(address: str, question: str) -> dict[str, dict[str, dict[str, object]]]:
    request = urllib.request.Request(  # noqa: S310 - our own address
        f"{address}/graphql",
        json.dumps({"query": question}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        answer: dict[str, dict[str, dict[str, object]]] = json.load(response)
    return answer
