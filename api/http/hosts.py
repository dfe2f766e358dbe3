"""Which hosts a request may be addressed to.

A web page that a browser shows may let its own name point to this machine after it was loaded
(DNS rebinding). To the browser this server is then part of that page, which may read all it
answers; only the ``Host`` header tells. API keys guard against it too: a browser holds none for
that name.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from api.http.errors import ApiError, Code

LOCAL = ("localhost", "127.0.0.1", "[::1]")
ANY = "*"


class Hosts:
    """The hosts that are answered.

    Args:
        names: host names and addresses, with or without a port, which does not matter; ``*``
            allows all.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(map(host_of, (*LOCAL, *names)))

    def check(self, headers: Headers) -> None:
        """Refuse a request to another host. One that names none is no browser's.

        Raises:
            ApiError: 421, as HTTP has it for a request at the wrong server (RFC 9110, 15.5.20).
        """
        if ANY in self._names:
            return
        for given in headers.getlist("host"):
            if host_of(given) not in self._names:
                raise ApiError(
                    f"This server does not answer for the host {given[:100]!r}. If that is its"
                    " name, add it to NEWSGRAPH_ALLOWED_HOSTS.",
                    code=Code.MISDIRECTED,
                    status=421,
                )


def host_of(given: str) -> str:
    """The host of a URL or a ``Host`` header, lower case, without port and final dot."""
    text = given.strip().lower()
    try:
        found = urlsplit(text if "://" in text else f"//{text}")
        host = found.hostname or ""
    except ValueError:
        return text
    if found.username is not None or found.path or found.query or found.fragment:
        # No browser sends these; they are kept, so that no name is met by accident.
        return text if "://" not in text else host.rstrip(".")
    return f"[{host}]" if ":" in host else host.rstrip(".")
