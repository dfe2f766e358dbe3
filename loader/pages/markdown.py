"""Markdown with front matter: the particulars above, the text without its marks below."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml
from markdown_it import MarkdownIt

from loader.pages.days import day
from loader.pages.fragments import field_text, fragment_text, plain, with_title
from loader.pages.page import PageMetadata

_FRONT = re.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)\r?\n"
    r"(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_PAIR = re.compile(r"^(?P<key>\w[\w-]*)\s*[:=]\s*(?P<value>.*?)\s*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]+\]:.*(?:\n[ \t]+\S.*)*\n?", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^[^\]\n]+\]")
_HEADING = re.compile(r"\A\s*(?:#\s+(?P<title>[^\n]+?)\s*#*|(?P<under>[^\n]+)\n=+)[ \t]*(?:\n|\Z)")
_LONGEST_FRONT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The text of a Markdown page (its title first) and its metadata."""

    text: str
    metadata: PageMetadata


def has_front_matter(text: str) -> bool:
    """Tell whether ``text`` starts with fields between lines of three dashes."""
    found = _FRONT.match(text[:_LONGEST_FRONT])
    return found is not None and _PAIR.search(found["fields"]) is not None


def read_markdown(text: str) -> Note:
    """Read a Markdown page; front matter that is no YAML is read line by line."""
    found = _FRONT.match(text[:_LONGEST_FRONT])
    fields = _fields(found["fields"]) if found else {}
    body = text[found.end() :] if found else text
    body = _REFERENCE.sub("", _FOOTNOTE.sub("", body))
    heading = _HEADING.match(body)
    first = (
        fragment_text(MarkdownIt().renderInline(heading["title"] or heading["under"]))
        if heading
        else None
    )
    title = field_text(fields.get("title") or fields.get("headline")) or first
    if heading and title and plain(first or "") == plain(title):
        body = body[heading.end() :]
    rendered = fragment_text(MarkdownIt("commonmark").enable("table").render(body))
    names = fields.get("author") or fields.get("authors") or fields.get("byline")
    listed = names if isinstance(names, list) else [names]
    authors = [each.get("name") if isinstance(each, dict) else each for each in listed]
    outlet = fields.get("outlet") or fields.get("publisher") or fields.get("publication")
    metadata = PageMetadata(
        title=title,
        subtitle=field_text(fields.get("subtitle") or fields.get("description")),
        authors=tuple(name for each in authors if (name := field_text(each))),
        published=_day(fields, "date", "published", "pubdate", "created", "publishdate"),
        modified=_day(fields, "modified", "updated", "lastmod"),
        outlet=field_text(outlet),
        single=bool(title),
    )
    return Note(text=with_title(title, rendered), metadata=metadata)


def _day(fields: Mapping[str, object], *names: str) -> date | None:
    return next((found for name in names if (found := day(fields.get(name)))), None)


def _fields(text: str) -> dict[str, object]:
    try:
        value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - knows only text, lists, maps
    except (yaml.YAMLError, RecursionError):
        value = None
    if not isinstance(value, dict):
        value = {found["key"]: found["value"].strip("\"'") for found in _PAIR.finditer(text)}
    return {str(key).casefold(): each for key, each in value.items()}
