"""The unit of a total beside its parts: 小计 under no unit, where it is the sum of its row's figures of one unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.tables.grid_columns import innermost
from parsers.tables.grid_units import unit_of
from parsers.tables.grids import Governed
from parsers.votes import most_hold
from patterns import cue

_WHOLE = cue("tables", "table.cue.whole")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")


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
        if found is not None and found[1] == "header" and found[0] not in ("", "%") and "/" not in found[0]:
            parts[found[0]].append(_value(cell))
    added = {unit: sum(values) for unit, values in parts.items() if len(values) > 1}
    unit = next((unit for unit, value in added.items() if value == _value(total) != 0), "")
    if added:
        yield unit, bool(unit)


def _value(cell: Governed) -> Decimal:
    return Decimal(cell.item.text.replace(",", ""))
