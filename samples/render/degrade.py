"""What a scanner and a telephone do to a page. All randomness comes from a fixed seed."""

from __future__ import annotations

import io
import time

import cv2
import numpy as np
from PIL import Image

from render.pdf import Picture

PAPER = (250, 249, 246)
MADE = time.gmtime(1704067200)


def scan(page: Picture, seed: int, skew: float) -> Picture:
    """Return ``page`` as a worn office scanner sees it: turned by ``skew`` degrees, faded, blurred, noisy."""
    random = np.random.default_rng(seed)
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    soft = cv2.GaussianBlur(turned, (0, 0), 0.8).astype(np.float32)
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    ink = 48 + 26 * across  # the right side of the lamp is weaker: black comes out grey
    faded = ink + soft * (np.array(PAPER, np.float32) - ink) / 255
    faded += random.normal(0, 4.5, (height, width, 1)).astype(np.float32)
    specks = random.random((height, width)) > 0.99998
    faded[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 110
    faded[:, : width // 200] *= 0.82  # the shadow of the lid
    return np.asarray(np.clip(faded, 0, 255), dtype=np.uint8)


def photograph(page: Picture, seed: int) -> Picture:
    """Return ``page`` as photographed by hand on a desk: perspective, uneven light, a shadow, some blur."""
    random = np.random.default_rng(seed)
    height, width = page.shape[:2]
    out_w, out_h = int(width * 1.10), int(height * 1.08)
    desk = np.empty((out_h, out_w, 3), np.float32)
    grain = cv2.GaussianBlur(random.normal(0, 1, (out_h, out_w)).astype(np.float32), (0, 0), sigmaX=45, sigmaY=1.5)
    desk[:] = (112, 84, 60)
    desk += grain[:, :, None] / grain.std() * 9
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[0.062, 0.030], [0.936, 0.046], [0.972, 0.966], [0.030, 0.980]], np.float32) * np.array(
        [out_w, out_h], np.float32
    )
    lens = cv2.getPerspectiveTransform(corners, seen)
    paper = cv2.warpPerspective(_curl(page), lens, (out_w, out_h), flags=cv2.INTER_CUBIC).astype(np.float32)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), lens, (out_w, out_h))
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)[:, :, None]
    lit = (desk * (1 - mask) + paper * np.array((0.97, 0.96, 0.92), np.float32) * mask) * _light(out_w, out_h)
    lit = cv2.GaussianBlur(lit, (0, 0), 0.9) + random.normal(0, 4, (out_h, out_w, 3)).astype(np.float32)
    return np.asarray(np.clip(lit, 0, 255), dtype=np.uint8)


def _curl(page: Picture) -> Picture:
    """Lift the lower right corner a little, as paper that was folded does."""
    height, width = page.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    lift = (x / width) ** 2 * (y / height) ** 2 * 9
    moved = cv2.remap(page, x + lift, y + lift, cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return np.asarray(moved, dtype=np.uint8)


def _light(width: int, height: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return the light of a lamp at the upper left, with the shadow of an arm from the lower right."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    lamp = 1.06 - 0.34 * np.hypot(x / width - 0.22, y / height - 0.15)
    arm = np.zeros((height, width), np.float32)
    outline = np.array([[0.52, 1.0], [0.60, 0.62], [0.80, 0.44], [1.0, 0.40], [1.0, 1.0]]) * (width, height)
    cv2.fillPoly(arm, [outline.astype(np.int32)], 1.0)
    arm = cv2.GaussianBlur(arm, (0, 0), width / 28)
    return np.asarray((lamp * (1 - 0.30 * arm))[:, :, None], dtype=np.float32)


def jpeg(page: Picture, quality: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=quality)
    return out.getvalue()


def picture_pdf(pages: list[Picture], dpi: int, quality: int) -> bytes:
    """Return a PDF of one JPEG a page and no text."""
    first, *rest = (Image.open(io.BytesIO(jpeg(page, quality))) for page in pages)
    out = io.BytesIO()
    first.save(
        out, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=quality, creationDate=MADE, modDate=MADE
    )
    return out.getvalue()
