"""Pages to blocks: margins out, lines to paragraphs, grids to tables, both carried over the page break."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Block, BlockKind, Notice, Place
from extract.layout import Line, PageContent, around, weakest
from extract.layout_margins import split_margins
from extract.layout_paragraphs import (
    Frame,
    begins_in_column,
    differs,
    frame_of,
    is_centred,
    joint,
    paragraph_text,
    paragraphs,
)
from extract.layout_tables import Part, Table, goes_on, join, to_table


@dataclass(frozen=True, slots=True)
class Flow:
    """What the pages of a file come to."""

    blocks: list[Block]
    margins: tuple[Block, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph so far; ``last`` is its last line, set in ``frame``."""

    block: Block
    last: Line
    frame: Frame


def _place(page: PageContent, name: str, lines: list[Line]) -> Place:
    return Place(
        path=f"page {page.number}/paragraph {name}",
        page=page.number,
        bbox=page.to_page(around(line.box for line in lines)),
        method=page.method,
        ocr_score=weakest(lines),
    )


def _paragraph(page: PageContent, ordinal: int, lines: list[Line], frame: Frame) -> _Paragraph:
    kind: BlockKind = "heading" if len(lines) == 1 and is_centred(lines[0], frame) else "paragraph"
    block = Block(kind, paragraph_text(lines, frame), _place(page, str(ordinal), lines))
    return _Paragraph(block, lines[-1], frame)


def _extended(paragraph: _Paragraph, page: PageContent, lines: list[Line], frame: Frame) -> _Paragraph:
    """Return ``paragraph`` with its lines on the next page; its place stays where it begins."""
    block = paragraph.block
    before = block.text + joint(paragraph.last, lines[0], paragraph.frame)
    scores = [score for score in (block.place.ocr_score, weakest(lines)) if score is not None]
    longer = replace(
        block,
        text=before + paragraph_text(lines, frame),
        place=replace(block.place, ocr_score=min(scores, default=None)),
        further=(*block.further, (len(before), _place(page, "continued", lines))),
    )
    return _Paragraph(longer, lines[-1], frame)


def _runs_over(paragraph: _Paragraph, first: Line, frame: Frame) -> bool:
    """Tell whether ``paragraph`` goes on with ``first``, the first line of the next page, set in ``frame``."""
    if paragraph.block.kind == "heading" or differs(paragraph.last, first):
        return False
    shift = paragraph.frame.left - frame.left
    moved = replace(first, x0=first.x0 + shift, x1=first.x1 + shift)
    return not begins_in_column(moved, paragraph.last, paragraph.frame)


def _table_block(table: Table) -> Block:
    first = table.cells[0].place
    boxes = [cell.place.bbox for cell in table.cells if cell.place.page == first.page and cell.place.bbox]
    scores = [cell.place.ocr_score for cell in table.cells if cell.place.ocr_score is not None]
    path = first.path.split(" row ")[0]
    place = Place(path, first.page, around(boxes), first.method, min(scores, default=None))
    return Block("table", "", place, cells=table.cells)


def _format(page: PageContent) -> tuple[int, int]:
    """Return a page's size as a key: pages of one size share their type area."""
    return round(page.width / 20), round(page.height / 20)


def _frames(pages: Sequence[PageContent]) -> list[Frame]:
    """Return the column of each page, from its own lines where they are enough, else from pages of its size."""
    groups: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for page in pages:
        groups[_format(page)] += page.lines
    usual = {key: frame_of(lines) for key, lines in groups.items()}
    return [frame_of(page.lines, usual[_format(page)]) or Frame(0.0, page.width) for page in pages]


def _bottoms(pages: Sequence[PageContent]) -> list[float]:
    """Return for each page how far down the text of pages of its size reaches."""
    deepest: dict[tuple[int, int], float] = defaultdict(float)
    for page in pages:
        ends = [line.bottom for line in page.lines] + [grid.ys[-1] for grid in page.grids]
        deepest[_format(page)] = max([deepest[_format(page)], *ends])
    return [deepest[_format(page)] for page in pages]


def _follows(before: PageContent, page: PageContent) -> bool:
    return before.number != page.number or before.method == page.method


def _sequence(page: PageContent, frame: Frame) -> list[list[Line] | int]:
    """Return the page's content in reading order: paragraphs as lists of lines, tables as indices into its grids."""
    sequence: list[list[Line] | int] = []
    tables = sorted(range(len(page.grids)), key=lambda index: page.grids[index].ys[0])
    waiting: list[Line] = []
    for line in page.lines:
        while tables and page.grids[tables[0]].ys[0] < line.middle:
            sequence += paragraphs(waiting, frame)
            waiting = []
            sequence.append(tables.pop(0))
        waiting.append(line)
    sequence += paragraphs(waiting, frame)
    sequence += tables
    return sequence


def _margin_blocks(pages: Sequence[PageContent], margins: Sequence[tuple[int, str, Line]]) -> tuple[Block, ...]:
    found = [(pages[at].number, edge, line, pages[at]) for at, edge, line in margins]
    found += [(page.number, kind, line, page) for page in pages for kind, line in page.aside]
    blocks = []
    for number, edge, line, page in sorted(found, key=lambda item: item[0]):
        place = Place(f"page {number}/{edge}", number, page.to_page(line.box), page.method, line.score)
        blocks.append(Block("paragraph", line.text, place))
    return tuple(blocks)


def compose(pages: Sequence[PageContent]) -> Flow:
    """Return the blocks of ``pages`` (in order), the running heads and feet, and the notices."""
    bodies, margins = split_margins(pages)
    frames, bottoms = _frames(bodies), _bottoms(bodies)
    done: list[Block] = []
    notices: list[Notice] = []
    pending: _Paragraph | Table | None = None
    paragraph_count: dict[int, int] = defaultdict(int)
    table_count: dict[int, int] = defaultdict(int)

    def finish() -> None:
        if isinstance(pending, _Paragraph):
            done.append(pending.block)
        elif pending is not None:
            done.append(_table_block(pending))

    for at, (page, frame) in enumerate(zip(bodies, frames, strict=True)):
        notices += page.notices
        for position, item in enumerate(_sequence(page, frame)):
            # What a picture in the text says does not go on with the text around it.
            over_page = position == 0 and at > 0 and _follows(bodies[at - 1], page)
            if isinstance(item, int):
                table_count[page.number] += 1
                part = Part(page, table_count[page.number], page.grids[item])
                if over_page and isinstance(pending, Table) and goes_on(pending, part, bottoms[at - 1]):
                    pending, said = join(pending, part)
                    notices += said
                    continue
                finish()
                pending = to_table(part)
            elif over_page and isinstance(pending, _Paragraph) and _runs_over(pending, item[0], frame):
                pending = _extended(pending, page, item, frame)
            else:
                finish()
                paragraph_count[page.number] += 1
                pending = _paragraph(page, paragraph_count[page.number], item, frame)
    finish()
    return Flow(done, _margin_blocks(pages, margins), tuple(notices))
