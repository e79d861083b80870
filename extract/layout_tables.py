"""Ruled grids to table cells, and tables that go on over the page to one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Cell, Notice, Place
from extract.layout import Grid, GridCell, Line, PageContent, weakest
from extract.layout_paragraphs import Frame, begins_in_column, cell_frame, cell_text, joint

HEADER_ROWS = 3
"""At most so many rows are looked at for a header that is repeated on the next page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A grid as it stands on its page, the ``ordinal``-th there (from 1)."""

    page: PageContent
    ordinal: int
    grid: Grid


@dataclass(frozen=True, slots=True)
class Table:
    """Cells over one or more pages, with the last part; ``edges`` are the column edges as shares of the width."""

    edges: tuple[float, ...]
    rows: int
    cells: tuple[Cell, ...]
    sources: tuple[GridCell, ...]
    """The grid cell that each cell (its last piece, where it was split by a page) came from."""
    last: Part


def _shares(grid: Grid) -> tuple[float, ...]:
    x0, width = grid.xs[0], grid.xs[-1] - grid.xs[0]
    return tuple((x - x0) / width for x in grid.xs)


def to_table(part: Part) -> Table:
    """Return the part's cells with their text and places."""
    page = part.page
    cells = []
    for cell in part.grid.cells:
        path = f"page {page.number}/table {part.ordinal} row {cell.row + 1} cell {cell.col + 1}"
        box = page.to_page(cell.box)
        place = Place(path, page.number, box, page.method, weakest(cell.lines))
        text = cell_text(cell.lines, cell.box[0], cell.box[2])
        cells.append(Cell(cell.row, cell.col, text, place, cell.rowspan, cell.colspan))
    return Table(_shares(part.grid), len(part.grid.ys) - 1, tuple(cells), part.grid.cells, part)


def goes_on(table: Table, part: Part, body_bottom: float) -> bool:
    """Tell whether ``part``, the first thing on its page, goes on with ``table``, the last thing on the page before.

    Both have the same outer edges, share the column edges where they meet, and the first row would not have fitted
    below the table, whose page's text reaches down to ``body_bottom``.
    """
    above, below = table.last.grid, part.grid
    tolerance = 3.0 if part.page.method == "text" else 0.02 * part.page.width
    wide, narrow = above.xs[-1] - above.xs[0], below.xs[-1] - below.xs[0]
    shift = 0.0 if part.page.method == "text" else 0.06 * part.page.width  # scanned sheets lie differently
    if abs(wide - narrow) > 2 * tolerance or abs(above.xs[0] - below.xs[0]) > tolerance + shift:
        return False
    shortest = min(cell.box[3] - cell.box[1] for cell in below.cells)
    if body_bottom - above.ys[-1] > max(shortest, 14.0) + 20.0:
        return False
    bottom_edges = _inner_edges(above, [c for c in above.cells if c.row + c.rowspan == len(above.ys) - 1])
    top_edges = [
        _inner_edges(below, [c for c in below.cells if c.row == row]) for row in range(min(2, len(below.ys) - 1))
    ]
    return any(_agree(bottom_edges, edges, tolerance / narrow) for edges in top_edges)


def _inner_edges(grid: Grid, cells: Sequence[GridCell]) -> list[float]:
    shares = _shares(grid)
    return sorted({shares[c.col] for c in cells} | {shares[c.col + c.colspan] for c in cells} - {0.0, 1.0})


def _agree(above: Sequence[float], below: Sequence[float], tolerance: float) -> bool:
    inner_above = [x for x in above if tolerance < x < 1 - tolerance]
    inner_below = [x for x in below if tolerance < x < 1 - tolerance]
    if not inner_above or not inner_below:
        return not inner_above and not inner_below
    fewer, more = sorted((inner_above, inner_below), key=len)
    shared = sum(any(abs(x - y) <= tolerance for y in more) for x in fewer)
    return shared >= 0.5 * len(fewer)


def _united(above: Sequence[float], below: Sequence[float], tolerance: float) -> tuple[float, ...]:
    edges = list(above)
    edges += [x for x in below if all(abs(x - y) > tolerance for y in above)]
    return tuple(sorted(edges))


def _index(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - x))


def _regrid(table: Table, edges: tuple[float, ...]) -> Table:
    at = [_index(edges, x) for x in table.edges]
    cells = tuple(
        replace(cell, col=at[cell.col], colspan=max(1, at[cell.col + cell.colspan] - at[cell.col]))
        for cell in table.cells
    )
    return replace(table, edges=edges, cells=cells)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _row(table: Table, row: int) -> list[tuple[int, str]]:
    return sorted((cell.col, _squeezed(cell.text)) for cell in table.cells if cell.row == row)


def _repeated_rows(table: Table, more: Table) -> int:
    """Return how many rows at the head of ``more`` repeat the header of ``table``."""
    for rows in range(min(HEADER_ROWS, table.rows, more.rows - 1), 0, -1):
        if any(cell.row < rows < cell.row + cell.rowspan for cell in more.cells):
            continue
        heads = [_row(more, row) for row in range(rows)]
        filled = any(text for row in heads for _, text in row)
        if filled and heads == [_row(table, row) for row in range(rows)]:
            return rows
    return 0


def _cell_frame(cell: GridCell) -> Frame:
    return cell_frame(cell.lines, cell.box[0], cell.box[2])


def _runs_on(cell: GridCell, lines: Sequence[Line]) -> bool:
    """Tell whether the last line of ``cell`` goes on with the first of ``lines``."""
    if not cell.lines or not lines:
        return False
    frame = _cell_frame(cell)
    last, first = cell.lines[-1], lines[0]
    closed = last.text.endswith(("。", "；", "！", "？", ";"))
    return not closed and not begins_in_column(replace(first, x0=frame.left), last, frame)


def _split_row(table: Table, more: Table, row: int) -> dict[int, int]:
    """Return which cell of ``table`` each cell in ``row`` of ``more`` goes on with, where a page split the row.

    A split row shows itself by a text of several lines, or several texts, that run on while another cell says no more.
    """
    bottom = {
        (cell.col, cell.colspan): index
        for index, cell in enumerate(table.cells)
        if cell.row + cell.rowspan == table.rows
    }
    pairs: dict[int, int] = {}
    running: list[int] = []
    silent = 0
    for index, cell in enumerate(more.cells):
        if cell.row != row:
            continue
        above = bottom.get((cell.col, cell.colspan))
        if above is None:
            return {}
        pairs[index] = above
        if not cell.text:
            silent += bool(table.cells[above].text)
        elif _runs_on(table.sources[above], more.sources[index].lines):
            running.append(len(table.sources[above].lines))
        elif table.cells[above].text:
            return {}
    long = max(running, default=0)
    split = long >= 3 or (silent and (long == 2 or len(running) > 1)) or (running and silent > 1)
    return pairs if split else {}


def _merged(cell: Cell, source: GridCell, further: Cell, lines: Sequence[Line]) -> Cell:
    between = ""
    if cell.text and further.text:
        between = joint(source.lines[-1], lines[0], _cell_frame(source)) if _runs_on(source, lines) else "\n"
    scores = [score for score in (cell.place.ocr_score, further.place.ocr_score) if score is not None]
    return replace(
        cell,
        text=cell.text + between + further.text,
        rowspan=cell.rowspan + further.rowspan - 1,
        place=replace(cell.place, ocr_score=min(scores, default=None)),
    )


def _carried(table: Table, more: Table, row: int) -> dict[int, int]:
    """Return the empty leading cells in ``row`` of ``more`` that go on with a cell merged over rows of ``table``."""
    pairs: dict[int, int] = {}
    first = sorted((cell.col, index) for index, cell in enumerate(more.cells) if cell.row == row)
    for col, index in first:
        cell = more.cells[index]
        above = [
            at
            for at, other in enumerate(table.cells)
            if (other.col, other.colspan) == (col, cell.colspan) and other.row + other.rowspan == table.rows
        ]
        if cell.text or not above or not table.cells[above[0]].text:
            break
        if cell.rowspan == 1 and table.cells[above[0]].rowspan == 1:
            break
        pairs[index] = above[0]
    return pairs if len(pairs) < len(first) else {}


def join(table: Table, part: Part) -> tuple[Table, list[Notice]]:
    """Return ``table`` with the rows of ``part`` below it, and what to say about it."""
    more = to_table(part)
    number = part.page.number
    edges = _united(table.edges, more.edges, 0.006 if part.page.method == "text" else 0.02)
    table, more = _regrid(table, edges), _regrid(more, edges)
    notices = [Notice("table_joined", f"page {number}: its first table goes on from the page before", number)]
    skip = _repeated_rows(table, more)
    if skip:
        notices.append(Notice("header_dropped", f"page {number}: the table's repeated header was left out", number))
    offset = table.rows - skip
    pairs = _split_row(table, more, skip)
    if pairs:
        offset -= 1
    else:
        pairs = _carried(table, more, skip)
    cells, sources = list(table.cells), list(table.sources)
    for index, (cell, source) in enumerate(zip(more.cells, more.sources, strict=True)):
        above = pairs.get(index)
        if above is not None:
            merged = _merged(cells[above], sources[above], cell, source.lines)
            # A carried cell spans all its rows below; a split row is the row above.
            rowspan = cell.row + cell.rowspan + offset - merged.row
            cells[above] = replace(merged, rowspan=rowspan)
            sources[above] = replace(source, lines=source.lines or sources[above].lines)
        elif cell.row >= skip:
            cells.append(replace(cell, row=cell.row + offset))
            sources.append(source)
    return Table(edges, more.rows + offset, tuple(cells), tuple(sources), part), notices
