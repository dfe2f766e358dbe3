"""How a careful reader visits sites: by their rules, with a pause, one request at a time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from protego import Protego

from loader.pages.page import PageError, PassingError

PAUSE_SECONDS = 1.0
"""Between two pages of one host."""
_LONGEST_PAUSE = 10.0
_KEPT_SECONDS = 3_600.0
_MOST_BYTES = 500_000
_MOST_SECONDS = 30.0
_FAILED = 500
_TOO_MANY = 429
_CURE = "save the page in your browser and load the file"


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Protego | None = None
    read: float = 0.0
    asked: float = 0.0


@dataclass(slots=True)
class Manners:
    """What the hosts that were visited allow, and when each was last asked for a page."""

    agent: str
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _hosts: dict[str, _Host] = field(default_factory=dict)

    @contextmanager
    def visit(
        self, session: requests.Session, address: str, timeout: tuple[float, float]
    ) -> Iterator[None]:
        """Have the host of ``address`` to oneself, once it allows the page and a pause is over.

        Rules are those of https://www.rfc-editor.org/rfc/rfc9309: a host without a robots.txt
        allows everything, one that fails to send its own nothing.

        Raises:
            PageError: the host does not allow it.
            requests.RequestException: the host cannot be reached.
        """
        parts = urlsplit(address)
        name = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".casefold()
        with self._lock:
            host = self._hosts.setdefault(name, _Host())
        with host.lock:
            if host.rules is None or time.monotonic() - host.read > _KEPT_SECONDS:
                host.rules, host.read = _rules(session, name, timeout), time.monotonic()
            if not host.rules.can_fetch(address, self.agent):
                message = f"its robots.txt asks programs not to read it; {_CURE}"
                raise PageError("unreadable", message)
            asked = host.rules.crawl_delay(self.agent)
            pause = min(max(float(asked or 0), PAUSE_SECONDS), _LONGEST_PAUSE)
            if host.asked:
                time.sleep(max(0.0, host.asked + pause - time.monotonic()))
            try:
                yield
            finally:
                host.asked = time.monotonic()


def _rules(session: requests.Session, host: str, timeout: tuple[float, float]) -> Protego:
    with session.get(f"{host}/robots.txt", timeout=timeout, stream=True) as response:
        if response.status_code >= _FAILED or response.status_code == _TOO_MANY:
            status = f"{response.status_code} {response.reason or ''}".strip()
            message = f"the server failed to send its robots.txt ({status}); try again later"
            raise PassingError("unreadable", message, status=response.status_code)
        found = response.status_code == requests.codes.ok
        text = _start(response) if found else b""
    return Protego.parse(text.decode("utf-8", errors="replace"))


def _start(response: requests.Response) -> bytes:
    """Return the first half megabyte of an answer, or what of it comes in time."""
    text, end = b"", time.monotonic() + _MOST_SECONDS
    for part in response.iter_content(1 << 14):
        text += part
        if len(text) > _MOST_BYTES or time.monotonic() > end:
            break
    return text[:_MOST_BYTES]
