"""Several targets side by side in one block: the year's beside those of a longer time, or two lists of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.document import Cell
from parsers.tables.form_goals import goal_name, is_longer
from parsers.tables.forms import FormBlock, Row, clean

Columns = Mapping[int, str]
"""What stands above columns: the name of the goal that they belong to."""


def goal_columns(blocks: Sequence[FormBlock]) -> Columns:
    """Return the columns under the goals of a longer time, with what these are called."""
    found: dict[int, str] = {}
    for block in blocks:
        for cell in block.head.get("target", ()) if block.kind == "goals" else ():
            name = goal_name(clean(cell.text)) if is_longer(clean(cell.text)) else ""
            found.update(dict.fromkeys(range(cell.col, cell.col + cell.colspan), name))
    return found


def by_target(block: FormBlock, goals: Columns) -> Iterator[tuple[str, FormBlock]]:
    """Yield the parts of a block by its columns of targets, the year's without a name; most blocks are one part.

    Names that stand between two targets are the second's own. What was reached and given belongs to the year.
    """
    targets = sorted(block.head.get("target", ()), key=lambda cell: cell.col)
    names = sorted(block.head.get("name", ()), key=lambda cell: cell.col)
    if block.kind != "indicators" or len(targets) < 2 or not names:
        yield "", block
        return
    called = [_called(cell, goals) for cell in targets]
    own = [[n for n in names if a.col < n.col < b.col] for a, b in pairwise(targets)]
    if not any(called) and not all(own):
        yield "", block  # one list, its target changed in the year
        return
    year = next((i for i in reversed(range(len(targets))) if not called[i]), len(targets) - 1)
    shared = [name for name in names if name.col < targets[0].col]
    for index, target in enumerate(targets):
        between = own[index - 1] if index else []
        kept = [*shared[: len(shared) - len(between)], *between]
        others = {part: cells for part, cells in block.head.items() if part not in ("name", "target")}
        if not all(own):
            others = others if index == year else {}
        else:
            until = targets[index + 1].col if index + 1 < len(targets) else None
            others = {p: _within(cells, target.col, until, last=index == year) for p, cells in others.items()}
        head = {"name": tuple(kept), "target": (target,)} | {part: cells for part, cells in others.items() if cells}
        yield called[index], replace(block, head=head, rows=tuple(_narrowed(row, head) for row in block.rows))


def _called(cell: Cell, goals: Columns) -> str:
    label = clean(cell.text)
    return goal_name(label) if is_longer(label) else goals.get(cell.col, "")


def _within(cells: Sequence[Cell], start: int, until: int | None, *, last: bool) -> tuple[Cell, ...]:
    """Return the columns between a target and the next; the last has those behind it."""
    return tuple(cell for cell in cells if start < cell.col and (cell.col < until if until is not None else last))


def _narrowed(row: Row, head: Mapping[str, Sequence[Cell]]) -> Row:
    """Return a row with the cells under a part of its block's head."""
    parts = {
        part: tuple(cell for cell in cells if any(a.col <= cell.col < a.col + a.colspan for a in head.get(part, ())))
        for part, cells in row.parts.items()
    }
    return replace(row, parts=parts)
