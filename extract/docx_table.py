"""A Word table's grid: every cell once, at its upper left position, with the rows and columns it spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.docx_properties import integer, switch
from extract.docx_text import DELETED, chosen
from extract.ooxml_package import MC, Element, W

WIDEST = 1000  # grid columns of one cell: Word itself allows 63 in a table
_WRAPPERS = frozenset(W + tag for tag in ("body", "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))


@dataclass(slots=True)
class GridCell:
    """A cell and where it stands; ``ordinal`` is its number in its row, from 1, as a person counts."""

    element: Element
    row: int
    col: int
    ordinal: int
    colspan: int = 1
    rowspan: int = 1


Open = dict[tuple[int, int], GridCell]
"""Column and width of a cell → the merged cell that goes on below it in a cell of the same edges."""


def members(element: Element, *tags: str) -> Iterator[Element]:
    """Yield the children of these tags in order, those inside content controls and the like too, none deleted."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from members(child, *tags)
        elif child.tag == MC + "AlternateContent":
            yield from members(chosen(child), *tags)


def is_deleted_row(row: Element) -> bool:
    """Return whether a tracked change takes the row away."""
    properties = row.find(W + "trPr")
    return properties is not None and any(child.tag in DELETED for child in properties)


def grid(table: Element) -> list[GridCell]:
    """Return the cells in reading order. Columns are those that some cell's edge makes, however fine Word's grid."""
    placed: list[GridCell] = []
    above: Open = {}
    index = 0
    for row in members(table, W + "tr"):
        if is_deleted_row(row) or switch(row.find(W + "trPr"), "hidden"):
            continue
        above = _place(row, index, above, placed)
        index += 1
    edges = sorted({edge for cell in placed for edge in (cell.col, cell.col + cell.colspan)})
    column = {edge: number for number, edge in enumerate(edges)}
    for cell in placed:
        left, right = column[cell.col], column[cell.col + cell.colspan]
        cell.col, cell.colspan = left, right - left
    return placed


def _place(row: Element, index: int, above: Open, placed: list[GridCell]) -> Open:
    """Put one row's cells on the grid; return the merged cells that the next row may continue."""
    going_on: Open = {}
    col = _span(row.find(W + "trPr"), "gridBefore", least=0)
    before: GridCell | None = None
    ordinal = 0
    for element in members(row, W + "tc"):
        properties = element.find(W + "tcPr")
        if properties is not None and properties.find(W + "cellDel") is not None:
            continue
        ordinal += 1
        span = _span(properties, "gridSpan", least=1)
        merge = _merge(properties, "vMerge")
        upper = above.get((col, span))
        if before is not None and _merge(properties, "hMerge") == "continue":
            if before.row == index:
                before.colspan += span
        elif merge == "continue" and upper is not None:
            upper.rowspan = index - upper.row + 1
            going_on[col, span] = before = upper
        else:
            before = GridCell(element, index, col, ordinal, span)
            placed.append(before)
            if merge is not None:
                going_on[col, span] = before
        col += span
    return going_on


def _merge(properties: Element | None, tag: str) -> str | None:
    found = None if properties is None else properties.find(W + tag)
    return None if found is None else str(found.get(W + "val", "continue"))


def _span(properties: Element | None, tag: str, least: int) -> int:
    return min(max(integer(properties, tag) or least, least), WIDEST)
