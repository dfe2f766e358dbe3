"""API keys: who may ask, where not everybody may.

A key is ``ng_ID_SECRET``. The file holds a line for each: its id, the SHA-256 of the secret, and
a name to know it by. A fast hash is enough for a secret of 256 random bits, which no list of
words contains; nothing in the file opens the API.
"""

import base64
import hashlib
import hmac
import logging
import os
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from api.http.errors import ApiError, Code

_KEY = re.compile(r"ng_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_LINE = re.compile(r"([0-9a-f]{12}) ([0-9a-f]{64}) (.+)")
_LOG = logging.getLogger(__name__)
_NOBODY = hashlib.sha256(b"").hexdigest()
_LOOK_AGAIN_SECONDS = 1.0


class KeysError(Exception):
    """The file of keys cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as the file has it."""

    name: str
    sha256: str


def create_key(path: Path, name: str) -> str:
    """Make a key called ``name``, add its hash to the file at ``path``, and return it.

    The key itself is kept nowhere: who loses it gets a new one. The file is made readable for
    its owner alone. To withdraw a key, delete its line; a running server notices.

    Raises:
        KeysError: the name is empty or has a line break, or the file cannot be written.
    """
    name = name.strip()
    if not name or "\n" in name or "\r" in name:
        raise KeysError("The name of a key must be a single, non-empty line.")
    identity, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    line = f"{identity} {hashlib.sha256(secret.encode()).hexdigest()} {name}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(line)
    except OSError as error:
        raise KeysError(
            f"{path} cannot be written ({error.strerror}); choose another file."
        ) from error
    return f"ng_{identity}_{secret}"


def read_keys(path: Path) -> dict[str, Key]:
    """The keys of a file by their ids; blank lines and those starting with ``#`` are passed over.

    Raises:
        KeysError: the file cannot be read, or a line of it is no key; the message names it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KeysError(
            f"The file of API keys, {path}, cannot be read ({error}); check NEWSGRAPH_API_KEYS."
        ) from error
    keys = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise KeysError(
                f"Line {number} of {path} is not an API key; delete it and create a new one with "
                "`newsgraph key`."
            )
        keys[match[1]] = Key(name=match[3], sha256=match[2])
    return keys


class KeyRing:
    """The keys of a file, read again when it changes.

    While the file is missing or broken nobody gets in: it may have been changed to keep one out.

    Raises:
        KeysError: the file cannot be read at the start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = self._stamped()
        self._keys = read_keys(path)
        self._looked = time.monotonic()

    def check(self, headers: Mapping[str, str]) -> str:
        """The name of the key in ``Authorization: Bearer`` or ``X-API-Key`` (lower-case names).

        A browser has the key as the password of ``Authorization: Basic``, under any user name.

        Raises:
            ApiError: there is none, or it is not one of ours.
        """
        given = given_key(headers)
        match = _KEY.fullmatch(given)
        self._refresh()
        key = self._keys.get(match[1]) if match else None
        # The same work for a known id as for an unknown one, and a comparison whose time does
        # not tell how much of a guess was right.
        digest = hashlib.sha256((match[2] if match else given).encode()).hexdigest()
        if not hmac.compare_digest(digest, key.sha256 if key else _NOBODY) or key is None:
            raise _refused(given, page="text/html" in headers.get("accept", ""))
        return key.name

    def _refresh(self) -> None:
        now = time.monotonic()
        if now - self._looked < _LOOK_AGAIN_SECONDS:
            return
        self._looked = now
        stamp = self._stamped()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._keys = read_keys(self._path)
            except KeysError as error:
                self._keys = {}
                _LOG.error("all requests are refused: %s", error)

    def _stamped(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_size)


def given_key(headers: Mapping[str, str]) -> str:
    """What a request has in place of a key; nothing, if it has none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    if scheme.lower() == "basic":
        with suppress(ValueError):
            return base64.b64decode(token, validate=True).decode().partition(":")[2]
    return headers.get("x-api-key", "")


def _refused(given: str, *, page: bool) -> ApiError:
    """The refusal; a browser that wants a page is told to ask its user (RFC 7617)."""
    hint = "is not valid" if given else "is missing"
    return ApiError(
        f"The API key {hint}; send one as 'Authorization: Bearer …'.",
        code=Code.UNAUTHENTICATED,
        status=401,
        headers={"WWW-Authenticate": ("Basic" if page else "Bearer") + ' realm="newsgraph"'},
    )
