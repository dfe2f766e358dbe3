"""How the API is to behave: what the command read from the environment, as one frozen value."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.http.limits import Limits
from ontology.iris import DEFAULT_BASE
from queries.settings import Settings


class OptionsError(Exception):
    """A setting of the API cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The API's settings.

    Attributes:
        keys: file of API keys; without one everybody may ask.
        trusted: folder of documents that may be asked for by name or hash.
        trusted_only: whether only those are run.
        introspection: whether the schema may be asked for.
        base: what the IRIs of nodes begin with.
        questions: folder of questions beside the built-in ones.
        questions_named: whether that folder was named, and has to exist.
        hosts: hosts that are answered besides this machine's own names; None answers all.
    """

    limits: Limits = field(default_factory=Limits)
    keys: Path | None = None
    trusted: Path | None = None
    trusted_only: bool = False
    introspection: bool = True
    base: str = DEFAULT_BASE
    questions: Path | None = None
    questions_named: bool = True
    hosts: tuple[str, ...] | None = ()


def options_of(settings: Settings) -> Options:
    """The API's part of the settings.

    Raises:
        OptionsError: a limit is unknown or not a positive number, or only trusted documents are
            to be run and no folder is named.
    """
    if settings.trusted_only and settings.trusted_documents is None:
        raise OptionsError(
            "NEWSGRAPH_TRUSTED_ONLY is set, but NEWSGRAPH_TRUSTED_DOCUMENTS is not; set it to a "
            "folder of documents."
        )
    return Options(
        limits=limits_of(settings.limits),
        keys=settings.api_keys,
        trusted=settings.trusted_documents,
        trusted_only=settings.trusted_only,
        introspection=settings.introspection,
        base=settings.base,
        questions=settings.question_folder,
        questions_named=settings.questions is not None,
        hosts=None if settings.api_keys else _hosts(settings),
    )


def _hosts(settings: Settings) -> tuple[str, ...]:
    named = (settings.named_base,) if settings.named_base else ()
    return (settings.host, *named, *settings.allowed_hosts)


def limits_of(changes: Mapping[str, float]) -> Limits:
    """The default limits with ``changes``.

    Raises:
        OptionsError: one is unknown or not a positive number.
    """
    defaults = dataclasses.asdict(Limits())
    known = {name: int if isinstance(value, int) else float for name, value in defaults.items()}
    for name, value in changes.items():
        if name not in known:
            raise OptionsError(
                f"NEWSGRAPH_LIMITS contains {name!r}, which is not a limit; use one of "
                f"{', '.join(sorted(known))}."
            )
        if value <= 0:
            raise OptionsError(f"NEWSGRAPH_LIMITS: {name} must be greater than 0, not {value:g}.")
    changed: dict[str, Any] = {name: known[name](value) for name, value in changes.items()}
    return dataclasses.replace(Limits(), **changed)
