"""What comes of taking a statement back to its page."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from ontology.records import Run

Status = Literal["holds", "differs", "unconfirmed"]
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field in which what was said differs from what the page gives.

    Attributes:
        field: Its path in the receipt, such as ``statement.act``, or its name in the graph.
        said: What the receipt or the graph says.
        found: What the page gives.
    """

    field: str
    said: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.field} is {_shown(self.said)}; the page gives {_shown(self.found)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a statement holds.

    Attributes:
        statement: Its id.
        status: ``holds``: the page gives it again. ``differs``: it does not. ``unconfirmed``:
            another version of the software found it, its words stand on the page, and this version
            extracts differently, which does not make it false.
        differences: In which fields.
        messages: What a reader should know, in sentences.
        article: The id of its article, where that is known.
    """

    statement: str
    status: Status
    differences: tuple[Difference, ...] = ()
    messages: tuple[str, ...] = ()
    article: str = ""

    @property
    def holds(self) -> bool:
        """Whether the page gives it again."""
        return self.status == "holds"


def another_version(said: Any, run: Run) -> str:
    """What to say of a difference where another software found the statement.

    Args:
        said: The name and version of that software, in words.
        run: This software.
    """
    return (
        f"Made by {said}; this is {called(run)}. Extracted differently does not mean false: the"
        " words stand on the page. To be sure, verify it with the version that made it."
    )


def called(run: Run) -> str:
    """A run's software in words: "newsgraph 0.1.0 with en_core_web_sm 3.8.0"."""
    return named(run.software, run.version, run.model, run.ontology_version)


def named(software: Any, version: Any, model: Any, ontology: Any) -> str:
    """A software in words."""
    return f"{software} {version} with {model} (ontology {ontology})"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        shown = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, list | tuple | dict):
        shown = json.dumps(value, ensure_ascii=False, default=str)
    else:
        shown = "null" if value is None else str(value).lower()
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
