"""Several forms in one table: a sheet that holds them under one another is cut where the next one's title stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.document import Block, Cell, Document, Span
from parsers.report.covers import title_match
from parsers.view import view_of


def apart(document: Document) -> Document:
    """Return ``document`` with its tables cut at the titles of forms in them; rows keep their numbers."""
    if not document.tables:
        return document
    blocks = [part for block in document.blocks for part in _parts(document, block)]
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=tuple(blocks))


def _parts(document: Document, table: Block) -> Iterator[Block]:
    starts = list(_titles(table)) if table.kind == "table" else []
    if not starts:
        yield table
        return
    for start, stop in zip([None, *starts], [*starts, None], strict=True):
        cells = [c for c in table.cells if (start is None or c.row >= start) and (stop is None or c.row < stop)]
        span = Span(table.span.start if start is None else cells[0].span.start, cells[-1].span.end)
        yield replace(table, text=document.text[span.start : span.end], cells=tuple(cells), span=span)


def _titles(table: Block) -> Iterator[int]:
    """Yield the rows, below rows of several cells, that are one cell as wide as the table with a form's title."""
    width = max((cell.col + cell.colspan for cell in table.cells), default=0)
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    filled = False
    for row, cells in sorted(rows.items()):
        alone = len(cells) == 1 and cells[0].colspan == width > 1
        if alone and filled and _is_title(cells[0].text):
            yield row
            filled = False
        filled = filled or len([cell for cell in cells if cell.text.strip()]) > 1


def _is_title(text: str) -> bool:
    match = title_match(view_of(text).text.strip())
    return match is not None and "表" in match["type"]
