"""Tables that go on: one without a head right behind one with the same columns is the rest of it.

A page's end cuts a table in two in PDF files and scans, and in Word where each page's part was made by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from extract.document import Block, Cell, Document, Span
from parsers.tables.forms import clean, part_of

LEAST_COLUMNS = 3
_FIGURE = re.compile(r"(?:[≥≤><=]|>=|<=)?[-−]?\d[\d,]*(?:\.\d+)?\S{0,6}")


def joined(document: Document) -> Document:
    """Return ``document`` with each table that goes on joined to the one it began in."""
    blocks = tuple(_joined(document))
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=blocks)


def _joined(document: Document) -> Iterator[Block]:
    before: Block | None = None
    for block in document.blocks:
        if before is not None and _goes_on(before, block):
            before = _together(document, before, block)
            continue
        if before is not None:
            yield before
        before = block
    if before is not None:
        yield before


def _goes_on(before: Block, block: Block) -> bool:
    """Tell whether a table begins with a row of figures in the columns of the table right before it."""
    if before.kind != "table" or block.kind != "table" or not before.cells or not block.cells:
        return False
    head, last, first = _row(before, min), _row(before, max), _row(block, min)
    if len(first) < LEAST_COLUMNS or [c.col for c in first] != [c.col for c in last] or _width(before) != _width(block):
        return False
    return _has_figures(first) and not any(part_of(cell.text) for cell in first) and not _has_figures(head)


def _row(table: Block, which: Callable[[Iterable[int]], int]) -> list[Cell]:
    """Return the cells of the first (min) or last (max) row of a table, from the left."""
    number = which(cell.row for cell in table.cells)
    return sorted((cell for cell in table.cells if cell.row == number), key=lambda cell: cell.col)


def _width(table: Block) -> int:
    return max(cell.col + cell.colspan for cell in table.cells)


def _has_figures(cells: list[Cell]) -> bool:
    return sum(_FIGURE.fullmatch(clean(cell.text)) is not None for cell in cells) > 1


def _together(document: Document, before: Block, block: Block) -> Block:
    below = max(cell.row + cell.rowspan for cell in before.cells) - min(cell.row for cell in block.cells)
    span = Span(before.span.start, block.span.end)
    cells = (*before.cells, *(replace(cell, row=cell.row + below) for cell in block.cells))
    return replace(before, text=document.text[span.start : span.end], cells=cells, span=span)
