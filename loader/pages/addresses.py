"""Download the page at a URL as a careful reader would, with limits on size and time."""

import re
import time
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import requests
from urllib3.exceptions import HTTPError

from loader.pages.manners import Manners
from loader.pages.page import PageError, PassingError
from loader.pages.reach import Guard, Reach
from queries.counts import counted

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
"""How long to wait for the next bytes."""
TOTAL_SECONDS = 300.0
MOST_BYTES = 100_000_000
_CHUNK = 1 << 16
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/?#]*@")
_ACCEPTED = "text/html, application/xhtml+xml, text/plain;q=0.9, application/xml;q=0.9, */*;q=0.5"
_AGENT = f"newsgraph/{version('newsgraph')}"
_MANNERS = Manners("newsgraph")
_MOST_REDIRECTIONS = 10
_GONE = (404, 410)
_REFUSED = (401, 402, 403, 407, 451)
_BUSY = (429, 503)
_PERMANENT = (301, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How an address is asked for.

    Attributes:
        etag: The tag of the answer that is known, for an answer only if it has changed.
        modified: When that answer was last modified, as its server wrote it; likewise.
        most_bytes: What an answer may hold, unpacked.
        seconds: What it may take, redirections included.
        reach: How far into private networks it may lead.
    """

    etag: str | None = None
    modified: str | None = None
    most_bytes: int = field(default_factory=lambda: MOST_BYTES)
    seconds: float = field(default_factory=lambda: TOTAL_SECONDS)
    reach: Reach = Reach.ANYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent, the URL after redirects, and the type and charset that it declared.

    ``moved`` is the URL to ask for from now on, after permanent redirections; ``unchanged`` says
    that what is known is still so, and no ``data`` was sent. ``etag`` and ``modified`` are for the
    terms of the next request.
    """

    url: str
    media_type: str
    charset: str | None
    data: bytes
    moved: str | None = None
    unchanged: bool = False
    etag: str | None = None
    modified: str | None = None


def is_address(text: str) -> bool:
    """Whether ``text`` starts like a URL: ``https://``, ``ftp://``."""
    return _SCHEME.match(text) is not None


def plain_address(address: str) -> str:
    """``address`` without user, password and fragment."""
    return _USER.sub("", address.partition("#")[0])


def fetch(address: str, terms: Terms | None = None) -> Fetched:
    """Download ``address``, following redirects, through the proxies of the environment.

    Of one host, one page is downloaded at a time, with a pause between, and none that its
    robots.txt excludes.

    Raises:
        PassingError: the server fails, is too slow, or asks to be spared for a while.
        PageError: the URL is not http or https, may not be read or cannot be downloaded.
    """
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].casefold() not in ("http", "https"):
        raise PageError(
            "unreadable", "only http and https URLs are supported; save the page and load the file"
        )
    terms = terms or Terms()
    guard = Guard(terms.reach, terms.seconds)
    try:
        with guard.session() as session:
            session.headers.update({"User-Agent": _AGENT, "Accept": _ACCEPTED})
            return _visited(session, address, terms, guard)
    except (requests.RequestException, HTTPError, ValueError) as error:
        if guard.expired:
            raise _too_slow(terms) from error
        raise PassingError("unreadable", _said(error)) from error


def _visited(session: requests.Session, address: str, terms: Terms, guard: Guard) -> Fetched:
    """Return what is at ``address``; each host that it leads to is asked first whether it may."""
    timeout = (min(CONNECT_SECONDS, terms.seconds), min(READ_SECONDS, terms.seconds))
    told = (("If-None-Match", terms.etag), ("If-Modified-Since", terms.modified))
    known = {name: value for name, value in told if value}
    seen: set[str] = set()
    moved, permanent = None, True
    while len(seen) < _MOST_REDIRECTIONS and address not in seen:
        seen.add(address)
        with (
            _MANNERS.visit(session, address, timeout),
            session.get(
                address, timeout=timeout, stream=True, allow_redirects=False, headers=known
            ) as response,
        ):
            if response.next is None:
                _check(response)
                unchanged = response.status_code == requests.codes.not_modified
                data = b"" if unchanged else _body(response, terms, guard)
                return _fetched(response, data, moved=moved, unchanged=unchanged)
        address = response.next.url or ""
        permanent = permanent and response.status_code in _PERMANENT
        moved = address if permanent else moved
        if not address.startswith(("http://", "https://")):
            break
    raise PageError("unreadable", "it leads nowhere by redirections; check the URL")


def _fetched(
    response: requests.Response, data: bytes, *, moved: str | None, unchanged: bool
) -> Fetched:
    told = Message()
    told["Content-Type"] = response.headers.get("Content-Type", "")
    return Fetched(
        url=plain_address(response.url),
        media_type=told.get_content_type(),
        charset=told.get_content_charset(),
        data=data,
        moved=moved,
        unchanged=unchanged,
        etag=response.headers.get("ETag"),
        modified=response.headers.get("Last-Modified"),
    )


def _check(response: requests.Response) -> None:
    code = response.status_code
    status = f"{code} {response.reason or ''}".strip()
    if code in _GONE:
        raise PageError("missing", f"not found ({status}); check the URL")
    if code in _BUSY:
        message = f"the server asks to be spared ({status}); try again later"
        raise PassingError("unreadable", message, status=code, again=_again(response))
    if code in _REFUSED:
        cure = "save the page in your browser and load the file"
        raise PageError("unreadable", f"the server refused the request ({status}); {cure}")
    if code not in (requests.codes.ok, requests.codes.not_modified):
        message = f"the server failed ({status}); try again later"
        raise PassingError("unreadable", message, status=code, again=_again(response))


def _again(response: requests.Response) -> float | None:
    """How many seconds the server asks to wait (RFC 9110, section 10.2.3): a number or a date."""
    told = response.headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _body(response: requests.Response, terms: Terms, guard: Guard) -> bytes:
    parts, size = [], 0
    for part in response.iter_content(_CHUNK):
        size += len(part)
        if size > terms.most_bytes:
            what = f"larger than {counted(terms.most_bytes, 'byte')}"
            raise PageError("too-large", f"{what}; download it yourself and load the file")
        parts.append(part)
    if guard.expired:  # an answer without a length seems to end where it was broken off
        raise _too_slow(terms)
    return b"".join(parts)


def _too_slow(terms: Terms) -> PassingError:
    what = f"the download took longer than {counted(terms.seconds, 'second')}"
    return PassingError("slow", f"{what}; download it yourself and load the file")


def _said(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is invalid; check the URL"
    if isinstance(error, requests.Timeout):
        return "the server did not respond in time; try again later"
    if isinstance(error, requests.ConnectionError):
        return "cannot connect to the server; check the URL and your network"
    return f"cannot be downloaded ({type(error).__name__}); check the URL"
