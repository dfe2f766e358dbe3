"""The settings as a page to read: ``python -m queries.documentation`` writes docs/settings.md.

Names, defaults and descriptions are those of the settings class.
"""

from pathlib import Path

from pydantic.fields import FieldInfo

from queries.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

_HEAD = """# Settings

<!-- Written by python -m queries.documentation from queries/settings.py. -->

newsgraph is configured by environment variables: these, and no others. None has to be set, and an
empty one counts as not set. A command refuses a value that is not valid and names the variable.
`newsgraph doctor` says which ones are set and where the data and the cache are.
"""


def build() -> str:
    """The page as Markdown, the same on every machine."""
    rows = [_row(field) for field in Settings.model_fields.values()]
    return "\n".join([_HEAD, "| variable | default | meaning |", "| --- | --- | --- |", *rows, ""])


def _row(field: FieldInfo) -> str:
    meaning = " ".join((field.description or "").split()).replace("|", "\\|")
    return f"| `{field.validation_alias}` | {_default(field)} | {meaning} |"


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "see right" if field.annotation is Path else "none"
    if field.default is None:
        return "none"
    return f"`{str(field.default).lower() if field.annotation is bool else field.default}`"


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
