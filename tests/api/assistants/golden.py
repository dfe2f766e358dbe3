"""Write what assistants read of the tools: ``python -m tests.api.assistants.golden``."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio

from api.assistants.server import make_server
from api.graphql.naming import Thing

GOLDEN = Path(__file__).with_name("tools.json")


class NoGraph:
    """Stands where nothing is asked."""

    async def ask(self, name: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Refuse to be used."""
        raise AssertionError("describing the tools asks the graph nothing")

    async def find(self, name: str, kind: str) -> Thing:
        """Refuse to be used."""
        raise AssertionError("describing the tools asks the graph nothing")


def described(server: Any) -> list[dict[str, Any]]:
    """The tools of a server as a client gets them, without the schemas of their results."""

    async def listed() -> list[dict[str, Any]]:
        import mcp

        async with mcp.Client(server) as client:
            tools = (await client.list_tools()).tools
            return [
                {
                    "name": tool.name,
                    "title": tool.title,
                    "description": tool.description,
                    "parameters": tool.input_schema,
                    "read_only": tool.annotations.read_only_hint if tool.annotations else None,
                }
                for tool in tools
            ]

    return anyio.run(listed)


if __name__ == "__main__":
    found = described(make_server(NoGraph(), base="http://127.0.0.1:8000"))
    GOLDEN.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
