"""Photographs of pages: the sheet is found by its corners and laid flat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.document import BBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.ocr import Image

    Corners = NDArray[np.float32]

SHARE = 0.3
"""A sheet fills at least this share of a photograph that was taken to be read."""

WHOLE = 0.97
"""A sheet that fills more than this share is the whole picture: a scan."""

_SMALL = 600


@dataclass(frozen=True, slots=True)
class Flat:
    """A sheet laid flat, and the matrix that brings its pixels back into the photograph."""

    image: Image
    back: NDArray[np.float64]

    def to_photo(self, box: BBox) -> BBox:
        """Return the upright box in the photograph around a box (in pixels) of the flat sheet."""
        x0, y0, x1, y1 = box
        corners = np.array([[[x0, y0], [x1, y0], [x1, y1], [x0, y1]]], dtype=np.float64)
        placed = cv2.perspectiveTransform(corners, self.back)[0]
        (left, top), (right, bottom) = placed.min(axis=0).tolist(), placed.max(axis=0).tolist()
        return (left, top, right, bottom)


def _quadrilateral(mask: Image) -> Corners | None:
    """Return the corners of the largest patch of a mask, from the upper left clockwise, if it has four."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    patch = cv2.convexHull(max(contours, key=cv2.contourArea))
    outline = cv2.approxPolyDP(patch, 0.03 * cv2.arcLength(patch, True), True)
    if len(outline) != 4:
        return None
    points = outline.reshape(4, 2).astype(np.float32)
    if cv2.contourArea(points) > 1.06 * cv2.contourArea(patch):
        return None
    # Upper left has the smallest sum of coordinates, lower right the largest; upper right the smallest y - x.
    total, difference = points.sum(axis=1), points[:, 1] - points[:, 0]
    order = [int(total.argmin()), int(difference.argmin()), int(total.argmax()), int(difference.argmax())]
    return points[order] if len(set(order)) == 4 else None


def sheet(image: Image) -> Corners | None:
    """Return the corners of the sheet in a photograph, or None where no edge of a sheet can be told."""
    ratio = _SMALL / max(image.shape[:2])
    small = cv2.resize(image, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (5, 5), 0)
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    # Paper is brighter than what it lies on, or less coloured.
    candidates = []
    for channel, kind in ((hsv[:, :, 2], cv2.THRESH_BINARY), (hsv[:, :, 1], cv2.THRESH_BINARY_INV)):
        _, mask = cv2.threshold(channel, 0, 255, kind | cv2.THRESH_OTSU)
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
        corners = _quadrilateral(mask)
        if corners is not None:
            share = cv2.contourArea(corners) / (small.shape[0] * small.shape[1])
            filled = float((mask > 0).mean())
            if SHARE < share < WHOLE and filled > 0.8 * share:
                candidates.append((abs(filled - share), corners))
    if not candidates:
        return None
    best: Corners = min(candidates, key=lambda candidate: candidate[0])[1] / ratio
    return best


def flattened(image: Image, corners: Corners) -> Flat:
    """Return the sheet with the given corners as a rectangle."""
    upper_left, upper_right, lower_right, lower_left = corners
    width = max(np.linalg.norm(upper_right - upper_left), np.linalg.norm(lower_right - lower_left))
    height = max(np.linalg.norm(lower_left - upper_left), np.linalg.norm(lower_right - upper_right))
    size = (max(1, round(float(width))), max(1, round(float(height))))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    there = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(image, there, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return Flat(flat, np.linalg.inv(there))
