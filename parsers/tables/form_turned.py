"""A table of marks that lies on its side: indicators are its columns, 标准分 and 自评分 its rows."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Block
from parsers.tables.forms import part_of

LEAST_COLUMNS = 2
"""So many indicators stand side by side."""


def upright(table: Block) -> Block:
    """Return a table that lies on its side turned upright; every other table as it is.

    Its first row holds names and nothing that heads marks, its first column heads of marks, the full and the given.
    """
    rows = sorted({cell.row for cell in table.cells})
    first = min((cell.col for cell in table.cells), default=0)
    head = [cell for cell in table.cells if cell.row == rows[0]] if rows else []
    beside = [part_of(cell.text) for cell in table.cells if cell.col == first and cell.row != rows[0]]
    names = [cell for cell in head if cell.col > first and cell.text.strip()]
    if (
        len(names) < LEAST_COLUMNS
        or not any(cell.col == first and part_of(cell.text) == "name" for cell in head)
        or any(part_of(cell.text) for cell in names)
        or not {"full", "awarded"} <= set(beside)
    ):
        return table
    turned = (
        replace(cell, row=cell.col, col=cell.row, rowspan=cell.colspan, colspan=cell.rowspan) for cell in table.cells
    )
    return replace(table, cells=tuple(sorted(turned, key=lambda cell: (cell.row, cell.col))))
