"""PackStream, the values of Bolt, by the official driver's own compiled codec."""

import datetime as dt
from collections.abc import Mapping
from importlib import import_module
from typing import Any

try:
    from neo4j._codec.packstream import Structure

    _CODEC: Any = import_module("neo4j._rust.codec.packstream.v1")
except ImportError:  # another release of the driver, or none of its compiled part
    _CODEC = None

READY = _CODEC is not None
"""Whether there is a codec at all."""

_DAY_ZERO = dt.date(1970, 1, 1).toordinal()
_SECOND_ZERO = dt.datetime(1970, 1, 1)  # noqa: DTZ001


def packed(value: Any) -> bytes:
    """A value as PackStream: of JSON's types, or a day or time.

    Raises:
        TypeError, ValueError: it is of another type.
    """
    data: bytes = _CODEC.pack(_packable(value))
    return data


def field(message: bytearray) -> Any:
    """The only field of a message."""
    return _CODEC.unpack(message, 2)[0]


def _packable(value: Any) -> Any:
    """A parameter with days and times as Bolt's structures."""
    if isinstance(value, Mapping):
        return {key: _packable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_packable(item) for item in value]
    if isinstance(value, dt.datetime):
        offset = value.utcoffset()
        since = value.replace(tzinfo=None) - (offset or dt.timedelta()) - _SECOND_ZERO
        seconds, nanos = since.days * 86_400 + since.seconds, since.microseconds * 1000
        if offset is None:
            return Structure(b"d", seconds, nanos)
        return Structure(b"I", seconds, nanos, round(offset.total_seconds()))
    if isinstance(value, dt.date):
        return Structure(b"D", value.toordinal() - _DAY_ZERO)
    return value
