"""How many connections there are, in all and from each address, and which gives way to a new one.

A connection that waits for its client's next request gives way; one whose request is being answered
does not. So whoever opens connections and says nothing takes them from nobody but himself.
"""

import contextlib
import logging
import sys
from ipaddress import IPv6Address, ip_address
from typing import Protocol

from api.http.limits import Limits

_SPARE_FILES = 128
"""Files that are open beside connections: the database's connections, snapshots, the log."""
_NETWORK_BITS = 64
_LOG = logging.getLogger(__name__)


class Member(Protocol):
    """A connection."""

    @property
    def waits(self) -> bool:
        """Whether it waits for its client's request."""

    def give_way(self) -> None:
        """Close it."""


class Crowd:
    """The connections of a server.

    Args:
        limits: how many there may be, in all and from one address.
        files: how many files the process may have open; None is no limit.
    """

    def __init__(self, limits: Limits, files: int | None = None) -> None:
        self._most = limits.connections
        if files is not None:
            self._most = max(1, min(self._most, files - _SPARE_FILES))
        self._most_alike = min(limits.connections_per_address, self._most)
        self._members: dict[str, dict[Member, None]] = {}
        self._count = 0

    def enter(self, member: Member, address: str) -> bool:
        """Take in a connection from ``address``; False if there is no room, and none gives way."""
        alike = self._members.get(address, {})
        if len(alike) >= self._most_alike and not self._make_room(address):
            return False
        if self._count >= self._most:
            fullest = max(self._members, key=lambda known: len(self._members[known]))
            if not self._make_room(fullest):
                return False
        self._members.setdefault(address, {})[member] = None
        self._count += 1
        return True

    def leave(self, member: Member, address: str) -> None:
        """Forget a connection that is closed; one that is not known is no matter."""
        alike = self._members.get(address, {})
        if member in alike:
            del alike[member]
            self._count -= 1
            if not alike:
                del self._members[address]

    def _make_room(self, address: str) -> bool:
        """Close the connection from ``address`` that has waited since the earliest opening."""
        for member in self._members.get(address, {}):
            if member.waits:
                self.leave(member, address)
                member.give_way()
                return True
        return False


def address_of(host: str) -> str:
    """What stands for everybody behind an address: itself, of IPv6 the network it is in."""
    with contextlib.suppress(ValueError):
        found = ip_address(host.partition("%")[0])
        if isinstance(found, IPv6Address):
            if found.ipv4_mapped is not None:
                return str(found.ipv4_mapped)
            return f"{int(found) >> _NETWORK_BITS:x}/{_NETWORK_BITS}"
    return host


def open_files(wanted: int) -> int | None:
    """Let the process have ``wanted`` files open beside those of its own, or as many as it may.

    Returns:
        How many it may have open; None where that is not known.
    """
    if sys.platform == "win32":
        return None
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    needed = wanted + _SPARE_FILES
    if soft < needed:
        most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft < needed:
        _LOG.warning(
            "only %d connections instead of %d, since the process may open %d files; raise the "
            "limit with `ulimit -n %d`",
            max(1, soft - _SPARE_FILES),
            wanted,
            soft,
            needed,
        )
    return soft
