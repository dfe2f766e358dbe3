"""Rows → answer: closures made once for a plan, one pass over the rows for each request.

A required field that is null is no case for speed: the shaper gives up, and the engine lets
graphql-core complete the loosely shaped values, so that errors and nulls are its own.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.cursors import encode
from api.graphql.compiler.search import highlights
from api.graphql.compiler.views import (
    Constant,
    Cursor,
    Field,
    Highlights,
    Items,
    Leaf,
    PageInfo,
    View,
)

Parameters = Mapping[str, Any]
Read = Callable[[Any, Parameters], Any]


class IncompleteError(Exception):
    """A field that must have a value has none."""


class Shaped(dict[str, Any]):
    """A loosely shaped object, with the name of its type for graphql-core."""

    __slots__ = ("typename",)

    def __init__(self, values: dict[str, Any], typename: str) -> None:
        super().__init__(values)
        self.typename = typename


def shaper(view: View, catalog: Catalog, *, strict: bool) -> Read:
    """What reads rows as ``view`` says.

    ``strict`` raises :class:`IncompleteError` where a required value is missing; otherwise it is
    left null, and objects are :class:`Shaped`.
    """
    return _Shapers(catalog, strict=strict).view(view)


class _Shapers:
    def __init__(self, catalog: Catalog, *, strict: bool) -> None:
        self._catalog = catalog
        self._strict = strict

    def view(self, view: View) -> Read:
        readers = {name: self._object(name, fields) for name, fields in view.types.items()}
        if view.labels < 0:
            return next(iter(readers.values()))
        return self._typed(readers, view.labels)

    def _typed(self, readers: dict[str, Read], labels: int) -> Read:
        by_labels: dict[tuple[str, ...], Read | None] = {}
        strict = self._strict
        types = self._catalog.types

        def find(found: tuple[str, ...]) -> Read | None:
            # The narrowest type: an outlet is an organization, too.
            fitting = [name for name in readers if set(types[name].label.split(":")) <= set(found)]
            best = max(fitting, key=lambda name: types[name].label.count(":"), default=None)
            by_labels[found] = None if best is None else readers[best]
            return by_labels[found]

        def read(row: Any, parameters: Parameters) -> Any:
            if row is None:
                return None
            found = tuple(row[labels])
            reader = by_labels[found] if found in by_labels else find(found)
            if reader is None:
                if strict:
                    raise IncompleteError
                return None
            return reader(row, parameters)

        return read

    def _object(self, name: str, fields: tuple[Field, ...]) -> Read:
        keys = tuple(field.key for field in fields)
        placed = [self._placed(field) for field in fields]
        # A field that reads the whole row stands in with the first column until it is read.
        columns = tuple(max(column, 0) for column, _ in placed)
        take = _taking(columns) if any(column >= 0 for column, _ in placed) else None
        special = tuple(
            (key, column, reader)
            for key, (column, reader) in zip(keys, placed, strict=True)
            if reader is not None
        )
        required = tuple(
            field.key
            for field in fields
            if field.required and isinstance(field.reading, Leaf | View) and field.column >= 0
        )
        if self._strict and columns == tuple(range(len(columns))) and take is not None:
            return _standing(keys, special, required)
        strict = self._strict

        def read(row: Any, parameters: Parameters) -> dict[str, Any]:
            values = dict.fromkeys(keys) if take is None else dict(zip(keys, take(row)))  # noqa: B905
            for key, column, reader in special:
                values[key] = reader(row if column < 0 else row[column], parameters)
            if not strict:
                return Shaped(values, name)
            for key in required:
                if values[key] is None:
                    raise IncompleteError
            return values

        return read

    def _placed(self, field: Field) -> tuple[int, Read | None]:
        """The column that a field's reader is given; -1 for the whole row."""
        reading = field.reading
        if self._strict and field.column < 0 and isinstance(reading, View) and reading.labels < 0:
            # Most connections are asked for one thing, and need not look at the row twice.
            (fields,) = reading.types.values()
            if len(fields) == 1 and fields[0].column >= 0:
                return fields[0].column, _wrapped(fields[0].key, self._reader(fields[0]))
        return field.column, self._reader(field)

    def _reader(self, field: Field) -> Read | None:
        match field.reading:
            case Leaf(convert=None):
                return None
            case Leaf(convert=convert, many=many):
                return _leaf(convert, many=many)
            case Constant(value=value):
                return lambda _, __: value
            case View() as view:
                optional = field.column >= 0 and view.labels < 0
                return _optional(self.view(view)) if optional else self.view(view)
            case Items(view=view, limit=limit, backward=backward):
                plain = self._plain(view) if self._strict and not limit else None
                return plain or _items(self.view(view), limit, backward=backward)
            case Cursor(mark=mark, columns=columns):
                return lambda row, _: encode(mark, [row[column] for column in columns])
            case PageInfo() as info:
                return self._page_info(info)
            case Highlights() as found:
                return self._highlights(found)

    def _plain(self, view: View) -> Read | None:
        """What reads rows that are objects as they stand, with nothing to convert; else None."""
        fields = next(iter(view.types.values()))
        if len(view.types) > 1 or any(
            field.column != index or self._reader(field) is not None
            for index, field in enumerate(fields)
        ):
            return None
        keys = tuple(field.key for field in fields)
        required = tuple(field.column for field in fields if field.required)

        def read(rows: Any, _: Parameters) -> list[dict[str, Any]]:
            for row in rows:
                if None in row and any(row[column] is None for column in required):
                    raise IncompleteError
            return [dict(zip(keys, row)) for row in rows]  # noqa: B905

        return read

    def _page_info(self, info: PageInfo) -> Read:
        strict, columns, mark = self._strict, info.cursor.columns, info.cursor.mark

        def read(rows: Any, parameters: Parameters) -> dict[str, Any]:
            limit = parameters[info.limit]
            more, backward = len(rows) > limit, info.backward
            page = _cut(rows, limit, backward=backward)
            values: dict[str, Any] = {}
            for key, name in info.fields:
                if name == "hasNextPage":
                    values[key] = info.before if backward else more
                elif name == "hasPreviousPage":
                    values[key] = more if backward else info.after
                elif name == "__typename":
                    values[key] = "PageInfo"
                else:
                    row = page[0 if name == "startCursor" else -1] if page else None
                    values[key] = row and encode(mark, [row[column] for column in columns])
            return values if strict else Shaped(values, "PageInfo")

        return read

    def _highlights(self, found: Highlights) -> Read:
        strict = self._strict

        def read(row: Any, parameters: Parameters) -> list[dict[str, Any]]:
            texts = [(name, row[column]) for name, column in found.columns]
            items = []
            for name, text, matches in highlights(parameters[found.words], texts):
                parts = {"field": name, "text": text, "matches": matches}
                parts["__typename"] = "Highlight"
                values = {key: parts[part] for key, part in found.fields}
                items.append(values if strict else Shaped(values, "Highlight"))
            return items

        return read


def _standing(
    keys: tuple[str, ...],
    special: tuple[tuple[str, int, Read], ...],
    required: tuple[str, ...],
) -> Read:
    """What reads rows that begin with the object's fields in their order."""
    converted = tuple(key for key in required if any(key == other for other, _, _ in special))
    plain = tuple(index for index, key in enumerate(keys) if key in required)

    def read(row: Any, parameters: Parameters) -> dict[str, Any]:
        # Looking for a null at all is quicker than looking where it may not be.
        if None in row and any(row[column] is None for column in plain):
            raise IncompleteError
        values = dict(zip(keys, row))  # noqa: B905
        for key, column, reader in special:
            values[key] = reader(row if column < 0 else row[column], parameters)
        for key in converted:
            if values[key] is None:
                raise IncompleteError
        return values

    return read


def _taking(columns: tuple[int, ...]) -> Callable[[Any], Any]:
    if columns == tuple(range(len(columns))):
        return lambda row: row
    if len(columns) == 1:
        (column,) = columns
        return lambda row: (row[column],)
    return itemgetter(*columns)


def _leaf(convert: Callable[[Any], Any], *, many: bool) -> Read:
    if many:
        return lambda value, _: None if value is None else [convert(item) for item in value]
    return lambda value, _: None if value is None else convert(value)


def _optional(read: Read) -> Read:
    return lambda row, parameters: None if row is None else read(row, parameters)


def _wrapped(key: str, read: Read | None) -> Read:
    if read is None:
        return lambda value, _: {key: value}
    return lambda value, parameters: {key: read(value, parameters)}


def _items(read: Read, limit: str, *, backward: bool) -> Read:
    if not limit:
        return lambda rows, parameters: [read(row, parameters) for row in rows]

    def items(rows: Any, parameters: Parameters) -> list[Any]:
        page = _cut(rows, parameters[limit], backward=backward)
        return [read(row, parameters) for row in page]

    return items


def _cut(rows: Any, limit: int, *, backward: bool) -> Any:
    """The page, of rows that may have one more: it stands before a page taken from the end."""
    return rows[-limit:] if backward else rows[:limit]
