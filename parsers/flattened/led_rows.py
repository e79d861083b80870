"""Forms on lines with a bar before every cell but the first of a row: 质量指标 / | 合格率 / | 100% / | 98% / ||.

Merged cells were dropped from the front of rows, and blank ones fill up their ends: a row is read from its end, under
the columns behind the names. A row whose last name would be a level lost a cell, and the form is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from extract.document import Block, Document, Place, Span
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at, token_at
from parsers.report.paragraphs import Paragraph
from parsers.tables.forms import part_of
from parsers.tables.grid_columns import fits
from patterns import cue

LONGEST = 80
LEAST_ROWS = 3
_BAR = "|"
_LEVEL = cue("tables", "table.cue.level")

_Row = list[Token]


def led_rows(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the forms among the paragraphs whose cells have bars before them, in order."""
    if _BAR not in document.text:
        return ()
    found: list[Stream] = []
    rows: list[_Row] = []
    for row in _rows(document, body):
        if row is None or _is_head(row):
            found.extend(_form(document, rows))
            rows = []
        rows.extend([row] if row is not None else [])
    found.extend(_form(document, rows))
    return tuple(found)


def _rows(document: Document, body: Sequence[Paragraph]) -> Iterator[_Row | None]:
    """Yield the rows of lines; None where something else stands between them."""
    row: _Row = []
    led = False
    for span in (span for paragraph in body for span in paragraph.lines):
        text = document.text[span.start : span.end].strip()
        if text.startswith(_BAR) and not text.strip("| "):
            continue
        if len(text) > LONGEST or _BAR in text.lstrip(_BAR):
            yield from [row, None] if row else [None]
            row, led = [], False
            continue
        bar = text.startswith(_BAR)
        token = token_at(document, document.text.index(_BAR, *span) + 1 if bar else span.start, span.end)
        if token is None:
            continue
        if led and not bar:
            yield row
            row, led = [], False
        if row and not bar:  # the first cell of a row runs over lines
            row[-1] = Token("", Span(row[-1].span.start, token.span.end), value=False)
        else:
            row.append(token)
        led = bar
    if row:
        yield row


def _is_head(row: _Row) -> bool:
    parts = [part_of(token.text) for token in row]
    return "name" in parts and "target" in parts


def _form(document: Document, rows: Sequence[_Row]) -> Iterator[Stream]:
    """Yield the form that rows make below a head, if they all fit it."""
    head = rows[0] if rows else []
    parts = [part_of(token.text) for token in head]
    inner = len(list(takewhile(lambda part: part not in ("name", ""), reversed(parts))))
    names = len(head) - inner
    below = list(takewhile(lambda row: len(row) > inner, rows[1:]))
    if not inner or not _is_head(head) or len(below) < LEAST_ROWS or not all(_fits(row, head, names) for row in below):
        return
    cells = [cell_at(document, token, 0, column) for column, token in enumerate(head)]
    for number, row in enumerate(below, start=1):
        first = len(head) - len(row)
        cells.extend(cell_at(document, token, number, first + at) for at, token in enumerate(row))
    span = Span(cells[0].span.start, cells[-1].span.end)
    place = document.place_at(span.start) or Place("body")
    yield Stream(Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span), span)


def _fits(row: _Row, head: _Row, names: int) -> bool:
    """Tell whether a row read from its end has names left of its values, the last of them no level."""
    own = row[: len(row) - (len(head) - names)]
    if not 0 < len(own) <= names or any(token.value for token in own) or _LEVEL.search(own[-1].text):
        return False
    return all(fits(column.text, token.text) for column, token in zip(head[names:], row[len(own) :], strict=True))
