"""A question saved under a name: a GraphQL document with its variables, in the user's folder."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from api.graphql.examples import read_questions
from queries.saving import save, unsaved

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_COMMENTS = re.compile(r"\A(?:\s*#.*\n)+")
_BRACES = str.maketrans("{}", "()")


class SavingError(Exception):
    """A question cannot be saved; the message says why and what to do."""


def save_question(
    folder: Path, name: str, *, title: str, query: str, variables: Mapping[str, Any], replace: bool
) -> Path:
    """Write a question into ``folder``, and return the path of its document.

    Args:
        folder: the user's questions; created if it is not there.
        name: what it is called from now on.
        title: what it asks, in words.
        query: the document.
        variables: its variables.
        replace: whether a question of that name may be replaced.

    Raises:
        SavingError: the name cannot be used or is taken, or the folder cannot be written to.
    """
    path = document_path(folder, name)
    if path.exists() and not replace:
        raise SavingError(
            f"A question {name!r} is saved already; choose another name, or use --replace."
        )
    told = " ".join(title.translate(_BRACES).split()) or name
    text = f"# {told}\n{_COMMENTS.sub('', query).strip()}\n"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        values = orjson.dumps(dict(variables), option=orjson.OPT_INDENT_2) + b"\n"
        save([values], path.with_suffix(".variables.json"))
        save([text.encode()], path)
    except OSError as error:
        raise SavingError(unsaved(path, error)) from error
    return path


def delete_question(folder: Path, name: str) -> None:
    """Delete a saved question.

    Raises:
        SavingError: there is none of this name, or it cannot be deleted.
    """
    path = document_path(folder, name)
    try:
        path.unlink()
        path.with_suffix(".variables.json").unlink(missing_ok=True)
    except FileNotFoundError as error:
        raise SavingError(f"No question {name!r} is saved in {folder}.") from error
    except OSError as error:
        raise SavingError(f"{path} cannot be deleted ({error.strerror}).") from error


def document_path(folder: Path, name: str) -> Path:
    """Where the question ``name`` is or would be.

    Raises:
        SavingError: the name cannot be used.
    """
    if not _NAME.fullmatch(name):
        raise SavingError(
            f"{name!r} cannot be a name; use small letters, digits and hyphens, such as grain-deal."
        )
    if any(each.name == name for each in read_questions(None)):
        raise SavingError(f"{name!r} is the name of a built-in question; choose another name.")
    return folder / f"{name}.graphql"
