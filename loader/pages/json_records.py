"""Pages given as JSON records, whose fields are trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from loader.pages.html import day, fragment_text, split_names, with_title
from loader.pages.page import Limits, PageError, PageMetadata
from queries.counts import counted

_TITLES = ("title", "headline", "name")
_TEXTS = ("text", "body", "content", "maintext", "article", "articleBody")
_SUBTITLES = ("subtitle", "standfirst", "dek")
_AUTHORS = ("authors", "author", "byline", "creator")
_PUBLISHED = ("published", "date", "date_publish", "published_at", "publish_date", "datePublished",
              "date_published", "pubDate")  # fmt: skip
_MODIFIED = ("modified", "updated", "date_modify", "dateModified", "date_modified", "updated_at")
_OUTLETS = ("outlet", "publisher", "site", "sitename", "source", "source_domain", "publication")
_URLS = ("url", "link", "canonical_url", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The text of a record (its title first), its metadata and its address."""

    text: str
    metadata: PageMetadata
    url: str | None


def read_record(data: bytes, limits: Limits) -> Record:
    """Read one JSON object; raise ``PageError`` where it is none or holds no text."""
    try:
        value = orjson.loads(data)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise PageError("damaged", f"not JSON ({error}); write one object per line") from error
    if not isinstance(value, dict):
        raise PageError("damaged", "not a JSON object; write one object per line")
    fields: Mapping[str, Any] = value
    body = _first(fields, _TEXTS) or ""
    if not body:
        body = fragment_text(_first(fields, ("html", "content_html")) or "")
    title = _first(fields, _TITLES)
    text = with_title(title, body)
    if not any(char.isalnum() for char in text):
        raise PageError("empty", 'contains no text; put it into the field "text"')
    if max(map(len, text.splitlines())) > limits.line_chars:
        raise PageError(
            "too-large",
            f"has a line of more than {counted(limits.line_chars, 'character')}; is it data"
            " rather than prose?",
        )
    metadata = PageMetadata(
        title=title,
        subtitle=_first(fields, _SUBTITLES),
        authors=tuple(dict.fromkeys(_names(fields))),
        published=next((day(fields[key]) for key in _PUBLISHED if key in fields), None),
        modified=next((day(fields[key]) for key in _MODIFIED if key in fields), None),
        outlet=_first(fields, _OUTLETS),
        single=True,
    )
    url = _first(fields, _URLS)
    return Record(text=text, metadata=metadata, url=url if url and "://" in url else None)


def _first(fields: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _names(fields: Mapping[str, Any]) -> list[str]:
    for key in _AUTHORS:
        value = fields.get(key)
        if isinstance(value, str):
            return list(split_names(value))
        if isinstance(value, dict):
            value = [value]
        if isinstance(value, list):
            items = [item.get("name") if isinstance(item, dict) else item for item in value]
            return [" ".join(item.split()) for item in items if isinstance(item, str) and item]
    return []
