"""Tables inside a cell: lines of a cell with as many tabs each become a table of their own, behind the outer one.

Loaders write the cells of a nested row apart by tabs. The line above it, or the label left of the cell, is its caption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from extract.document import Block, Cell, Document, Span
from parsers.tables.grid_columns import caption_unit
from parsers.view import view_of

LEAST_ROWS = 2


def unnested(document: Document) -> Document:
    """Return ``document`` with the tables inside cells as tables of their own."""
    if "\t" not in document.text:
        return document
    blocks = [part for block in document.blocks for part in _parts(document, block)]
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=tuple(blocks))


def _parts(document: Document, block: Block) -> Iterator[Block]:
    cells: list[Cell] = []
    inner: list[Block] = []
    for cell in block.cells:
        left = cells[-1] if cells and cells[-1].row == cell.row else None
        found = [_table(document, block, cell, lines, left) for lines in _runs(document, cell)]
        inner.extend(found)
        cells.append(_shortened(document, cell, found[0].span.start) if found else cell)
    yield replace(block, cells=tuple(cells)) if inner else block
    yield from inner


def _runs(document: Document, cell: Cell) -> Iterator[list[Span]]:
    """Yield the runs of lines of a cell that are rows: as many tabs in each, and figures among them."""
    if "\t" not in cell.text:
        return
    at = cell.span.start
    lines = []
    for line in document.text[cell.span.start : cell.span.end].split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    for tabs, run in groupby(lines, key=lambda span: document.text.count("\t", *span)):
        rows = list(run)
        text = document.text[rows[0].start : rows[-1].end]
        if tabs and len(rows) >= LEAST_ROWS and any(char.isdigit() for char in text):
            yield rows


def _table(document: Document, outer: Block, cell: Cell, rows: list[Span], left: Cell | None) -> Block:
    width = document.text.count("\t", *rows[0]) + 1
    above = document.text[cell.span.start : rows[0].start].strip("\n").rpartition("\n")[2]
    cells = []
    if above.strip():
        start = rows[0].start - 1 - len(above)
        cells.append(Cell(0, 0, above, cell.place, colspan=width, span=Span(start, start + len(above))))
    elif left is not None and caption_unit(view_of(left.text).text):
        cells.append(replace(left, row=0, col=0, rowspan=1, colspan=width))
    for number, row in enumerate(rows, start=1):
        at = row.start
        for column, piece in enumerate(document.text[row.start : row.end].split("\t")):
            if piece.strip():
                cells.append(Cell(number, column, piece, cell.place, span=Span(at, at + len(piece))))
            at += len(piece) + 1
    span = Span(rows[0].start, rows[-1].end)
    return replace(outer, text=document.text[span.start : span.end], cells=tuple(cells), span=span)


def _shortened(document: Document, cell: Cell, end: int) -> Cell:
    """Return a cell without the tables in it: what stands before the first."""
    text = document.text[cell.span.start : end].rstrip("\n")
    return replace(cell, text=text, span=Span(cell.span.start, cell.span.start + len(text)))
