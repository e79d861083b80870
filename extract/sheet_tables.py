"""A sheet's used range, cut into tables where it is safe: where what follows a gap has a head of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from extract.document import Block, Cell, Place
from extract.sheet_model import Range, Sheet

MOST_EMPTY: Final = 10
"""Empty cells are part of a table while there are at most so many of them for each that is not."""
MOST_MERGED: Final = 2_000_000
"""Merged cells are kept in tables of up to so many positions; in none beyond, which only harm would ask for."""

_LABELLED: Final = re.compile(r"[：:]\s*\S")

Position = tuple[int, int]
Spans = dict[Position, Range]


def blocks(sheet: Sheet) -> list[Block]:
    """Return the tables in reading order; a stretch of a single column is no table but lines of text."""
    if not sheet.texts:
        return []
    spans = {merged[:2]: merged for merged in sheet.merged if merged[:2] in sheet.texts}
    found: list[Block] = []
    for stretch in _cut(sheet, spans, list(sheet.texts), axis=0):
        for part in _cut(sheet, spans, stretch, axis=1):
            found += _read(sheet, spans, part)
    return found


def _cut(sheet: Sheet, spans: Spans, cells: list[Position], axis: int) -> Iterator[list[Position]]:
    """Cut at the empty rows (axis 0) or columns (axis 1) behind which another table begins."""
    pieces: list[list[Position]] = []
    reach = -1
    for cell in sorted(cells, key=lambda cell: (cell[axis], cell)):
        if cell[axis] > reach + 1 or not pieces:
            pieces.append([])
        pieces[-1].append(cell)
        reach = max(reach, spans[cell][2 + axis] if cell in spans else cell[axis])
    parts = pieces[:1]
    for piece in pieces[1:]:
        if _has_head(sheet, piece) and (axis == 0 or (_has_labels(sheet, piece) and _has_head(sheet, parts[-1]))):
            parts.append(piece)
        else:
            parts[-1] += piece
    return (sorted(part) for part in parts)


def _has_head(sheet: Sheet, piece: list[Position]) -> bool:
    """Tell whether the first row of several cells holds words alone."""
    for _, group in groupby(sorted(piece), key=lambda cell: cell[0]):
        row = list(group)
        if len(row) > 1:
            return not any(cell in sheet.figures for cell in row)
    return False


def _has_labels(sheet: Sheet, piece: list[Position]) -> bool:
    """Tell whether the first column names most rows: beside a gap, it is then no part of the table left of it."""
    left = min(col for _, col in piece)
    first = [cell for cell in piece if cell[1] == left]
    rows = len({row for row, _ in piece})
    return 2 * len(first) > rows > 1 and not any(cell in sheet.figures for cell in first)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the sheet: its cells, and whether it stands alone over or under a table: a title, a unit, a note."""

    cells: list[Position]
    alone: bool


def _read(sheet: Sheet, spans: Spans, cells: list[Position]) -> list[Block]:
    rows = [_Row(row, _stands_alone(sheet, row)) for _, group in groupby(cells, key=_row_of) if (row := list(group))]
    inside = [index for index, row in enumerate(rows) if not row.alone]
    if not inside or len({col for _, col in cells}) == 1:
        return [block for row in rows for block in _lines(sheet, row.cells)]
    kept = [_Row(row.cells, row.alone and not inside[0] < at < inside[-1]) for at, row in enumerate(rows)]
    table = _table(sheet, spans, kept, sorted({col for _, col in cells}))
    place = Place(_path(sheet, cells[0]))
    return [Block("table", "", place, cells=tuple(table))]


def _row_of(cell: Position) -> int:
    return cell[0]


def _stands_alone(sheet: Sheet, row: list[Position]) -> bool:
    """Tell whether a row has one cell only, or pairs of label and value alone (编制单位：某局, 单位：万元)."""
    if len(row) == 1:
        return row[0] not in sheet.figures
    return all(_LABELLED.search(sheet.texts[cell]) for cell in row)


def _lines(sheet: Sheet, row: list[Position]) -> Iterator[Block]:
    for line in _joined(sheet, row).split("\n"):
        if line.strip():
            yield Block("paragraph", line, Place(_path(sheet, row[0])))


def _joined(sheet: Sheet, row: list[Position]) -> str:
    return "\u3000".join(sheet.texts[cell] for cell in row)


def _path(sheet: Sheet, cell: Position) -> str:
    return f"sheet {sheet.name} row {cell[0] + 1} col {cell[1] + 1}"


def _table(sheet: Sheet, spans: Spans, rows: list[_Row], cols: list[int]) -> list[Cell]:
    """Return the cells on a grid of the rows and columns in which some cell begins."""
    numbers = [row.cells[0][0] for row in rows]
    area = len(rows) * len(cols)
    taken: set[Position] = set()
    made: list[Cell] = []
    for at, row in enumerate(rows):
        if row.alone:
            made.append(Cell(at, 0, _joined(sheet, row.cells), Place(_path(sheet, row.cells[0])), 1, len(cols)))
            taken.update((at, col) for col in range(len(cols)))
            continue
        for cell in row.cells:
            col = bisect_left(cols, cell[1])
            if (at, col) in taken:
                continue  # under a merged cell: the sheet does not show it
            _, _, bottom, right = spans.get(cell, (*cell, *cell))
            tall = bisect_left(numbers, bottom + 1) - at
            wide = bisect_left(cols, right + 1) - col
            if area > MOST_MERGED or any(other.alone for other in rows[at : at + tall]):
                tall = wide = 1
            held = {(at + down, col + along) for down in range(tall) for along in range(wide)}
            if held & taken:
                tall, wide, held = 1, 1, {(at, col)}
            taken |= held
            made.append(Cell(at, col, sheet.texts[cell], Place(_path(sheet, cell)), tall, wide))
    if area - len(taken) <= MOST_EMPTY * len(made):
        made += [
            Cell(at, col, "", Place(_path(sheet, (numbers[at], cols[col]))))
            for at in range(len(rows))
            for col in range(len(cols))
            if (at, col) not in taken
        ]
    return made
