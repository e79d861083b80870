"""Ruled tables in a picture: the lines are opened out of it, cells are what they enclose.

The picture is level already. Lines are opened in both directions, gaps are closed, each connected set of lines is a
table, and each patch of paper that it encloses is a cell; column and row edges and spans follow from the cells. Where
patches are no rectangles (lines torn or faded) or do not fill the table, nothing is guessed: the table is given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.document import BBox
from extract.layout import Grid
from extract.layout_grid import grid_of, outermost
from extract.pdf_rules import Edge, open_sides

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.ocr import Image

LONG = 26.0
"""A horizontal line is at least so many points long."""

STROKE = 1.2
"""A piece of a line is at least so many em long, as no stroke of a character is; no row of a table is lower either."""

GAP = 3.0
"""Gaps of so many points in a line are closed."""

SMALLEST = 5.0
"""No cell is narrower or lower than so many points."""

DEEPEST = 14.0
"""A sheet that lies curled hangs down by no more than so many points."""

BENT = 1.2
"""A rule that leaves its level by so many points is bent."""

TOLERANCE = 4.0
"""Cell edges within so many points of one another are one edge."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The tables found, in points, and the boxes of those that had to be given up."""

    grids: tuple[Grid, ...] = ()
    given_up: tuple[BBox, ...] = ()


def _rect(width: int, height: int) -> Image:
    result: Image = cv2.getStructuringElement(cv2.MORPH_RECT, (max(1, width), max(1, height)))
    return result


def _opened(ink: Image, length: float, stroke: float, scale: float) -> Image:
    """Return the pixels of ``ink`` that belong to horizontal lines of at least ``length`` points.

    Strokes of characters, shorter than ``stroke`` points, go first: a gap that is closed must not join one to a rule.
    """
    reach = max(1, round(stroke * scale))
    thick = cv2.dilate(ink, _rect(1, 3))  # a line may climb or fall by a pixel
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _rect(reach, 1))
    gap = _rect(round(GAP * scale), 1)
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, gap)
    lines: Image = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _rect(round(length * scale), 1))
    if not lines.any():
        return lines
    # A line's end behind a gap is shorter than a stroke: it comes back where it touches the line.
    near = cv2.dilate(lines, _rect(2 * reach + 1, 1))
    ends: Image = cv2.bitwise_or(lines, cv2.bitwise_and(near, cv2.morphologyEx(thick, cv2.MORPH_CLOSE, gap)))
    return ends


def line_masks(picture: Image, scale: float, em: float, small: float) -> tuple[Image, Image, float] | None:
    """Return masks of the horizontal and the vertical lines in a level grey picture, and the masks' own scale.

    The masks are half as fine as the picture. None where there are no lines in one of the directions.
    """
    block = 2 * round(6 * scale) + 1
    ink = cv2.adaptiveThreshold(picture, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 18)
    horizontal = _opened(ink, LONG, min(LONG, STROKE * em), scale)
    if not horizontal.any():
        return None
    vertical = _opened(np.ascontiguousarray(ink.T), STROKE * small, STROKE * small, scale).T
    if not vertical.any():
        return None
    return _halved(horizontal), _halved(vertical), scale / 2


def _halved(mask: Image) -> Image:
    """Return a mask of half the size; a pixel is set where one of its four is."""
    height, width = mask.shape[0] // 2 * 2, mask.shape[1] // 2 * 2
    mask = mask[:height, :width]
    return np.ascontiguousarray(mask[::2, ::2] | mask[1::2, ::2] | mask[::2, 1::2] | mask[1::2, 1::2])


def _edges(mask: Image, scale: float, vertical: bool) -> list[Edge]:
    """Return the connected lines of a mask as edges in points, along the middle of each."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    edges = []
    for x, y, width, height in stats[1:count, :4] / scale:
        middle = x + width / 2 if vertical else y + height / 2
        edges.append(Edge(middle, y, middle, y + height) if vertical else Edge(x, middle, x + width, middle))
    return edges


def _cells(lines: Image, scale: float) -> list[BBox] | None:
    """Return the boxes of the patches that a table's lines enclose; None where one of them is no rectangle."""
    paper = cv2.copyMakeBorder(1 - lines, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    outside = labels[0, 0]
    boxes: list[BBox] = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        if index == outside or min(width, height) < SMALLEST * scale:
            continue
        if area < 0.87 * (width - 2) * (height - 2):  # its edges waver by a pixel
            return None
        boxes.append((x - 2, y - 2, x + width, y + height))
    return boxes


def _framed(edges: Sequence[Edge], x: float, y: float, width: float, height: float) -> bool:
    """Tell whether two lines in each direction run along much of a box, as round a table."""
    if width < 2 * LONG or height < SMALLEST:
        return False
    own = [
        e for e in edges if x - 1 <= e.x0 and e.x1 <= x + width + 1 and y - 1 <= e.top and e.bottom <= y + height + 1
    ]
    level = sum(edge.x1 - edge.x0 > 0.3 * width for edge in own if not edge.vertical)
    upright = sum(edge.bottom - edge.top > 0.3 * height for edge in own if edge.vertical)
    return level >= 2 and upright >= 2


def _fills(boxes: list[BBox], lines: Image) -> bool:
    """Tell whether cells and the lines around them fill the table that they are said to be of."""
    cells = sum((x1 - x0 - 2) * (bottom - top - 2) for x0, top, x1, bottom in boxes)
    return cells + int(lines.sum()) > 0.85 * lines.size


def find_tables(picture: Image, scale: float, em: float, small: float | None = None) -> Ruling:
    """Return the ruled tables in a level grey picture of ``scale`` pixels a point.

    Its text is set in ``em`` points, that of its tables perhaps in ``small``.
    """
    masks = line_masks(picture, scale, em, small or em)
    if masks is None:
        return Ruling()
    horizontal, vertical, scale = masks
    edges = _edges(horizontal, scale, vertical=False) + _edges(vertical, scale, vertical=True)
    lines = cv2.bitwise_or(horizontal, vertical)
    sides = open_sides(edges)
    for side in sides:
        ends = [(round(x * scale), round(y * scale)) for x, y in ((side.x0, side.top), (side.x1, side.bottom))]
        cv2.line(lines, ends[0], ends[1], 1, 2)
    edges += sides
    reach = max(3, round(2 * scale))
    lines = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    grids: list[Grid] = []
    given_up: list[BBox] = []
    for index in range(1, count):
        x, y, width, height = (int(value) for value in stats[index, :4])
        if not _framed(edges, x / scale, y / scale, width / scale, height / scale):
            continue
        own = (labels[y : y + height, x : x + width] == index).astype(np.uint8)
        boxes = _cells(own, scale)
        box = (x / scale, y / scale, (x + width) / scale, (y + height) / scale)
        if boxes is None or (len(boxes) > 1 and not _fills(boxes, own)):
            given_up.append(box)
            continue
        placed = [
            (a / scale + box[0], b / scale + box[1], c / scale + box[0], d / scale + box[1]) for a, b, c, d in boxes
        ]
        grid = grid_of(placed, TOLERANCE) if len(placed) > 1 else None
        if grid is not None:
            grids.append(grid)
    return Ruling(tuple(outermost(grids)), tuple(given_up))


def bend(picture: Image, scale: float, em: float, small: float) -> NDArray[np.float32] | None:
    """Return by how many pixels each column of a level grey picture hangs down, as its longest rule shows it.

    None where no rule crosses half the picture, or where it is straight.
    """
    masks = line_masks(picture, scale, em, small)
    if masks is None:
        return None
    mask = masks[0]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return None
    longest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_WIDTH]))
    width, height = stats[longest, cv2.CC_STAT_WIDTH], stats[longest, cv2.CC_STAT_HEIGHT]
    if width < 0.5 * mask.shape[1] or height > DEEPEST * masks[2]:
        return None
    rows, columns = np.nonzero(labels == longest)
    inside = np.unique(columns)
    heights = np.bincount(columns, rows)[inside] / np.bincount(columns)[inside]
    curve = np.polynomial.Polynomial.fit(inside, heights, 4)
    everywhere = np.clip(np.arange(picture.shape[1]) / 2, inside[0], inside[-1])
    hang = 2 * (curve(everywhere) - float(np.median(heights)))
    return hang.astype(np.float32) if float(np.ptp(hang)) > BENT * scale else None


def unbent(image: Image, hang: NDArray[np.float32]) -> Image:
    """Return the picture with each column raised by what it hangs down."""
    height, width = image.shape[:2]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    straight: Image = cv2.remap(image, columns, rows + hang, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return straight
