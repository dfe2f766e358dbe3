"""Tables as Apache Parquet, by pyarrow: typed columns, lists as lists."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from api.tables.drain import Drain
from api.tables.errors import missing
from api.tables.sheet import Column, Row, Sheet

_GROUP_ROWS = 20_000
_GROUP_CHARACTERS = 32_000_000
"""A row group ends with the page in which it holds so many rows or characters."""


def write_parquet(sheet: Sheet) -> Iterator[bytes]:
    """The sheet as Parquet; each field's metadata has its ``description``.

    Dates are ``date32``, times ``timestamp[us, UTC]``, lists ``list<…>``.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as arrow  # optional
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise missing("pyarrow", "parquet", "Parquet") from error
    schema = arrow.schema([_field(arrow, column) for column in sheet.columns])
    drain = Drain()
    sink = arrow.PythonFile(drain, mode="w")
    with pyarrow.parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for rows in _groups(sheet):
            columns = zip(*rows, strict=True) if rows else ([] for _ in sheet.columns)
            arrays = [
                arrow.array([_typed(column, value) for value in values], field.type)
                for column, field, values in zip(sheet.columns, schema, columns, strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            yield drain.taken()
    yield drain.taken()


def _groups(sheet: Sheet) -> Iterator[list[Row]]:
    held: list[Row] = []
    characters = 0
    for page in sheet.pages:
        held += page
        characters += sum(len(value) for row in page for value in row if isinstance(value, str))
        if len(held) >= _GROUP_ROWS or characters >= _GROUP_CHARACTERS:
            yield held
            held, characters = [], 0
    if held:
        yield held


def _field(arrow: Any, column: Column) -> Any:
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "dateTime": arrow.timestamp("us", tz="UTC"),
    }
    kind = types[column.kind]
    about = {"description": column.description} if column.description else None
    return arrow.field(column.name, arrow.list_(kind) if column.many else kind, metadata=about)


def _typed(column: Column, value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(column, item) for item in value]
    if isinstance(value, str) and column.kind == "date":
        return date.fromisoformat(value)
    if isinstance(value, str) and column.kind == "dateTime":
        return datetime.fromisoformat(value)
    return value
