"""Download the page at a URL as a careful reader would, with limits on size and time."""

import re
import time
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import version

import requests

from loader.pages.manners import Manners
from loader.pages.page import PageError

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
_REFUSED = (401, 402, 403, 407, 429, 451)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent, the URL after redirects, and the type and charset that it declared."""

    url: str
    media_type: str
    charset: str | None
    data: bytes


def is_address(text: str) -> bool:
    """Whether ``text`` starts like a URL: ``https://``, ``ftp://``."""
    return _SCHEME.match(text) is not None


def plain_address(address: str) -> str:
    """``address`` without user, password and fragment."""
    return _USER.sub("", address.partition("#")[0])


def fetch(address: str) -> Fetched:
    """Download ``address``, following redirects, through the proxies of the environment.

    One page is downloaded at a time, those of one host with a pause between, and none that its
    host's robots.txt excludes.

    Raises:
        PageError: the URL is not http or https, may not be read or cannot be downloaded.
    """
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].casefold() not in ("http", "https"):
        raise PageError(
            "unreadable", "only http and https URLs are supported; save the page and load the file"
        )
    try:
        with _MANNERS.lock, requests.Session() as session:
            session.headers.update({"User-Agent": _AGENT, "Accept": _ACCEPTED})
            with _opened(session, address) as response:
                _check(response)
                told = Message()
                told["Content-Type"] = response.headers.get("Content-Type", "")
                return Fetched(
                    url=plain_address(response.url),
                    media_type=told.get_content_type(),
                    charset=told.get_content_charset(),
                    data=_body(response),
                )
    except (requests.RequestException, ValueError) as error:
        raise PageError("unreadable", _said(error)) from error


def _opened(session: requests.Session, address: str) -> requests.Response:
    """Return what is at ``address``; each host that it leads to is asked first whether it may."""
    timeout = (CONNECT_SECONDS, READ_SECONDS)
    for _ in range(_MOST_REDIRECTIONS):
        _MANNERS.check(session, address, timeout)
        response = session.get(address, timeout=timeout, stream=True, allow_redirects=False)
        if response.next is None:
            return response
        response.close()
        address = response.next.url or ""
        if not is_address(address) or not address.startswith(("http://", "https://")):
            break
    raise PageError("unreadable", "it leads nowhere by redirections; check the URL")


def _check(response: requests.Response) -> None:
    status = f"{response.status_code} {response.reason or ''}".strip()
    if response.status_code in _GONE:
        raise PageError("missing", f"not found ({status}); check the URL")
    if response.status_code in _REFUSED:
        cure = "save the page in your browser and load the file"
        raise PageError("unreadable", f"the server refused the request ({status}); {cure}")
    if response.status_code != requests.codes.ok:
        raise PageError("unreadable", f"the server failed ({status}); try again later")


def _body(response: requests.Response) -> bytes:
    parts, size = [], 0
    end = time.monotonic() + TOTAL_SECONDS
    for part in response.iter_content(_CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            what = f"larger than {MOST_BYTES:,} bytes"
            raise PageError("too-large", f"{what}; download it yourself and load the file")
        if time.monotonic() > end:
            what = f"the download took longer than {TOTAL_SECONDS:g} seconds"
            raise PageError("slow", f"{what}; download it yourself and load the file")
        parts.append(part)
    return b"".join(parts)


def _said(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is invalid; check the URL"
    if isinstance(error, requests.Timeout):
        return "the server did not respond in time; try again later"
    if isinstance(error, requests.ConnectionError):
        return "cannot connect to the server; check the URL and your network"
    return f"cannot be downloaded ({type(error).__name__}); check the URL"
