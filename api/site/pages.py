"""The pages that the server writes: the landing page, an article with its statements, a message.

Plain HTML, readable without script and without style; what is shown is handed in as values.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from api.site.assets import Assets, Entry, MissingAssetsError
from api.site.marks import Mark, marked
from api.site.picture import GRAPH, Picture
from api.site.rendering import embedded, page

PLAYGROUND = ("playground", "src/playground/main.tsx")
STYLE = ("pages", "src/site.css")

_VOICES = 8
_EXCERPT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way on; ``note`` says in a few words where it leads."""

    label: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page shows: the path the application stands under, and the ways into the graph."""

    root: str
    links: tuple[Link, ...]
    assets: Assets


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many things of one sort the graph holds."""

    label: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article in a list."""

    title: str
    href: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    statements: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What the graph holds, at a glance."""

    counts: tuple[Count, ...]
    newest: tuple[Headline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement in an article: ``spans`` are half-open, in Unicode code points of its text.

    ``speaker`` is empty where nobody is named; ``note`` tells more, such as "indirect, denied".
    ``told`` is False for what is only believed or wanted, which pages show if asked for.
    """

    id: str
    speaker: str
    spans: tuple[tuple[int, int], ...]
    text: str
    speaker_href: str = ""
    note: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article to be read, with the statements found in it."""

    title: str
    text: str
    statements: tuple[StatementView, ...]
    subtitle: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str = "en"
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    anchor: str
    excerpt: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    name: str
    href: str
    voice: int
    statements: tuple[_Said, ...]


def render_landing(landing: Landing | None, site: Site) -> str:
    """The front page; ``None`` where the database does not answer."""
    entry, notice = _style(site)
    return page(
        "landing.html", site=site, entry=entry, here=site.root + "/", landing=landing, notice=notice
    )


def render_article(
    article: ArticleView, site: Site, *, chosen: str | None = None, every_act: bool = False
) -> str:
    """The article, each statement marked in its speaker's colour, ``chosen`` (an id) strongly.

    What is only believed or wanted is marked with ``every_act``, or if it is the chosen one.
    """
    shown = tuple(one for one in article.statements if one.told or every_act or one.id == chosen)
    speakers = _speakers(shown)
    voices = {said.anchor: who.voice for who in speakers for said in who.statements}
    marks = [
        Mark(
            anchor=statement_anchor(statement.id),
            spans=statement.spans,
            classes=f"voice-{voices[statement_anchor(statement.id)]}"
            + (" chosen" if statement.id == chosen else ""),
            title=statement.speaker or "an unnamed source",
        )
        for statement in shown
    ]
    entry, _ = _style(site)
    body = marked(article.text, marks)
    return page(
        "article.html",
        site=site,
        entry=entry,
        here="",
        article=article,
        body=body,
        speakers=speakers,
        hidden=len(article.statements) - len(shown),
    )


def render_graph(picture: Picture, site: Site) -> str:
    """The picture as a page of the API, its script and style from there.

    Raises:
        MissingAssetsError: the front end has not been built.
    """
    return page(
        "graph.html",
        site=site,
        entry=site.assets.entry(*GRAPH),
        here=f"{site.root}/graph",
        title=picture.title,
        picture=picture,
        data=embedded(picture),
        policy="",
        inline_script="",
    )


def render_playground(site: Site) -> str:
    """The playground.

    Raises:
        MissingAssetsError: the front end has not been built.
    """
    entry = site.assets.entry(*PLAYGROUND)
    return page("playground.html", site=site, entry=entry, here=f"{site.root}/playground")


def render_message(title: str, text: str, site: Site) -> str:
    """A page that says one thing, such as that something was not found."""
    entry, _ = _style(site)
    return page("message.html", site=site, entry=entry, here="", title=title, text=text)


def statement_anchor(statement_id: str) -> str:
    """The id that the mark of a statement has on its article's page."""
    return "s-" + re.sub(r"[^\w.-]+", "-", statement_id.rsplit("/", 1)[-1])


def article_href(article_id: str, statement_id: str | None = None) -> str:
    """The address of an article's page, with a statement in sight."""
    address = f"/article/{quote(article_id.removeprefix('article/'), safe='')}"
    if statement_id is None:
        return address
    query = urlencode({"statement": statement_id})
    return f"{address}?{query}#{statement_anchor(statement_id)}"


def graph_href(about: str) -> str:
    """The address of the picture about a thing."""
    return f"/graph?{urlencode({'about': about})}"


def _style(site: Site) -> tuple[Entry, str]:
    """The pages' style sheet; where it is not built, none, and a line that says so."""
    try:
        return site.assets.entry(*STYLE), ""
    except MissingAssetsError as missing:
        return Entry(script=None, styles=()), str(missing)


def _speakers(statements: Sequence[StatementView]) -> tuple[_Speaker, ...]:
    """Who says what, in the order in which they are first heard."""
    said: dict[tuple[str, str], list[_Said]] = {}
    names: dict[tuple[str, str], str] = {}
    for item in sorted(statements, key=lambda one: (min(one.spans, default=(0, 0)), one.id)):
        # Two statements of an unnamed source need not have the same one; they share a heading.
        entry = _Said(anchor=statement_anchor(item.id), excerpt=_excerpt(item.text), note=item.note)
        key = (item.speaker.casefold(), item.speaker_href)
        names.setdefault(key, item.speaker)
        said.setdefault(key, []).append(entry)
    return tuple(
        _Speaker(
            name=names[key] or "Unnamed sources",
            href=key[1],
            voice=index % _VOICES + 1,
            statements=tuple(entries),
        )
        for index, (key, entries) in enumerate(said.items())
    )


def _excerpt(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= _EXCERPT else short[: _EXCERPT - 1].rsplit(" ", 1)[0] + "…"
