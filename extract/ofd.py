"""OFD (GB/T 33190), China's own fixed-layout format: text by ofdkit, tables by the lines that are drawn.

Pages that are one picture go to OCR; text and lines go the way of a PDF's.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import ofdkit
from ofdkit.package import Package

from extract.document import Document, Notice, assemble
from extract.errors import DamagedError, EncryptedError, ExtractError, TooLargeError
from extract.layout import GridCell, Line, PageContent, area
from extract.layout_flow import compose
from extract.layout_lines import page_contents, to_lines
from extract.ofd_objects import POINTS, drawn, multimedia, numbers, templates
from extract.options import LoadOptions
from extract.sniff import OFD

WHOLE: Final = 0.85
"""A picture over so much of a page without text is a scan of it."""

_ASCENT: Final = 0.88  # of the em, above the baseline
_FRAME: Final = 0.5
_DAMAGED: Final = "open it in an OFD reader and print it to PDF"


def load(path: Path, data: bytes, options: LoadOptions) -> Document:
    """Return the document's pages. Raises EncryptedError, DamagedError and TooLargeError."""
    try:
        package = Package(data)
        if any(posixpath.basename(name).lower() == "encryptions.xml" for name in package.names):
            raise EncryptedError("the document is encrypted", "save it without a password")
        document = ofdkit.open(data)
        file = _File(package, multimedia(package), templates(package))
    except ofdkit.OFDLimitError as error:
        raise TooLargeError(
            f"the document is beyond its limits ({error})", "look whether it was made to do harm"
        ) from error
    except (ofdkit.OFDError, ValueError, IndexError) as error:  # the last two of a package whose directory is damaged
        raise DamagedError(f"not a readable OFD document ({error})", "ask for it again") from error
    with document, package:
        shown = document.pages[: options.max_pages]
        pages = [content for page in shown for content in _page(page, file, options)]
        notices = [Notice("part_missing", message) for message in document.warnings]
        total = len(document.pages)
    if pages and all(any(notice.code == "page_damaged" for notice in page.notices) for page in pages):
        raise DamagedError("no page of the document can be read", _DAMAGED)
    if total > len(shown):
        notices.append(Notice("page_limit", f"the file has {total} pages, of which only {len(shown)} were read"))
    flow = compose(pages)
    return assemble(
        flow.blocks,
        file=str(path),
        sha256="",
        media_type=OFD,
        warnings=(*notices, *flow.notices),
        pages=total,
        ocr_pages=len({page.number for page in pages if page.method == "ocr"}),
        margins=flow.margins,
    )


@dataclass(frozen=True, slots=True)
class _File:
    package: Package
    pictures: dict[tuple[str, str], str]
    """The document's folder and a resource's id → the part that holds the picture."""
    templates: dict[tuple[str, str], str]


def _page(page: ofdkit.Page, file: _File, options: LoadOptions) -> tuple[PageContent, ...]:
    """Return the content of one page; a page that cannot be read says so in a notice."""
    number = page.index + 1
    try:
        root = None if page.location is None else file.package.read_xml(page.location)
        roots = _roots(root, page, file)
        x0, y0, width, height = page.box
        pieces = [_line(run, x0, y0) for run in page.runs if run.text.strip()]
    except (ofdkit.OFDError, RecursionError, ArithmeticError, ValueError) as error:
        notice = Notice("page_damaged", f"page {number} is damaged and could not be read ({error})", number)
        return (PageContent(number, 1.0, 1.0, notices=(notice,)),)
    size = (width * POINTS, height * POINTS)
    if root is None or min(size) <= 0:
        notice = Notice("page_damaged", f"page {number} is missing or has no size", number)
        return (PageContent(number, 1.0, 1.0, notices=(notice,)),)
    if not pieces:
        return _scan(root, page, file, options, size)
    grids, crowded = drawn(roots, (x0, y0))
    dealt = _dealt(pieces, [cell for grid in grids for cell in grid.cells])
    filled = []
    loose = dealt.pop(None)
    for grid in grids:
        cells = [replace(cell, lines=to_lines(dealt[cell.box])) for cell in grid.cells]
        spoken = [cell for cell in cells if cell.lines]
        if len(spoken) < 2 and all(area(cell.box) > _FRAME * area(grid.box) for cell in spoken):
            loose += [line for cell in spoken for line in dealt[cell.box]]  # a frame around text
        else:
            filled.append(replace(grid, cells=tuple(cells)))
    on_page = [line for line in loose if line.x1 > 0 and line.x0 < size[0] and line.bottom > 0 and line.top < size[1]]
    message = f"page {number} is a drawing of thousands of lines: no table was looked for in it"
    return page_contents(
        PageContent(
            number,
            *size,
            tuple(on_page),
            tuple(filled),
            aside=tuple(("off the page", line) for line in loose if line not in on_page),
            notices=(Notice("drawing", message, number),) if crowded else (),
        )
    )


def _roots(root: Any, page: ofdkit.Page, file: _File) -> list[Any]:
    """Return the page and the templates that it stands on."""
    if root is None:
        return []
    folder = (page.location or "").split("/")[0]
    used = [element.get("TemplateID", "") for element in root if str(element.tag).rpartition("}")[2] == "Template"]
    parts = [file.templates[folder, one] for one in used if (folder, one) in file.templates]
    return [root, *(file.package.read_xml(part) for part in parts)]


def _line(run: ofdkit.TextRun, x0: float, y0: float) -> Line:
    left, baseline, em = (run.x - x0) * POINTS, (run.y - y0) * POINTS, max(run.size * POINTS, 0.1)
    lead = len(run.text) - len(run.text.lstrip())
    text = run.text.strip()
    width = run.width * POINTS
    left += width * lead / max(len(run.text), 1)
    right = left + width * len(text) / max(len(run.text), 1)
    top = baseline - _ASCENT * em
    return Line(text, left, top, right, top + em, em, spaced=run.text != run.text.rstrip())


def _dealt(pieces: list[Line], cells: list[GridCell]) -> dict[Any, list[Line]]:
    """Deal the pieces out to the cells that their middles stand in; None has what stands in none."""
    dealt: dict[Any, list[Line]] = {None: [], **{cell.box: [] for cell in cells}}
    for piece in pieces:
        middle = (piece.x0 + piece.x1) / 2
        inside = (
            cell.box
            for cell in cells
            if cell.box[0] <= middle < cell.box[2] and cell.box[1] <= piece.middle < cell.box[3]
        )
        dealt[next(inside, None)].append(piece)
    return dealt


def _scan(
    root: Any, page: ofdkit.Page, file: _File, options: LoadOptions, size: tuple[float, float]
) -> tuple[PageContent, ...]:
    """Return a page without text: by OCR where a picture covers it, with a notice where pictures do not."""
    from extract import picture

    number = page.index + 1
    blank = PageContent(number, *size)
    images = [element for element in root.iter() if str(element.tag).rpartition("}")[2] == "ImageObject"]
    for element in images:
        box = numbers(element.get("Boundary", ""))
        if len(box) < 4 or box[2] * box[3] < WHOLE * page.width * page.height:
            continue
        part = file.pictures.get(((page.location or "").split("/")[0], element.get("ResourceID", "")))
        try:
            if part is not None:
                return picture.read_page(file.package.read(part), number, options)
        except (ExtractError, ofdkit.OFDError) as error:
            return (replace(blank, notices=(Notice("picture_unread", f"page {number}: {error}", number),)),)
    if images:
        message = f"page {number} has {len(images)} picture(s) and no text: they were not read"
        return (replace(blank, notices=(Notice("picture_unread", message, number),)),)
    if any(str(element.tag).endswith("PathObject") for element in root.iter()):
        message = f"page {number} holds drawn shapes and no text: what they show was not read"
        return (replace(blank, notices=(Notice("drawing", message, number),)),)
    return (blank,)
