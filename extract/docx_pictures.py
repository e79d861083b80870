"""Pictures of a Word file: where they stand, and the text of those that are scans of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docx.oxml.ns import nsmap

from extract import LOADERS, sniff
from extract.document import Block, Notice, Place
from extract.docx_package import Element, Package, R, W
from extract.docx_reading import Reading
from extract.docx_text import VML
from extract.errors import DamagedError, ExtractError, UnsupportedError
from extract.options import LoadOptions

SCAN: Final = 0.5
"""The share of the page from which on a picture is taken for a scan of it."""

_A4: Final = 595.0 * 842.0
_EMU: Final = 12_700  # a point
_LENGTH: Final = re.compile(r"(?:^|;)\s*(?P<side>width|height)\s*:\s*(?P<size>\d+(?:\.\d+)?)(?P<unit>pt|in|cm|mm|px)?")
_POINTS: Final = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, None: 1.0}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the part that holds it (None where it is only linked to) and its area on the page, in points²."""

    part: str | None
    area: float


@dataclass(frozen=True, slots=True)
class Read:
    """The blocks with those of the scans put in, and what is to be said about them."""

    blocks: list[Block]
    warnings: tuple[Notice, ...]
    ocr_pages: int


def picture_of(graphic: Element, reading: Reading) -> Picture | None:
    """Return the picture that a drawing shows; None where it shows lines or text."""
    for tag, name in ((f"{{{nsmap['a']}}}blip", "embed"), (VML + "imagedata", "id")):
        for blip in graphic.iter(tag):
            item = reading.relationships.get(blip.get(R + name, ""))
            return Picture(item.target if item else None, _area(graphic))
    return None


def _area(graphic: Element) -> float:
    for extent in graphic.iter(f"{{{nsmap['wp']}}}extent"):
        sides = [extent.get(name, "0") for name in ("cx", "cy")]
        if all(side.isascii() and side.isdigit() for side in sides):
            return int(sides[0]) / _EMU * (int(sides[1]) / _EMU)
    for shape in graphic.iter(VML + "shape", VML + "rect"):
        found = {match["side"]: match for match in _LENGTH.finditer(shape.get("style", ""))}
        if len(found) == 2:
            width, height = (float(match["size"]) * _POINTS[match["unit"]] for match in found.values())
            return width * height
    return 0.0


def page_area(reading: Reading) -> float:
    """Return the area of the file's first page, in points²."""
    for section in reading.sections:
        size = section.find(W + "pgSz")
        sides = ["" if size is None else size.get(W + name, "") for name in ("w", "h")]
        if all(side.isascii() and side.isdigit() and int(side) for side in sides):
            return int(sides[0]) / 20 * (int(sides[1]) / 20)
    return _A4


def read_scans(blocks: list[Block], shown: dict[str, Picture], reading: Reading, options: LoadOptions) -> Read:
    """Read the pictures that fill a page as picture files are read; ``shown`` has them by their block's path."""
    page = page_area(reading)
    out: list[Block] = []
    warnings: list[Notice] = []
    scans = 0
    for block in blocks:
        out.append(block)
        picture = shown.get(block.place.path) if block.kind == "picture" else None
        if picture is None or picture.area < SCAN * page:
            continue
        try:
            inside = _read(picture, reading.package, options)
        except ExtractError as error:
            warnings.append(Notice("picture_not_read", f"{block.place.path} fills a page: {error}", block.place.page))
            continue
        scans += 1
        out += [_placed(item, block) for item in inside]
    return Read(out, tuple(warnings), scans)


def _read(picture: Picture, package: Package, options: LoadOptions) -> tuple[Block, ...]:
    if picture.part is None or picture.part not in package:
        raise DamagedError("the picture is not in the file", "ask for the file that holds it")
    if options.ocr == "off":
        raise UnsupportedError("it may hold text, and OCR is off", "read the file with OCR")
    data = package.read(picture.part)
    media_type = sniff.sniff(data)
    loader = LOADERS.get(media_type)
    if loader is None or not media_type.startswith("image/"):
        raise UnsupportedError(f"no OCR reads {media_type}", "save the picture as JPEG or PNG")
    return loader(Path(picture.part), data, options).blocks


def _placed(inside: Block, picture: Block) -> Block:
    """Return a scan's block at the picture's place in the file."""

    def moved(place: Place) -> Place:
        return replace(place, path=f"{picture.place.path}/{place.path}", page=picture.place.page)

    cells = tuple(replace(cell, place=moved(cell.place)) for cell in inside.cells)
    return replace(inside, place=moved(inside.place), cells=cells)
