"""Results as rows: lists of dicts that convert to data frames."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from queries.counts import counted

if TYPE_CHECKING:
    from pandas import DataFrame

_SHOWN = 8


class Rows(list[dict[str, Any]]):
    """A list of dicts, one per row; nested objects are dicts, nested lists are lists.

    Attributes:
        answer: For the result of a query, the complete GraphQL answer.

    Example:
        >>> rows = Rows([{"name": "Bo Ek", "country": {"name": "Kenya"}}])
        >>> rows[0]["country"]["name"]
        'Kenya'
        >>> list(rows.to_pandas().columns)
        ['name', 'country.name']
    """

    def __init__(
        self, rows: Iterable[dict[str, Any]] = (), *, answer: dict[str, Any] | None = None
    ) -> None:
        super().__init__(rows)
        self.answer = answer

    def to_pandas(self) -> "DataFrame":
        """Return the rows as a ``pandas.DataFrame``.

        Fields of nested objects are columns such as ``country.name``; nested lists stay lists.

        Raises:
            ImportError: pandas is not installed.
        """
        try:
            import pandas as pd  # optional
        except ModuleNotFoundError as error:
            msg = "to_pandas() needs pandas, which is not installed: pip install pandas"
            raise ImportError(msg) from error
        frame = pd.json_normalize(list(self))
        # A null object yields a column of its own beside the columns of its fields.
        outer = {name.rpartition(".")[0] for name in frame.columns}
        spare = [name for name in frame.columns if name in outer and frame[name].isna().all()]
        return frame.drop(columns=spare)

    def __repr__(self) -> str:
        names = list(dict.fromkeys(name for row in self for name in row))
        more = ", …" if len(names) > _SHOWN else ""
        return f"<{counted(len(self), 'row')}: {', '.join(names[:_SHOWN])}{more}>"
