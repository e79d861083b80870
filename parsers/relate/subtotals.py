"""Tables that allot money: subtotals above their members, and a column 合计 beside the columns that it adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from parsers.model import Fact, Grid
from parsers.relate.entries import Entry, summable, total_of
from parsers.relate.prices import significant
from parsers.relate.relations import Relation
from parsers.relate.votes import borne_out, holds
from patterns import cue

_SUBTOTAL = cue("accounts", "sum.subtotal")
_TOTAL = cue("accounts", "sum.allotted")
_LOOSE = cue("accounts", "sum.loose")
FULL = 100
TELLING = 4
"""A total of so many digits is seldom met by chance."""
_FIGURE = re.compile(r"\d")


def stand_above(series: Sequence[Entry]) -> bool:
    """Tell whether the subtotals of a column stand above their members: one is first, and none last."""
    rows = [entry for entry in series if not _TOTAL.search(entry.label) or _SUBTOTAL.search(entry.label)]
    return len(rows) > 1 and bool(_SUBTOTAL.search(rows[0].label)) and not _SUBTOTAL.search(rows[-1].label)


def unread(grid: Grid, entries: Sequence[Entry]) -> set[tuple[int, int]]:
    """Return the places of a table's cells with figures that were not read as one figure."""
    read = {(entry.row, entry.col) for entry in entries}
    return {(cell.row, cell.col) for cell in grid.cells if _FIGURE.search(cell.text)} - read


def members_below(series: Sequence[Entry], missed: AbstractSet[tuple[int, int]]) -> Iterator[Relation]:
    """Yield each subtotal over the rows under it, up to the next total, where subtotals stand above their members."""
    if not stand_above(series):
        return
    for at, total in enumerate(series):
        if not _SUBTOTAL.search(total.label):
            continue
        parts = []
        for entry in series[at + 1 :]:
            if _SUBTOTAL.search(entry.label) or _TOTAL.search(entry.label) or not summable(total, entry):
                break
            parts.append(entry)
        if len(parts) > 1:
            whole = not any(col == total.col and total.row < row <= parts[-1].row + 1 for row, col in missed)
            yield total_of(total, parts, "decides" if whole else "confirms", "小计")


def total_column(
    lines: Sequence[Sequence[Entry]], missed: AbstractSet[tuple[int, int]], facts: Sequence[Fact]
) -> Iterator[Relation]:
    """Yield the column 合计 as the sum of the columns on one side of it; it decides where the rows bear that out."""
    found: dict[tuple[int, bool], list[tuple[Entry, list[Entry]]]] = {}
    for line in lines:
        for total, parts in _sums(line):
            found.setdefault((total.col, parts[0].col > total.col), []).append((total, parts))
    for sums in found.values():
        build = [total_of(total, parts, "decides", "合计") for total, parts in sums]
        known = borne_out(build, facts) or _shown_by_one(build, facts)
        columns = {part.col for _, parts in sums for part in parts}
        for total, parts in sums:
            whole = not any((total.row, col) in missed for col in columns)
            yield total_of(total, parts, "decides" if known and whole else "confirms", "合计")


def _shown_by_one(build: Sequence[Relation], facts: Sequence[Fact]) -> bool:
    """Tell whether one row shows what a column adds up: full marks of a hundred, or one of two rows, by many digits.

    No figure of that row is zero: a column that is part of another would have told.
    """
    for relation in build:
        total, parts = facts[relation.stated], [facts[term] for term in relation.terms]
        marks = total.kind == "score" and total.value == FULL
        telling = len(build) == 2 and len(parts) > 2 and significant(total) >= TELLING
        if (marks or telling) and all(part.value for part in parts) and holds(relation, facts):
            return True
    return False


def _sums(line: Sequence[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield the total of a row with all that it can be of, where these stand on one side of it."""
    totals = [entry for entry in line if _TOTAL.search(entry.header)]
    if len(totals) != 1 or not totals[0].fact.value:
        return
    total = totals[0]
    parts = [
        entry for entry in line if entry is not total and summable(total, entry) and not _LOOSE.search(entry.header)
    ]
    sides = {part.col > total.col for part in parts}
    heads = {entry.columns[:-1] for entry in (total, *parts)}
    if len(parts) > 1 and len(sides) == len(heads) == 1:
        yield total, parts
