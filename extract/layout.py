"""What a page holds before it becomes blocks: lines of text and ruled grids, each with its place.

PDF text, OCR and pictures all end up here, in the same units: points, counted from the upper left corner of the page
as it is read (a page that lies on its side is turned first; ``PageContent.to_page`` brings a box back).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from extract.document import BBox, Method, Notice

IDEOGRAPH = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
"""A Chinese character (of the basic plane): by its width the em is told."""

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + c·y + e, y' = b·x + d·y + f, as in PDF."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Placing = Callable[[BBox], BBox]
"""Brings a box from where it was read to where it stands on the page as the file shows it."""


def as_it_is(box: BBox) -> BBox:
    """Return ``box``: the page was read as the file shows it."""
    return box


_CJK = (
    "\u2e80-\u2fff\u3001-\u30ff\u31c0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
CJK = re.compile(f"[{_CJK}]")
"""A character that a Chinese font sets a whole em wide: ideographs and signs."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline. ``em`` is the width of one Chinese character of the line, in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    score: float | None = None
    """The OCR engine's own score, from 0 to 1; None for text that was not recognised but read."""
    spaced: bool = False
    """Whether the line ended with a space of its own, stripped from ``text``."""

    @property
    def box(self) -> BBox:
        """The line's box in points."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        """The height of the line's middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a ruled table at its upper left position in the grid of all column and row edges."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: BBox
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page: ``xs`` and ``ys`` are its column and row edges."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> BBox:
        """The table's box in points."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page, read. ``aside`` is what is no part of the text, as (kind, line): watermarks, text off the page."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
    method: Method = "text"
    to_page: Placing = as_it_is
    aside: tuple[tuple[str, Line], ...] = ()
    notices: tuple[Notice, ...] = field(default=())


def apply(matrix: Matrix, box: BBox) -> BBox:
    """Return the upright box around ``box`` under ``matrix``."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    xs = (a * x0 + c * y0 + e, a * x1 + c * y0 + e, a * x0 + c * y1 + e, a * x1 + c * y1 + e)
    ys = (b * x0 + d * y0 + f, b * x1 + d * y0 + f, b * x0 + d * y1 + f, b * x1 + d * y1 + f)
    return (min(xs), min(ys), max(xs), max(ys))


def turn(matrix: Matrix, width: float, height: float, quarters: int) -> Matrix:
    """Return ``matrix`` followed by ``quarters`` turns clockwise of a page of that size."""
    for _ in range(quarters % 4):
        a, b, c, d, e, f = matrix
        matrix = (-b, a, -d, c, height - f, e)
        width, height = height, width
    return matrix


def after(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does ``inner`` first and then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def area(box: BBox) -> float:
    """Return the area of ``box`` in square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def around(boxes: Iterable[BBox]) -> BBox:
    """Return the smallest box that holds all of ``boxes`` (at least one)."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def typical_em(lines: Iterable[Line], default: float = 12.0) -> float:
    """Return the em that most characters are set in."""
    weights: dict[float, int] = defaultdict(int)
    for line in lines:
        weights[round(line.em, 1)] += len(line.text)
    half, seen = sum(weights.values()) / 2, 0
    for em in sorted(weights):
        seen += weights[em]
        if seen >= half > 0:
            return em
    return default


def weakest(lines: Iterable[Line]) -> float | None:
    """Return the lowest score of ``lines``: what was read is as sure as its least sure line."""
    scores = [line.score for line in lines if line.score is not None]
    return min(scores, default=None)
