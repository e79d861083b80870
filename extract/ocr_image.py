"""Pictures of pages made ready for reading: blank ones told apart, seals out, paper white, level.

Everything works on 8-bit arrays (RGB or grey) and counts in pixels; ``scale`` is pixels per point.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.layout import IDENTITY, Matrix

if TYPE_CHECKING:
    from extract.ocr import Image


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
