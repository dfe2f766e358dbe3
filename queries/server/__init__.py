"""The managed local server: the real Neo4j Community, with nothing to install.

It runs from its published jars and a Java that comes as a wheel, lives in a data directory, listens
on 127.0.0.1 alone, asks for a password it generated, and stays up from one command to the next.
"""

from queries.server.errors import ServerError
from queries.server.managed import RunningServer, Server, Status
from queries.server.progress import LONG_STEPS, OnProgress, Progress

__all__ = [
    "LONG_STEPS",
    "OnProgress",
    "Progress",
    "RunningServer",
    "Server",
    "ServerError",
    "Status",
]
