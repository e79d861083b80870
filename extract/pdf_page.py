"""What a PDF page is (text, a scan, or text in fonts that say nothing), and its content where it is text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import islice

import pypdfium2 as pdf

from extract.document import BBox, Notice
from extract.layout import IDENTITY, Grid, Line, Matrix, PageContent, Placing, apply, area, as_it_is, turn
from extract.layout_lines import page_contents, to_lines
from extract.pdf_objects import Objects, page_matrix, probe
from extract.pdf_rules import find_grids, read_edges
from extract.pdf_text import TextLayer

FEW = 40
"""Fewer characters than this under a picture of the whole page are a stamp on a scan."""

WHOLE = 0.6
"""A picture that covers this share of the page is the page."""

FRAME = 0.6
"""A cell that takes up this share of a grid whose other cells are empty is a frame."""

LARGE = 0.1
"""A picture that covers this share of a page of text may hold something to read."""

_CHINESE = re.compile("[\u3400-\u9fff\u2f00-\u2fdf\uf900-\ufaff]+")
_COMMON = re.compile(
    "[的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天"
    "而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些"
    "与高意进把法此实二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东"
    "政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市资金项目预算管绩效评价支出单元财收工程区县]"
)
"""Every Chinese text is made of these for a good part; codes that happen to be ideographs are not."""

_NONSENSE = re.compile("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]")
_WORDLIKE = r"0-9A-Za-z.,:;%()/+\-'\"_\u0370-\u1fff\u2010-\u2026\u2e80-\ud7ff\uf900-\uffee"
_STRANGE = re.compile(f"[^{_WORDLIKE}]")


class Kind(StrEnum):
    """How a page is to be read; ``RUBBISH`` is a text layer that does not say what the page shows."""

    TEXT = "text"
    SCAN = "scan"
    RUBBISH = "rubbish"
    BLANK = "blank"


def is_rubbish(text: str, unmapped: str) -> bool:
    """Tell whether a text layer is codes rather than writing.

    ``text`` are its characters without white space, ``unmapped`` a sample of those that their font gives no meaning to.
    """
    if len(_NONSENSE.findall(text)) > 0.1 * len(text) or "(cid:" in text:
        return True
    if len(text) < 50:
        return False
    strange = len(_STRANGE.findall(unmapped))
    if strange > 0.2 * len(unmapped) and strange > 0.005 * len(text):
        return True  # it may be the font of the figures alone that says nothing
    chinese = sum(map(len, _CHINESE.findall(text)))
    if chinese >= 100:
        wanted = math.ceil(0.08 * chinese)
        return sum(1 for _ in islice(_COMMON.finditer(text), wanted)) < wanted
    return chinese == 0 and len(text) - len(_STRANGE.findall(text)) < 0.6 * len(text)


def kind_of(layer: TextLayer, objects: Objects, size: tuple[float, float]) -> Kind:
    """Return how the page is to be read."""
    text = "".join(layer.text.split())
    # A scanner may cut a sheet into strips.
    covered = sum(_share(layer.matrix, box, size) for box in objects.pictures) > WHOLE
    if covered and (len(text) < FEW or objects.hidden > 0.5 * objects.texts):
        return Kind.SCAN
    if not text:
        return Kind.SCAN if objects.pictures or len(objects.paths) > 50 else Kind.BLANK
    return Kind.RUBBISH if is_rubbish(text, layer.unmapped(_STRANGE)) else Kind.TEXT


def _share(matrix: Matrix, box: BBox, size: tuple[float, float]) -> float:
    x0, top, x1, bottom = apply(matrix, box)
    width = max(0.0, min(x1, size[0]) - max(x0, 0.0))
    height = max(0.0, min(bottom, size[1]) - max(top, 0.0))
    return width * height / (size[0] * size[1])


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page is to be read, its content as far as its text layer gives it, and the large pictures in the text."""

    kind: Kind
    contents: tuple[PageContent, ...]
    pictures: tuple[BBox, ...] = ()


def read_page(page: pdf.PdfPage, number: int) -> Reading:
    """Return what a page's text layer gives."""
    width, height = page.get_size()
    matrix = page_matrix(page)
    text_page = page.get_textpage()
    layer = TextLayer(text_page.raw, matrix)
    objects = probe(page)
    kind = kind_of(layer, objects, (width, height))
    if kind is Kind.BLANK:
        return Reading(kind, (PageContent(number, width, height),))
    pieces = layer.pieces()
    pictures = _large_pictures(objects, matrix, (width, height), pieces.outside)
    back: Placing = as_it_is
    quarter = max(pieces.sideways, key=lambda key: pieces.sideways[key], default=0)
    if quarter and pieces.sideways[quarter] > 0.5 * len(layer.text):
        # A table printed sideways on an upright page: turn the page so that its text stands upright.
        matrix = turn(matrix, width, height, quarter)
        layer.turned(matrix, quarter)
        width, height = (height, width) if quarter % 2 else (width, height)
        back = partial(apply, turn(IDENTITY, width, height, -quarter))
        pieces = layer.pieces()
    grids, notices = _grids(objects, matrix, (width, height), number)
    if grids:
        pieces = layer.pieces([cell.box for grid in grids for cell in grid.cells])
        grids, flattened = _filled(grids, pieces.inside)
        pieces.outside.extend(flattened)
    shown = [piece for piece in pieces.outside if _is_shown(piece, width, height)]
    aside = [("watermark", piece) for piece in pieces.slanted]
    aside += [("off the page", piece) for piece in pieces.outside if not _is_shown(piece, width, height)]
    content = PageContent(
        number,
        width,
        height,
        tuple(shown),
        tuple(grids),
        to_page=back,
        aside=tuple(aside),
        notices=tuple(notices),
    )
    return Reading(kind, page_contents(content), pictures)


def _is_shown(piece: Line, width: float, height: float) -> bool:
    return piece.x1 > 0 and piece.x0 < width and piece.bottom > 0 and piece.top < height


def _grids(objects: Objects, matrix: Matrix, size: tuple[float, float], number: int) -> tuple[list[Grid], list[Notice]]:
    edges = read_edges(objects.paths, matrix, size)
    grids = None if edges is None else find_grids(edges)
    if grids is None:
        message = f"page {number} is a drawing of thousands of lines: no table was looked for in it"
        return [], [Notice("drawing", message, number)]
    return grids, []


def _filled(grids: Sequence[Grid], inside: Sequence[list[Line]]) -> tuple[list[Grid], list[Line]]:
    """Give the cells their lines; where one cell with all the text fills the grid, it is a frame around that text."""
    filled: list[Grid] = []
    flattened: list[Line] = []
    at = 0
    for grid in grids:
        texts = inside[at : at + len(grid.cells)]
        at += len(grid.cells)
        spoken = [cell for cell, text in zip(grid.cells, texts, strict=True) if text]
        if len(spoken) < 2 and all(area(cell.box) > FRAME * area(grid.box) for cell in spoken):
            flattened += [piece for text in texts for piece in text]
            continue
        cells = tuple(replace(cell, lines=to_lines(text)) for cell, text in zip(grid.cells, texts, strict=True))
        filled.append(replace(grid, cells=cells))
    return filled, flattened


def _large_pictures(
    objects: Objects, matrix: Matrix, size: tuple[float, float], pieces: Sequence[Line]
) -> tuple[BBox, ...]:
    """Return the boxes of pictures large enough to hold something to read, with no text printed over them."""
    boxes = [apply(matrix, box) for box in objects.pictures if _share(matrix, box, size) > LARGE]
    return tuple(box for box in boxes if not any(_holds(box, piece) for piece in pieces))


def _holds(box: BBox, piece: Line) -> bool:
    x0, top, x1, bottom = box
    return x0 < (piece.x0 + piece.x1) / 2 < x1 and top < piece.middle < bottom
