"""Where a managed server keeps its things, and how two commands keep out of each other's way."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import psutil
from filelock import FileLock, Timeout
from pydantic import Field, TypeAdapter, ValidationError

from queries.server import process
from queries.server.errors import ServerError
from queries.server.java import SERVER
from queries.server.progress import OnProgress, Progress

USER = "neo4j"
"""Who the server lets in, by the generated password."""
MARKER = "This folder is a Neo4j server managed by newsgraph.\n"
LOCK_SECONDS = 900.0
"""How long a command waits for another: a first start has some 200 MB to fetch."""
_LISTENS = re.compile(r"^server\.(bolt|http)\.listen_address=.*:(\d+)$", re.MULTILINE)
"""The ports in Neo4j's configuration."""


_Port = Annotated[int, Field(ge=1, le=65535)]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A server that was started: the number of its process, and its ports."""

    pid: Annotated[int, Field(ge=1, lt=2**31)]
    bolt: _Port
    http: _Port


_STATE = TypeAdapter(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The folders and files of the one server in the data directory ``home``."""

    home: Path

    @property
    def root(self) -> Path:
        """Neo4j's own home."""
        return self.home / "neo4j"

    @property
    def conf(self) -> Path:
        """Neo4j's configuration directory."""
        return self.root / "conf"

    @property
    def databases(self) -> Path:
        """The stores; absent before the first start."""
        return self.root / "data" / "databases"

    @property
    def log(self) -> Path:
        """What the process prints: the first thing to read when it fails."""
        return self.root / "logs" / "console.log"

    def claim(self) -> None:
        """Make the folder and mark it as ours.

        Raises:
            ServerError: the folder holds something that is not ours, or cannot be written.
        """
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.root.mkdir(mode=0o700, exist_ok=True)
            if not self.is_ours() and any(self.root.iterdir()):
                raise ServerError(
                    f"{self.root} is not empty and is not a server managed by newsgraph; move it "
                    "away, or set NEWSGRAPH_HOME to another directory."
                )
            self.root.chmod(0o700)  # one that an earlier version made, too
            self._marker.write_text(MARKER, encoding="utf-8")
            self.log.parent.mkdir(exist_ok=True)
            self.conf.mkdir(exist_ok=True)
        except OSError as error:
            raise ServerError(
                f"Cannot write to {self.root} ({error.strerror}); set NEWSGRAPH_HOME to another "
                "directory."
            ) from error

    def is_ours(self) -> bool:
        """Whether the folder was made by ``claim``."""
        return self._marker.is_file()

    @contextmanager
    def lock(self, on_progress: OnProgress) -> Iterator[None]:
        """Keep every other command from starting, stopping or resetting this server.

        Raises:
            ServerError: another command holds it for too long, or it cannot be made.
        """
        lock = FileLock(self.home / "neo4j.lock")
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                on_progress(
                    Progress(
                        step="wait", message="Waiting for another command that is using this server"
                    )
                )
                lock.acquire(timeout=LOCK_SECONDS)
        except Timeout as error:
            raise ServerError(
                f"Another command has held {lock.lock_file} for {LOCK_SECONDS / 60:.0f} minutes; "
                "stop it and try again."
            ) from error
        except OSError as error:
            raise ServerError(
                f"Cannot write to the data directory {self.home} ({error.strerror}); set "
                "NEWSGRAPH_HOME to another directory."
            ) from error
        try:
            yield
        finally:
            lock.release()

    @property
    def argument(self) -> str:
        """What our server's command line has and no other's."""
        return f"--home-dir={self.root}"

    def process(self) -> psutil.Process | None:
        """Return the server's process if it lives, even if what the start wrote is lost."""
        state = self.state()
        found = process.find(state.pid, self.argument) if state else None
        return found or process.search(SERVER, self.argument)

    def state(self) -> State | None:
        """Return what the last start wrote, or None; a file that is not valid counts as none."""
        try:
            return _STATE.validate_json(self._state.read_bytes(), strict=True)
        except (OSError, ValidationError):
            return None

    def running(self) -> State | None:
        """Return the state of the server if its process lives.

        Raises:
            ServerError: it lives, but its ports are not known.
        """
        found = self.process()
        if found is None:
            return None
        state = self.state()
        if state is None or state.pid != found.pid:
            state = self._recovered(found.pid)
        return state

    def _recovered(self, pid: int) -> State:
        """Write the lost state of the process ``pid`` anew, from the configuration it was given."""
        try:
            text = (self.conf / "neo4j.conf").read_text(encoding="utf-8", errors="replace")
            ports = dict(_LISTENS.findall(text))
            state = _STATE.validate_python({"pid": pid, **{k: int(v) for k, v in ports.items()}})
            self.write_state(state)
        except (OSError, ValidationError) as error:
            raise ServerError(
                f"Neo4j runs as process {pid}, but {self._state} does not say on which ports; "
                "stop it with `newsgraph db stop` and try again."
            ) from error
        return state

    def write_state(self, state: State) -> None:
        """Remember ``state``, whole or not at all."""
        _write(self._state, json.dumps(asdict(state)), mode=0o644)

    def complaint(self) -> str:
        """Return the line of the log that says best why the process ended."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        telling = [
            line for line in lines if " ERROR " in line or "rror:" in line or "Caused" in line
        ]
        return (telling or [line for line in lines if line.strip()] or ["it printed nothing"])[-1]

    def lost_port(self) -> bool:
        """Whether the last start failed because a port was taken."""
        telling = ("Address already in use", "PortBindException")
        return any(sign in line for line in self._lines() for sign in telling)

    def remove(self) -> None:
        """Delete the folder with everything in it, its mark last.

        Raises:
            ServerError: something in it cannot be deleted; a later call goes on.
        """
        try:
            for entry in self.root.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                elif entry != self._marker:
                    entry.unlink()
            self._marker.unlink()
            self.root.rmdir()
        except OSError as error:
            raise ServerError(
                f"Cannot delete {error.filename} ({error.strerror}); check its permissions and "
                "try again."
            ) from error

    def password(self) -> str | None:
        """Return the password of the user ``neo4j``, or None if there is none yet."""
        try:
            return self.password_file.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError) as error:
            raise ServerError(
                f"Cannot read the password in {self.password_file} ({error}); check its"
                " permissions, put the right file back, or start over with `newsgraph db reset`."
            ) from error

    def make_password(self) -> str:
        """Write a new password, readable by its owner alone, and return it."""
        # Digits and letters alone: a dash in front looks like an option to Neo4j's own command.
        password = secrets.token_hex(18)
        _write(self.password_file, password + "\n", mode=0o600)
        return password

    def _lines(self) -> list[str]:
        try:
            return self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []

    @property
    def _marker(self) -> Path:
        return self.root / ".newsgraph"

    @property
    def _state(self) -> Path:
        return self.root / "server.json"

    @property
    def password_file(self) -> Path:
        """The password of the user ``neo4j`` and nothing else."""
        return self.root / "password"


def _write(path: Path, text: str, *, mode: int) -> None:
    """Put ``text`` into ``path`` whole: a reader, or a crash, finds the old or the new."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
    part.replace(path)
