"""The unit of sums that state none, lent by an addition: by a total read elsewhere, or to a total by its parts.

18.46 + 40.22 is the 58.68万元 that another table states; 小计 under no unit counts what its row's figures count that
add up to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import regex

from parsers.model import Fact, Grid
from parsers.tables.grid_columns import innermost
from parsers.tables.grid_units import unit_of
from parsers.tables.grids import Governed
from parsers.tables.labelled_sums import is_money
from parsers.view import fold
from parsers.votes import most_hold
from patterns import cue

LEAST = Decimal(100)
"""A smaller sum may be met by chance."""
LEAST_DECIMALS = 2
_NUMBER = regex.compile(r"\d[\d,]*\.\d{2,}")
_UNITS = {Decimal(1): "元", Decimal(10_000): "万元", Decimal(100_000_000): "亿元"}
_WHOLE = cue("tables", "table.cue.whole")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")

Totals = Mapping[Decimal, Decimal]
"""Sums of money as they are printed, with their scale."""


# A table by a total elsewhere


def totals_of(facts: Iterable[Fact]) -> Totals:
    """Return the sums of money that were read, those printed fully enough to bear others out."""
    return {
        fact.value / fact.scale: fact.scale
        for fact in facts
        if fact.kind == "amount" and fact.unit == "元" and fact.value is not None and fact.decimals >= LEAST_DECIMALS
    }


def lent_unit(grid: Grid, totals: Totals) -> str:
    """Return the unit of a table's own sums, as their total elsewhere has it; empty where none bears them out."""
    sums = [sum(run, Decimal(0)) for run in _runs(grid) if len(run) > 1]
    scales = {totals[total] for total in sums if total >= LEAST and total in totals}
    return _UNITS.get(scales.pop(), "") if len(scales) == 1 else ""


def _runs(grid: Grid) -> Iterator[list[Decimal]]:
    """Yield the figures beside labels of money that follow one another and found no unit."""
    run: list[Decimal] = []
    for cell in grid.cells:
        text = fold(cell.text).strip()
        if not any(map(str.isdigit, text)):
            continue
        label = cell.row_header.rpartition(" > ")[2]
        bare = cell.value is None and not cell.col_header and _NUMBER.fullmatch(text) and is_money(label)
        if bare:
            run.append(Decimal(text.replace(",", "")))
            continue
        yield run
        run = []
    yield run


# Totals by their parts


def with_totals_lent(governed: Sequence[Governed], scored: bool) -> tuple[Governed, ...]:
    """Return the cells of a table, those of its columns of totals with the unit that their parts lend them."""
    rows: dict[int, list[Governed]] = defaultdict(list)
    for cell in governed:
        if cell.item.what == "number" and _PLAIN.fullmatch(cell.item.text):
            rows[cell.item.cell.row].append(cell)
    columns = {cell.item.cell.col for row in rows.values() for cell in row if _WHOLE.match(innermost(cell.columns))}
    lent = {column: unit for column in columns if (unit := _lent(list(rows.values()), column, scored))}
    return tuple(cell._replace(lent=lent.get(cell.item.cell.col, "")) for cell in governed) if lent else tuple(governed)


def _lent(rows: Sequence[Sequence[Governed]], column: int, scored: bool) -> str:
    """Return the one unit whose figures add up to the column's in most rows; empty where there is none."""
    sums = [found for row in rows for found in _sums(row, column, scored)]
    units = {unit for unit, holds in sums if holds}
    holding = sum(holds for _, holds in sums)
    return units.pop() if len(units) == 1 and most_hold(holding, len(sums)) else ""


def _sums(row: Sequence[Governed], column: int, scored: bool) -> Iterator[tuple[str, bool]]:
    """Yield, for a row with a total that no head of its own gives a unit, what its parts count and whether it holds."""
    total = next((cell for cell in row if cell.item.cell.col == column), None)
    if total is None or not _WHOLE.match(innermost(total.columns)):
        return
    own = unit_of(total, scored, _value(total))
    if own is not None and own[1] not in ("caption", "document"):
        return
    parts: dict[str, list[Decimal]] = defaultdict(list)
    for cell in row:
        found = unit_of(cell, scored, _value(cell)) if cell is not total else None
        worded = found is not None and (found[1] == "header" or (found[1] == "caption" and "、" in cell.unit))
        if found is not None and worded and found[0] not in ("", "%") and "/" not in found[0]:
            parts[found[0]].append(_value(cell))
    added = {unit: sum(values) for unit, values in parts.items() if len(values) > 1}
    unit = next((unit for unit, value in added.items() if value == _value(total) != 0), "")
    if added:
        yield unit, bool(unit)


def _value(cell: Governed) -> Decimal:
    return Decimal(cell.item.text.replace(",", ""))
