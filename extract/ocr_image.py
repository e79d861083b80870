"""Pictures of pages made ready for reading: blank ones told apart, seals out, paper white, level.

Everything works on 8-bit arrays (RGB or grey) and counts in pixels; ``scale`` is pixels per point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.layout import IDENTITY, Matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.ocr import Image

_ABOVE_GRAIN = 2.5
"""Ink stands out from paper by so many times what paper's grain does."""

_LEAST = 8
"""What differs from its surroundings by fewer shades than this is paper, however smooth."""

_KEPT = 24
"""So many pixels of paper stay around what is written."""

_STEP = 64
"""The sides of a folded picture are multiples of this, so that an engine meets few different shapes."""


def grey(image: Image) -> Image:
    """Return the picture in shades of grey."""
    result: Image = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) if image.ndim == 3 else image
    return result


def shrunk(image: Image, width: int) -> Image:
    """Return the picture ``width`` pixels wide, if it is wider."""
    height = max(1, round(width * image.shape[0] / image.shape[1]))
    if width >= image.shape[1]:
        return image
    result: Image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    return result


def is_blank(image: Image) -> bool:
    """Tell whether the picture of a page shows nothing but paper: no mark as large as a character."""
    small = shrunk(grey(image), 400)
    paper = cv2.medianBlur(small, 21)
    ink = (paper.astype(np.int16) - small > 30).astype(np.uint8)
    edge = 8  # the sheet's edge and the scanner's lid
    ink[:edge] = ink[-edge:] = 0
    ink[:, :edge] = ink[:, -edge:] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return not any(stats[index, cv2.CC_STAT_AREA] >= 4 for index in range(1, count))


@dataclass(frozen=True, slots=True)
class Folded:
    """A picture without the paper around and between what is written: the rows kept, from the column ``left`` on."""

    image: Image
    rows: NDArray[np.intp]
    left: int

    def unfolded(self, corners: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return points (x, y in the last axis) of the folded picture where they are in the whole one."""
        placed = corners.copy()
        placed[..., 0] += self.left
        placed[..., 1] = np.interp(corners[..., 1], np.arange(len(self.rows)), self.rows)
        return placed


def folded(image: Image) -> Folded:
    """Return the picture with its margins cut off and its blank stretches folded away.

    Looking for text costs by the pixel, and some two fifths of a page are paper. What is noise and what is ink shows
    by how much most of the page differs from its surroundings; a page as restless as its text stays whole.
    """
    half = cv2.resize(grey(image), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    contrast = cv2.morphologyEx(half, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    inked = contrast > max(_LEAST, _ABOVE_GRAIN * float(np.median(contrast)))
    rows, columns = (np.count_nonzero(inked, axis=axis) >= 2 for axis in (1, 0))
    height, width = image.shape[:2]
    if not rows.any() or not columns.any():
        return Folded(image, np.arange(height), 0)
    near = cv2.dilate(rows.astype(np.uint8)[:, np.newaxis], np.ones((_KEPT + 1, 1), np.uint8)).ravel()
    kept = np.flatnonzero(np.repeat(near, 2)[:height])
    left, right = _widened(2 * int(np.argmax(columns)), 2 * int(len(columns) - np.argmax(columns[::-1])), width)
    part = image[kept, left:right]
    below = -len(kept) % _STEP
    part = cv2.copyMakeBorder(part, 0, below, 0, 0, cv2.BORDER_REPLICATE)
    return Folded(part, kept, left)


def _widened(start: int, end: int, size: int) -> tuple[int, int]:
    """Return the range with paper on both sides, a multiple of the step long if ``size`` allows it."""
    wanted = math.ceil((end - start + 2 * _KEPT) / _STEP) * _STEP
    if wanted >= size:
        return 0, size
    first = min(max(0, (start + end - wanted) // 2), size - wanted)
    return first, first + wanted


def without_seals(image: Image, scale: float) -> Image:
    """Return the picture with red seals taken out, so that the text under them shows.

    A seal is a red mark about as high as it is wide, 15 to 60 mm across; red headings and figures stay.
    """
    if image.ndim != 3:
        return image
    small = shrunk(image, max(1, round(image.shape[1] / max(1.0, scale))))  # about a pixel a point
    red, green, blue = (small[:, :, channel].astype(np.int16) for channel in range(3))
    reddish = (red - np.maximum(green, blue) > 40).astype(np.uint8)
    if reddish.mean() < 0.0005:
        return image
    closed = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, np.ones((4, 4), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    ratio = image.shape[1] / small.shape[1]
    cleaned = image
    for x, y, width, height, area in stats[1:count]:
        long, short = max(width, height) * ratio / scale, min(width, height) * ratio / scale
        if not (42 < long < 170 and short > 0.55 * long and area > 0.02 * width * height):
            continue
        if cleaned is image:
            cleaned = image.copy()
        left, top, right, bottom = (round(edge * ratio) for edge in (x - 1, y - 1, x + width + 1, y + height + 1))
        part = cleaned[max(0, top) : bottom, max(0, left) : right]
        part[:] = _through_red(part)[:, :, np.newaxis]
    return cleaned


def _through_red(part: Image) -> Image:
    """Return what of a picture can be seen through red glass: ink as dark as it was, red as light as the paper."""
    red = part[:, :, 0].astype(np.int16)
    redness = red - part[:, :, 1:].max(axis=2)
    ink = redness > 60
    if not ink.any():
        return part[:, :, 0]
    paper = int(np.median(red[redness < 20])) if (redness < 20).any() else 255
    lift = max(0, paper - int(np.median(red[ink])))
    red[redness > 15] += lift
    return np.clip(red, 0, max(paper, 200)).astype(np.uint8)


def straightened(image: Image, angle: float) -> tuple[Image, Matrix]:
    """Return the picture turned so that lines falling by ``angle`` degrees lie level, and the matrix back."""
    if angle == 0.0:
        return image, IDENTITY
    height, width = image.shape[:2]
    there = level_matrix(angle, width, height)
    a, b, c, d, e, f = there
    level = cv2.warpAffine(
        image,
        np.array([[a, c, e], [b, d, f]]),
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return level, level_matrix(-angle, width, height)


def level_matrix(angle: float, width: float, height: float) -> Matrix:
    """Return the matrix that turns a picture about its middle so that lines falling by ``angle`` degrees lie level."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = width / 2, height / 2
    return (cosine, -sine, sine, cosine, x - cosine * x - sine * y, y + sine * x - cosine * y)
