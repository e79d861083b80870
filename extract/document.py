"""The document: what a loader gives and everything else reads.

A loader makes blocks without offsets; ``assemble`` writes the canonical text and gives each block and cell its span.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

BlockKind = Literal["paragraph", "heading", "table", "picture"]
Method = Literal["text", "ocr"]
BBox = tuple[float, float, float, float]


class Span(NamedTuple):
    """Half-open range of characters in ``Document.text``."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file something was read.

    ``path`` is made for people: ``body/paragraph 12``, ``body/table 3 row 2 cell 4``, ``footnote 2``.
    ``page`` counts from 1; None where the format has no pages. ``bbox`` is (x0, top, x1, bottom) in points from the
    page's upper left corner. ``ocr_score`` is the engine's own, from 0 to 1.
    """

    path: str
    page: int | None = None
    bbox: BBox | None = None
    method: Method = "text"
    ocr_score: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell at its upper left grid position; a merged cell stands once, with its spans."""

    row: int
    col: int
    text: str
    place: Place
    rowspan: int = 1
    colspan: int = 1
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document in reading order.

    ``text`` of a table is made by ``assemble`` from its cells; a picture has none. ``level`` is the outline level
    (1 the highest) where the format states one. ``number`` is the automatic number where the format counted it; it
    also stands at the head of ``text``. ``further`` are the places of what stands on the pages after the first, each
    with the offset in ``text`` from which on it holds.
    """

    kind: BlockKind
    text: str
    place: Place
    level: int | None = None
    number: str | None = None
    cells: tuple[Cell, ...] = ()
    span: Span = NOWHERE
    further: tuple[tuple[int, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about the reading: ``code`` is stable, ``message`` says what and where."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. Every offset elsewhere points into ``text``."""

    file: str
    sha256: str
    media_type: str
    blocks: tuple[Block, ...]
    text: str
    warnings: tuple[Notice, ...] = ()
    pages: int | None = None
    ocr_pages: int = 0
    margins: tuple[Block, ...] = field(default=())
    """Running heads and feet: kept, but no part of ``text``."""
    tables: tuple[Block, ...] = field(init=False, repr=False, compare=False)
    """The blocks that are tables, in order."""
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where the blocks begin in ``text``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", tuple(block for block in self.blocks if block.kind == "table"))
        object.__setattr__(self, "_starts", tuple(block.span.start for block in self.blocks))

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds the character at ``offset``, or None between blocks."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.blocks[index].span.end:
            return None
        return self.blocks[index]

    def place_at(self, offset: int) -> Place | None:
        """Return the nearest place: the cell's where ``offset`` is in a cell, else the block's on the page it is on."""
        block = self.block_at(offset)
        if block is None:
            return None
        index = bisect_right(block.cells, offset, key=lambda cell: cell.span.start) - 1
        if index >= 0 and offset < block.cells[index].span.end:
            return block.cells[index].place
        index = bisect_right(block.further, offset - block.span.start, key=lambda piece: piece[0]) - 1
        return block.further[index][1] if index >= 0 else block.place


def table_text(cells: tuple[Cell, ...], start: int) -> tuple[str, tuple[Cell, ...]]:
    """Return the canonical text of a table that begins at ``start``, and its cells with their spans.

    Rows are separated by a line feed, the cells that begin in a row by tabs; a merged cell is written once.
    """
    parts: list[str] = []
    placed: list[Cell] = []
    at = start
    row: int | None = None
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        if row is not None:
            parts.append("\t" if cell.row == row else "\n")
            at += 1
        row = cell.row
        parts.append(cell.text)
        placed.append(replace(cell, span=Span(at, at + len(cell.text))))
        at += len(cell.text)
    return "".join(parts), tuple(placed)


def assemble(
    blocks: list[Block],
    *,
    file: str,
    sha256: str,
    media_type: str,
    warnings: tuple[Notice, ...] = (),
    pages: int | None = None,
    ocr_pages: int = 0,
    margins: tuple[Block, ...] = (),
) -> Document:
    """Join ``blocks`` into a Document: one line feed between blocks, every block and cell with its span."""
    placed: list[Block] = []
    parts: list[str] = []
    at = 0
    for block in blocks:
        if block.kind == "table":
            text, cells = table_text(block.cells, at)
            block = replace(block, text=text, cells=cells)
        placed.append(replace(block, span=Span(at, at + len(block.text))))
        parts.append(block.text)
        at += len(block.text) + 1
    return Document(
        file=file,
        sha256=sha256,
        media_type=media_type,
        blocks=tuple(placed),
        text="\n".join(parts),
        warnings=warnings,
        pages=pages,
        ocr_pages=ocr_pages,
        margins=margins,
    )
