"""Ruled lines of a PDF page: pdfium gives the path objects, pdfplumber makes cells of them.

The page is not parsed a second time: pdfplumber's table functions take the edges as pdfium drew them.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium

from extract.layout import Grid, Matrix
from extract.layout_grid import clusters, grid_of, nearest, outermost
from extract.pdf_calls import (
    count_segments,
    draw_mode,
    fill_colour,
    path_segment,
    segment_closes,
    segment_kind,
    segment_point,
    stroke_colour,
)
from extract.pdf_objects import Path

THIN = 3.0
"""A drawn shape that is no thicker than so many points is a line."""

SNAP = 3.0
"""Lines within so many points of one another are one, gaps up to it are closed."""

MAX_EDGES = 4000
"""Beyond so many edges a page is a drawing, and pdfplumber would take minutes."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Edge:
    """A horizontal or vertical line: where x0 == x1 it is vertical, where top == bottom horizontal."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def vertical(self) -> bool:
        """Whether the line goes up and down."""
        return self.x0 == self.x1


def _subpaths(raw: int) -> Iterator[tuple[list[Point], bool]]:
    """Yield the straight pieces of a path: their points in order, and whether they close. Curves part them."""
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.addressof(x), ctypes.addressof(y)
    points: list[Point] = []
    for index in range(count_segments(raw)):
        segment = path_segment(raw, index)
        segment_point(segment, to_x, to_y)
        if segment_kind(segment) != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points, False
            points = []
        points.append((x.value, y.value))
        if segment_closes(segment):
            if len(points) > 1:
                yield points, True
            points = points[:1]
    if len(points) > 1:
        yield points, False


def _is_white(colour: Callable[..., int], raw: int) -> bool:
    parts = (ctypes.c_uint * 4)()  # red, green, blue, opacity
    at = ctypes.addressof(parts)
    if not colour(raw, at, at + 4, at + 8, at + 12):
        return False
    red, green, blue, alpha = parts
    return alpha < 8 or min(red, green, blue) > 247


def _drawn(raw: int) -> tuple[bool, bool]:
    """Return whether the path is visibly filled and visibly stroked."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not draw_mode(raw, ctypes.addressof(mode), ctypes.addressof(stroke)):
        return False, False
    filled = mode.value != pdfium.FPDF_FILLMODE_NONE and not _is_white(fill_colour, raw)
    stroked = bool(stroke.value) and not _is_white(stroke_colour, raw)
    return filled, stroked


def _edges_of(path: Path, matrix: Matrix) -> Iterator[Edge]:
    filled, stroked = _drawn(path.raw)
    if not (filled or stroked):
        return
    for points, closed in _subpaths(path.raw):
        placed = [_place(matrix, _place(path.matrix, point)) for point in points]
        x0, x1 = min(x for x, _ in placed), max(x for x, _ in placed)
        top, bottom = min(y for _, y in placed), max(y for _, y in placed)
        if x1 - x0 <= THIN or bottom - top <= THIN:
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            if x1 - x0 <= THIN:
                yield Edge(x, top, x, bottom)
            if bottom - top <= THIN:
                yield Edge(x0, y, x1, y)
        elif stroked:
            for (ax, ay), (bx, by) in pairwise([*placed, placed[0]] if closed else placed):
                if abs(ax - bx) < 1.0:
                    x = (ax + bx) / 2
                    yield Edge(x, min(ay, by), x, max(ay, by))
                elif abs(ay - by) < 1.0:
                    y = (ay + by) / 2
                    yield Edge(min(ax, bx), y, max(ax, bx), y)


def _place(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def read_edges(paths: Sequence[Path], matrix: Matrix, size: tuple[float, float]) -> list[Edge] | None:
    """Return the straight lines that ``paths`` draw inside a page of ``size`` points; None where there are too many."""
    width, height = size
    edges: list[Edge] = []
    for path in paths:
        for edge in _edges_of(path, matrix):
            if edge.x1 < 0 or edge.x0 > width or edge.bottom < 0 or edge.top > height:
                continue
            edges.append(edge)
        if len(edges) > 10 * MAX_EDGES:
            return None
    return edges


def find_grids(edges: Sequence[Edge]) -> list[Grid] | None:
    """Return the ruled tables that ``edges`` draw, from top to bottom; None where there are too many edges."""
    if len(edges) < 4 or not any(edge.vertical for edge in edges):
        return []
    from pdfplumber import table as plumber

    objects = plumber.merge_edges([_as_object(edge) for edge in _snapped(edges)], 0, 0, SNAP, SNAP)
    merged = [Edge(o["x0"], o["top"], o["x1"], o["bottom"]) for o in objects]
    merged = [edge for edge in merged if max(edge.x1 - edge.x0, edge.bottom - edge.top) >= SNAP]
    if len(merged) > MAX_EDGES:
        return None
    merged += open_sides(merged)
    points = plumber.edges_to_intersections([_as_object(edge) for edge in merged], SNAP, SNAP)
    if len(points) > MAX_EDGES:
        return None
    grids = [grid_of(boxes, SNAP) for boxes in plumber.cells_to_tables(plumber.intersections_to_cells(points))]
    return outermost([grid for grid in grids if grid is not None])


def _snapped(edges: Sequence[Edge]) -> list[Edge]:
    """Bring lines that are next to one another onto one coordinate, exactly: pdfplumber compares for equality."""
    xs = clusters((edge.x0 for edge in edges if edge.vertical), SNAP)
    ys = clusters((edge.top for edge in edges if not edge.vertical), SNAP)
    snapped = []
    for edge in edges:
        if edge.vertical:
            x = xs[nearest(xs, edge.x0)]
            snapped.append(Edge(x, edge.top, x, edge.bottom))
        else:
            y = ys[nearest(ys, edge.top)]
            snapped.append(Edge(edge.x0, y, edge.x1, y))
    return snapped


def open_sides(edges: Sequence[Edge]) -> list[Edge]:
    """Return the outer sides of tables drawn without them: at least three lines end there, one above the other.

    Such a table has lines between its columns; without any it would be a list of underlined fields.
    """
    level: dict[tuple[int, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        if not edge.vertical:
            level[round(edge.x0 / SNAP), round(edge.x1 / SNAP)].append(edge)
    sides = []
    for group in level.values():
        if len(group) < 3:
            continue
        x0, x1 = group[0].x0, group[0].x1
        top, bottom = min(edge.top for edge in group), max(edge.top for edge in group)
        upright = [
            edge.x0
            for edge in edges
            if edge.vertical
            and edge.bottom > top + SNAP
            and edge.top < bottom - SNAP
            and x0 - SNAP < edge.x0 < x1 + SNAP
        ]
        if any(x0 + SNAP < x < x1 - SNAP for x in upright):
            bare = [side for side in (x0, x1) if all(abs(x - side) > SNAP for x in upright)]
            sides += [Edge(side, top, side, bottom) for side in bare]
    return sides


def _as_object(edge: Edge) -> dict[str, float | str]:
    """Return the edge as pdfplumber writes one."""
    return {
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
        "orientation": "v" if edge.vertical else "h",
        "object_type": "line",
    }
