"""Rows of a table's head and foot by what stands in them: heads of years, heads of sums, the row of the whole marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from extract.document import Cell
from parsers.tables.grid_columns import column_of, is_aside_column, matches
from parsers.view import View
from patterns import cue

YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = cue("tables", "table.cue.years")
_TOTAL = cue("tables", "table.cue.scored-whole")
_NAMELESS = cue("tables", "table.cue.nameless")
_MARK = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_MOST_MARKS = 200
_MOST_YEARS = 30
_INNER_HEAD = cue("tables", "table.cue.inner-head")
_LEAST_IN_BLOCK = 2
"""So many labels over as many figures begin a block of their own."""
_LEAST_NUMBERED = 4
"""So many numbers, each one more than the one before, number the columns."""
NUMBERING = "栏次"
"""What a row that numbers the columns is called, where it has no name."""
_SURE_YEARS = 3
"""So many years, each one more than the one before, are no sums even where no word says so."""


class Item(NamedTuple):
    """A cell with its view and what it is: void, number (bare), quantity (with a unit), label or prose."""

    cell: Cell
    view: View
    what: str
    text: str
    """The text of the view without the spaces around it."""


def overlaps(cell: Cell, other: Cell) -> bool:
    """Tell whether two cells share a column."""
    return cell.col < other.col + other.colspan and other.col < cell.col + cell.colspan


def headed_by_years(line: Sequence[Item], head: Sequence[Item], below: Sequence[Item]) -> list[Item] | None:
    """Return a row of bare years as labels, where it is (a part of) a head: under 年度, or beside the heads of others.

    Sums may look like years: these rise one by one, unless 年度 stands over them, and there is no year below them.
    """
    filled = [item for item in line if item.what != "void"]
    years = [item for item in filled if _is_year(item)]
    beside = [item for item in filled if not _is_year(item)]
    if not 2 <= len(years) <= _MOST_YEARS or any(item.what != "label" for item in beside):
        return None
    under = [item for item in below if any(overlaps(item.cell, year.cell) for year in years)]
    figures = [item for item in under if item.what in ("number", "quantity")]
    if not figures or all(YEAR.fullmatch(item.text) for item in figures):
        return None
    over = [[above for above in head if overlaps(above.cell, year.cell)] for year in years]
    dated = all(any(_YEARS.match(above.text) for above in one) for one in over)
    steps = {int(later.text) - int(year.text) for year, later in pairwise(years)}
    if not (steps in ({1}, {-1}) or (dated and 0 not in steps)):
        return None
    worded = [item for item in beside if matches("header", item.text) and not _NAMELESS.match(item.text)]
    if head:  # the second line of a head, its other cells merged or printed twice
        grouped = all(any(above.cell.colspan > 1 for above in one) for one in over)
        sure = (dated or grouped) and len(worded) == len(beside)
    else:
        sure = bool(worded) or len(years) >= _SURE_YEARS
    if not sure:
        return None
    return [item._replace(what="label") if _is_year(item) else item for item in line]


def _is_year(item: Item) -> bool:
    return item.what == "number" and YEAR.fullmatch(item.text) is not None


def heads_block(filled: Sequence[Item], rows: Mapping[int, Sequence[Item]], row: int) -> bool:
    """Tell whether a row begins a block with heads of its own inside a table, below rows of other heads.

    楼堂馆所控制情况 beside both rows, 批复规模(㎡) | 规模控制率 over a row of nothing but figures for each; or
    债券发行情况 beside all rows of the block, 债券名称 | 发行金额(万元) | 票面利率(%) over rows of a name and figures.
    """
    labels = [item for item in filled if item.cell.rowspan == 1]
    if len(labels) < _LEAST_IN_BLOCK or len(filled) - len(labels) > 1:
        return False
    below = [item for item in rows.get(row + 1, ()) if item.what != "void"]
    figures = [item for item in below if item.what in ("number", "quantity")]
    headed = [item for item in labels if any(overlaps(item.cell, figure.cell) for figure in figures)]
    if any(not any(overlaps(figure.cell, item.cell) for item in headed) for figure in figures):
        return False
    if len(figures) == len(below) >= _LEAST_IN_BLOCK:
        return len(headed) >= len(labels) - 1
    named = [item for item in below if overlaps(item.cell, filled[0].cell)]
    beside = filled[0].cell.row == row and not named  # the block's name goes on beside the rows below, or blank
    worded = sum(_INNER_HEAD.search(item.text) is not None for item in labels)
    return beside and len(headed) >= _LEAST_IN_BLOCK and worded * 2 >= len(labels) > _LEAST_IN_BLOCK


def numbers_columns(line: Sequence[Item]) -> bool:
    """Tell whether a row right below a head numbers the columns (1 2 3 … 12), from the first or behind a word."""
    filled = [item for item in line if item.what != "void"]
    numbers = [item.text for item in filled if item.what == "number"]
    counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return counted and len(numbers) == len(filled) >= _LEAST_NUMBERED


def of_sums(head: Sequence[Item]) -> bool:
    """Tell whether a head has columns of sums (决算数), or of several years, and none of goals, marks or units."""
    said = [column_of(item.text) for item in head if item.what == "label"]
    if any(is_aside_column(item.text) for item in head):
        return False
    if any((column.role == "target" and not column.money) or column.kind == "score" for column in said):
        return False
    return any(column.money for column in said) or sum(YEAR.match(item.text) is not None for item in head) > 1


def total_row(head: Sequence[Item], line: Sequence[Item]) -> list[Item]:
    """Return a row of totals with its marks under the columns of marks, where cells were lost before them."""
    first = next((item for item in line if item.what != "void"), None)
    if first is None or not _TOTAL.match(first.text):
        return list(line)
    figures = [item for item in line if item.what == "number"]
    marks = [item for item in head if item.what == "label" and column_of(item.text).kind == "score"]
    if not 0 < len(figures) == len(marks) or not all(_is_mark(item.text) for item in figures):
        return list(line)
    if any(column_of(item.text).named and overlaps(item.cell, figures[0].cell) for item in head if item not in marks):
        return list(line)  # 合计 of a column that has a head of its own
    if all(any(overlaps(item.cell, mark.cell) for mark in marks) for item in figures):
        return list(line)
    if any(item.text and overlaps(item.cell, mark.cell) for item in line for mark in marks if item not in figures):
        return list(line)  # no cell was lost: what stands under the marks is no figure
    moved = {
        id(item): item._replace(cell=_under(item.cell, mark.cell)) for item, mark in zip(figures, marks, strict=True)
    }
    return [moved.get(id(item), item) for item in line]


def _is_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None and Decimal(text) <= _MOST_MARKS


def _under(cell: Cell, head: Cell) -> Cell:
    return replace(cell, col=head.col, colspan=head.colspan)
