"""Numbers in messages, with the noun they count in the right form."""

LARGEST = 10**9


def figure(number: float) -> str:
    """``number`` for a reader: "0.5", "1,234", and "more than 1,000,000,000" for all above that."""
    if number > LARGEST:
        return f"more than {LARGEST:,}"
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:g}"


def counted(number: float, noun: str, plural: str | None = None) -> str:
    """``number`` with its noun: "1 page", "2,000 pages", "0.5 seconds".

    Args:
        number: how many.
        noun: what one is called; a verb may follow it, "page was read".
        plural: what several are called, where that is not the noun with an s.
    """
    return f"{figure(number)} {noun if number == 1 else plural or f'{noun}s'}"
