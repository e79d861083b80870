"""The picture of a page to its content: read, turned upright, lines and ruled tables in points."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdf

from extract.document import BBox, Notice
from extract.layout import CJK, IDENTITY, Line, Matrix, PageContent, Placing, after, apply, turn, typical_em
from extract.layout_lines import page_contents
from extract.ocr import OcrEngine, OcrLine, engine
from extract.ocr_image import grey, is_blank, level_matrix, straightened, without_seals
from extract.ocr_mend import mend
from extract.ocr_table import READABLE, fill
from extract.ocr_variants import is_simplified, simplify
from extract.options import LoadOptions
from extract.ruled import Ruling, bend, find_tables, unbent

if TYPE_CHECKING:
    from extract.ocr import Image

DPI = 200
"""Pages are rendered at this resolution: what a scanned sheet usually has, and PP-OCR reads 9-point type in."""

MAX_PIXELS = 36_000_000
"""A larger sheet is rendered smaller."""

WRITING = 20
"""A picture in a text with fewer characters to read in it is a photograph or an ornament."""

SURE = 0.8
"""Below this mean score a page may lie upside down, or cannot be read well."""


Job = Callable[[], tuple[PageContent, ...]]
"""Reads a picture that is rendered already: it asks nothing of the PDF any more, which may be closed."""


def lanes(options: LoadOptions) -> int:
    """Return how many jobs are best done at a time, each in a thread of its own."""
    return engine(options.threads, options.engine).lanes


def to_scan(page: pdf.PdfPage, number: int, options: LoadOptions) -> Job:
    """Render a PDF page; return what reads the picture by OCR, which asks nothing of the PDF any more."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / (width * height)))
    pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    return partial(read_picture, pixels, scale, number, engine(options.threads, options.engine))


def to_part(page: pdf.PdfPage, box: BBox, number: int, options: LoadOptions) -> Job:
    """Render a picture in the text of a PDF page, which stands in ``box`` (in points); return what reads it."""
    width, height = page.get_size()
    x0, top = max(box[0], 0.0), max(box[1], 0.0)
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / (width * height)))
    crop = (x0, max(0.0, height - box[3]), max(0.0, width - box[2]), top)
    pixels = page.render(scale=scale, crop=crop, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    read = partial(read_picture, pixels, scale, number, engine(options.threads, options.engine))
    return partial(_part, read, (width, height), (x0, top), number)


def _part(read: Job, size: tuple[float, float], corner: tuple[float, float], number: int) -> tuple[PageContent, ...]:
    """Return what a picture in a text says, in its place.

    A photograph says nothing, or odd words: what is not clearly a piece of writing is left out, with a notice.
    """
    contents = read()
    lines = [line for content in contents for line in content.lines]
    lines += [line for content in contents for grid in content.grids for cell in grid.cells for line in cell.lines]
    written = sum(len(line.text) for line in lines if (line.score or 0.0) > SURE)
    if written < WRITING:
        message = f"page {number}: a large picture in the text was not read: there is hardly any writing in it"
        return (PageContent(number, *size, notices=(Notice("picture_unread", message, number),)),)
    shift = (1.0, 0.0, 0.0, 1.0, *corner)
    return tuple(replace(content, to_page=partial(_moved, content.to_page, shift)) for content in contents)


def _moved(inner: Placing, shift: Matrix, box: BBox) -> BBox:
    return apply(shift, inner(box))


def read_picture(image: Image, scale: float, number: int, ocr: OcrEngine) -> tuple[PageContent, ...]:
    """Return the content of a page's RGB picture; ``scale`` is its pixels per point."""
    width, height = image.shape[1] / scale, image.shape[0] / scale
    if is_blank(image):
        return (PageContent(number, width, height, method="ocr"),)
    image = without_seals(np.ascontiguousarray(image), scale)
    read = ocr.read(image)
    quarters = quarter_turns(image, read, ocr)
    if quarters:
        image = np.ascontiguousarray(np.rot90(image, -quarters))
        read = ocr.read(image)
    width, height = image.shape[1] / scale, image.shape[0] / scale
    angle = skew([line for line in read if line.score >= READABLE])
    level, _ = straightened(image, angle)
    sight = _sight(level, read, scale, level_matrix(angle, width, height))
    if sight.ruling.given_up:
        sight = _flattened(sight, scale, ocr)
    lines, grids, notices = fill(sight.ruling, sight.pieces, sight.level, scale, number, ocr)
    back = after(level_matrix(-angle, width, height), turn(IDENTITY, width, height, -quarters))
    content = PageContent(
        number,
        width,
        height,
        tuple(lines),
        tuple(grids),
        method="ocr",
        to_page=partial(apply, back),
        notices=(*_doubts(sight.read, number), *notices),
    )
    return page_contents(content)


@dataclass(frozen=True, slots=True)
class _Sight:
    """A level picture, what the engine read, the same as pieces in points, and the tables ruled in it."""

    level: Image
    read: tuple[OcrLine, ...]
    pieces: tuple[Line, ...]
    ruling: Ruling


def _sight(level: Image, read: tuple[OcrLine, ...], scale: float, matrix: Matrix) -> _Sight:
    pieces = tuple(_piece(line, scale, matrix) for line in read if line.score >= READABLE)
    if is_simplified(piece.text for piece in pieces):
        pieces = tuple(replace(piece, text=simplify(piece.text)) for piece in pieces)
    return _Sight(level, read, pieces, find_tables(grey(level), scale, *_sizes(pieces)))


def _flattened(sight: _Sight, scale: float, ocr: OcrEngine) -> _Sight:
    """Return what is seen of a curled sheet when it is made flat, if that saves a table."""
    hang = bend(grey(sight.level), scale, *_sizes(sight.pieces))
    if hang is None:
        return sight
    flat = unbent(sight.level, hang)
    again = _sight(flat, ocr.read(flat), scale, IDENTITY)
    return again if len(again.ruling.given_up) < len(sight.ruling.given_up) else sight


def _sizes(pieces: Sequence[Line]) -> tuple[float, float]:
    """Return the em that most of a page is set in, and a small one that a tenth of its lines do not exceed."""
    ems = sorted(piece.em for piece in pieces)
    return typical_em(pieces), ems[len(ems) // 10] if ems else 12.0


def _sides(line: OcrLine) -> tuple[float, float]:
    """Return width and height of a line's box in pixels."""
    (ax, ay), (bx, by), (_, _), (dx, dy) = line.box
    return math.hypot(bx - ax, by - ay), math.hypot(dx - ax, dy - ay)


def quarter_turns(image: Image, lines: Sequence[OcrLine], ocr: OcrEngine) -> int:
    """Return by how many quarter turns clockwise the picture must be turned to stand upright.

    Lines that are higher than wide lie on their side; which way, and whether a page stands on its head, shows by
    what the engine reads better.
    """
    long = [(line, *_sides(line)) for line in lines if max(_sides(line)) > 2.5 * min(_sides(line))]
    if len(long) < 3:
        return 0
    lying = sum(height for _, width, height in long if height > width)
    standing = sum(width for _, width, height in long if width >= height)
    if lying <= standing:
        if _mean_score(lines) > SURE:
            return 0
        turns = (0, 2)
    else:
        turns = (1, 3)
    sample = sorted(long, key=lambda item: -max(item[1:]))[:8]
    return max(turns, key=lambda quarters: _sample_score(image, [item[0] for item in sample], quarters, ocr))


def _sample_score(image: Image, sample: Sequence[OcrLine], quarters: int, ocr: OcrEngine) -> float:
    crops = []
    for line in sample:
        xs, ys = [x for x, _ in line.box], [y for _, y in line.box]
        crop = image[max(0, int(min(ys))) : int(max(ys)) + 1, max(0, int(min(xs))) : int(max(xs)) + 1]
        crops.append(np.ascontiguousarray(np.rot90(crop, -quarters)))
    scores = [score for text, score in ocr.read_lines(crops) if text.strip()]
    return sum(scores) / len(sample)


def _mean_score(lines: Sequence[OcrLine]) -> float:
    weight = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / weight if weight else 0.0


def _doubts(read: Sequence[OcrLine], number: int) -> list[Notice]:
    notices = []
    lines = [line for line in read if line.score >= READABLE]
    faint = len(read) - len(lines)
    if lines and _mean_score(lines) < SURE:
        message = f"page {number} is hard to read; check its figures against the picture"
        notices.append(Notice("ocr_doubtful", message, number))
    if faint:
        notices.append(
            Notice("marks_unread", f"page {number}: {faint} mark(s) could not be read and were left out", number)
        )
    return notices


def skew(lines: Sequence[OcrLine]) -> float:
    """Return by how many degrees the lines fall to the right: the median, by their width, of those that are long."""
    angles: list[tuple[float, float]] = []
    for line in lines:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.box
        width, height = _sides(line)
        if width > 4 * height:
            rise = ((by - ay) + (cy - dy)) / 2
            angles.append((math.degrees(math.atan2(rise, ((bx - ax) + (cx - dx)) / 2)), width))
    half, seen = sum(width for _, width in angles) / 2, 0.0
    for angle, width in sorted(angles):
        seen += width
        if seen >= half:
            return angle if abs(angle) > 0.05 else 0.0
    return 0.0


def _piece(line: OcrLine, scale: float, level: Matrix) -> Line:
    """Return an OCR line as a level piece of text in points."""
    a, b, c, d, e, f = level
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((x / scale, y / scale) for x, y in line.box)]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    x0, x1 = (ax + dx) / 2, (bx + cx) / 2
    top, bottom = (ay + by) / 2, (cy + dy) / 2
    text = mend(line.text.strip())
    em = em_of(text, x1 - x0, bottom - top)
    # Boxes end with the ink; brackets and closing signs have it in one half of their em only.
    if text[0] in "（《〔【“" or (text[0] == "(" and CJK.match(text[1:2])):
        x0 -= 0.45 * em
    if text[-1] in "，。；：、）》〕】”":
        x1 += 0.45 * em
    return Line(text, x0, top, x1, bottom, em, line.score)


def em_of(text: str, width: float, height: float) -> float:
    """Return the em of a line from its box: by its width where it has enough Chinese characters, else by its height."""
    if height > 1.5 * width and len(text) > 1:  # characters below one another
        return 0.8 * width
    full = len(CJK.findall(text))
    if full >= 4 and full > 0.5 * len(text):
        em = width / (full + 0.52 * (len(text) - full))
        return min(max(em, 0.6 * height), 0.95 * height)
    return 0.8 * height
