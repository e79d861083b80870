"""Tables whose rows are lines with as many bars or tabs each, blank cells kept: 产出指标 | 产出数量 | | 6所 | 6所 |.

Where every line has the cells of its head, a cell's place among the bars is its column. So it is where two blanks or
more stand between cells, but for a remark that was not made: the last cell of such a line may be missing. Pages that
drop merged cells and fill their lines up with bars look alike; there figures come to stand under names, or several
blanks end a row, and nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from extract.document import Block, Document, Place, Span
from parsers.flattened.barred import may_stand
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at, token_at
from parsers.report.paragraphs import Paragraph
from parsers.tables.forms import is_total, part_of
from parsers.tables.grid_columns import caption_unit, column_of, is_aside_column, matches

LEAST_COLUMNS = 3
LEAST_ROWS = 2
MOST_BLANKS = 1
"""So many blank cells may end a row: a remark that was not made."""
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_SEPARATORS = {"|": re.compile(r"\|"), "\t": re.compile(r"\t"), "  ": _BLANKS}
"""What parts cells, by what a text with it holds."""
_RULE = re.compile(r"[-:|\s]+")
"""|---|---|: the line under the head of a table in Markdown."""

_Row = list[Token | None]


def even_lines(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the tables among the paragraphs whose lines have as many cells each, in order."""
    text = document.text
    spans = [span for paragraph in body for span in paragraph.lines]
    found: list[Stream] = []
    for separator in (separator for held, separator in _SEPARATORS.items() if held in text):
        for run in _runs(text, spans, separator):
            rows: list[_Row] = []
            ruled: set[int] = set()
            for span in run:
                if _RULE.fullmatch(text, *span):
                    ruled.add(len(rows) - 1)
                else:
                    rows.append(_cells(document, span, separator))
            found.extend(_table(document, part) for part in _parts(rows, ruled))
    return tuple(sorted(found, key=lambda stream: stream.span.start))


def _runs(text: str, spans: Sequence[Span], separator: re.Pattern[str]) -> Iterator[Sequence[Span]]:
    """Yield the lines of as many cells each that follow one another, with nothing else between them."""
    run: list[Span] = []
    width = 0
    for span in spans:
        cells = len(separator.findall(text, *span)) + 1
        alike = cells == width or (separator is _BLANKS and cells == width - MOST_BLANKS)
        if run and (not alike or text[run[-1].end : span.start].strip()):
            yield run
            run = []
        if not run:
            width = cells
        if width >= LEAST_COLUMNS:
            run.append(span)
    if run:
        yield run


def _cells(document: Document, span: Span, separator: re.Pattern[str]) -> _Row:
    at = span.start
    cells: _Row = []
    for found in separator.finditer(document.text, *span):
        cells.append(token_at(document, at, found.start()))
        at = found.end()
    return [*cells, token_at(document, at, span.end)]


def _parts(rows: Sequence[_Row], ruled: Collection[int]) -> Iterator[Sequence[_Row]]:
    """Yield the heads of a run of lines, each with the rows that all fit below it; those over a rule are heads."""
    named = [row[0] is not None and not row[0].value for row in rows]
    corners = [not named[at] and any(named[at + 1 : at + 2]) for at in range(len(rows))]
    heads = [at for at, row in enumerate(rows) if at in ruled or _is_head(row, corner=corners[at])]
    for head, end in pairwise([*heads, len(rows)]):
        below = [_whole(row, rows[head]) for row in rows[head + 1 : end]]
        even = all(len(row) == len(rows[head]) for row in below)
        if even and len(below) >= LEAST_ROWS and all(_fits(row, rows[head]) for row in below):
            yield [rows[head], *below]


def _whole(row: _Row, head: _Row) -> _Row:
    """Return a row with the remark that it lacks; another cell may be missing where it does not end with a figure."""
    last, end = head[-1], row[-1]
    remarked = last is not None and part_of(last.text) == "reason" and end is not None and end.value
    return [*row, None] if remarked and len(row) == len(head) - MOST_BLANKS else row


def _is_head(row: _Row, *, corner: bool) -> bool:
    """Tell whether a line names columns, each of them; bars at its ends hold nothing, but for a blank ``corner``."""
    inner = row[row[0] is None : len(row) - (row[-1] is None)]
    filled = [cell.text for cell in inner if cell is not None and not cell.value]
    if len(filled) < max(len(inner), LEAST_COLUMNS - corner):
        return False
    named = [text for text in filled if _is_column(text) or caption_unit(text) or matches("unit", text)]
    words = len(named) + sum(matches("header", text) for text in filled if text not in named)
    return bool(named) and words * 2 >= len(filled)


def _is_column(text: str) -> bool:
    return column_of(text).named or is_aside_column(text)


def _fits(row: _Row, head: _Row) -> bool:
    """Tell whether each cell of a row can stand under its head, and the row was not filled up with blanks."""
    last = max((at for at, cell in enumerate(head) if cell is not None), default=0)
    blanks = next((at for at, cell in enumerate(reversed(row[: last + 1])) if cell is not None), last)
    first = next((cell for cell in row if cell is not None), None)
    if first is None or (blanks > MOST_BLANKS and not is_total(first.text)):
        return False
    pairs = [(at, cell, above) for at, (cell, above) in enumerate(zip(row, head, strict=True)) if cell is not None]
    return all(
        _stands(cell, above.text) if above is not None else not at and not cell.value for at, cell, above in pairs
    )


def _stands(cell: Token, head: str) -> bool:
    if _is_column(head):
        return may_stand(cell, head)
    return not cell.value or matches("aside", head) or not matches("header", head)


def _table(document: Document, rows: Sequence[_Row]) -> Stream:
    cells = [
        cell_at(document, token, number, column, rowspan=_height(rows, number, column))
        for number, row in enumerate(rows)
        for column, token in enumerate(row)
        if token is not None
    ]
    span = Span(cells[0].span.start, max(cell.span.end for cell in cells))
    place = document.place_at(span.start) or Place("body")
    return Stream(Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span), span)


def _height(rows: Sequence[_Row], number: int, column: int) -> int:
    """Return over how many rows a name stands: blanks below it and left of them are parts of merged cells."""
    head = rows[0][column]
    following = rows[0][column + 1] if column + 1 < len(rows[0]) else None
    merged = number and head and following and matches("header", head.text) and matches("header", following.text)
    height = 1
    while merged and number + height < len(rows) and not any(rows[number + height][: column + 1]):
        height += 1
    return height
