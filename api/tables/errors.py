"""What writers of tables raise."""

import importlib
from types import ModuleType


class TableError(Exception):
    """Tables cannot be written; the message says why and what to do."""


class MissingExtraError(TableError):
    """A format needs a package that is not installed; the message gives the command for it."""


def needed(module: str, extra: str, form: str) -> ModuleType:
    """The module that writes ``form``, imported.

    Raises:
        MissingExtraError: it is not installed; the message names the extra that brings it.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != package:
            raise
        msg = f"{form} needs {package}, which is not installed: pip install 'newsgraph[{extra}]'"
        raise MissingExtraError(msg) from error
