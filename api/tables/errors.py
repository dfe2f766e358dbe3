"""What writers of tables raise."""


class TableError(Exception):
    """Tables cannot be written; the message says why and what to do."""


class MissingExtraError(TableError):
    """A format needs a package that is not installed; the message gives the command for it."""


def missing(package: str, extra: str, form: str) -> MissingExtraError:
    """What to raise where ``package``, which writes ``form``, cannot be imported.

    Args:
        package: as it is imported.
        extra: the extra of newsgraph that brings it.
        form: what people call the format.
    """
    msg = f"{form} needs {package}, which is not installed: pip install 'newsgraph[{extra}]'"
    return MissingExtraError(msg)
