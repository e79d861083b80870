"""One rule for what a table's rows bear out: which columns add up, what a total is of."""

from __future__ import annotations

LEAST_ROWS = 2
"""One row may hold by chance."""
LEAST_TELLING = 3
"""What no head says is borne out by so many rows that say something."""


def most_hold(held: int, rows: int) -> bool:
    """Tell whether enough of the ``rows`` that could hold do: two at least, and more than half."""
    return held >= LEAST_ROWS and 2 * held > rows


def nearly_all_hold(telling: int, held: int, failed: int) -> bool:
    """Tell whether rows bear out what no head says: three ``telling`` ones, and three that hold for each that fails."""
    return telling >= LEAST_TELLING and held >= LEAST_TELLING * failed
