"""What a PDF page is (text, a scan, or text in fonts that say nothing), and its content where it is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial

import pypdfium2 as pdf

from extract.document import BBox, Notice
from extract.layout import IDENTITY, Grid, Line, Matrix, PageContent, Placing, apply, as_it_is, turn
from extract.layout_lines import page_contents, to_lines
from extract.pdf_objects import Objects, page_matrix, probe
from extract.pdf_rules import find_grids, read_edges
from extract.pdf_text import TextLayer

FEW = 40
"""Fewer characters than this under a picture of the whole page are a stamp on a scan."""

WHOLE = 0.6
"""A picture that covers this share of the page is the page."""

LARGE = 0.2
"""A picture that covers this share of a page of text may hold something to read."""

_CHINESE = re.compile("[\u3400-\u9fff\u2f00-\u2fdf\uf900-\ufaff]")
_NONSENSE = re.compile("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]")
_WORDLIKE = re.compile(r"[0-9A-Za-z.,:;%()/+\-'\"]")


class Kind(StrEnum):
    """How a page is to be read; ``RUBBISH`` is a text layer that does not say what the page shows."""

    TEXT = "text"
    SCAN = "scan"
    RUBBISH = "rubbish"
    BLANK = "blank"


def is_rubbish(layer: TextLayer, text: str) -> bool:
    """Tell whether a text layer's characters (``text``, without white space) are codes rather than writing."""
    if len(_NONSENSE.findall(text)) > 0.1 * len(text) or "(cid:" in text:
        return True
    if len(text) < 50 or _CHINESE.search(text):
        return False
    # No Chinese at all: a page of figures or English is made of plain letters; codes are not, or have no meaning.
    return len(_WORDLIKE.findall(text)) < 0.6 * len(text) or layer.unmapped() > 0.2 * len(text)


def kind_of(layer: TextLayer, objects: Objects, size: tuple[float, float]) -> Kind:
    """Return how the page is to be read."""
    text = "".join(layer.text.split())
    covered = any(_share(layer.matrix, box, size) > WHOLE for box in objects.pictures)
    if covered and (len(text) < FEW or objects.hidden > 0.5 * objects.texts):
        return Kind.SCAN
    if not text:
        return Kind.SCAN if objects.pictures or len(objects.paths) > 50 else Kind.BLANK
    return Kind.RUBBISH if is_rubbish(layer, text) else Kind.TEXT


def _share(matrix: Matrix, box: BBox, size: tuple[float, float]) -> float:
    x0, top, x1, bottom = apply(matrix, box)
    width = max(0.0, min(x1, size[0]) - max(x0, 0.0))
    height = max(0.0, min(bottom, size[1]) - max(top, 0.0))
    return width * height / (size[0] * size[1])


def read_page(page: pdf.PdfPage, number: int) -> tuple[Kind, tuple[PageContent, ...]]:
    """Return how a page is to be read, and its content as far as its text layer gives it."""
    width, height = page.get_size()
    matrix = page_matrix(page)
    text_page = page.get_textpage()
    layer = TextLayer(text_page.raw, matrix)
    objects = probe(page)
    kind = kind_of(layer, objects, (width, height))
    if kind is Kind.BLANK:
        return kind, (PageContent(number, width, height),)
    pieces = layer.pieces()
    back: Placing = as_it_is
    quarter = max(pieces.sideways, key=lambda key: pieces.sideways[key], default=0)
    if quarter and pieces.sideways[quarter] > 0.5 * len(layer.text):
        # A table printed sideways on an upright page: turn the page so that its text stands upright.
        matrix = turn(matrix, width, height, quarter)
        layer.matrix, layer.turn = matrix, (layer.turn - quarter) % 4
        width, height = (height, width) if quarter % 2 else (width, height)
        back = partial(apply, turn(IDENTITY, width, height, -quarter))
        pieces = layer.pieces()
    grids, notices = _grids(objects, matrix, (width, height), number)
    if grids:
        pieces = layer.pieces([cell.box for grid in grids for cell in grid.cells])
        grids, flattened = _filled(grids, pieces.inside)
        pieces.outside.extend(flattened)
    notices += _pictures(objects, matrix, (width, height), number)
    content = PageContent(
        number,
        width,
        height,
        tuple(pieces.outside),
        tuple(grids),
        to_page=back,
        aside=tuple(pieces.slanted),
        notices=tuple(notices),
    )
    return kind, page_contents(content)


def _grids(objects: Objects, matrix: Matrix, size: tuple[float, float], number: int) -> tuple[list[Grid], list[Notice]]:
    edges = read_edges(objects.paths, matrix, size)
    grids = None if edges is None else find_grids(edges)
    if grids is None:
        message = f"page {number} is a drawing of thousands of lines: no table was looked for in it"
        return [], [Notice("drawing", message, number)]
    return grids, []


def _filled(grids: Sequence[Grid], inside: Sequence[list[Line]]) -> tuple[list[Grid], list[Line]]:
    """Give the cells their lines; a grid with text in one cell only is a frame, its text comes back as pieces."""
    filled: list[Grid] = []
    flattened: list[Line] = []
    at = 0
    for grid in grids:
        texts = inside[at : at + len(grid.cells)]
        at += len(grid.cells)
        if sum(bool(text) for text in texts) < 2:
            flattened += [piece for text in texts for piece in text]
            continue
        cells = tuple(replace(cell, lines=to_lines(text)) for cell, text in zip(grid.cells, texts, strict=True))
        filled.append(replace(grid, cells=cells))
    return filled, flattened


def _pictures(objects: Objects, matrix: Matrix, size: tuple[float, float], number: int) -> list[Notice]:
    large = [box for box in objects.pictures if LARGE < _share(matrix, box, size) <= WHOLE]
    if not large:
        return []
    message = f"page {number}: {len(large)} large picture(s) stand in the text and were not read"
    return [Notice("picture_unread", message, number)]
