"""Score tables that lost their grid, a cell a line, with the text of a rule among the marks of each row.

Web pages turn them into: 资金到位率 / 10 / 到位率100%得10分，每低1%扣1分 / 9. Lines that name columns are the head;
a row is its names, the full mark, the text and the mark given, in the order of the head. A table counts only where its
marks add up to its total, or its full marks to a hundred: then no line has slipped into a wrong column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

import regex

from extract.document import Block, Cell, Document, Place, Span
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at
from parsers.report.paragraphs import Paragraph, number_at_head
from parsers.tables.forms import is_total, part_of
from parsers.tables.grid_columns import column_of
from parsers.view import fold
from patterns import cue

LONGEST_LABEL = 14
LONGEST_NAME = 24
LEAST_COLUMNS = 4
LEAST_ROWS = 3
MOST_REMARKS = 3
HUNDRED = Decimal(100)
_MARK = regex.compile(r"^\d{1,3}(?:\.\d{1,3})?(?=分?$)")
_VOID = cue("tables", "table.cue.void-line")
_FULL = cue("tables", "table.cue.full-head")
_CLAUSE = cue("tables", "table.cue.rule-text")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the mark that it is, if any."""

    span: Span
    text: str
    mark: Decimal | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row read: its names from the left, the lines of its other columns by their place in the head, and its marks."""

    names: tuple[_Line, ...]
    texts: dict[int, Span]
    full: _Line
    awarded: _Line


def marked_lines(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the score tables among the paragraphs whose cells are lines with rules between the marks, in order."""
    spans = [span for paragraph in body for span in paragraph.lines]
    heads = [at for at, span in enumerate(spans) if _is_full(document, span)]
    found: list[Stream] = []
    for at in heads:
        if found and spans[at].start < found[-1].span.end:
            continue
        first, parts = _head(document, spans, at)
        if {"full", "rule", "awarded"} <= set(parts) and parts[0] == "name" and len(parts) >= LEAST_COLUMNS:
            lines = (_line(document, span) for span in spans[first + len(parts) :])
            stream = _table(document, spans[first : first + len(parts)], parts, list(takewhile(_in_table, lines)))
            found.extend([stream] if stream is not None else [])
    return tuple(found)


def _is_full(document: Document, span: Span) -> bool:
    """Tell whether a line is the head of the full marks and nothing else."""
    if span.end - span.start > LONGEST_LABEL:
        return False
    text = document.text[span.start : span.end]
    return _FULL.search(text) is not None and part_of(text) == "full"


def _head(document: Document, spans: Sequence[Span], at: int) -> tuple[int, list[str]]:
    """Return where the run of heads around a line begins, and what each of them heads."""
    first = last = at
    while first > 0 and _part(document, spans[first - 1]):
        first -= 1
    while last + 1 < len(spans) and _part(document, spans[last + 1]):
        last += 1
    return first, [_part(document, span) for span in spans[first : last + 1]]


def _part(document: Document, span: Span) -> str:
    if span.end - span.start > LONGEST_LABEL:
        return ""
    text = document.text[span.start : span.end]
    return "rule" if column_of("".join(fold(text).split())).role == "norm" else part_of(text)


def _line(document: Document, span: Span) -> _Line:
    text = "".join(fold(document.text[span.start : span.end]).split())
    mark = _MARK.match(text)
    return _Line(span, text, Decimal(mark[0]) if mark else None)


def _in_table(line: _Line) -> bool:
    """Tell whether a line is no heading of the report: a table ends before one."""
    numbered = number_at_head(line.text)
    return numbered is None or numbered[0] not in ("part", "chapter", "hanzi", "hanzi-paren")


def _table(document: Document, head: Sequence[Span], parts: list[str], lines: Sequence[_Line]) -> Stream | None:
    """Return the table below a head; None where its rows do not add up."""
    rows, at = _rows(parts, lines)
    total = lines[at : at + 3] if at < len(lines) and is_total(lines[at].text) else ()
    marks = [line.mark for line in total[1:] if line.mark is not None]
    sums = [
        sum((row.full.mark or 0 for row in rows), Decimal(0)),
        sum((row.awarded.mark or 0 for row in rows), Decimal(0)),
    ]
    if len(rows) < LEAST_ROWS or (sums[: len(marks)] != marks if marks else sums[0] != HUNDRED):
        return None
    cells = [*_head_cells(document, head), *_row_cells(document, parts, rows)]
    places = [parts.index("full"), parts.index("awarded")]
    if marks:
        cells.append(cell_at(document, _token(total[0].span), len(rows) + 1, 0))
        for column, line in zip(places, total[1 : 1 + len(marks)], strict=False):
            cells.append(cell_at(document, _token(line.span), len(rows) + 1, column))
    span = Span(head[0].start, max(cell.span.end for cell in cells))
    place = document.place_at(span.start) or Place("body")
    return Stream(Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span), span)


def _rows(parts: list[str], lines: Sequence[_Line]) -> tuple[list[_Row], int]:
    """Return the rows that follow a head, and where the first line stands that is in none."""
    found: list[_Row] = []
    at = 0
    while at < len(lines) and not is_total(lines[at].text):
        read = _row(parts, lines, at, found[-1] if found else None)
        if read is None:
            break
        row, remark, at = read
        found[-1:] = [*_remarked(found, parts, remark), row]
    behind = list(takewhile(lambda line: line.mark is None and not is_total(line.text), lines[at : at + MOST_REMARKS]))
    if behind and parts[-1] != "awarded" and at + len(behind) < len(lines) and is_total(lines[at + len(behind)].text):
        found[-1:] = _remarked(found, parts, behind)
        at += len(behind)
    return found, at


def _remarked(found: Sequence[_Row], parts: Sequence[str], remark: Sequence[_Line]) -> list[_Row]:
    """Return the last row, if any, with the lines that stand behind its mark in the column behind that."""
    if not remark:
        return list(found[-1:])
    span = Span(remark[0].span.start, remark[-1].span.end)
    return [replace(row, texts={**row.texts, parts.index("awarded") + 1: span}) for row in found[-1:]]


def _row(
    parts: list[str], lines: Sequence[_Line], at: int, above: _Row | None
) -> tuple[_Row, Sequence[_Line], int] | None:
    """Return the row that begins at a line, the remark on the row above before it, and where the next begins.

    None where the lines do not fit the head.
    """
    full, awarded = parts.index("full"), parts.index("awarded")
    before = list(takewhile(lambda line: line.mark is None, lines[at:]))
    at += len(before)
    if at >= len(lines) or awarded < full:
        return None
    mark = lines[at]
    between = list(takewhile(lambda line: line.mark is None, lines[at + 1 :]))
    end = at + 1 + len(between)
    if end >= len(lines) or (lines[end].mark or 0) > (mark.mark or 0):
        return None
    count = parts.count("name")
    remarks = 0
    if parts[awarded + 1 :] and above is not None:  # 扣分原因 of the row above stands before the names
        remarks = _remarks(before, count, sure=above.awarded.mark == above.full.mark)
    names, rest = _names(before[remarks:], count, full - count)
    inner = _dealt(range(full + 1, awarded), parts, between)
    outer = _dealt(range(count, full), parts, rest)
    if not names or inner is None or outer is None:
        return None
    return _Row(tuple(names), {**outer, **inner}, mark, lines[end]), before[:remarks], end + 1


def _remarks(before: Sequence[_Line], count: int, *, sure: bool) -> int:
    """Return how many lines before a full mark remark on the row above; all, leaving no name, where that is open.

    A remark of several clauses tells itself; a short one is told by the number of names that a row has at the most. A
    row with all its marks is ``sure`` to need none.
    """
    told = len(list(takewhile(lambda line: _VOID.match(line.text) or _CLAUSE.search(line.text), before)))
    short = len(list(takewhile(_is_name, before)))
    if told or sure:
        return told
    return short - count if short >= count else len(before)


def _names(before: Sequence[_Line], count: int, others: int) -> tuple[list[_Line], list[_Line]]:
    """Part the lines before a full mark into names, no more than their columns, and what stands in ``others``."""
    if others == 0:
        fits = len(before) <= count and all(_is_name(line) for line in before)
        return (list(before), []) if fits else ([], [])
    names = list(takewhile(_is_name, before))[:count]
    if len(names) == len(before):  # a rule without a stop
        names = names[:-others]
    return names, list(before[len(names) :])


def _is_name(line: _Line) -> bool:
    return len(line.text) <= LONGEST_NAME and _CLAUSE.search(line.text) is None and _VOID.match(line.text) is None


def _dealt(columns: range, parts: Sequence[str], lines: Sequence[_Line]) -> dict[int, Span] | None:
    """Give lines to their columns in order, several to the rule alone; None where there are too few or too many."""
    spare = len(lines) - len(columns)
    rules = [column for column in columns if parts[column] == "rule"]
    if spare < 0 or (spare and len(rules) != 1):
        return None
    found = {}
    at = 0
    for column in columns:
        last = at + spare if column in rules else at
        found[column] = Span(lines[at].span.start, lines[last].span.end)
        at = last + 1
    return found


def _head_cells(document: Document, head: Sequence[Span]) -> Iterator[Cell]:
    for column, span in enumerate(head):
        yield cell_at(document, _token(span), 0, column)


def _row_cells(document: Document, parts: list[str], rows: Sequence[_Row]) -> Iterator[Cell]:
    """Yield the cells of rows; the names to the left that a row does not print are those of the row above."""
    count = parts.count("name")
    full, awarded = parts.index("full"), parts.index("awarded")
    for number, row in enumerate(rows, start=1):
        for column, line in enumerate(row.names, start=count - len(row.names)):
            yield cell_at(document, _token(line.span), number, column)
        for column, span in row.texts.items():
            yield cell_at(document, _token(span), number, column)
        yield cell_at(document, _token(row.full.span), number, full)
        yield cell_at(document, _token(row.awarded.span), number, awarded)


def _token(span: Span) -> Token:
    return Token("", span, value=False)
