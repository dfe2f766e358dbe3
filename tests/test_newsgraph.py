"""The command as a user meets it: real processes, a real database."""

import gzip
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rich.console import Console

from loader.jobs import page_table
from ontology.rdf.wholeness import PROMISE
from queries.database import Database
from queries.settings import Settings

ROOT = Path(__file__).parents[1]
NEWSGRAPH = (sys.executable, str(ROOT / "newsgraph.py"))
VERBS = (
    *("up", "load", "extract", "remove", "serve", "export", "import", "query", "validate"),
    *("graph", "key", "doctor", "spark", "sparql", "bloom", "browser"),
)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(environment: Mapping[str, str], tmp_path: Path) -> Run:
    def run(*arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*NEWSGRAPH, *arguments],
            env={**environment, **more},
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def offline(
    *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NEWSGRAPH, *arguments],
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_an_example(verb: str) -> None:
    shown = offline(verb, "--help")
    assert shown.returncode == 0
    assert f"$ newsgraph {verb}" in shown.stdout


def test_help_loads_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", str(ROOT / "newsgraph.py"), "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in shown.stderr.splitlines()}
    assert not loaded & {"spacy", "neo4j", "rdflib", "fastapi", "strawberry", "rich", "pydantic"}


@pytest.mark.parametrize("arguments", [("load",), ("export", "--format", "word"), ("swim",)])
def test_wrong_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    assert offline(*arguments).returncode == 2


def test_the_version_is_that_of_the_package() -> None:
    shown = offline("--version")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == f"newsgraph {version('newsgraph')}\n"


@pytest.mark.parametrize(
    ("line", "among"),
    [
        ("newsgraph e", {"extract", "entities", "export"}),
        ("newsgraph db b", {"backup"}),
        ("newsgraph entities ", {"merge", "split", "undo", "list"}),
        ("newsgraph load --w", {"--workers"}),
        ("newsgraph serve --p", {"--port"}),
    ],
)
def test_bash_completes_verbs_and_options(line: str, among: set[str]) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash")
    words = line.split(" ")
    program = Path(sys.executable).with_name("newsgraph")
    script = f"""
        newsgraph() {{ {shlex.quote(str(program))} "$@"; }}
        PATH={shlex.quote(str(program.parent))}:$PATH
        eval "$(newsgraph --show-completion)"
        COMP_WORDS=({" ".join(map(shlex.quote, words))}) COMP_CWORD={len(words) - 1}
        _newsgraph_completion newsgraph
        printf '%s\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert set(done.stdout.split()) == among


@pytest.mark.parametrize("port", ["99999", "-1", "x", "1e30"])
@pytest.mark.parametrize("verb", ["serve", "up"])
def test_a_port_that_is_none_is_refused(verb: str, port: str) -> None:
    done = offline(verb, "--port", port)
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NEWSGRAPH_PORT", "99999"),
        ("NEWSGRAPH_PORT", "-1"),
        ("NEWSGRAPH_LIMITS", "depth"),
        ("NEWSGRAPH_MEMORY", "much"),
        ("NEWSGRAPH_HOME", "~nobody-of-this-name/x"),
    ],
)
def test_a_setting_that_is_not_valid_is_a_sentence(variable: str, value: str) -> None:
    done = offline("serve", env={**os.environ, variable: value})
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsgraph: {variable} has an invalid value: ")


def test_variables_of_other_programs_change_nothing(tmp_path: Path) -> None:
    bare = [name for name in Settings.model_fields if not name.startswith("neo4j_")]
    others = dict.fromkeys([*bare, *map(str.upper, bare)], "nonsense")
    kept = {"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(tmp_path / "data")}
    done = offline("doctor", env={**kept, **others})
    assert done.stderr == ""
    assert "settings: all defaults" in done.stdout
    assert f"data directory: {tmp_path / 'data' / 'newsgraph'} (default" in done.stdout


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "a" * 80])
def test_a_host_that_is_none_is_a_sentence(host: str) -> None:
    done = offline("serve", "--host", host)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert host in line
    assert "--host" in line


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"pid": -1, "bolt": 7687, "http": 7474}', '{"pid": 1e30}']
)
@pytest.mark.parametrize("verb", [("db", "status"), ("db", "stop"), ("doctor",)])
def test_a_malformed_server_state_harms_nothing(
    tmp_path: Path, verb: tuple[str, ...], text: str
) -> None:
    folder = tmp_path / "neo4j"
    folder.mkdir()
    (folder / ".newsgraph").touch()
    (folder / "server.json").write_text(text)
    environment = {name: value for name, value in os.environ.items() if name != "NEO4J_URI"}
    done = offline(*verb, env={**environment, "NEWSGRAPH_HOME": str(tmp_path)})
    assert done.returncode == 0
    assert done.stderr == ""
    assert re.search("not running|is stopped", done.stdout)


def test_extract_prints_records_without_a_database(seeds: Path) -> None:
    page = sorted(seeds.glob("*.txt"))[-1]
    done = offline("extract", str(page))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert {record["file"] for record in records} == {page.name}
    text = page.read_text(encoding="utf-8")
    for record in records:
        begin, end = record["span"]
        article = text[begin:end]
        for mention in record["mentions"]:
            assert article[slice(*mention["span"])] == mention["text"]
        for statement in record["statements"]:
            assert statement["text"]
            assert all(0 <= a < b <= len(article) for a, b in statement["content"])
    assert re.search(r"1 page, \d+ articles?, \d+ statements? extracted", done.stderr)


def test_extract_reads_standard_input() -> None:
    page = "Dam will hold\n\nBy Ada Byron\n\n“The dam will hold,” said engineer Bo Ek of Kenya."
    done = offline("extract", "-", stdin=page)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["title"] == "Dam will hold"
    assert [author["name"] for author in record["authors"]] == ["Ada Byron"]
    assert [statement["kind"] for statement in record["statements"]] == ["direct"]


def test_an_interrupted_extract_keeps_both_what_was_there_and_what_was_found(
    tmp_path: Path,
) -> None:
    pages, output, part = (tmp_path / name for name in ("pages", "out.jsonl", "out.jsonl.part"))
    pages.mkdir()
    for number in range(2_000):
        text = f"Dam {number} will hold\n\n“The dam will hold,” said engineer Bo Ek of Kenya.\n\n"
        (pages / f"{number}.txt").write_text(text * 9, encoding="utf-8")
    output.write_text("old", encoding="utf-8")
    process = subprocess.Popen(
        [*NEWSGRAPH, "extract", str(pages), "-o", str(output)], stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"The records extracted so far are in {part}" in errors
    assert "Traceback" not in errors
    assert output.read_text(encoding="utf-8") == "old"
    lines = part.read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["statements"] for line in lines)


def test_extract_says_why_it_cannot_write(seeds: Path, tmp_path: Path) -> None:
    done = offline("extract", str(seeds), "-o", str(tmp_path / "no" / "records.jsonl"))
    assert done.returncode == 1
    assert "does not exist; create it" in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_pages_are_named_and_the_rest_is_loaded(
    run: Run, graph: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.txt").write_text("A title here\n\nBy Ada Byron\n\nKenya said it would pay.")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 10)
    (folder / "latin.txt").write_bytes(
        "Ein Bär läuft über die Straße und süß ist es.".encode("latin-1")
    )
    done = run("load", str(folder), str(tmp_path / "missing.txt"))
    assert done.returncode == 1
    for name in ("empty.txt", "binary.txt", "latin.txt", "missing.txt"):
        assert name in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("2 pages loaded")
    assert "3 pages skipped" in done.stderr.strip().splitlines()[-1]


ODD_PAGES = {
    "no-text.html": "<html><body><script>var a = 1</script></body></html>",
    "a-tag.html": "<",
    "dates.html": '<html><head><meta name="date" content="0000-00-00"></head><body><p>Hi.</p>',
    "address.html": '<html><head><link rel="canonical" href="http://[::1"></head><body><p>Hi.</p>',
    "feed.xml": "<rss><channel><item><title>T</title><pubDate>x</pubDate></item></channel></rss>",
    "french.txt": "Le président a déclaré lundi que le barrage tiendrait. " * 20,
    "good.txt": "A title here\n\nBy Ada Byron\n\nKenya said it would pay.",
}


def test_libraries_say_nothing_of_odd_pages_but_at_debug(
    run: Run, graph: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in ODD_PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = run("load", str(folder))
    *others, last = done.stderr.strip().splitlines()
    assert all(line.startswith("skipped ") for line in others)
    assert re.search(r"\d+ pages? loaded", last)
    assert "DEBUG trafilatura" in run("extract", str(folder), NEWSGRAPH_LOG_LEVEL="DEBUG").stderr


def test_names_of_pages_are_readable_on_a_narrow_terminal(seeded: Database) -> None:
    long = "https://example.com/news/2023/03/20/a-long-slug-about-dams-that-goes-on.html"
    with seeded.session() as session:
        session.run("CREATE (:Page {id: 'page/long', name: $name})", name=long).consume()
        console = Console(width=80, file=StringIO())
        console.print(page_table(session))
        names = [row["name"] for row in session.run("MATCH (p:Page) RETURN p.name AS name")]
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert max(map(len, lines)) <= 80
    told = [line[:27].strip() for line in lines]
    for name in names:
        parts = [name[begin : begin + 27] for begin in range(0, len(name), 27)]
        at = told.index(parts[0])
        assert told[at : at + len(parts)] == parts


def test_loading_again_changes_nothing(run: Run, graph: Database, seeds: Path) -> None:
    pages = sorted(map(str, seeds.glob("*.txt")))
    assert run("load", *pages[2:]).returncode == 0
    first = run("export").stdout
    again = run("load", *reversed(pages[2:]))
    assert "2 pages were already in the graph" in again.stderr
    assert run("export").stdout == first
    assert run("validate").returncode == 0


def test_export_leaves_no_half_file(run: Run, seeded: Database, tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    assert run("export", "-o", str(target)).returncode == 0
    assert target.read_text(encoding="utf-8") == run("export").stdout
    refused = run("export", "-o", str(tmp_path / "no" / "graph.ttl"))
    assert refused.returncode == 1
    assert "does not exist" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.ttl"]


def test_validate_names_node_and_rule(run: Run, seeded: Database) -> None:
    with seeded.session() as session:
        row = session.run(
            "MATCH (s:Statement) WITH s ORDER BY s.id LIMIT 1 SET s.kind = 'sung' RETURN s.id AS id"
        ).single(strict=True)
    done = run("validate")
    assert done.returncode == 1
    assert row["id"] in done.stdout
    assert "direct, indirect or mixed" in done.stdout


ASKED = [
    ("claims-about-a-country country=ukr", 0, "What is claimed about Ukraine, who"),
    ("experts-on-a-country country=UA", 0, "cited in articles about Ukraine claim"),
    ("cited-together person=LEHBERGER", 0, "same articles as Frank Lehberger?"),
    ("experts-on-a-country", 0, "What do experts cited in articles about "),
    ("page-by-page after=null", 0, "ten statements at a time?"),
    ("claims-about-a-country country=Holland", 1, "nothing about the Netherlands"),
    ("claims-about-a-country country=Ukrane", 1, "Similar names: Ukraine"),
    ("cited-together person=Nobodyatall", 1, "no person called 'Nobodyatall'"),
    ("search text=xylophone", 1, "Nothing was found."),
    ("experts-on-a-county", 2, "Did you mean experts-on-a-country"),
    ("experts-on-a-country land=UA", 2, "its variable is country (a country)"),
    ("experts-on-a-country UA", 2, "'UA' is not a parameter"),
    ("sparql denials --format csv", 0, ""),
]


@pytest.mark.parametrize(("arguments", "status", "told"), ASKED)
def test_a_question_says_what_was_asked_or_what_there_is(
    run: Run, seeded: Database, arguments: str, status: int, told: str
) -> None:
    words = arguments.split()
    done = run(*words if words[0] == "sparql" else ("query", *words))
    assert done.returncode == status, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    if status == 0:
        assert len(done.stdout) > 100


def test_questions_are_listed_with_what_the_graph_is_about(run: Run, seeded: Database) -> None:
    shown = run("query")
    assert shown.returncode == 0
    assert "around-a-thing id=person/frank-lehberger" in shown.stdout
    assert "What is linked to Frank Lehberger, and how?" in shown.stdout
    dead = run("query", NEO4J_URI="bolt://127.0.0.1:9")
    assert dead.returncode == 0
    assert "claims-about-a-country country=COUNTRY" in dead.stdout
    assert "What is claimed about a country, who" in dead.stdout


def test_the_examples_of_the_help_find_something(run: Run, seeded: Database) -> None:
    shown = offline("query", "--help").stdout
    lines = re.findall(r"^ *\$ newsgraph (query .+)$", shown, re.MULTILINE)
    assert len(lines) > 2
    for line in lines:
        assert run(*shlex.split(line)).returncode == 0, line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--country", "Kenia"), "Similar names: Kenya"),
        *(
            pytest.param(arguments, told, marks=pytest.mark.slow)
            for arguments, told in (
                (("--country", "Kenya"), "nothing about Kenya"),
                (("--article", "nowhere"), "The graph does not contain article/nowhere"),
                (("--since", "2999-01-01"), "No article in the graph was published on 2999-01-01"),
                (("--query", "newest_articles", "first=0"), "there is nothing to export"),
            )
        ),
    ],
)
def test_an_export_of_nothing_says_so_and_leaves_what_is_there(
    run: Run, seeded: Database, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    kept = tmp_path / "kept.ttl"
    kept.write_text("mine")
    for target in ("kept.ttl", "new.ttl"):
        done = run("export", *arguments, "-o", target)
        assert done.returncode == 1
        assert told in done.stderr
    assert kept.read_text() == "mine"
    assert not (tmp_path / "new.ttl").exists()
    assert run("export", *arguments).stdout == ""


BEGINNINGS = {
    "g.ttl": PROMISE + b"@base ",
    "g": PROMISE + b"@base ",
    "G.TTL": PROMISE + b"@base ",
    "g.nt": PROMISE + b"<http://127.0.0.1:8000/id/",
    "g.trig": PROMISE + b"@base ",
    "g.jsonld": b'{"@context"',
    "g.json": b'{"@context"',
}


def test_the_files_name_says_what_is_written(run: Run, seeded: Database, tmp_path: Path) -> None:
    for name, beginning in BEGINNINGS.items():
        done = run("export", "--country", "TW", "-o", name)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().startswith(beginning), name
    assert b"<article/" in (tmp_path / "g.trig").read_bytes()
    assert b" {\n" in (tmp_path / "g.trig").read_bytes()
    assert b" {\n" not in (tmp_path / "g.ttl").read_bytes()
    assert run("export", "--country", "TW", "-o", "g.ttl.gz").returncode == 0
    again = (tmp_path / "g.ttl.gz").read_bytes()
    assert gzip.decompress(again) == (tmp_path / "g.ttl").read_bytes()
    assert run("export", "--country", "TW", "-o", "g.ttl.gz").returncode == 0
    assert (tmp_path / "g.ttl.gz").read_bytes() == again
    assert run("export", "--country", "TW", "--format", "ntriples", "-o", "g.odd").returncode == 0
    assert (tmp_path / "g.odd").read_bytes() == (tmp_path / "g.nt").read_bytes()


def test_questions_of_ones_own_are_listed_and_asked(
    run: Run, seeded: Database, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "first-people.graphql").write_text(
        "# Who comes first by name?\n"
        "query($n: Int) { people(first: $n) { totalCount nodes { name } } }"
    )
    (tmp_path / "mine" / "first-people.variables.json").write_text('{"n": 1}')
    mine = {"NEWSGRAPH_QUESTIONS": "mine"}
    listed = run("query", **mine)
    assert "first-people n=1\n    Who comes first by name?\n" in listed.stdout
    written = run("query", "first-people", "-o", "first.csv", **mine)
    assert "people: the question asks for the first 1 of " in written.stderr
    asked = run("query", "first-people", "n=2", **mine)
    assert asked.returncode == 0, asked.stderr
    assert len(json.loads(asked.stdout)["data"]["people"]["nodes"]) == 2
    refused = run("query", NEWSGRAPH_QUESTIONS="nowhere")
    assert refused.returncode == 2
    assert "NEWSGRAPH_QUESTIONS names nowhere, which is no folder" in refused.stderr
    twin = run("sparql", "first-people", **mine)
    assert "is a question in GraphQL only" in twin.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "-o", "g.rdf"), "does not end in .ttl, .nt, .trig, .jsonld, .json"),
        (
            ("export", "-o", "g.trig", "--format", "turtle"),
            "is turtle, but the name g.trig means trig",
        ),
        (("export", "-o", "g.doc.gz"), "optionally followed by .gz"),
        (("extract", "page.txt", "-o", "r.csv"), "does not end in .jsonl, .ndjson"),
        (("extract", "page.txt", "-o", "r.jsonl.gz"), "does not end in"),
        (("graph", "-o", "g.png"), "does not end in .html"),
        (("bloom", "-o", "g.cypher"), "does not end in .json"),
        (("sparql", "ASK {}", "-o", "a.xlsx"), "does not end in .json"),
        (
            ("sparql", "ASK {}", "-o", "a.csv", "--format", "json"),
            "is json, but the name a.csv means csv",
        ),
    ],
)
def test_a_name_that_does_not_say_what_to_write_is_refused(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = subprocess.run(
        [*NEWSGRAPH, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_packed_export_is_imported(run: Run, seeded: Database, tmp_path: Path) -> None:
    assert run("export", "-o", "g.trig.gz").returncode == 0
    whole = run("export").stdout
    with seeded.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
    assert run("import", "g.trig.gz").returncode == 0
    assert run("export").stdout == whole
    packed = (tmp_path / "g.trig.gz").read_bytes()
    (tmp_path / "cut.ttl.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "no.ttl.gz").write_bytes(b"no gzip at all")
    for name in ("cut.ttl.gz", "no.ttl.gz"):
        refused = run("import", name)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr


SPARQL = [
    ("SELECT {", "line 1, column 9, at the end of the line"),
    ("SELECT * {\n ?s ?p ?o }\nORDER", "line 3, column 6, at the end of the line"),
    ("SELECT * { ?s foo:bar ?o }", "near '?o }' (Prefix not found)"),
    ("SELECT ?x (COUNT(?s) AS ?n) { ?s ?p ?x }", "variable that is unbound"),
    ("INSERT DATA { <a> <b> <c> }", "Updates are not supported"),
    ("DESCRIBE", "is not a SPARQL query, an example, or a file"),
    ("missing.rq", "or a file that can be read (No such file or directory)"),
    ("empty.rq", "empty.rq is empty; write"),
    ("binary.rq", "binary.rq is not UTF-8 (see byte 1)"),
    (".", "Is a directory"),
    ("denials-of-all", "is not a SPARQL query, an example, or a file"),
]


@pytest.mark.slow
def test_what_is_no_sparql_is_one_sentence(run: Run, seeded: Database, tmp_path: Path) -> None:
    (tmp_path / "empty.rq").write_text(" \n")
    (tmp_path / "binary.rq").write_bytes(b"\xff\xfe SELECT")
    for query, told in SPARQL:
        done = run("sparql", query)
        assert done.returncode == 1, query
        (line,) = done.stderr.strip().splitlines()
        assert told in line, query
    assert "Standard input is empty" in run("sparql", "-").stderr
    unknown = run("sparql", "denials", "country=UA")
    assert unknown.returncode == 2
    assert "it takes none" in unknown.stderr
    assert run("sparql", "ASK {}", "country=UA").returncode == 2


def test_sparql_answers_into_a_file_whose_name_says_the_format(
    run: Run, seeded: Database, tmp_path: Path
) -> None:
    asked = ("sparql", "experts-on-a-country", "country=Ukraine")
    assert run(*asked, "-o", "a.csv").returncode == 0
    table = (tmp_path / "a.csv").read_bytes()
    assert table.startswith(b"title,published,outlet,expert,statements\r\n")
    assert run(*asked, "--format", "csv").stdout.encode() == table.replace(b"\r\n", b"\n")
    other = run(*asked, "--format", "csv", NEWSGRAPH_BASE="https://news.example/kg")
    assert other.stdout.encode() == table.replace(b"\r\n", b"\n")
    relative = run("sparql", "ASK { <country/UA> ?p ?o }")
    assert json.loads(relative.stdout)["boolean"] is True


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"NEO4J_PASSWORD": "wrong"}, "NEO4J_PASSWORD"),
        ({"NEO4J_URI": "bolt://127.0.0.1:9"}, "No Neo4j server responds"),
        ({"NEO4J_URI": "ftp://somewhere"}, "NEO4J_URI"),
    ],
    ids=["wrong-password", "dead-server", "no-address"],
)
def test_a_database_that_cannot_be_used_is_one_sentence(
    run: Run, changes: dict[str, str], words: str
) -> None:
    done = run("validate", **changes)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_before_anything_is_done(run: Run, graph: Database) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "--port" in done.stderr


@contextmanager
def served(environment: Mapping[str, str], *arguments: str) -> Iterator[tuple[str, Any]]:
    """The address that ``newsgraph serve`` prints, and its process."""
    process = subprocess.Popen(
        [*NEWSGRAPH, "serve", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        (address,) = re.findall(r"(http://[^/\s]+)/playground", "".join(lines))
        yield address, process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def serving(environment: Mapping[str, str], seeded: Database) -> Iterator[tuple[str, Any]]:
    """The address of ``newsgraph serve`` on the seeds, and its process."""
    with served(environment) as found:
        yield found


def fetch(address: str, accept: str = "*/*") -> str:
    """What stands at an address, once its server answers."""
    request = urllib.request.Request(address, headers={"Accept": accept})  # noqa: S310 - our own
    for _ in range(50):
        try:
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                return str(response.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


def test_iris_and_links_follow_the_address_that_is_served(
    run: Run, environment: Mapping[str, str], seeded: Database, tmp_path: Path
) -> None:
    with served(environment) as (address, _):
        export = fetch(f"{address}/export.ttl")
        promise, _, rest = export.partition("\n")
        assert f"{promise}\n".encode() == PROMISE
        assert rest.startswith(f"@base <{address}/id/> .\n")
        described = fetch(f"{address}/dataset", "application/n-triples")
        links = set(re.findall(rf"<({address}/(?:export|id)[^>#]*)>", described))
        assert len(links) == 5
        for link in links:
            assert fetch(link, "text/turtle, */*;q=0.1")
        question = quote('{ person(id: "Frank Lehberger") { id iri } }')
        person = json.loads(fetch(f"{address}/graphql?query={question}"))["data"]["person"]
        assert person == {
            "id": "person/frank-lehberger",
            "iri": f"{address}/id/person/frank-lehberger",
        }
        assert "Frank Lehberger" in fetch(person["iri"], "text/html")
        asked = quote(f"ASK {{ <{person['iri']}> ?p ?o }}")
        assert json.loads(fetch(f"{address}/sparql?query={asked}"))["boolean"] is True
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetch(f"{address}/export.ttl?country=Kenya")
        assert refused.value.code == 404
        assert "nothing about Kenya" in refused.value.read().decode()
    whole = run("export").stdout
    assert export.replace(f"@base <{address}/", "@base <http://127.0.0.1:8000/", 1) == whole
    (tmp_path / "served.ttl").write_text(export, encoding="utf-8")
    assert run("import", "served.ttl").returncode == 0, "the same things, whatever their address"
    assert run("export").stdout == whole


@pytest.mark.slow
def test_under_a_named_base_iris_are_the_same_wherever_they_are_served(
    environment: Mapping[str, str], seeded: Database
) -> None:
    named = {**environment, "NEWSGRAPH_BASE": "https://news.example/kg/"}
    with served(named) as (address, _), served(named) as (other, _):
        assert address != other
        export = fetch(f"{address}/export.nt")
        assert export == fetch(f"{other}/export.nt")
        assert "<https://news.example/kg/id/person/frank-lehberger>" in export
        assert address not in export
        assert f"<{address}/export.nt>" in fetch(f"{address}/dataset", "application/n-triples")
        assert "Frank Lehberger" in fetch(f"{address}/id/person/frank-lehberger", "text/html")


def test_serving_answers_the_first_question_and_stops_cleanly(serving: tuple[str, Any]) -> None:
    address, process = serving
    body = json.dumps({"query": "{ experts(first: 10) { edges { node { name } } } }"}).encode()
    request = urllib.request.Request(  # noqa: S310 - our own address
        f"{address}/graphql", body, {"Content-Type": "application/json"}
    )
    for _ in range(50):
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                answer = json.load(response)
            break
        except OSError:
            time.sleep(0.2)
    assert answer["data"]["experts"]["edges"]
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors
