"""Pages given as JSON: records, JSON Feed, posts of WordPress, and what trafilatura writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from loader.pages.days import day
from loader.pages.fragments import field_text, fragment_text, unescaped, with_title
from loader.pages.page import Limits, PageError, PageMetadata
from queries.counts import counted

_TITLES = ("title", "headline", "name")
_TEXTS = ("text", "body", "content", "maintext", "article", "articleBody", "content_text",
          "raw_text", "html", "content_html", "summary", "description", "excerpt")  # fmt: skip
_SUBTITLES = ("subtitle", "standfirst", "dek")
_AUTHORS = ("authors", "author", "byline", "creator", "author_name")
_PUBLISHED = ("published", "date", "date_publish", "published_at", "publish_date", "datePublished",
              "date_published", "pubDate", "publishedAt", "published_time",
              "created_at")  # fmt: skip
_MODIFIED = ("modified", "updated", "date_modify", "dateModified", "date_modified", "updated_at",
             "updatedAt", "modified_time")  # fmt: skip
_OUTLETS = ("outlet", "publisher", "site", "sitename", "site_name", "source-hostname",
            "source_name", "publication", "source", "source_domain", "hostname")  # fmt: skip
_URLS = ("url", "link", "canonical_url", "external_url", "source", "id")
_LISTS = ("items", "articles", "entries", "posts", "results", "data")
_MARKUP = ("</", "<p", "<br", "<div")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The text of a record (its title first), its metadata and its address."""

    text: str
    metadata: PageMetadata
    url: str | None


def read_record(data: bytes, limits: Limits) -> Record:
    """Read one JSON object; raise ``PageError`` where it is none or holds no text."""
    value = _parsed(data)
    if not isinstance(value, dict):
        raise PageError("damaged", "not a JSON object; write one object per line")
    return _record(value, limits)


def read_records(data: bytes, limits: Limits) -> Iterator[tuple[bytes, Record | PageError]]:
    """Yield the records of a JSON file with their bytes: one object, a list of them, or a feed.

    A feed names the outlet and the authors for those of its items that name none.

    Raises:
        PageError: the file is not JSON or holds no object.
    """
    value = _parsed(data)
    shared: Mapping[str, Any] = {}
    items: object = value
    if isinstance(value, dict):
        lists = (
            value.get(key) for key in _LISTS if not any(value.get(text) for text in _TEXTS[:7])
        )
        items = next((each for each in lists if _is_list(each)), None)
        if items is None:
            yield data, _record(value, limits)
            return
        shared = value
    if not _is_list(items):
        raise PageError("damaged", "not a JSON object; write one object per line")
    for item in items if isinstance(items, list) else ():
        try:
            record = _record(item, limits)
        except PageError as error:
            yield orjson.dumps(item), error
            continue
        about = record.metadata
        about = replace(
            about,
            authors=about.authors or _names(shared),
            outlet=about.outlet or _line(shared, _TITLES),
        )
        yield orjson.dumps(item), replace(record, metadata=about)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _parsed(data: bytes) -> object:
    try:
        return orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise PageError("damaged", f"not JSON ({error}); write one object per line") from error


def _record(fields: Mapping[str, Any], limits: Limits) -> Record:
    texts = (_value(fields.get(key)) for key in _TEXTS)
    body = next((text for text in texts if text), "")
    body = fragment_text(body) if any(mark in body for mark in _MARKUP) else unescaped(body)
    title = _line(fields, _TITLES)
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
        subtitle=_line(fields, _SUBTITLES),
        authors=_names(fields),
        published=next((each for key in _PUBLISHED if (each := day(fields.get(key)))), None),
        modified=next((each for key in _MODIFIED if (each := day(fields.get(key)))), None),
        outlet=_outlet(fields),
        single=True,
    )
    urls = (_value(fields.get(key)) for key in _URLS)
    return Record(
        text=text, metadata=metadata, url=next((url for url in urls if _is_address(url)), None)
    )


def _value(value: object) -> str | None:
    """Return the text of a field: itself, or what an object holds as its name or rendered form."""
    if isinstance(value, dict):
        value = next(
            filter(None, map(value.get, ("rendered", "name", "title", "#text", "value"))), None
        )
    if isinstance(value, list):
        value = "\n\n".join(each for each in value if isinstance(each, str))
    return value.strip() if isinstance(value, str) and value.strip() else None


def _line(fields: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((text for key in keys if (text := field_text(_value(fields.get(key))))), None)


def _is_address(value: str | None) -> bool:
    return value is not None and "://" in value and " " not in value


def _outlet(fields: Mapping[str, Any]) -> str | None:
    """Return the outlet that a record names: no address, a host only if nothing else."""
    names = [
        name
        for key in _OUTLETS
        if (name := field_text(_value(fields.get(key)))) and not _is_address(name)
    ]
    spelled = [name for name in names if " " in name or "." not in name]
    return next(iter([*spelled, *names]), None)


def _names(fields: Mapping[str, Any]) -> tuple[str, ...]:
    for key in _AUTHORS:
        value = fields.get(key)
        items = value if isinstance(value, list) else [value]
        names = [name for item in items if (name := field_text(_value(item)))]
        if names:
            return tuple(dict.fromkeys(names))
    return ()
