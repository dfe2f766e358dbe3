"""The server's process: start it apart from us, know it again, ask it for its ports, end it."""

import math
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

LOOPBACK = "127.0.0.1"
_EXEC_LOOKS = 100
OWNER_ONLY = -1 if sys.platform == "win32" else 0o077
"""The umask of Neo4j's processes: their files are nobody else's to read."""


def spawn(command: tuple[str, ...], *, log: Path, environment: Mapping[str, str]) -> psutil.Process:
    """Start ``command`` in a session of its own, so that it outlives us and our Ctrl-C.

    Its output is appended to ``log``; it reads nothing. Files it makes are its owner's alone.
    """
    apart = 0
    if sys.platform == "win32":
        apart = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        child = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=apart,
            umask=OWNER_ONLY,
        )
    finally:
        os.close(output)
    child.returncode = 0  # it is not for Popen to wait for, nor to warn of: it outlives us
    return psutil.Process(child.pid)


def find(pid: int, argument: str) -> psutil.Process | None:
    """Return the process ``pid`` if it lives and was started with ``argument``.

    The number alone proves nothing: after a crash or a restart of the machine it may be another's.
    A time of creation would, but it moves with the clock; nobody else is given our folder.
    """
    try:
        process = psutil.Process(pid)
        for _ in range(_EXEC_LOOKS):
            if not is_alive(process):
                return None
            if arguments := process.cmdline():
                return process if argument in arguments else None
            time.sleep(0.01)  # a process that is just becoming its program has no arguments yet
    except psutil.Error:
        pass
    return None


def search(*arguments: str) -> psutil.Process | None:
    """Return a living process of ours that was started with all of ``arguments``.

    It looks at every process, which takes some hundredths of a second.
    """
    for process in psutil.process_iter():
        try:
            if set(arguments) <= set(process.cmdline()) and is_alive(process):
                return process
        except psutil.Error:  # it ended, or is another user's
            continue
    return None


def is_alive(process: psutil.Process) -> bool:
    """Whether ``process`` runs; one that ended but was not yet waited for does not.

    A process whose first thread has ended is a zombie while its other threads still end, and
    still holds its files and ports.
    """
    try:
        if not process.is_running():
            return False
        return process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1
    except psutil.Error:
        return False


def listens(process: psutil.Process, port: int) -> bool:
    """Whether it is ``process`` that listens on ``port``, and not some other program."""
    try:
        return any(
            connection.laddr.port == port
            for connection in process.net_connections(kind="tcp")
            if connection.status == psutil.CONN_LISTEN
        )
    except psutil.Error:
        return False


def end(process: psutil.Process, *, patience: float) -> bool:
    """End ``process`` and wait for it; return False if it had to be killed.

    It gets ``patience`` seconds to write down what it holds.

    Raises:
        psutil.AccessDenied: it is another user's.
    """
    try:
        process.terminate()
        if _has_ended(process, patience):
            return True
        process.kill()
    except psutil.NoSuchProcess:
        return True
    _has_ended(process, math.inf)
    return False


def _has_ended(process: psutil.Process, patience: float) -> bool:
    """Wait for the end of ``process``; whose child it is does not matter.

    One that has ended stays a zombie while a parent that started it, as ``newsgraph serve`` does,
    goes on without a look at it.
    """
    deadline = time.monotonic() + patience
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    with suppress(psutil.TimeoutExpired):
        process.wait(0)  # a zombie of our own is gone with this
    return True


def free_port(*wanted: int) -> int:
    """Return the first of the ``wanted`` ports that is free on the loopback address, else any."""
    for port in wanted:
        if _is_free(port):
            return port
    with socket.socket() as any_socket:
        any_socket.bind((LOOPBACK, 0))
        chosen: int = any_socket.getsockname()[1]
        return chosen


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # where it would let two programs have one port
            # As Java does: a port whose last connections are still closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
