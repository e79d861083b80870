"""Pictures of pages (JPEG, PNG, TIFF of one or many pages, BMP): scans and photographs, read by OCR."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from extract.document import BBox, Document, Notice, assemble
from extract.errors import DamagedError, TooLargeError
from extract.layout import PageContent
from extract.layout_flow import compose
from extract.options import LoadOptions

if TYPE_CHECKING:
    from extract.layout import Placing
    from extract.ocr import Image, OcrEngine

FORMATS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff", "BMP": "image/bmp"}

_OPENERS = ("BMP", "JPEG", "PNG", "TIFF")  # JPEG's tells MPO, which has none of its own

MAX_PIXELS = 100_000_000
"""A page of more pixels is refused."""

LONG_SIDE = 841.9
"""A picture that does not say how large it is is taken for a sheet of A4: its longer side in points."""

SCALE = 200 / 72
"""Pixels a point that pages are read at."""

_DPI = (90, 1300)
"""Resolutions that a file can be believed to have been scanned at (72 and 96 are what programs write unasked)."""


def load(path: Path, data: bytes, options: LoadOptions) -> Document:
    """Read a picture of a page, or a TIFF of pages. Raises TooLargeError and DamagedError."""
    with _decoding():
        picture = Pillow.open(BytesIO(data), formats=_OPENERS)
        total = int(getattr(picture, "n_frames", 1))
    numbers = range(1, min(total, options.max_pages) + 1)
    pages = [content for number in numbers for content in _page(picture, number, options)]
    flow = compose(pages)
    notices = flow.notices
    if total > len(numbers):
        message = f"the file has {total} pages, of which only the first {len(numbers)} were read"
        notices = (Notice("page_limit", message), *notices)
    return assemble(
        flow.blocks,
        file=str(path),
        sha256="",
        media_type=FORMATS[picture.format or "JPEG"],
        warnings=notices,
        pages=total,
        ocr_pages=len({page.number for page in pages if page.method == "ocr"}),
        margins=flow.margins,
    )


def read_page(data: bytes, number: int, options: LoadOptions) -> tuple[PageContent, ...]:
    """Read a picture that is page ``number`` of a file that holds it. Raises TooLargeError and DamagedError."""
    with _decoding():
        picture = Pillow.open(BytesIO(data), formats=_OPENERS)
    return tuple(replace(content, number=number) for content in _page(picture, 1, options))


@contextmanager
def _decoding() -> Iterator[None]:
    """Turn what Pillow finds wrong with a picture into a DamagedError or TooLargeError."""
    try:
        with warnings.catch_warnings():
            # The limit is our own; what Pillow says of odd metadata is no concern of the reader's.
            warnings.simplefilter("ignore")
            yield
    except Pillow.DecompressionBombError as error:
        raise TooLargeError("the picture has too many pixels", "save it at 300 dots an inch") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise DamagedError(f"not a readable picture ({error})", "ask for it again") from error


def _page(picture: Pillow.Image, number: int, options: LoadOptions) -> tuple[PageContent, ...]:
    with _decoding():
        picture.seek(number - 1)
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise TooLargeError(
                f"page {number} has {width} × {height} pixels, more than {MAX_PIXELS // 1_000_000} million",
                "save it at 300 dots an inch",
            )
        if options.ocr == "off":
            notice = Notice("ocr_off", f"page {number} is a picture and OCR is switched off: it was left out", number)
            return (PageContent(number, float(width), float(height), notices=(notice,)),)
        upright = ImageOps.exif_transpose(picture)
        pixels, scale = _pixels(upright), _scale(upright)
    from extract.ocr import engine

    return _read(pixels, scale, number, engine(options.threads, options.engine))


def _pixels(picture: Pillow.Image) -> Image:
    """Return the picture as RGB on white."""
    import numpy as np

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(paper, picture)
    if picture.mode.startswith("I;16") or picture.mode == "I":
        deep = np.asarray(picture).astype(np.float32)
        picture = Pillow.fromarray((deep / max(1.0, float(deep.max())) * 255).astype(np.uint8))
    return np.array(picture if picture.mode == "RGB" else picture.convert("RGB"))


def _scale(picture: Pillow.Image) -> float:
    """Return the picture's pixels per point: by its resolution where that can be believed, else as a sheet of A4."""
    stated = picture.info.get("dpi", (0, 0))[0]
    long = max(picture.size)
    if _DPI[0] < stated < _DPI[1] and stated != 96 and 300 < long / float(stated) * 72 < 2000:
        return float(stated) / 72
    return long / LONG_SIDE


def _read(image: Image, scale: float, number: int, ocr: OcrEngine) -> tuple[PageContent, ...]:
    """Return the content of a page's pixels: a photographed sheet is laid flat first."""
    from extract.ocr_page import read_picture
    from extract.ocr_photo import flattened, sheet

    corners = sheet(image)
    if corners is None:
        return read_picture(_resized(image, SCALE / scale), SCALE, number, ocr)
    flat = flattened(image, corners)
    flat_scale = max(flat.image.shape[:2]) / LONG_SIDE
    contents = read_picture(_resized(flat.image, SCALE / flat_scale), SCALE, number, ocr)

    def placed(inner: Placing, box: BBox) -> BBox:
        x0, top, x1, bottom = (edge * flat_scale for edge in inner(box))
        left, upper, right, lower = (edge / scale for edge in flat.to_photo((x0, top, x1, bottom)))
        return (left, upper, right, lower)

    return tuple(replace(content, to_page=partial(placed, content.to_page)) for content in contents)


def _resized(image: Image, factor: float) -> Image:
    """Return the picture at the resolution that pages are read at; small differences are let be."""
    import cv2

    if 0.85 < factor < 1.2:
        factor = 1.0
    if factor == 1.0:
        return image
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    result: Image = cv2.resize(image, None, fx=factor, fy=factor, interpolation=method)
    return result
