"""Tables whose rows are lines with one blank between cells, under a head of names: 1 砚池县 2486 1520 966 38 2310.

Allotments by place come so out of PDF files. Nothing but counting holds such a table together: a head without figures,
and below it three rows or more of a name and as many figures as the head has names for. A running number may stand
before the name, and a remark behind the figures where the head has one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from extract.document import Block, Cell, Document, Place, Span
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at, split_tokens
from parsers.report.paragraphs import Paragraph
from parsers.tables.forms import part_of
from patterns import cue

LEAST_FIGURES = 3
LEAST_ROWS = 3
LONGEST = 160
LONGEST_NAME = 16
_BLANKS = re.compile(r"\s+")
_FIGURES = re.compile(r"(?:\S+\s+)?\S+(?:\s+\d[\d,.]*){3}")
_FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?|[-—/]+")
_ORDER = re.compile(r"\d{1,3}")
_RUNNING = cue("tables", "table.cue.running-number")


class _Row(NamedTuple):
    """A line as a row: its running number, if any, its name, its figures and what stands behind them."""

    span: Span
    order: Token | None
    name: Token
    figures: tuple[Token, ...]
    remark: tuple[Token, ...]


def plain_rows(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the tables among the paragraphs whose rows are lines of a name and figures, in order."""
    spans = [span for paragraph in body for span in paragraph.lines]
    rows = [_row(document, span) for span in spans]
    found: list[Stream] = []
    widths = [len(row.figures) if row is not None else 0 for row in rows]
    for width, group in groupby(range(len(spans)), key=widths.__getitem__):
        run = list(group)
        if width and len(run) >= LEAST_ROWS and run[0] and _adjoin(document, spans[run[0] - 1 : run[-1] + 1]):
            table = [row for at in run if (row := rows[at]) is not None]
            head = split_tokens(document, spans[run[0] - 1], _BLANKS)
            cells = list(_cells(document, head, table))
            found.extend([_stream(document, head[0].span.start, cells)] if cells else [])
    return tuple(found)


def _row(document: Document, span: Span) -> _Row | None:
    if span.end - span.start > LONGEST or document.text.count(" ", *span) < LEAST_FIGURES:
        return None
    text = document.text[span.start : span.end].strip()
    if "|" in text or "\t" in text or not _FIGURES.match(text):
        return None
    tokens = split_tokens(document, span, _BLANKS)
    order = tokens[0] if _ORDER.fullmatch(tokens[0].text) and len(tokens) > 1 and not tokens[1].value else None
    name, *rest = tokens[order is not None :]
    figures = tuple(takewhile(lambda token: _FIGURE.fullmatch(token.text), rest))
    remark = tuple(rest[len(figures) :])
    whole = not name.value and len(name.text) <= LONGEST_NAME and not any(token.value for token in remark)
    return _Row(span, order, name, figures, remark) if whole and len(figures) >= LEAST_FIGURES else None


def _adjoin(document: Document, spans: Sequence[Span]) -> bool:
    """Tell whether lines follow one another with nothing between them."""
    text = document.text
    return not any(text[one.end : other.start].strip() for one, other in pairwise(spans))


def _cells(document: Document, head: Sequence[Token], rows: Sequence[_Row]) -> Iterator[Cell]:
    """Yield the cells of a table, if its head has as many names as its rows have cells."""
    numbered = bool(head) and _RUNNING.match(head[0].text) is not None
    width = len(rows[0].figures)
    remarked = len(head) - numbered == width + 2 and part_of(head[-1].text) == "reason"
    if any(token.value for token in head) or len(head) - numbered - remarked != width + 1:
        return
    if any((row.order and not numbered) or (row.remark and not remarked) for row in rows):
        return
    for column, token in enumerate(head[numbered:]):
        yield cell_at(document, token, 0, column)
    for number, row in enumerate(rows, start=1):
        yield cell_at(document, row.name, number, 0)
        for column, token in enumerate(row.figures, start=1):
            yield cell_at(document, token, number, column)
        if row.remark:
            span = Span(row.remark[0].span.start, row.remark[-1].span.end)
            yield cell_at(document, Token("", span, value=False), number, width + 1)


def _stream(document: Document, start: int, cells: Sequence[Cell]) -> Stream:
    span = Span(start, max(cell.span.end for cell in cells))
    place = document.place_at(start) or Place("body")
    return Stream(Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span), span)
