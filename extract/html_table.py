"""The tables of a web page: which hold data, and the grid of those that do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from extract.html_style import is_hidden, tag_of

Element = Any
"""An lxml element: no type information is published."""

WIDEST: Final = 1000  # what HTML itself allows of colspan
TALLEST: Final = 65534  # and of rowspan
LONG_PROSE: Final = 200
"""A cell of so many characters is no entry of a one-row table: the row lays out a page."""


@dataclass(slots=True)
class GridCell:
    """A cell and where it stands; ``ordinal`` is its number in its row, from 1, as a person counts."""

    element: Element
    row: int
    col: int
    ordinal: int
    colspan: int = 1
    rowspan: int = 1


def members(element: Element, *tags: str) -> Iterator[Element]:
    """Yield what is shown of these tags, through whatever stands between (tbody, a form), not in cells or tables."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        tag = tag_of(child)
        if not tag or is_hidden(child):
            continue
        if tag in tags:
            yield child
        if tag not in ("table", "td", "th") and (tag != "tr" or "tr" in tags):
            waiting += reversed(child)


def grid(table: Element) -> list[GridCell]:
    """Return the cells in reading order. Columns are those that some cell's edge makes."""
    placed: list[GridCell] = []
    rows = list(members(table, "tr"))
    held: list[tuple[int, int, int]] = []  # column, the one behind, the first row that is free again
    for index, row in enumerate(rows):
        held = sorted(one for one in held if one[2] > index)
        more: list[tuple[int, int, int]] = []
        col = at = 0
        for ordinal, element in enumerate(members(row, "td", "th"), start=1):
            while at < len(held) and held[at][0] <= col:
                col = max(col, held[at][1])
                at += 1
            colspan = max(_span(element, "colspan", WIDEST), 1)
            if at < len(held):  # where HTML lets a wide cell overlap one from above, it ends
                colspan = min(colspan, held[at][0] - col)
            rowspan = min(_span(element, "rowspan", TALLEST) or TALLEST, len(rows) - index)
            placed.append(GridCell(element, index, col, ordinal, colspan, rowspan))
            if rowspan > 1:
                more.append((col, col + colspan, index + rowspan))
            col += colspan
        held += more
    return _compact(placed)


def _compact(placed: list[GridCell]) -> list[GridCell]:
    """Drop the rows in which no cell begins and the columns that no edge makes: spans wider than the table."""
    edges = sorted({edge for cell in placed for edge in (cell.col, cell.col + cell.colspan)})
    column = {edge: number for number, edge in enumerate(edges)}
    begun = sorted({cell.row for cell in placed})
    for cell in placed:
        top = bisect_left(begun, cell.row)
        cell.rowspan = bisect_left(begun, cell.row + cell.rowspan) - top
        left, right = column[cell.col], column[cell.col + cell.colspan]
        cell.row, cell.col, cell.colspan = top, left, right - left
    return placed


def _span(element: Element, name: str, most: int) -> int:
    stated = element.get(name, "1").strip()
    return min(int(stated), most) if stated.isascii() and stated.isdigit() and len(stated) < 10 else 1


def holds_data(table: Element, cells: list[GridCell]) -> bool:
    """Tell a table of data from one that lays out the page: around other tables, of one column, of one long row."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if all(cell.col == 0 and cell.colspan == 1 for cell in cells):
        return False
    if any(tag_of(inner) == "table" and inner is not table for inner in table.iter("table")):
        return _is_ruled(table)
    if all(cell.row == 0 for cell in cells):
        return all(len("".join(cell.element.itertext()).strip()) < LONG_PROSE for cell in cells)
    return True


def _is_ruled(table: Element) -> bool:
    """Tell whether the table says of itself that it is one: by lines, head cells or a caption."""
    border = (table.get("border") or "0").strip()
    return border not in ("", "0", "0px") or any(True for _ in members(table, "caption", "th"))
