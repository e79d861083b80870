"""What an OFD page holds besides text: drawn lines, which make tables, and where its pictures are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import ofdkit
from ofdkit.package import Package

from extract.layout import IDENTITY, Grid, Matrix, after
from extract.pdf_rules import MAX_EDGES, THIN, Edge, find_grids

POINTS: Final = 72 / 25.4
"""Points a millimetre."""

STRAIGHT: Final = 0.5
"""A line that leaves the horizontal or vertical by no more points is one."""

_TOKEN: Final = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_OPERANDS: Final = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_MAX_PATH: Final = 200_000  # characters of one path: what is longer is a picture

Point = tuple[float, float]


def numbers(text: str) -> list[float]:
    """Return the numbers of an attribute; [] where it is no list of numbers."""
    try:
        return [float(word) for word in text.split()]
    except ValueError:
        return []


def drawn(roots: Sequence[Any], origin: Point) -> tuple[list[Grid], bool]:
    """Return the grids that the lines of a page and its templates form, and whether there are too many to look."""
    edges: list[Edge] = []
    for element in (element for root in roots for element in root.iter()):
        if str(element.tag).rpartition("}")[2] != "PathObject":
            continue
        matrix = _matrix(element, origin)
        for points in _subpaths(element):
            edges += _edges([_place(matrix, point) for point in points])
        if len(edges) > MAX_EDGES:
            return [], True
    grids = find_grids(edges) if edges else []
    return grids or [], grids is None


def _matrix(element: Any, origin: Point) -> Matrix:
    """Return what brings a path's own coordinates to points on the page."""
    boundary = numbers(element.get("Boundary", ""))
    own = numbers(element.get("CTM", ""))
    inner: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else IDENTITY
    x, y = boundary[:2] if len(boundary) == 4 else (0.0, 0.0)
    moved = after(inner, (1.0, 0.0, 0.0, 1.0, x - origin[0], y - origin[1]))
    return after(moved, (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0))


def _place(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def _subpaths(element: Any) -> Iterator[list[Point]]:
    """Yield the straight pieces of a path, closed ones with their first point at the end. Curves part them."""
    data = "".join(
        child.text or "" for child in element.iter() if str(child.tag).rpartition("}")[2] == "AbbreviatedData"
    )
    tokens = _TOKEN.findall(data[:_MAX_PATH])
    points: list[Point] = []
    at = 0
    while at < len(tokens):
        kind = tokens[at].upper()
        count = _OPERANDS.get(kind)
        if count is None:
            at += 1
            continue
        operands = tokens[at + 1 : at + 1 + count]
        at += 1 + count
        if len(operands) < count or any(word.isalpha() for word in operands):
            break
        if kind == "C":
            points += points[:1]
        if kind != "L":
            if len(points) > 1:
                yield points
            points = points[-1:] if kind == "C" else []
        if count:
            points = [*points, (float(operands[-2]), float(operands[-1]))]
    if len(points) > 1:
        yield points


def _edges(points: list[Point]) -> Iterator[Edge]:
    """Yield the upright and level lines of a piece; a box too thin to hold text is one line."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if len(points) > 2 and points[0] == points[-1]:
        if box[3] - box[1] <= THIN < box[2] - box[0]:
            middle = (box[1] + box[3]) / 2
            yield Edge(box[0], middle, box[2], middle)
            return
        if box[2] - box[0] <= THIN < box[3] - box[1]:
            middle = (box[0] + box[2]) / 2
            yield Edge(middle, box[1], middle, box[3])
            return
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= STRAIGHT < abs(x1 - x0):
            yield Edge(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2)
        elif abs(x1 - x0) <= STRAIGHT < abs(y1 - y0):
            yield Edge((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1))


def multimedia(package: Package) -> dict[tuple[str, str], str]:
    """Return the parts of the pictures, by the document's folder and the resource's id."""
    found: dict[tuple[str, str], str] = {}
    for name in package.names:
        if not name.lower().endswith("res.xml"):
            continue
        try:
            root = package.read_xml(name)
        except ofdkit.OFDError:
            continue  # a picture that is missing for it says so itself
        for element in root.iter():
            if str(element.tag).rpartition("}")[2] != "MultiMedia":
                continue
            file = next((child.text for child in element if str(child.tag).endswith("MediaFile")), None) or ""
            target = package.resolve(name, posixpath.join(root.get("BaseLoc", ""), file.strip()))
            if target is not None:
                found[name.split("/")[0], element.get("ID", "")] = target
    return found


def templates(package: Package) -> dict[tuple[str, str], str]:
    """Return the parts of the page templates, by the document's folder and the template's id."""
    found: dict[tuple[str, str], str] = {}
    for name in package.names:
        if not name.lower().endswith("document.xml"):
            continue
        for element in package.read_xml(name).iter():
            if str(element.tag).rpartition("}")[2] == "TemplatePage":
                target = package.resolve(name, element.get("BaseLoc"))
                if target is not None:
                    found[name.split("/")[0], element.get("ID", "")] = target
    return found
