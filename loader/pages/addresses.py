"""What is at an address that the user names: one request, bounded in size and time."""

import re
import time
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import version

import requests

from loader.pages.model import PageError

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
"""How long a server may be silent."""
TOTAL_SECONDS = 300.0
MOST_BYTES = 100_000_000
_CHUNK = 1 << 16
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/?#]*@")
_ACCEPTED = "text/html, application/xhtml+xml, text/plain;q=0.9, application/xml;q=0.9, */*;q=0.5"
_GONE = (404, 410)
_REFUSED = (401, 402, 403, 407, 429, 451)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent: from which address in the end, and what the server calls it."""

    url: str
    media_type: str
    charset: str | None
    data: bytes


def is_address(text: str) -> bool:
    """Whether ``text`` begins as an address does: ``https://``, ``ftp://``."""
    return _SCHEME.match(text) is not None


def plain_address(address: str) -> str:
    """``address`` without a user, a password and a place in the page."""
    return _USER.sub("", address.partition("#")[0])


def fetch(address: str) -> Fetched:
    """Return what is at ``address``, following redirections; proxies are those of the environment.

    Raises:
        PageError: it is no http or https address, or nothing can be had there; the message goes
            on from "ADDRESS: ".
    """
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].casefold() not in ("http", "https"):
        raise PageError("unreadable", "only http and https are fetched; save it, and name the file")
    headers = {"User-Agent": f"newsgraph/{version('newsgraph')}", "Accept": _ACCEPTED}
    timeout = (CONNECT_SECONDS, READ_SECONDS)
    try:
        with requests.get(address, headers=headers, timeout=timeout, stream=True) as response:
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


def _check(response: requests.Response) -> None:
    status = f"{response.status_code} {response.reason or ''}".strip()
    if response.status_code in _GONE:
        raise PageError("missing", f"the server has no such page ({status}); check the address")
    if response.status_code in _REFUSED:
        cure = "save the page from your browser, and name the file"
        raise PageError("unreadable", f"the server refuses it ({status}); {cure}")
    if response.status_code != requests.codes.ok:
        raise PageError("unreadable", f"the server answers {status}; try again later")


def _body(response: requests.Response) -> bytes:
    parts, size = [], 0
    end = time.monotonic() + TOTAL_SECONDS
    for part in response.iter_content(_CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            what = f"more than {MOST_BYTES:,} bytes"
            raise PageError("too-large", f"{what}; download it yourself, and name the file")
        if time.monotonic() > end:
            what = f"not fetched within {TOTAL_SECONDS:g} seconds"
            raise PageError("slow", f"{what}; download it yourself, and name the file")
        parts.append(part)
    return b"".join(parts)


def _said(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not valid; check the address"
    if isinstance(error, requests.Timeout):
        return "the server does not answer in time; try again later"
    if isinstance(error, requests.ConnectionError):
        return "no server answers there; check the address and the connection"
    return f"cannot be fetched ({type(error).__name__}); check the address"
