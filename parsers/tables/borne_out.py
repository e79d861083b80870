"""The unit of sums in a table that states none, where a total read elsewhere bears them out: 18.46 + 40.22 = 58.68."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import regex

from parsers.model import Fact, Grid
from parsers.tables.labelled_sums import is_money
from parsers.view import fold

LEAST = Decimal(100)
"""A smaller sum may be met by chance."""
LEAST_DECIMALS = 2
_NUMBER = regex.compile(r"\d[\d,]*\.\d{2,}")
_UNITS = {Decimal(1): "元", Decimal(10_000): "万元", Decimal(100_000_000): "亿元"}


Totals = Mapping[Decimal, Decimal]
"""Sums of money as they are printed, with their scale."""


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
