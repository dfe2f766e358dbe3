"""The columns of every table in ``docs/data.md``: ``python -m api.tables.documentation``."""

from collections.abc import Iterator
from pathlib import Path

from api.tables.columns import Field, Table, tables
from api.tables.joined import JOINED

PAGE = Path(__file__).parents[2] / "docs" / "data.md"
MARK = "<!-- What follows is written by `python -m api.tables.documentation`. -->\n"


def page() -> str:
    """The page with the columns as they are."""
    written, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    return written + MARK + "".join(f"\n{line}\n" for line in _sections())


def _sections() -> Iterator[str]:
    alike: dict[str, Table] = {}
    for table in tables().values():
        known = alike.setdefault(table.type, table)
        yield f"### {table.name}\n\n{table.description}"
        if known is not table:
            yield f"The columns are those of [{known.name}](#{known.name})."
            continue
        computed = {name for name, path in JOINED.get(table.type, ()) if path[0] == "@"}
        rows = [_row(field, computed=field.column.name in computed) for field in table.fields]
        yield "\n".join(
            ["| column | type | in GraphQL | what it says |", "| --- | --- | --- | --- |", *rows]
        )


def _row(field: Field, *, computed: bool) -> str:
    column = field.column
    kind = f"list of {column.kind}s" if column.many else column.kind
    path = "worked out" if computed else f"`{field.paths[0]}`"
    told = column.description.replace("|", "\\|")
    return f"| `{column.name}` | {kind} | {path} | {told} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
