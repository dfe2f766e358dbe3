"""Templates to HTML: one Jinja environment, which escapes whatever is put into a page."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.site.links import node_href
from api.site.words import ROLES, Row, manner, rule, verb
from ontology.iris import path
from queries.counts import counted, figure

TEMPLATES = Path(__file__).with_name("templates")


def page(template: str, **values: object) -> str:
    """The page of ``template``; a value it names and does not get is an error."""
    return _environment().get_template(template).render(values)


def embedded(value: object) -> str:
    """``value`` as JSON for a ``<script type="application/json">``.

    Nothing in it can end the element: HTML knows no escape there, so ``<`` is written as JSON's
    own (HTML standard, "Restrictions for contents of script elements").
    """
    return orjson.dumps(value).decode().replace("<", "\\u003c")


def safe_href(address: str | None) -> str:
    """``address`` if it is one to follow, of this site, http or https; else the empty string."""
    if not address:
        return ""
    try:
        scheme = urlsplit(address.strip()).scheme
    except ValueError:
        return ""
    return address if scheme in {"", "http", "https"} else ""


def day(value: date | str) -> str:
    """A date, also in ISO's form, as a reader writes it: 20 March 2023."""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return f"{value.day} {value:%B %Y}"


def shortened(text: str, length: int = 300) -> str:
    """At most ``length`` characters of a text, cut between words."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + "…"


def by_article(rows: Sequence[Row]) -> list[tuple[Row | None, list[Row]]]:
    """Statements in runs of one article each, in their order."""
    runs = groupby(rows, key=lambda row: (row.get("statedIn") or {}).get("id"))
    grouped = (list(run) for _, run in runs)
    return [(run[0].get("statedIn"), run) for run in grouped]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "href": safe_href,
        "number": figure,
        "counted": counted,
        "day": day,
        "to": node_href,
        "verb": verb,
        "rule": rule,
        "manner": manner,
        "role": lambda role: ROLES.get(role, role.lower()),
        "shortened": shortened,
        "path": path,
        "runs": by_article,
    }
    environment.filters.update(filters)
    return environment
