"""Tables whose cells are lines one after another, a bar behind each or none, rows told by counting alone.

Nothing ends a row: 项目 | 支出(万元) | 减少率 | 会议费 | 71.5 | 3.2% | … The figures behind the first name say how
wide the table is; the heads before that name must be as many, and every row after it must have the same shape and
fit its columns by kind. A table with one row too short or too long is left alone: nothing tells where its cells stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document import Block, Document, Place, Span
from parsers.flattened.counted_heads import Head, head_of
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at, named_years, token_at
from parsers.report.paragraphs import Paragraph
from parsers.tables.grid_columns import caption_unit, column_of, fits, is_unit, matches
from patterns import cue

LONGEST = 40
"""A longer line is prose."""
LEAST_LINES = 6
MOST_ABOVE = 3
"""So many lines without bars may stand above a head: headings, its caption, its unit."""
_SENTENCE = re.compile(r"[。;；!?]|,.{12}")
_LEVEL = cue("tables", "table.cue.level")
_RUNNING = cue("tables", "table.cue.running-number")


_Numbers = dict[Span, Token]
"""The running numbers of rows, and the word that heads them, by the place of the name behind each."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its label, and its cells in the order of the columns; a label alone heads rows below it."""

    label: Token
    cells: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    head: Head
    rows: tuple[_Row, ...]


def counted(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the tables among the paragraphs whose rows are told by counting, in order."""
    found: list[Stream] = []
    for run in _runs(document, body):
        barred = sum("|" in document.text[span.start : span.end] for span in run) * 3 >= len(run)
        kept, numbers = _unnumbered(_cells(document, run))
        cells = named_years(kept, anywhere=True)
        at = 0
        while at < len(cells):
            table, at = _table(cells, at, barred=barred)
            found.extend([_stream(document, table, numbers)] if table is not None else [])
    return tuple(found)


def _runs(document: Document, body: Sequence[Paragraph]) -> Iterator[list[Span]]:
    """Yield the runs of lines that are one cell each, long enough for a table."""
    run: list[Span] = []
    for span in (span for paragraph in body for span in paragraph.lines):
        text = document.text[span.start : span.end]
        cell = len(text) <= LONGEST and text.count("|") <= 1 and "\t" not in text and not _SENTENCE.search(text)
        if run and (not cell or document.text[run[-1].end : span.start].strip()):
            yield from [run] if len(run) >= LEAST_LINES else []
            run = []
        run.extend([span] if cell else [])
    yield from [run] if len(run) >= LEAST_LINES else []


def _cells(document: Document, run: Sequence[Span]) -> list[Token]:
    """Return the cells of a run; bars alone keep cells apart, and two of them hold a blank one between them.

    A name goes on over lines where bars end the cells: the last line of it has the bar.
    """
    text = document.text
    lines = [text[span.start : span.end].strip() for span in run]
    alone = sum(line == "|" for line in lines) * 2 > sum("|" in line for line in lines)
    barred = any("|" in line for line in lines)
    cells: list[Token] = []
    ended = True
    for span, line in zip(run, lines, strict=True):
        bar = "|" in line
        token = token_at(document, span.start, span.start + text[span.start : span.end].find("|") if bar else span.end)
        if token is None and bar:
            token = token_at(document, text.index("|", *span) + 1, span.end)
        if token is None:
            if (bar and not alone) or (ended and cells):
                cells.append(Token("", Span(span.start, span.start), value=True))
        elif not ended and not cells[-1].value and _RUNNING.match(token.text):  # what stood before it is a caption
            cells[-1] = token
        elif not ended and not cells[-1].value and not token.value and barred:
            cells[-1] = Token(cells[-1].text + token.text, Span(cells[-1].span.start, token.span.end), value=False)
        else:
            cells.append(token)
        ended = bar
    return cells


def _unnumbered(cells: Sequence[Token]) -> tuple[list[Token], _Numbers]:
    """Part the cells from the running numbers of rows, each right before a name, where a head says that there are."""
    numbers: _Numbers = {}
    kept: list[Token] = []
    headed = False
    for at, cell in enumerate(cells):
        before = at + 1 < len(cells) and not cells[at + 1].value
        if before and (_RUNNING.match(cell.text) or (headed and cell.text == str(len(numbers)))):
            headed = True
            numbers[cells[at + 1].span] = cell
        else:
            kept.append(cell)
    return kept, numbers


def _table(cells: Sequence[Token], start: int, *, barred: bool) -> tuple[_Table | None, int]:
    """Return the next table, behind what stands above its head, and where to look on; none where nothing is sure."""
    first = next((at for at in range(start, len(cells) - 1) if _is_name(cells[at]) and _is_datum(cells[at + 1])), -1)
    if first < 0:
        return None, len(cells)
    width = 1
    while first + width < len(cells) and _is_datum(cells[first + width]):
        width += 1
    rows, end, even = _rows(cells, first, width)
    full = [row.cells for row in rows if row.cells]
    if not even or len(full) < (3 if width == 2 else 2) or any(is_unit(row.label.text.strip("()")) for row in rows):
        return None, end
    if not barred and (len(full) < len(rows) if width == 2 else first - start > width + MOST_ABOVE):
        return None, end  # labels and figures in turn may be the fields of a form
    head = head_of(cells[start:first], width, full, sure=barred)
    if head is None or not all(_fits(column, [row[at] for row in full]) for at, column in enumerate(head.columns)):
        return None, end
    if not barred and any(_is_of_form(column.text) for column in head.columns):
        return None, end
    return _Table(head, tuple(rows)), end


def _rows(cells: Sequence[Token], first: int, width: int) -> tuple[list[_Row], int, bool]:
    """Return the rows from the first name on, where they end, and whether none of them is too short or too long."""
    rows: list[_Row] = []
    at = first
    while at < len(cells):
        count = 0
        while at + 1 + count < len(cells) and _is_datum(cells[at + 1 + count]):
            count += 1
        if _is_datum(cells[at]) or count not in (0, width - 1):
            return rows, at + 1 + count, False
        if count == 0:
            names = 1
            while at + names < len(cells) and not _is_datum(cells[at + names]):
                names += 1
            if names != 2 or at + names >= len(cells):  # the next table, or what follows the last
                break
        rows.append(_Row(cells[at], tuple(cells[at + 1 : at + 1 + count])))
        at += 1 + count
    return rows, at, True


def _is_name(cell: Token) -> bool:
    return bool(cell.text) and not _is_datum(cell)


def _is_datum(cell: Token) -> bool:
    return cell.value or matches("void", cell.text)


def _fits(head: Token, cells: Sequence[Token]) -> bool:
    """Tell whether cells can stand under a head, each by its kind: a share under no other unit than its own."""
    if caption_unit(head.text) not in ("", "%") and any(cell.text.endswith("%") for cell in cells):
        return False
    return all(fits(head.text, cell.text) for cell in cells)


def _is_of_form(head: str) -> bool:
    """Tell whether a column is one of goals, results or marks, or a name in one: forms have readers of their own."""
    column = column_of(head)
    result = column.named and not column.money and not column.kind
    return result or column.kind == "score" or _LEVEL.search(head) is not None


def _last_line(document: Document, token: Token) -> Token:
    """Return the last line of a table's first cell: what stands above it is its caption."""
    start = document.text.rfind("\n", *token.span) + 1
    return (token_at(document, start, token.span.end) if start else None) or token


def _stream(document: Document, table: _Table, numbers: _Numbers) -> Stream:
    """Return a table as a grid: running numbers, names, and the columns of its head."""
    head, deep = table.head, bool(table.head.above)
    cells = [cell_at(document, token, 0, 2 + column, colspan=wide) for column, wide, token in head.above]
    spanned = {column + one for column, wide, _ in head.above for one in range(wide)}
    for index, token in enumerate(head.columns):
        tall = deep and index not in spanned
        cells.append(cell_at(document, token, int(deep and not tall), 2 + index, rowspan=2 if tall else 1))
    names = [(0, head.corner)] if head.corner is not None else []
    names.extend((number, row.label) for number, row in enumerate(table.rows, start=1 + deep))
    for number, name in names:
        tall = deep and not number
        cells.append(cell_at(document, name if number else _last_line(document, name), number, 1, rowspan=1 + tall))
        if name.span in numbers:
            cells.append(cell_at(document, numbers[name.span], number, 0, rowspan=1 + tall))
    for number, row in enumerate(table.rows, start=1 + deep):
        filled = ((column, cell) for column, cell in enumerate(row.cells, start=2) if cell.text)
        cells.extend(cell_at(document, cell, number, column) for column, cell in filled)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    span = Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
    place = document.place_at(span.start) or Place("body")
    return Stream(Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span), span)
