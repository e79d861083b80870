"""Forms that lost their grid but kept their rows: every row a line of text, its cells a blank apart.

Word and PDF files turned into web pages often come so. A line that names several columns (年度指标值 实际完成值 分值),
or names of indicators with their goal and result, is the head; a line below is a row where its last pieces fit those
columns one by one, each by its kind. What fits no column keeps out of the reach of the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.document import Block, Cell, Document, Place, Span
from parsers.flattened.stream import Stream
from parsers.flattened.stream_columns import is_column
from parsers.flattened.tokens import LABELS, Token, cell_at, split_tokens
from parsers.report.paragraphs import Paragraph
from parsers.tables.forms import part_of
from parsers.tables.grid_columns import caption_unit, column_of, fits, matches
from parsers.view import folded
from patterns import cue

LEAST_COLUMNS = 3
"""A head names so many columns."""
LONGEST_LINE = 160
MOST_REMARKS = 3
"""So many pieces of a remark may follow the last figure of a row."""
FARTHEST_UNIT = 2
"""So many lines above the head may its unit stand."""
_BLANKS = re.compile(r"\s+")
_WIDE = re.compile(r"[ \u3000]{2,}")
"""Where a line has so many wide gaps, a single blank parts no cells: 8   1.63 万人."""
LEAST_GAPS = 3
_PAGE = re.compile(r"\s*[-—–]+\s*\d{1,3}\s*[-—–]+\s*")
_NOTHING = re.compile(r"(?!)")
_ENOUGH = re.compile(r"\S\s+\S+\s+\S")
_SENTENCE = re.compile(r"[。;；!?]")
_NUMBER = re.compile(r"^[-−]?\d[\d,]*(?:\.\d+)?$")
_MARKS = cue("tables", "table.cue.mark")
_COMPARED = ["actual", "target"]
_LEVEL = cue("tables", "table.cue.level")
_TOTAL = cue("tables", "table.cue.scored-whole")


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of figures of a head, in order, and the cell that states the unit of its money, if any."""

    columns: tuple[Token, ...]
    corner: Token | None
    remarked: bool
    """Whether a column without figures, of remarks, stands behind them."""
    start: int


def lined(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the forms among the paragraphs whose rows are lines, in order."""
    if not any(_names_columns(document, span) for paragraph in body for span in paragraph.lines):
        return ()
    found: list[Stream] = []
    lines: list[_Line] = []
    for paragraph in body:
        for span in paragraph.lines:
            line = _line(document, span)
            if line is None or (lines and document.text[lines[-1].span.end : span.start].strip()):
                found.extend(_forms(document, lines))  # prose ends a form, and so does another table
                lines = []
            lines.extend([line] if line is not None else [])
    found.extend(_forms(document, lines))
    return tuple(found)


def _names_columns(document: Document, span: Span) -> bool:
    """Tell whether a line may be the head of a form: most texts have none, and need no more looking at."""
    if span.end - span.start > LONGEST_LINE:
        return False
    return _is_head(folded(document.text, *span).split())


def _is_head(labels: Sequence[str]) -> bool:
    """Tell whether labels are those of a form's columns: three of figures, or a goal and a result beside names."""
    if len(labels) < LEAST_COLUMNS:
        return False
    columns = [label for label in labels if is_column(label)]
    if len(columns) == 2:
        return sorted(map(part_of, columns)) == _COMPARED and any(part_of(label) == "name" for label in labels)
    return len(columns) >= LEAST_COLUMNS


def _line(document: Document, span: Span) -> _Line | None:
    """Return a line as tokens; None for prose, which ends a form."""
    text = document.text[span.start : span.end]
    if len(text) > LONGEST_LINE or "|" in text or "\t" in text or _SENTENCE.search(text.rstrip("。;； ")):
        return None
    gaps = _BLANKS if _ENOUGH.search(text) else _NOTHING
    tokens = split_tokens(document, span, _WIDE if len(_WIDE.findall(text.strip())) >= LEAST_GAPS else gaps)
    return _Line(span, tuple(tokens))


def _forms(document: Document, lines: Sequence[_Line]) -> Iterator[Stream]:
    """Yield the forms in a run of lines that may be rows."""
    at = 0
    while at < len(lines):
        head = _head(lines, at)
        if head is None:
            at += 1
            continue
        cells, end = _read(document, head, lines, at + 1)
        if cells:
            start = head.start
            span = Span(start, lines[end - 1].span.end)
            place = document.place_at(start) or Place("body")
            block = Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span)
            yield Stream(block, span)
        at = max(end, at + 1)


def _head(lines: Sequence[_Line], at: int) -> _Head | None:
    """Return the head that a line is; its unit may stand in a line of its own above it."""
    tokens = lines[at].tokens
    if not _is_head([token.text for token in tokens]):
        return None
    if any(_NUMBER.match(token.text) for token in tokens):
        return None
    columns = tuple(token for token in tokens if is_column(token.text))
    own = [token for token in tokens if not is_column(token.text) and caption_unit(token.text)]
    for line in reversed(lines[max(0, at - FARTHEST_UNIT) : at]):
        if own or len(line.tokens) > 2:
            break
        own = [token for token in line.tokens if caption_unit(token.text)]
    corner = own[0] if own else None
    start = min(tokens[0].span.start, corner.span.start if corner else tokens[0].span.start)
    return _Head(columns, corner, tokens[-1] not in columns, start)


def _read(document: Document, head: _Head, lines: Sequence[_Line], first: int) -> tuple[list[Cell], int]:
    """Return the cells of a form and the line after its last row; no cells where no row fits its head."""
    cells = [cell_at(document, token, 0, LABELS + index) for index, token in enumerate(head.columns)]
    if head.corner is not None:
        cells.append(cell_at(document, head.corner, 0, LABELS - 1))
    row = 0
    end = first
    waiting: list[Token] = []
    rows: list[Cell] = []
    for at in range(first, len(lines)):
        if _head(lines, at) is not None:
            break
        furniture = _PAGE.fullmatch(document.text, *lines[at].span)
        placed = _placed(head, lines[at].tokens) if furniture is None else None
        if placed is None:
            waiting.extend(_whole(lines[at].tokens))
            continue
        for token in waiting:
            row += 1
            rows.append(cell_at(document, token, row, 0))
        waiting = []
        row += 1
        labels, values = placed
        rows.extend(_labels(document, labels, row))
        rows.extend(cell_at(document, token, row, LABELS + column) for column, token in values)
        end = at + 1
    return ([*cells, *rows], end) if rows else ([], first)


def _whole(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return a line that fits no head: labels one by one, but as it stands where it holds figures, which they name."""
    if len(tokens) > 1 and any(token.value for token in tokens):
        return [Token("", Span(tokens[0].span.start, tokens[-1].span.end), value=False)]
    return tokens


def _labels(document: Document, labels: Sequence[Token], row: int) -> Iterator[Cell]:
    """Yield the labels of a row: names of levels apart, the pieces of the last name together."""
    levels = 0
    while levels < len(labels) - 1 and _LEVEL.search(labels[levels].text):
        levels += 1
    for index, token in enumerate(labels[:levels]):
        yield cell_at(document, token, row, index)
    name = labels[levels:]
    if name:
        span = Span(name[0].span.start, name[-1].span.end)
        yield cell_at(document, Token("", span, value=False), row, levels, colspan=LABELS - levels)


def _placed(head: _Head, tokens: Sequence[Token]) -> tuple[list[Token], list[tuple[int, Token]]] | None:
    """Return the labels of a row and its values with their columns; None where it fits the head in no way.

    Words behind a figure are no result where they may as well be the remark of a row that has a blank cell.
    """
    columns = head.columns
    count = len(columns)
    for remarks in range(MOST_REMARKS + 1):
        start = len(tokens) - count - remarks
        if start < 1:
            break
        values = tokens[start : start + count]
        remark = tokens[start + count :]
        bare = any(_NUMBER.match(value.text) for value in values)
        if any(token.value for token in remark) or not (bare or all(value.value for value in values)):
            continue
        if head.remarked and not remark and count > 1 and values[-2].value and not values[-1].value:
            continue
        if all(fits(column.text, value.text) for column, value in zip(columns, values, strict=True)):
            return list(tokens[:start]), list(enumerate(values))
    return _shorter(columns, tokens)


def _shorter(columns: Sequence[Token], tokens: Sequence[Token]) -> tuple[list[Token], list[tuple[int, Token]]] | None:
    """Place a row with fewer values than columns where that is sure: its money alone, or its marks alone."""
    start = len(tokens)
    while start > 1 and (tokens[start - 1].value or matches("void", tokens[start - 1].text)):
        start -= 1
    values = [token for token in tokens[start:] if not matches("void", token.text)]
    labels = list(tokens[:start])
    if not values or not labels or not all(_NUMBER.match(token.text) for token in values):
        return None
    money = [index for index, column in enumerate(columns) if column_of(column.text).money]
    marks = [index for index, column in enumerate(columns) if column_of(column.text).kind == "score"]
    if len(values) == len(money) and list(tokens[start : start + len(values)]) == values:
        return labels, list(zip(money, values, strict=True))
    unrated = _without_rate(columns, money, marks, values)
    if unrated:
        return labels, list(zip(unrated, values, strict=True))
    scored = all(_MARKS.match(token.text) for token in values)
    if len(values) == len(marks) and scored and (not money or _TOTAL.match(labels[0].text)):
        return labels, list(zip(marks, values, strict=True))
    return None


def _without_rate(
    columns: Sequence[Token], money: Sequence[int], marks: Sequence[int], values: Sequence[Token]
) -> list[int]:
    """Return the columns of a row of the budget that left its rate out: 880 880 880 10 _ 10; none where that is unsure.

    The mark given is not above the full mark, and is not what the rate would be.
    """
    rates = [index for index, column in enumerate(columns) if column_of(column.text).kind == "rate"]
    kept = [index for index in range(len(columns)) if index not in rates]
    if len(rates) != 1 or len(money) < LEAST_COLUMNS or len(marks) != 2 or len(values) != len(kept):
        return []
    placed = dict(zip(kept, (Decimal(value.text.replace(",", "")) for value in values), strict=True))
    base, spent = placed[money[-2]], placed[money[-1]]
    full, given = placed[marks[0]], placed[marks[1]]
    share = spent / base if base else Decimal(0)
    if sorted(kept) != sorted([*money, *marks]) or given > full or given in (share, 100 * share):
        return []
    return kept
