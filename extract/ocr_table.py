"""Lines read from a picture to the cells of the tables ruled in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.document import BBox, Notice
from extract.layout import Grid, GridCell, Line
from extract.layout_lines import to_lines
from extract.ocr import OcrEngine
from extract.ocr_image import grey
from extract.ocr_mend import mend
from extract.ocr_variants import simplify
from extract.ruled import Ruling

if TYPE_CHECKING:
    from extract.ocr import Image

CROSSING = 0.7
"""A line that reaches so many em into a second cell belongs to both."""

READABLE = 0.5
"""What the engine read with a lower score is no text."""

CERTAIN = 0.9
"""A mark that was not found as text at first is taken for a figure only at this score."""

MARK = 4.0
"""Ink of so many points in either direction is a mark, less is dust."""

UPRIGHT = 0.25
"""A mark narrower than this share of its height is a bit of a line rather than a 1."""

_INSET = 2.0
_FIGURE = re.compile(r"\d[\d.,]*%?")

Key = tuple[int, int]
"""A cell: index of its grid, index of the cell in it."""


def fill(
    ruling: Ruling, pieces: Sequence[Line], image: Image, scale: float, number: int, ocr: OcrEngine
) -> tuple[list[Line], list[Grid], list[Notice]]:
    """Return the lines outside the tables, the tables with their lines, and what was doubtful about them.

    ``image`` is level, with ``scale`` pixels per point. A line across two cells is read again, cell by cell; a cell
    with ink that was not found as text is looked at again.
    """
    notices = [
        Notice("table_uncertain", f"page {number}: a table's ruling could not be followed; it was read as text", number)
        for _ in ruling.given_up
    ]
    if not ruling.grids:
        return list(pieces), [], notices
    picture = grey(image)
    cells = {(at, index): cell for at, grid in enumerate(ruling.grids) for index, cell in enumerate(grid.cells)}
    outside, inside, torn = _dealt(pieces, cells)
    again = [(key, box) for key, box in torn if _mark(picture, box, scale)]
    unread = 0
    for (key, box), (text, score) in zip(again, _read_boxes([box for _, box in again], image, scale, ocr), strict=True):
        if text and score >= READABLE:
            inside[key].append(_line(text, box, score))
        else:
            unread += 1
    bare = [
        (key, mark)
        for key, cell in cells.items()
        if not inside[key] and (mark := _mark(picture, _inset(cell.box), scale, whole=True))
    ]
    for (key, box), (text, score) in zip(bare, _read_boxes([box for _, box in bare], image, scale, ocr), strict=True):
        if _FIGURE.fullmatch(text) and score >= CERTAIN and box[2] - box[0] > UPRIGHT * (box[3] - box[1]):
            inside[key].append(_line(text, box, score))
        else:
            unread += 1
    if unread:
        notices.append(Notice("marks_unread", f"page {number}: {unread} cell(s) hold marks that were not read", number))
    grids = [
        replace(
            grid,
            cells=tuple(replace(cell, lines=to_lines(inside[at, index])) for index, cell in enumerate(grid.cells)),
        )
        for at, grid in enumerate(ruling.grids)
        if any(inside[at, index] for index in range(len(grid.cells)))
    ]
    return outside, grids, notices


def _dealt(
    pieces: Sequence[Line], cells: dict[Key, GridCell]
) -> tuple[list[Line], dict[Key, list[Line]], list[tuple[Key, BBox]]]:
    """Deal the lines out: outside the tables, inside a cell, and what cells share of lines that cross a rule."""
    outside: list[Line] = []
    inside: dict[Key, list[Line]] = {key: [] for key in cells}
    torn: list[tuple[Key, BBox]] = []
    for piece in pieces:
        touched = [key for key, cell in cells.items() if _reaches(piece, cell.box)]
        if len(touched) > 1:
            torn += [(key, _shared(piece, cells[key].box)) for key in touched]
        elif touched:
            inside[touched[0]].append(piece)
        else:
            outside.append(piece)
    return outside, inside, torn


def _reaches(piece: Line, box: BBox) -> bool:
    """Tell whether a line stands in a cell, or reaches into it far enough to have a character there."""
    x0, top, x1, bottom = box
    if not top <= piece.middle < bottom:
        return False
    common = min(piece.x1, x1) - max(piece.x0, x0)
    return common > min(CROSSING * piece.em, 0.5 * (piece.x1 - piece.x0))


def _shared(piece: Line, box: BBox) -> BBox:
    x0, top, x1, bottom = box
    return (
        max(piece.x0, x0 + _INSET),
        max(piece.top, top),
        min(piece.x1, x1 - _INSET),
        min(piece.bottom, bottom),
    )


def _inset(box: BBox) -> BBox:
    x0, top, x1, bottom = box
    return (x0 + _INSET, top + _INSET, x1 - _INSET, bottom - _INSET)


def _mark(picture: Image, box: BBox, scale: float, *, whole: bool = False) -> BBox | None:
    """Return the box around the ink in ``box``, in points, or None where there is only paper and dust.

    With ``whole`` only marks that stand in the box as a whole count, which leaves out the rules around a cell.
    """
    left, top, right, bottom = (round(edge * scale) for edge in box)
    part = picture[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if min(part.shape[:2], default=0) < 4:
        return None
    ink = (part.astype(np.int16) < float(np.median(part)) - 60).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    rows, columns = ink.shape
    marks = [
        (x, y, width, height)
        for x, y, width, height, _ in stats[1:count]
        if max(width, height) >= MARK * scale
        and not (whole and (x == 0 or y == 0 or x + width == columns or y + height == rows))
    ]
    if not marks:
        return None
    x0, y0 = min(mark[0] for mark in marks) + left, min(mark[1] for mark in marks) + top
    x1 = max(x + width for x, _, width, _ in marks) + left
    y1 = max(y + height for _, y, _, height in marks) + top
    return (float(x0 / scale), float(y0 / scale), float(x1 / scale), float(y1 / scale))


def _read_boxes(boxes: Sequence[BBox], image: Image, scale: float, ocr: OcrEngine) -> list[tuple[str, float]]:
    """Read each box (in points) as one line, with some paper around it."""
    crops = []
    around = 2.0
    for x0, top, x1, bottom in boxes:
        rows = slice(max(0, round((top - around) * scale)), round((bottom + around) * scale))
        columns = slice(max(0, round((x0 - around) * scale)), round((x1 + around) * scale))
        crops.append(np.ascontiguousarray(image[rows, columns]))
    return [(simplify(mend(text.strip())), score) for text, score in ocr.read_lines(crops)]


def _line(text: str, box: BBox, score: float) -> Line:
    x0, top, x1, bottom = box
    return Line(text, x0, top, x1, bottom, 0.8 * (bottom - top), score)
