"""Cell boxes to a grid: column and row edges, and each cell's place and spans among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.document import BBox
from extract.layout import Grid, GridCell


def clusters(values: Iterable[float], tolerance: float) -> tuple[float, ...]:
    """Return the means of the groups of ``values`` that lie within ``tolerance`` of their neighbours."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)


def nearest(edges: Sequence[float], value: float) -> int:
    """Return the index of the edge nearest to ``value``."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def grid_of(boxes: Sequence[BBox], tolerance: float) -> Grid | None:
    """Return the grid that the cell ``boxes`` form, holes filled with cells; None where there are fewer than two cells.

    Edges within ``tolerance`` (points) of one another are one.
    """
    xs = clusters((x for box in boxes for x in (box[0], box[2])), tolerance)
    ys = clusters((y for box in boxes for y in (box[1], box[3])), tolerance)
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for box in sorted(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])):
        left, right = nearest(xs, box[0]), nearest(xs, box[2])
        top, bottom = nearest(ys, box[1]), nearest(ys, box[3])
        slots = {(row, col) for row in range(top, bottom) for col in range(left, right)}
        if not slots or slots & taken:
            continue
        taken |= slots
        cells.append(GridCell(top, left, bottom - top, right - left, (xs[left], ys[top], xs[right], ys[bottom])))
    cells += _holes(xs, ys, taken)
    if len(cells) < 2:
        return None
    return Grid(xs, ys, tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))


def _holes(xs: Sequence[float], ys: Sequence[float], taken: set[tuple[int, int]]) -> list[GridCell]:
    """Return cells for what no box covers, row by row: lines that were not drawn leave such holes."""
    cells = []
    for row in range(len(ys) - 1):
        col = 0
        while col < len(xs) - 1:
            end = col
            while end < len(xs) - 1 and (row, end) not in taken:
                end += 1
            if end > col:
                cells.append(GridCell(row, col, 1, end - col, (xs[col], ys[row], xs[end], ys[row + 1])))
            col = max(end, col + 1)
    return cells


def outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Return ``grids`` without those that stand inside another one: a cell keeps its own ruling as plain text."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: -(grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])):
        if not any(_inside(grid.box, other.box) for other in kept):
            kept.append(grid)
    return sorted(kept, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _inside(inner: BBox, outer: BBox) -> bool:
    slack = 2.0
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
