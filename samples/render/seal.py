"""A red office seal: ring, star, and the office's name round the upper half."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from render.pdf import Picture

RED = (206, 32, 38)
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
SIMPLIFIED = 2
"""The face of the collection with mainland forms."""


def seal(name: str, size: int) -> Image.Image:
    """Return a transparent picture of a seal of ``size`` pixels across."""
    scale = 3
    side = size * scale
    picture = Image.new("RGBA", (side, side), (*RED, 0))
    draw = ImageDraw.Draw(picture)
    ring = side // 26
    draw.ellipse((ring, ring, side - ring, side - ring), outline=(*RED, 255), width=ring)
    middle, radius = side / 2, side * 0.14
    star = []
    for point in range(10):
        reach = radius if point % 2 == 0 else radius * 0.382
        angle = math.pi * (point / 5 - 0.5)
        star.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    draw.polygon(star, fill=(*RED, 255))
    font = ImageFont.truetype(FONT, side // 9, index=SIMPLIFIED)
    spread = math.radians(230)
    for index, character in enumerate(name):
        angle = -math.pi / 2 - spread / 2 + spread * index / (len(name) - 1)
        glyph = Image.new("RGBA", (side // 6, side // 6), (*RED, 0))
        ImageDraw.Draw(glyph).text((side // 12, side // 12), character, (*RED, 255), font, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        x, y = (middle + side * 0.36 * wave(angle) - side / 12 for wave in (math.cos, math.sin))
        picture.alpha_composite(glyph, (round(x), round(y)))
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def stamp(page: Picture, name: str, centre: tuple[int, int], size: int, seed: int) -> Picture:
    """Return ``page`` with the seal pressed on it: the ink is uneven and lets the text through."""
    random = np.random.default_rng(seed)
    mark = np.asarray(seal(name, size).rotate(-7, Image.Resampling.BICUBIC), dtype=np.float32)
    cover = mark[:, :, 3:] / 255 * random.uniform(0.62, 0.95, (size, size, 1)).astype(np.float32)
    out = page.astype(np.float32)
    top, left = centre[1] - size // 2, centre[0] - size // 2
    under = out[top : top + size, left : left + size]
    # Ink on ink: the page's own black stays dark.
    out[top : top + size, left : left + size] = under * (1 - cover) + under * np.array(RED, np.float32) / 255 * cover
    return out.astype(np.uint8)
