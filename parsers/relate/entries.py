"""The figures of tables with their places and headers, and how far a total that they state may be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from parsers.model import Fact, GridCell, Report
from parsers.relate.parts import plain
from parsers.relate.relations import Relation, Weight
from parsers.relate.votes import holds
from parsers.view import fold

_CELL = re.compile(r"table (\d+) row (\d+) col (\d+)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of a table: its fact's index, its place, and the headers that govern it."""

    index: int
    fact: Fact
    row: int
    col: int
    columns: tuple[str, ...]
    rows: tuple[str, ...]

    @property
    def label(self) -> str:
        """The innermost header of its row."""
        return self.rows[-1] if self.rows else ""

    @property
    def header(self) -> str:
        """The innermost header of its column."""
        return self.columns[-1] if self.columns else ""

    @property
    def value(self) -> Decimal:
        """Its value in base units; zero where it has none."""
        return self.fact.value or Decimal(0)


def entries_of(report: Report) -> dict[int, list[Entry]]:
    """Return the figures of each table, those alone in their cell, in reading order."""
    cells: dict[tuple[int, int, int], GridCell] = {
        (grid.ordinal, cell.row, cell.col): cell for grid in report.grids for cell in grid.cells
    }
    held: dict[tuple[int, int, int], list[int]] = {}
    for index, fact in enumerate(report.facts):
        found = _CELL.match(fact.cell) if fact.cell else None
        if found:
            table, row, col = (int(part) for part in found.groups())
            held.setdefault((table, row - 1, col - 1), []).append(index)
    entries: dict[int, list[Entry]] = {}
    for (table, row, col), indices in held.items():
        cell = cells.get((table, row, col))
        if cell is None or len(indices) != 1 or cell.value is None:
            continue
        fact = report.facts[indices[0]]
        entry = Entry(indices[0], fact, row, col, _path(cell.col_header), _path(cell.row_header))
        entries.setdefault(table, []).append(entry)
    return entries


@lru_cache(maxsize=1024)
def _path(header: str) -> tuple[str, ...]:
    return tuple(fold(part).replace(" ", "") for part in header.split(" > ") if part)


def columns_of(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the figures of each column that share their header, top to bottom."""
    found: dict[tuple[int, tuple[str, ...]], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.col, entry.columns), []).append(entry)
    return [sorted(series, key=lambda entry: entry.row) for series in found.values()]


def lines_of(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the figures of each row, left to right."""
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.row, []).append(entry)
    return [sorted(line, key=lambda entry: entry.col) for line in found.values()]


def summable(total: Entry, part: Entry) -> bool:
    """Tell whether a cell can be a part of another by unit and kind."""
    one, other = total.fact, part.fact
    kinds = one.kind == other.kind and one.unit == other.unit and one.kind != "rate" and one.per == other.per == ""
    marks = one.kind != "score" or one.role == other.role
    return kinds and marks and plain(one) and plain(other)


def total_of(total: Entry, parts: Sequence[Entry], weight: Weight, cue: str) -> Relation:
    """Return the sum of ``parts`` that a cell states."""
    anchor = -(total.index * 2 + (parts[0].row != total.row) + 1)
    return Relation("sum", total.index, tuple(part.index for part in parts), weight, cue, anchor, rule="table")


def backed(found: Iterable[Relation], entries: Sequence[Entry], facts: Sequence[Fact]) -> Iterator[Relation]:
    """Yield the sums of one table, each with the weight that the rest of the table lends it.

    A total that adds up in another column (or another row) shows that the rows were read as they are meant: there it
    decides. Where no other adds up either, a row is missing or the table is of another build: there it can only
    confirm. A total that stands alone decides nothing that one slip does not explain.
    """
    cells = {entry.index: entry for entry in entries}
    relations = list(found)
    same: dict[tuple[object, ...], list[Relation]] = {}
    for relation in relations:
        if _weighable(relation, facts):
            same.setdefault(_build(relation, cells), []).append(relation)
    for relation in relations:
        if not _weighable(relation, facts):
            yield relation
            continue
        others = [other for other in same[_build(relation, cells)] if other.stated != relation.stated]
        if not others:
            yield replace(relation, weight="bounds")
        elif not any(holds(other, facts) for other in (relation, *others)):
            yield replace(relation, weight="confirms")
        else:
            yield relation


def _weighable(relation: Relation, facts: Sequence[Fact]) -> bool:
    stated = facts[relation.stated]
    return relation.kind == "sum" and relation.weight == "decides" and stated.kind != "score" and bool(stated.value)


def _build(relation: Relation, cells: dict[int, Entry]) -> tuple[object, ...]:
    """Return what the sums of one build share: the row of the total, or its column, and where the parts stand."""
    total, part = cells[relation.stated], cells[relation.terms[0]]
    if part.row != total.row:
        return ("rows", total.row, part.row > total.row, relation.cue)
    return ("columns", total.col, part.col > total.col, relation.cue)
