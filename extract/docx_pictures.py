"""Pictures of a Word file: where they stand, and the text of those that are scans of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from docx.oxml.ns import nsmap

from extract.document import Block, Notice, Place
from extract.docx_reading import Reading
from extract.docx_text import VML
from extract.errors import DamagedError, ExtractError, UnsupportedError
from extract.ooxml_package import Element, Package, R, W
from extract.options import LoadOptions

if TYPE_CHECKING:
    from extract.layout import PageContent
    from extract.layout_flow import Flow

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
    """The blocks with those of the scans put in, the scans' running heads, and what is to be said about them."""

    blocks: list[Block]
    margins: tuple[Block, ...]
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
    """Read the pictures that fill a page; ``shown`` has the pictures by their block's path.

    Scans that follow one another are read as the pages of one text: a paragraph or table may go on over them.
    """
    least = SCAN * page_area(reading)
    out: list[Block] = []
    margins: list[Block] = []
    warnings: list[Notice] = []
    scans = 0

    def is_scan(block: Block) -> bool:
        return block.kind == "picture" and block.place.path in shown and shown[block.place.path].area >= least

    for filling, group in groupby(blocks, key=is_scan):
        run = list(group)
        out += run
        if not filling:
            continue
        contents: list[PageContent] = []
        for number, block in enumerate(run, start=1):
            try:
                contents += _read(shown[block.place.path], number, reading.package, options)
            except ExtractError as error:
                message = f"{block.place.path} fills a page and was not read: {error}"
                warnings.append(Notice("picture_not_read", message, block.place.page))
            else:
                scans += 1
        if contents:
            flow = _compose(contents)
            out += [_placed(block, run) for block in flow.blocks]
            margins += [_placed(block, run) for block in flow.margins]
            warnings += [_said(notice, run) for notice in flow.notices]
    return Read(out, tuple(margins), tuple(warnings), scans)


def _read(picture: Picture, number: int, package: Package, options: LoadOptions) -> tuple[PageContent, ...]:
    if picture.part is None or picture.part not in package:
        raise DamagedError("the picture is not in the file", "ask for the file that holds it")
    if options.ocr == "off":
        raise UnsupportedError("it may hold text, and OCR is off", "read the file with OCR")
    from extract.picture import read_page  # OCR engines take seconds to import

    return read_page(package.read(picture.part), number, options)


def _compose(contents: list[PageContent]) -> Flow:
    from extract.layout_flow import compose

    return compose(contents)


def _placed(block: Block, run: list[Block]) -> Block:
    """Return a scan's block at its picture's place in the file; its own page is the picture's number in the run."""

    def moved(place: Place) -> Place:
        picture = run[(place.page or 1) - 1].place
        inside = place.path.partition("/")[2]
        return replace(place, path=f"{picture.path}/{inside}", page=picture.page)

    cells = tuple(replace(cell, place=moved(cell.place)) for cell in block.cells)
    return replace(block, place=moved(block.place), cells=cells)


def _said(notice: Notice, run: list[Block]) -> Notice:
    if notice.page is None:
        return notice
    picture = run[notice.page - 1].place
    return Notice(notice.code, f"{picture.path}: {notice.message}", picture.page)
