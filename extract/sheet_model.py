"""A spreadsheet as its readers give it, before it is cut into tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MAX_CELLS: Final = 100_000
"""Cells with something in them that are read of one file: a report has hundreds."""

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(slots=True)
class Sheet:
    """One sheet: what its cells show, by row and column from 0, and what its figures are."""

    name: str
    hidden: bool = False
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    figures: set[tuple[int, int]] = field(default_factory=set)
    """Cells that hold a number or a moment."""
    merged: list[Range] = field(default_factory=list)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose formula was never calculated or came to an error: they hold no value, and no zero."""
    concealed: bool = False
    """Whether it has hidden rows or columns; they are read, since totals count them."""
    cut_at: int | None = None
    """Row from which on it was not read, for its size."""


class Budget:
    """Counts the cells of a file down."""

    def __init__(self) -> None:
        self.left = MAX_CELLS

    def take(self) -> bool:
        """Take one; return whether there was one left."""
        self.left -= 1
        return self.left >= 0
