"""Text that no spreadsheet takes for a formula."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet may run; or one that would be read as made harmless.

After OWASP, "CSV Injection" (https://owasp.org/www-community/attacks/CSV_Injection).
"""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")


def defused(cell: str) -> str:
    """``cell``, with an apostrophe in front where a spreadsheet would run it as a formula.

    Numbers stay as they are. :func:`restored` takes the apostrophe away again.
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def restored(cell: str) -> str:
    """What :func:`defused` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
