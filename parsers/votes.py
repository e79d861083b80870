"""One rule for what a table's rows bear out: which columns add up, what a total is of."""

from __future__ import annotations

LEAST_ROWS = 2
"""One row may hold by chance."""


def most_hold(held: int, rows: int) -> bool:
    """Tell whether enough of the ``rows`` that could hold do: two at least, and more than half."""
    return held >= LEAST_ROWS and 2 * held > rows
