"""The pages that the server writes: the landing page, an article with its statements, a message.

Plain HTML, readable without script and without style; what is shown is handed in as values.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, urlencode

from markupsafe import escape

from api.site.assets import Assets, Entry, MissingAssetsError
from api.site.marks import Mark, marked
from api.site.picture import GRAPH, Picture
from api.site.rendering import page

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
    """What every page shows.

    Attributes:
        root: the path the application stands under.
        links: ways into the graph for programs and analysts, at the foot.
        assets: the built front end.
        navigation: the ways through the site, at the head.
        query: what the search box holds.
        feeds: the feeds of saved questions.
    """

    root: str
    links: tuple[Link, ...]
    assets: Assets
    navigation: tuple[Link, ...] = ()
    query: str = ""
    feeds: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement in an article: ``spans`` are half-open, in Unicode code points of its text.

    ``speaker`` is empty where nobody is named; ``note`` tells more, such as "indirect, denied";
    ``original`` leads to the words where they were published, if that is known. ``told`` is False
    for what is only believed or wanted, which pages show if asked for.
    """

    id: str
    speaker: str
    spans: tuple[tuple[int, int], ...]
    text: str
    speaker_href: str = ""
    href: str = ""
    original: str = ""
    note: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article to be read, with the statements found in it.

    ``title_span`` is where its title stands in the text, if it does; ``named`` are people,
    organizations and countries.
    """

    id: str = ""
    title: str
    text: str
    statements: tuple[StatementView, ...]
    subtitle: str = ""
    outlet: Link | None = None
    authors: tuple[Link, ...] = ()
    named: tuple[Link, ...] = ()
    documents: tuple[Link, ...] = ()
    published: date | None = None
    language: str = "en"
    title_span: tuple[int, int] | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    anchor: str
    excerpt: str
    note: str
    href: str
    original: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    name: str
    href: str
    voice: int
    statements: tuple[_Said, ...]


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
    heading, body = _headline(article, marks)
    return render(
        "article.html",
        site,
        trail=(("Articles", "/articles"), (article.title, "")),
        article=article,
        heading=heading,
        body=body,
        speakers=speakers,
        hidden=len(article.statements) - len(shown),
    )


def _headline(article: ArticleView, marks: Sequence[Mark]) -> tuple[str, str]:
    """The title and the text as HTML; a title that the text begins with is shown once."""
    where = article.title_span
    if where is None or article.text[: where[0]].strip():
        return str(escape(article.title)), marked(article.text, marks)
    title = article.text[where[0] : where[1]]
    above = [_moved(mark, where[0]) for mark in marks]
    inside = {mark.anchor for mark in marks if any(start < where[1] for start, _ in mark.spans)}
    below = [
        replace(_moved(mark, where[1]), anchor="" if mark.anchor in inside else mark.anchor)
        for mark in marks
    ]
    return marked(title, above), marked(article.text[where[1] :], below).lstrip()


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, spans=tuple((start - by, end - by) for start, end in mark.spans))


def render_graph(picture: Picture, site: Site, query: str) -> str:
    """The picture as a page of the API, its script, style and data from there.

    ``query`` is the part of the address that says what is drawn.

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
        source=f"{site.root}/graph.json{f'?{query}' if query else ''}",
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
    return render("message.html", site, title=title, text=text)


def render(
    template: str,
    site: Site,
    *,
    here: str = "",
    trail: Sequence[tuple[str, str]] = (),
    **values: object,
) -> str:
    """A page to be read, in the site's frame.

    Args:
        template: the name of its template.
        site: what every page shows.
        here: its address, where navigation leads to it.
        trail: the way to it from the home page: labels, each with a path, empty for the page.
        values: what the template shows.
    """
    entry, notice = _style(site)
    return page(template, site=site, entry=entry, here=here, trail=trail, notice=notice, **values)


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
        entry = _Said(
            anchor=statement_anchor(item.id),
            excerpt=_excerpt(item.text),
            note=item.note,
            href=item.href,
            original=item.original,
        )
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
