"""How far requests may reach: into the public internet, a private network, or this machine.

A feed is written by others. What it links to, and where its server redirects, must not lead a
reader to addresses that only the reader's machine can see (server-side request forgery).
"""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from loader.pages.page import PageError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CURE = "open it in your browser, save it and load the file"


class Reach(IntEnum):
    """How far in an address lies; a request may go as far as it is allowed, and no further."""

    PUBLIC = 0
    PRIVATE = 1
    LOCAL = 2
    ANYWHERE = 3


def reach_of_ip(ip: str) -> Reach:
    """How far in the IP address ``ip`` lies, whatever notation hides it."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        address = inner or address
    if address.is_loopback:
        return Reach.LOCAL
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return Reach.ANYWHERE
    return Reach.PUBLIC if address.is_global else Reach.PRIVATE


def reach_of(address: str) -> Reach:
    """How far in the host of the URL ``address`` lies; public if it cannot be looked up."""
    host = urlsplit(address).hostname or ""
    return max(map(reach_of_ip, _ips(host)), default=Reach.PUBLIC)


class Guard:
    """Watches over the connections of one request: where they lead, and for how long they last.

    Args:
        reach: How far they may lead.
        seconds: How long all of them may take together.
    """

    def __init__(self, reach: Reach, seconds: float) -> None:
        self.expired = False
        self._reach = reach
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    @contextmanager
    def session(self) -> Iterator[requests.Session]:
        """A session whose connections are watched over until it is closed."""
        with requests.Session() as session:
            for scheme in ("http://", "https://"):
                session.mount(scheme, _Adapter(self))
            self._timer.start()
            try:
                yield session
            finally:
                self._timer.cancel()
                with self._lock:
                    for each in self._sockets:
                        each.close()
                    self._sockets.clear()

    def check(self, host: str) -> None:
        """Raise ``PageError`` if ``host`` lies, by one of its addresses, too far in."""
        for ip in _ips(host):
            self.check_ip(ip)

    def check_ip(self, ip: str) -> None:
        """Raise ``PageError`` if ``ip`` lies too far in."""
        if reach_of_ip(ip) > self._reach:
            raise PageError("unsafe", f"leads to {ip}, which is not a public address; {_CURE}")

    def watch(self, opened: socket.socket) -> None:
        """End ``opened`` when time is up."""
        # A duplicate, since TLS and closing responses take the original away.
        with self._lock:
            self._sockets.append(opened.dup())
        if self.expired:
            self._expire()

    def _expire(self) -> None:
        self.expired = True
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Has every connection of a session pass a guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._guard, direct=True)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _pools(self._guard, direct=False)
        return manager

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> Any:
        # Behind a proxy no address is looked up here: what is written in the URL is checked.
        self._guard.check(_literal(urlsplit(request.url or "").hostname or ""))
        return super().get_connection_with_tls_context(request, *args, **kwargs)


def _pools(guard: Guard, *, direct: bool) -> dict[str, Any]:
    def opened(connection: HTTPConnection, make: Any) -> socket.socket:
        if direct:
            guard.check(connection.host)
        made: socket.socket = make()
        try:
            if direct:  # the name may have been looked up anew, with another answer
                guard.check_ip(str(made.getpeername()[0]))
            guard.watch(made)
        except BaseException:
            made.close()
            raise
        return made

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return opened(self, super()._new_conn)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return opened(self, super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _ips(host: str) -> list[str]:
    """The IP addresses of ``host``; none where it is not known."""
    if not host:
        return []
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _literal(host: str) -> str:
    """``host`` if it names this machine or is an IP address in any notation, else nothing."""
    name = host.rstrip(".").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(name))  # 127.1, 2130706433, 0x7f.1
    except (OSError, UnicodeError):
        return ""
