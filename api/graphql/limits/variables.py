"""Bounds on variables: a body of 100 kB holds a list of 50,000 ids, or 50,000 brackets."""

from typing import Any

from api.http.errors import LimitError
from api.http.limits import Limits
from queries.counts import counted


def check_variables(variables: dict[str, Any], limits: Limits) -> None:
    """Refuse variables that hold too many values or nest too deeply.

    Raises:
        LimitError: naming the variable, the figure and the limit.
    """
    values = 0
    for name, value in variables.items():
        stack = [(value, 0)]
        while stack:
            item, depth = stack.pop()
            if depth > limits.input_depth:
                raise LimitError(
                    f"Variable '${name}' is nested more than "
                    f"{counted(limits.input_depth, 'level')} deep.",
                    limit="input_depth",
                    value=depth,
                    maximum=limits.input_depth,
                    field=f"${name}",
                )
            values += 1
            if isinstance(item, dict):
                stack += [(part, depth + 1) for part in item.values()]
            elif isinstance(item, list):
                stack += [(part, depth + 1) for part in item]
            if values + len(stack) > limits.input_values:
                raise LimitError(
                    f"The variables contain more than {counted(limits.input_values, 'value')}; "
                    f"'${name}' exceeds the limit. Split them into several requests.",
                    limit="input_values",
                    value=values + len(stack),
                    maximum=limits.input_values,
                    field=f"${name}",
                )
