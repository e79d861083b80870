"""Tables of budget lines with codes (201 > 20106 > 2010601): each line is the sum of the lines right under it.

The codes of functions (类, 款, 项) and of the economic classification stand in one cell of a row or in a cell for each
step. A row can hold two lines side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from parsers.model import Grid
from parsers.relate.entries import Entry, summable, total_of
from parsers.relate.relations import Relation
from patterns import cue

_CODE = regex.compile(r"^[1-9]\d\d(?:\d\d){0,2}$")
_STEP = regex.compile(r"^\d\d$")
_TOTAL = cue("accounts", "sum.lines")
LONGEST = 7
LEAST = 3
"""Fewer lines with a code make no tree."""


@dataclass(frozen=True, slots=True)
class Line:
    """A code in a row: it governs the figures to its right, up to the next code."""

    col: int
    code: str


def coded_lines(grid: Grid, entries: Sequence[Entry]) -> Mapping[int, Sequence[Line]]:
    """Return the codes of each row of a table of budget lines; nothing where its codes make no tree."""
    if len(entries) < LEAST:
        return {}
    figures = {(entry.row, entry.col) for entry in entries}
    found: dict[int, list[Line]] = {}
    for row, cells in groupby(grid.cells, key=lambda cell: cell.row):
        lines: list[Line] = []
        for cell in cells:
            text = cell.text.strip()
            if (row, cell.col) in figures or not text.isdigit():
                continue
            last = lines[-1] if lines else None
            if _CODE.match(text):
                if last is not None and last.col == cell.col - 1:
                    lines.pop()  # a cell for each step, each with the whole code
                lines.append(Line(cell.col, text))
            elif _STEP.match(text) and last is not None and last.col == cell.col - 1 and len(last.code) < LONGEST:
                lines[-1] = Line(cell.col, last.code + text)
        if lines:
            found[row] = lines
    codes = {line.code for lines in found.values() for line in lines}
    linked = [code for code in codes if _parent(code, codes)]
    return found if len(codes) >= LEAST and linked else {}


def _parent(code: str, codes: set[str]) -> str:
    """Return the code of the line that a line is under, the nearest that the table has."""
    return next((code[:size] for size in range(len(code) - 2, 2, -2) if code[:size] in codes), "")


def by_codes(entries: Sequence[Entry], coded: Mapping[int, Sequence[Line]]) -> Iterator[Relation]:
    """Yield every line with a code as the sum of those under it, and the table's totals as that of the uppermost."""
    codes = {line.code for lines in coded.values() for line in lines}
    for columns, held in _by_header(entries, coded).items():
        lines = {code: found[0] for code, found in held.items() if len(found) == 1}
        if len(lines) < len(held):
            continue  # a code printed twice: two tables in one, or a page's rows repeated
        for code, entry in lines.items():
            parts = [other for below, other in lines.items() if _parent(below, codes) == code]
            if parts and all(summable(entry, part) for part in parts):
                yield total_of(entry, parts, "decides", code)
        yield from _totals(entries, columns, [entry for code, entry in lines.items() if not _parent(code, codes)])


def _by_header(
    entries: Sequence[Entry], coded: Mapping[int, Sequence[Line]]
) -> dict[tuple[str, ...], dict[str, list[Entry]]]:
    """Return the figures under each header by the code of their line; halves side by side share their headers."""
    found: dict[tuple[str, ...], dict[str, list[Entry]]] = {}
    for entry in entries:
        line = next((line for line in reversed(coded.get(entry.row, ())) if line.col < entry.col), None)
        if line is not None:
            found.setdefault(entry.columns, {}).setdefault(line.code, []).append(entry)
    return found


def _totals(entries: Sequence[Entry], columns: tuple[str, ...], roots: Sequence[Entry]) -> Iterator[Relation]:
    """Yield the rows of totals over the uppermost lines of their own column."""
    rows = {root.row for root in roots}
    for total in entries:
        if total.columns != columns or total.row in rows or not _TOTAL.search(total.label):
            continue
        parts = [root for root in roots if root.col == total.col and summable(total, root)]
        if parts:
            yield total_of(total, parts, "decides", total.label)
