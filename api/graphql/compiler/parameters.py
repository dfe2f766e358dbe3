"""Arguments as a plan sees them: constants, or slots that a later request fills.

A plan is made once for all requests that ask for the same things with other values. So variables
are replaced by slots before arguments are coerced; what remains visible is their *shape*: which
are given or null, the keys of input objects, enum values and booleans.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import GraphQLError


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value in a request's variables."""

    path: tuple[str | int, ...]

    def value(self, variables: Mapping[str, Any]) -> Any:
        """The value in the coerced ``variables`` of a request."""
        found: Any = variables
        for key in self.path:
            found = found[key]
        return found


class ArgumentError(GraphQLError):
    """An argument is of the right type and yet no use; the message says which and why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


def shape(value: Any) -> object:
    """What of a coerced value a plan may depend on: equal shapes, same plan."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, dict):
        return tuple((key, shape(item)) for key, item in value.items())
    if isinstance(value, list):
        if not value or isinstance(value[0], dict | Enum | list):
            return (list, *(shape(item) for item in value))
        return list
    return str


def symbolic(value: Any, path: tuple[str | int, ...]) -> Any:
    """A coerced value with slots for all that its shape leaves out."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, dict):
        return {key: symbolic(item, (*path, key)) for key, item in value.items()}
    if isinstance(value, list) and (not value or isinstance(value[0], dict | Enum | list)):
        return [symbolic(item, (*path, index)) for index, item in enumerate(value)]
    return Slot(path)


def real(source: Any, variables: Mapping[str, Any]) -> Any:
    """The value that ``source``, a constant, slot or list of them, has in a request."""
    if isinstance(source, Slot):
        return source.value(variables)
    if isinstance(source, list):
        return [real(item, variables) for item in source]
    return source


Convert = Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Binding:
    """Gives the statement's parameters ``names`` what ``convert`` makes of ``source``'s value."""

    names: tuple[str, ...]
    source: Any
    convert: Convert


@dataclass(slots=True)
class Parameters:
    """The parameters of a statement under construction."""

    bindings: list[Binding] = field(default_factory=list)
    _count: int = 0

    def add(self, source: Any, convert: Callable[[Any], Any] | None = None) -> str:
        """A new parameter with ``source``'s value, as ``convert`` changes it; its name."""
        if convert is None:
            return self.add_all(source, 1, _alone)[0]
        return self.add_all(source, 1, lambda value: (convert(value),))[0]

    def add_all(self, source: Any, count: int, convert: Convert) -> tuple[str, ...]:
        """``count`` new parameters that ``convert`` makes of one value; their names."""
        names = tuple(f"p{self._count + index}" for index in range(count))
        self._count += count
        self.bindings.append(Binding(names, source, convert))
        return names


def bind(bindings: tuple[Binding, ...], variables: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a request.

    Raises:
        ArgumentError: a value is no use, such as a cursor of another list.
    """
    values: dict[str, Any] = {}
    for binding in bindings:
        found = binding.convert(real(binding.source, variables))
        values.update(zip(binding.names, found, strict=True))
    return values


def _alone(value: Any) -> tuple[Any, ...]:
    return (value,)
