"""Indicator and budget blocks of forms: which column holds names, targets, results and marks, told by the labels.

A block begins with a head, a row of labels of which some name indicators (or a budget) and some what was planned,
reached or given. It ends with the next head, with a row over the whole table, or with the table. Layout is no evidence:
the labels are, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from extract.document import Block, Cell
from parsers.view import view_of
from patterns import matcher

TALLEST_HEAD = 2
"""A label over more rows than this stands beside a block, not at its head."""
_WORD = regex.compile(r"[一-龥]{2}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a block: the cells under each part of its head, left to right, merged cells seen from every row.

    Where the head names no column of names, the labels left of all others are the names.
    """

    parts: Mapping[str, tuple[Cell, ...]]
    cells: tuple[Cell, ...]
    """All cells that begin in the row."""


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A block of a form; ``kind`` is "indicators" or "budget"."""

    kind: str
    head: Mapping[str, tuple[Cell, ...]]
    rows: tuple[Row, ...]


def clean(text: str) -> str:
    """Return a cell's text in half width without white space."""
    return view_of(text).text.strip()


def form_blocks(table: Block) -> tuple[FormBlock, ...]:
    """Return the indicator and budget blocks of ``table``, from top to bottom."""
    rows: dict[int, list[Cell]] = {}
    covering: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    last = max(rows, default=0)
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, last + 1)):  # a span may reach beyond the table
            covering.setdefault(row, []).append(cell)
    width = max((cell.col + cell.colspan for cell in table.cells), default=0)
    found: list[FormBlock] = []
    head: dict[str, list[Cell]] = {}
    body: list[Row] = []

    def close() -> None:
        kind = _kind(head)
        if kind and body:
            found.append(FormBlock(kind, {part: tuple(cells) for part, cells in head.items()}, tuple(body)))

    for number in sorted(rows):
        begun = _head(rows[number])
        if head and not body and _refines(head, rows[number]):
            head = _refined(head, rows[number])
        elif begun is not None:
            close()
            head, body = begun, []
        elif head and len(rows[number]) == 1 and rows[number][0].colspan == width > 1:
            close()
            head, body = {}, []
        elif head:
            body.append(_row(head, rows[number], covering[number]))
    close()
    return tuple(found)


def part_of(text: str) -> str:
    """Return the part that a head's label names: name, target, actual, full, awarded, reason …; empty for none."""
    label = clean(text)
    pattern = matcher("scores", "column").first(label)
    return pattern.set["part"] if pattern is not None else ""


def _head(cells: Sequence[Cell]) -> dict[str, list[Cell]] | None:
    """Return the parts of a row that is the head of a block, else None."""
    parts: dict[str, list[Cell]] = {}
    for cell in cells:
        part = part_of(cell.text)
        if part and cell.rowspan <= TALLEST_HEAD:
            parts.setdefault(part, []).append(cell)
    return parts if _kind(parts) else None


def _kind(parts: Mapping[str, Sequence[Cell]]) -> str:
    """Return what a head begins: a budget, or indicators, also where a flattened table lost the heads of the names."""
    measured, marked = {"target", "actual"} & parts.keys(), {"full", "awarded"} & parts.keys()
    if ("name" in parts and (measured or marked)) or (measured and marked):
        return "indicators"
    return "budget" if {"budget", "spent"} <= parts.keys() and marked else ""


def _refines(head: Mapping[str, Sequence[Cell]], cells: Sequence[Cell]) -> bool:
    """Tell whether a row is the second line of a head: it names parts, under labels that span several columns."""
    wide = [cell for given in head.values() for cell in given if cell.colspan > 1]
    named = [cell for cell in cells if part_of(cell.text)]
    return bool(named) and all(any(_overlap(cell, above) for above in wide) for cell in named)


def _refined(head: Mapping[str, Sequence[Cell]], cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    named = [(part, cell) for cell in cells if (part := part_of(cell.text))]
    refined = {
        part: [above for above in given if not any(_overlap(cell, above) for _, cell in named)]
        for part, given in head.items()
    }
    for part, cell in named:
        refined.setdefault(part, []).append(cell)
    return {part: given for part, given in refined.items() if given}


def _overlap(cell: Cell, other: Cell) -> bool:
    return cell.col < other.col + other.colspan and other.col < cell.col + cell.colspan


def _row(head: Mapping[str, Sequence[Cell]], cells: Sequence[Cell], covering: Sequence[Cell]) -> Row:
    parts = {part: tuple(_under(given, covering)) for part, given in head.items()}
    if "name" not in head:
        first = min(cell.col for given in head.values() for cell in given)
        labels = [cell for cell in covering if cell.col < first and _WORD.search(cell.text)]
        parts["name"] = tuple(sorted(labels, key=lambda cell: cell.col))
    return Row(parts, tuple(sorted(cells, key=lambda cell: cell.col)))


def _under(given: Sequence[Cell], covering: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the cells of a row that stand under the given labels; a cell over several columns belongs to the first."""
    for cell in sorted(covering, key=lambda cell: cell.col):
        if any(above.col <= cell.col < above.col + above.colspan and cell is not above for above in given):
            yield cell
