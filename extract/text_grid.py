"""Rows of a flattened table put back on a grid: which cells were merged, told from blanks, counts and words.

Rows of one width make a segment. Where a wider row stands under a narrower head, the head's cells are dealt out over
it: a blank below a cell continues it, 其中 spans what follows, a head spans the cells that repeat its word. Only an
answer without a rival counts; where there is none the wider rows begin a table of their own (``apart``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from extract.text_rows import RawCell

RawRow = tuple[RawCell, ...]

_NUMBER = re.compile(r"[-+−－]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?[%％]?|[-—－/／]+")
_PARTS = re.compile(r"(?:其中|包括|分别为)?[:：]?")
_TAIL = re.compile(r"(?:合计|总计|小计|情况|[（(].*?[)）])+$")
_WORST = 1000
_WIDEST = 64  # columns: dealing out takes cubic time


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell on its segment's columns: ``row`` counts within the segment."""

    raw: RawCell
    row: int
    col: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive rows over the same ``width`` columns; ``apart`` from those above where their head is a riddle."""

    rows: tuple[RawRow, ...]
    width: int
    cells: tuple[Placed, ...]
    apart: bool


def segments(rows: Sequence[RawRow]) -> list[Segment]:
    """Cut ``rows`` into segments, in order, each row in exactly one."""
    found: list[Segment] = []
    at = 0
    apart = False
    while at < len(rows):
        end = at + 1
        width = len(rows[at])
        spans: list[tuple[int, ...]] = []
        riddle = False
        while end < len(rows):
            below = rows[end]
            if len(below) != width:
                dealt = deal(rows[end - 1], below, rows[end + 1 :]) if _heads(rows[at:end], below) else ()
                riddle = dealt is None
                if not dealt:
                    break
                spans.append(dealt)
                width = len(below)
            end += 1
        group = tuple(rows[at:end])
        found.append(Segment(group, width, _place(group, spans), apart))
        at = end
        apart = riddle
    return found


def _heads(above: Sequence[RawRow], below: RawRow) -> bool:
    """Return whether ``below`` may be a deeper row of the head that the rows ``above`` make."""
    last = above[-1]
    if not 2 <= len(last) < len(below) <= _WIDEST:
        return False
    if any(_NUMBER.fullmatch(cell.text.strip()) for row in above for cell in row):
        return False
    return (_blank(below[0]) and not all(map(_blank, last))) or _repeats(last, below)


def deal(above: RawRow, below: RawRow, later: Sequence[RawRow]) -> tuple[int, ...] | None:
    """Return how many cells of ``below`` stand under each cell of ``above``; None where two answers are as good.

    ``later`` are the rows that follow: their blanks and numbers tell columns that belong together.
    """
    if _repeats(above, below):
        return (len(below) // len(above),) * len(above)
    same = [row for row in later if len(row) == len(below)][:12]
    stub = tuple(any(_blank(row[col]) for row in same) and _wordy(same, col) for col in range(len(below)))
    number = tuple(_numeric([below, *same], col) for col in range(len(below)))

    def cost(head: int, start: int, stop: int) -> int:
        group = below[start:stop]
        text = above[head].text.strip()
        blanks = sum(map(_blank, group))
        if len(group) == 1:
            return 0 if blanks else 1
        if blanks:
            return _WORST
        if _PARTS.fullmatch(text):
            return 0
        word = _TAIL.sub("", text)
        price = 0 if word and all(word in cell.text for cell in group) else 2
        return price + 2 * (len(set(stub[start:stop])) > 1) + 2 * (len(set(number[start:stop])) > 1)

    @cache
    def best(head: int, start: int) -> tuple[int, int, tuple[int, ...]]:
        """Return the least cost of the heads from ``head`` on, in how many ways, and one of them."""
        if head == len(above):
            return (0, 1, ()) if start == len(below) else (_WORST, 1, ())
        least, ways = _WORST, 0
        chosen: tuple[int, ...] = ()
        for stop in range(start + 1, len(below) - (len(above) - head - 1) + 1):
            rest, count, spans = best(head + 1, stop)
            total = rest + cost(head, start, stop)
            if total < least:
                least, ways, chosen = total, count, (stop - start, *spans)
            elif total == least:
                ways += count
        return least, ways, chosen

    least, ways, chosen = best(0, 0)
    return chosen if least < _WORST and ways == 1 else None


def _repeats(above: RawRow, below: RawRow) -> bool:
    """Return whether the same labels stand under each head (预算, 决算 over 金额, 比例, 金额, 比例)."""
    share, left = divmod(len(below), len(above))
    labels = [cell.text.strip() for cell in below]
    return not left and share > 1 and all(labels) and labels == labels[:share] * len(above)


def _place(rows: tuple[RawRow, ...], spans: list[tuple[int, ...]]) -> tuple[Placed, ...]:
    """Put every row on the segment's columns; ``spans`` lead from each narrower head to the next wider one."""
    edges = [_edges(len(row), spans) for row in rows]
    open_at: dict[int, int] = {}  # column → index of the cell that a blank below it may continue
    placed: list[Placed] = []
    for index, row in enumerate(rows):
        leading = True
        last_of_head = index > 0 and len(rows[index - 1]) < len(row)
        continues = any(not _blank(cell) for cell in row)
        for cell, (col, stop) in zip(row, edges[index], strict=True):
            leading = leading and _blank(cell)
            over = open_at.get(col)
            if _blank(cell) and continues and (leading or last_of_head) and over is not None:
                upper = placed[over]
                if upper.colspan == stop - col and not _NUMBER.fullmatch(upper.raw.text.strip()):
                    placed[over] = replace(upper, rowspan=upper.rowspan + 1)
                    continue
            placed.append(Placed(cell, index, col, stop - col))
            for column in range(col, stop):
                open_at.pop(column, None)
            if not _blank(cell):
                open_at[col] = len(placed) - 1
    return tuple(placed)


def _edges(count: int, spans: list[tuple[int, ...]]) -> list[tuple[int, int]]:
    """Return the columns from and to which each of a row's ``count`` cells reaches."""
    bounds = list(range(count + 1))
    for deal_out in spans:
        if len(deal_out) != bounds[-1]:
            continue
        steps = [0]
        for span in deal_out:
            steps.append(steps[-1] + span)
        bounds = [steps[bound] for bound in bounds]
    return list(pairwise(bounds))


def _blank(cell: RawCell) -> bool:
    return not cell.text.strip()


def _numeric(rows: Sequence[RawRow], col: int) -> bool:
    texts = [row[col].text.strip() for row in rows if not _blank(row[col])]
    return bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)


def _wordy(rows: Sequence[RawRow], col: int) -> bool:
    return not any(_NUMBER.fullmatch(row[col].text.strip()) for row in rows)
