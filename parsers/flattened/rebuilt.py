"""Make a table of a stream of labels and values: row after row, under the heads that its labels make.

A row is a run of labels and the run of values after it; the head is the run of labels above the first row. Values are
given to columns only where their number agrees with the head; a row that does not fit keeps its figures out of them.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from extract.document import Cell, Document
from parsers.flattened.stream_columns import BARE, columns_of, head_of, in_order, is_column
from parsers.flattened.tokens import DONE, GOAL, LABELS, SENTENCE, Token, cell_at
from parsers.flattened.worded_results import in_words
from parsers.tables.grid_columns import caption_unit, column_of, matches
from patterns import cue

_NUMBERED = re.compile(r"^\d{1,2}[.、](?!\d)")
_AMONG = cue("tables", "table.cue.among-row")
_CAPTION = cue("tables", "table.cue.money-caption")
_WORTH = cue("tables", "table.cue.worth-behind")
_LIKELY = cue("tables", "table.cue.likely")


def rebuilt(document: Document, tokens: Sequence[Token]) -> Iterator[Cell]:
    """Yield the cells of the tables in a stream, row after row; labels stand left of ``LABELS``, values right of it."""
    row = skipped = 0
    head: list[Token] = []
    barred = document.text.find("|", tokens[0].span.start, tokens[-1].span.end) >= 0
    for run, values in _rows(_unit_first(tokens)):
        remarked = row > 0 and len(run) > 1 and not barred and SENTENCE.search(run[0].text) is not None
        if remarked:
            yield cell_at(document, run[0], row, 0)
            row += 1
        labels = run[remarked:]
        first, last = head_of(labels, len(values), worded=any(is_column(label.text) for label in head))
        before, own = list(labels[:first]), list(labels[last:])
        if last > first:
            worded = [label for label in labels[first:last] if is_column(label.text)]
            plain = [label for label in labels[first:last] if not _AMONG.match(label.text)]
            head = in_order(worded) if len(worded) >= 2 else plain
            skipped = 0
            if len(head) == len(values) + 1 and caption_unit(head[0].text):  # 年度预算数(万元) over its columns
                before.append(head[0])
                head = head[1:]
        else:
            aside = (label for label in labels[:-1] if _CAPTION.search(label.text) or _LIKELY.match(label.text))
            captions = list(aside)
            before, own = captions, [label for label in labels if label not in captions]
        before, row = yield from _goals(document, before, row)
        for label in before:  # a caption spans the table; the rest is read as what it is
            yield cell_at(document, label, row, 0, colspan=2 * LABELS if _CAPTION.search(label.text) else 1)
            row += 1
        if last > first:
            for index, token in enumerate(head):
                yield cell_at(document, token, row, LABELS + index)
            row += 1
        columns = columns_of(head, values, own, skipped)
        if columns and columns[0] is not None and len(columns) + columns[0] == len(head):
            skipped = columns[0]
        if columns is None:  # no column is sure: a value beside its label, out of the reach of any head
            for label in own[:-1]:
                yield cell_at(document, label, row, 0)
                row += 1
            own = own[-1:]
            sure = [value for value in values if len(values) == 1 or not BARE.match(value.text)]
            values, columns = sure, [LABELS * (2 + index) for index in range(len(sure))]
        told = in_words(head, own, columns)
        own = own[: len(own) - len(told)]
        values, columns = [*(token for _, token in told), *values], [*(column for column, _ in told), *columns]
        yield from _row(document, own, values, columns, row)
        row += 1


def _unit_first(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with the label that states the unit of the money first, where it stands behind all of that."""
    stated = [index for index, token in enumerate(tokens) if _CAPTION.search(token.text)]
    money = [index for index, token in enumerate(tokens) if column_of(token.text).money]
    if len(stated) != 1 or len(money) < 2 or stated[0] < money[-1]:
        return tokens
    at = stated[0]
    later = any(token.value and BARE.match(token.text) for token in tokens[at + 1 : at + 3])
    if later or sum(token.value for token in tokens[money[0] : at]) < 2:
        return tokens
    return [tokens[at], *tokens[:at], *tokens[at + 1 :]]


def _row(
    document: Document, labels: Sequence[Token], values: Sequence[Token], columns: Sequence[int | None], row: int
) -> Iterator[Cell]:
    """Yield the cells of a row: its labels left of ``LABELS``, each value in its column where that is known."""
    for index, label in enumerate(labels):
        yield cell_at(document, label, row, LABELS - len(labels) + index)
    for value, column in zip(values, columns, strict=True):
        if column is not None:
            yield cell_at(document, value, row, LABELS + column)


def _goals(document: Document, labels: Sequence[Token], row: int) -> Generator[Cell, None, tuple[list[Token], int]]:
    """Yield a block of goals under its two heads, 预期目标 and 实际完成情况; return what is left and the next row.

    What follows the heads stands there twice, first as it was planned, then as it was done.
    """
    heads = [
        index
        for index in range(len(labels) - 1)
        if GOAL.search(labels[index].text) and DONE.search(labels[index + 1].text)
    ]
    if not heads:
        return list(labels), row
    first = heads[-1]
    rest = labels[first + 2 :]
    numbered = bool(rest) and _NUMBERED.match(rest[0].text) is not None
    stop = next((index for index, label in enumerate(rest) if _ends_goals(label.text, numbered=numbered)), len(rest))
    half = stop // 2
    if not half or stop % 2:
        return list(labels), row
    for index, token in enumerate(labels[first : first + 2]):
        yield cell_at(document, token, row, 4 * LABELS + index)
    for index in range(half):
        yield cell_at(document, rest[index], row + 1 + index, 4 * LABELS)
        yield cell_at(document, rest[half + index], row + 1 + index, 4 * LABELS + 1)
    return [*labels[:first], *rest[stop:]], row + 1 + half


def _ends_goals(text: str, *, numbered: bool) -> bool:
    """Tell whether a label begins what follows a block of goals; ``numbered`` goals have numbers themselves."""
    return (
        matches("header", text)
        or _CAPTION.search(text) is not None
        or _WORTH.search(text) is not None
        or (not numbered and _NUMBERED.match(text) is not None)
    )


def widened(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Let captions span the whole table."""
    width = max((cell.col + cell.colspan for cell in cells), default=0)
    return tuple(replace(cell, colspan=width) if cell.colspan > 1 else cell for cell in cells)


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield runs of labels, each with the run of values after it."""
    labels: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if token.value:
            values.append(token)
            continue
        if values:
            yield labels, values
            labels, values = [], []
        labels.append(token)
    if labels or values:
        yield labels, values
