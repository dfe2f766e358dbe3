"""What Neo4j Browser takes: a style, questions as saved scripts, and a guide with both.

The style has the ontology's colours and captions; scripts and guide are the phrases of Bloom,
filled with values that the graph answers.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice, product
from pathlib import Path
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from neo4j import Query
from neo4j.exceptions import ClientError
from starlette.responses import Response

from api.bloom.phrases import Phrase, read_phrases
from api.http.availability import InThread
from ontology.model import Class, Model, load_model
from queries.database import Database
from queries.saving import save

STYLE = "newsgraph.grass"
GUIDE = "guide.html"
QUESTIONS = "questions.zip"
_TRIES = 200
_SECONDS = 10.0
_LOCAL = frozenset(("127.0.0.1", "localhost", "::1"))
_LARGE = ("Article", "Person", "Organization", "Outlet", "Country")


def style(model: Model) -> str:
    """The style as GraSS: the classes' colours and captions, relationships as they start."""
    lines = [
        "node { diameter: 50px; color: #a5abb6; border-color: #8a909b; border-width: 2px;"
        ' text-color-internal: #ffffff; font-size: 10px; caption: "{id}"; }',
        "relationship { color: #a5abb6; shaft-width: 1px; font-size: 8px; padding: 3px;"
        ' text-color-external: #333333; text-color-internal: #ffffff; caption: "<type>"; }',
    ]
    lines += [_node(item) for item in sorted(model.concrete, key=lambda item: len(item.labels))]
    colours: dict[str, str] = {}
    for edge in model.relationships():
        colours.setdefault(edge.type, model.classes[edge.source].colour)
    lines += [
        f"relationship.{kind} {{ color: {_darker(colour)}; border-color: {_darker(colour)}; }}"
        for kind, colour in sorted(colours.items())
    ]
    return "\n".join(lines) + "\n"


def scripts(database: Database) -> dict[str, str]:
    """The questions that the graph answers, by file name; the first line is the script's name."""
    return {
        f"{phrase.name}.cypher": f"// {_asked(phrase, values)}\n{_filled(phrase, values)}\n"
        for phrase, values in _answered(database)
    }


def guide(database: Database, model: Model, *, style_at: str) -> str:
    """The guide as the HTML that ``:play`` shows: how to begin, then a slide a question."""
    counted = ", ".join(html.escape(item.name) for item in model.concrete if item.label in _LARGE)
    slides = [
        _slide(
            "newsgraph",
            (
                f"<p>Who said what, word for word: {counted} and more.</p><p>Start by applying the "
                "colours and captions of newsgraph's own pages:</p>"
            )
            + _run(f":style {style_at}")
            + "<p>Each of the next slides is a question. Click it to copy it into the editor.</p>",
        )
    ]
    for phrase, values in _answered(database):
        body = f"<p>{html.escape(phrase.description)}</p>" + _run(_filled(phrase, values))
        slides.append(_slide(_asked(phrase, values), body))
    deck = "\n".join(slides)
    return (
        '<article class="guide"><carousel class="deck container-fluid">\n'
        f"{deck}\n</carousel></article>\n"
    )


def write_files(database: Database, folder: Path) -> list[Path]:
    """Write the style, and the scripts as one archive, to ``folder``; return what was written.

    Raises:
        OSError: the folder cannot be written to.
    """
    files = {STYLE: style(load_model()).encode(), QUESTIONS: _archive(scripts(database))}
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        save([data], folder / name)
    return [folder / name for name in files]


def router(database: Database, *, in_thread: InThread = run_sync) -> APIRouter:
    """``/browser/newsgraph.grass`` and ``/browser/guide.html``, for ``:style`` and ``:play``."""
    routes = APIRouter(include_in_schema=False)
    hosts = _LOCAL | {urlsplit(database.uri).hostname}

    def headers(request: Request) -> dict[str, str]:
        """Neo4j Browser, on another port, may read the answer; pages from elsewhere may not."""
        common = {"Cache-Control": "no-cache", "Vary": "Origin"}
        origin = request.headers.get("origin", "")
        if _host(origin) not in hosts:
            return common
        allowed = {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Headers": "*"}
        return common | allowed

    @routes.get(f"/browser/{STYLE}")
    async def look(request: Request) -> Response:
        return Response(style(load_model()), media_type="text/plain", headers=headers(request))

    @routes.get(f"/browser/{GUIDE}")
    async def play(request: Request) -> Response:
        address = f"{str(request.base_url).rstrip('/')}/browser/{STYLE}"
        page = await in_thread(lambda: guide(database, load_model(), style_at=address))
        return Response(page, media_type="text/html", headers=headers(request))

    @routes.options("/browser/{name}")
    async def may_ask(request: Request, name: str) -> Response:
        """What Neo4j Browser asks first, since it adds headers of its own."""
        return Response(status_code=204, headers=headers(request))

    return routes


def _archive(files: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            # With the first moment that the format knows: the same graph gives the same bytes.
            archive.writestr(zipfile.ZipInfo(f"newsgraph/{name}"), text)
    return target.getvalue()


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).hostname
    except ValueError:
        return None


def _answered(database: Database) -> Iterator[tuple[Phrase, Mapping[str, str]]]:
    """The phrases that the graph answers, each with values for which it does."""
    with database.driver.session(database=database.name, default_access_mode="READ") as session:

        @cache
        def offered(suggestions: str) -> list[str]:
            return [str(row[0]) for row in session.run(Query(suggestions, timeout=_SECONDS))]

        for phrase in read_phrases():
            # A question that takes too long is one the guide does without.
            with suppress(ClientError):
                for values in islice(_values(phrase, offered), _TRIES):
                    found = session.run(Query(phrase.statement, timeout=_SECONDS), values)
                    if found.peek() is not None:
                        found.consume()
                        yield phrase, values
                        break


def _values(phrase: Phrase, offered: Callable[[str], Sequence[str]]) -> Iterator[dict[str, str]]:
    """Values for a phrase's parameters as it suggests them; none where it suggests none."""
    if not all(item.suggestions for item in phrase.parameters):
        return
    names = [item.name for item in phrase.parameters]
    for chosen in product(*(offered(item.suggestions) for item in phrase.parameters)):
        if len(set(chosen)) == len(chosen):
            yield dict(zip(names, chosen, strict=True))


def _asked(phrase: Phrase, values: Mapping[str, str]) -> str:
    return _with_values(phrase.text, values)


def _filled(phrase: Phrase, values: Mapping[str, str]) -> str:
    """The statement with values in the place of its parameters: a guide's click runs it alone."""
    literals = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    return _with_values(phrase.statement.strip(), literals)


def _with_values(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda found: values.get(found[1], found[0]), text)


def _slide(title: str, body: str) -> str:
    return (
        '<slide class="row-fluid"><div class="col-sm-12">'
        f"<h3>{html.escape(title)}</h3>\n{body}</div></slide>"
    )


def _run(text: str) -> str:
    return f'<pre mode="cypher" class="pre-scrollable code runnable">{html.escape(text)}</pre>'


def _node(item: Class) -> str:
    size = 65 if item.label in _LARGE else 50
    text = "#ffffff" if _luminance(item.colour) < 0.35 else "#1d2530"
    return (
        f"node.{item.label} {{ diameter: {size}px; color: {item.colour};"
        f" border-color: {_darker(item.colour)}; text-color-internal: {text};"
        f' caption: "{{{item.caption}}}"; }}'
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{round(channel * 0.8):02x}" for channel in _channels(colour))


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2, section 1.4.3."""
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
