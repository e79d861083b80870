"""Blocks of forms (budget, goals, indicators): which column holds names, targets, results or marks, told by labels.

A block begins with a head, a row of labels of which some name indicators (or a budget) and some what was planned,
reached or given. It ends with the next head, with a row over the whole table, or with the table. Layout is no evidence:
the labels are, wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.document import Block, Cell
from parsers.view import view_of
from patterns import cue, matcher

LONGEST_LABEL = 60
"""A longer text is no label of a head."""
TALLEST_HEAD = 2
"""A label over more rows than this stands beside a block, not at its head."""
_WORD = re.compile(r"[一-龥]{2}")
_BARE = re.compile(r"^-?\d[\d,]*(?:\.\d+)?%?$")
_TOTAL = cue("scores", "mark.cue.total")
_DIGIT = re.compile(r"\d")
_COUNTED = ("budget", "spent", "full", "awarded")
"""Parts of a head under which figures stand."""
_SIGNED = frozenset({"filled_by", "phone", "fill_date"})
"""Fields of a form's last row."""
_MEASURED = ("target", "actual", "full", "awarded", "operator", "unit")


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
    """A block of a form; ``kind`` is "indicators", "budget" or "goals"."""

    kind: str
    head: Mapping[str, tuple[Cell, ...]]
    rows: tuple[Row, ...]
    side: str = ""
    """The label that stands beside the whole block: 绩效指标, 年度绩效指标, 项目资金."""


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Return a cell's text in half width without white space."""
    return view_of(text).text.strip()


def form_blocks(table: Block) -> tuple[FormBlock, ...]:
    """Return the blocks of ``table``, from top to bottom."""
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
    side = ""

    def close() -> None:
        kind = _kind(head)
        if kind and body:
            found.append(FormBlock(kind, {part: tuple(cells) for part, cells in head.items()}, tuple(body), side))

    for number in sorted(rows):
        begun = _head(rows[number])
        if head and not body and _refines(head, rows[number]):
            head = _refined(head, rows[number])
        elif begun is not None:
            begun = _named(begun, rows[number], rows.get(number + 1, ()))
            beside = _side(begun, covering[number])
            if body and beside == side and same_head(begun, head):  # repeated on the next page
                continue
            close()
            head, body, side = begun, [], beside
        elif head and (
            _ends(head, rows[number])
            or (len(rows[number]) == 1 and rows[number][0].colspan == width > 1)
            or _is_signed(rows[number])
            or _is_other_head(head, rows[number])
        ):
            close()
            head, body = {}, []
        elif head and not _is_remark(head, rows[number]):
            body.append(_row(head, rows[number], covering[number]))
    close()
    return tuple(found)


@lru_cache(maxsize=4096)
def part_of(text: str) -> str:
    """Return the part that a head's label names: name, target, actual, full, awarded, reason …; empty for none."""
    label = clean(text)
    pattern = matcher("scores", "column").first(label) if len(label) <= LONGEST_LABEL else None
    return pattern.set["part"] if pattern is not None else ""


def _head(cells: Sequence[Cell]) -> dict[str, list[Cell]] | None:
    """Return the parts of a row that is the head of a block, else None; a row with a bare figure is none."""
    parts: dict[str, list[Cell]] = {}
    for cell in cells:
        part = part_of(cell.text)
        if part and cell.rowspan <= TALLEST_HEAD:
            parts.setdefault(part, []).append(cell)
    return parts if _kind(parts) and not any(_BARE.match(clean(cell.text)) for cell in cells) else None


def _kind(parts: Mapping[str, Sequence[Cell]]) -> str:
    """Return what a head begins: a budget, goals or indicators; these also where a flattened table lost their heads."""
    measured, marked = {"target", "actual"} & parts.keys(), {"full", "awarded"} & parts.keys()
    if {"budget", "spent"} <= parts.keys() and not measured:
        return "budget"
    if ("name" in parts and (measured or marked)) or (measured and marked):
        return "indicators"
    if parts.keys() == measured and sum(len(cells) for cells in parts.values()) > 1 and "target" in parts:
        return "goals"
    return ""


def _named(parts: dict[str, list[Cell]], cells: Sequence[Cell], below: Sequence[Cell]) -> dict[str, list[Cell]]:
    """Return the parts with the columns of names that no word tells: the row's labels above words, left of all names.

    In a budget the column of names may be headed by the sum that the others are of (年度预算数).
    """
    named = [cell for cell in cells if _is_item(cell.text)]
    if "name" not in parts and len(named) == 1:  # a list of projects: what they are, before whose and where
        parts["name"] = named
    if "budget" in parts:
        parts["budget"] = [cell for cell in parts["budget"] if not _above_words(cell, below)] or parts["budget"]
        return parts
    if "name" not in parts:
        return parts
    first = min(cell.col for cell in parts["name"])
    beside = [c for c in cells if c.col < first and c.rowspan <= TALLEST_HEAD and _above_words(c, below)]
    parts["name"] = [*(cell for cell in beside if not part_of(cell.text)), *parts["name"]]
    return parts


def _is_item(text: str) -> bool:
    return matcher("scores", "item").first(clean(text)) is not None


def _above_words(cell: Cell, below: Sequence[Cell]) -> bool:
    return any(_overlap(cell, other) and _WORD.search(other.text) for other in below)


def _side(head: Mapping[str, Sequence[Cell]], covering: Sequence[Cell]) -> str:
    first = min(cell.col for given in head.values() for cell in given)
    beside = [cell for cell in covering if cell.col < first and cell.rowspan > TALLEST_HEAD]
    return clean(beside[-1].text) if beside else ""


def _ends(head: Mapping[str, Sequence[Cell]], cells: Sequence[Cell]) -> bool:
    """Tell whether a row lies across the columns of names and of what was planned or given: no row of the block."""
    names = head.get("name", ()) if "name" in head else head.get("target", ()) if _kind(head) == "goals" else ()
    others = [cell for part in _MEASURED for cell in head.get(part, ()) if cell not in names]
    filled = [cell for cell in cells if clean(cell.text)]
    if not filled or is_total(filled[0].text):
        return False
    return any(
        any(_overlap(cell, name) for name in names) and any(_overlap(cell, other) for other in others)
        for cell in filled
        if cell.colspan > 1
    )


def _is_signed(cells: Sequence[Cell]) -> bool:
    """Tell whether a row says who filled the form in, how to reach them or when: no row of a block."""
    return any(
        pattern.set["field"] in _SIGNED and pattern.regex.match(text)
        for cell in cells
        if 2 <= len(text := clean(cell.text)) <= LONGEST_LABEL
        for pattern in matcher("covers", "cover").patterns
    )


def _is_other_head(head: Mapping[str, Sequence[Cell]], cells: Sequence[Cell]) -> bool:
    """Tell whether a row is the head of another list: labels of columns, two or more where marks or sums stand."""
    texts = [text for cell in cells if (text := clean(cell.text))]
    if any(_DIGIT.search(text) for text in texts):
        return False
    counted = [cell for part in _COUNTED for cell in head.get(part, ())]
    return sum(any(_overlap(cell, one) for one in counted) and _is_column(clean(cell.text)) for cell in cells) > 1


@lru_cache(maxsize=4096)
def _is_column(text: str) -> bool:
    return matcher("tables", "header").match(text) is not None or matcher("tables", "column").found_in(text)


def _is_remark(head: Mapping[str, Sequence[Cell]], cells: Sequence[Cell]) -> bool:
    """Tell whether a row is a label and one text over all that was planned, reached and given: no indicator's."""
    names = [cell for cell in cells if clean(cell.text)]
    text = names.pop() if len(names) == 2 else None
    measured = [cell for part in _MEASURED for cell in head.get(part, ())]
    if text is None or "name" not in head or len(measured) < 2 or is_total(names[0].text):
        return False
    return all(_overlap(text, cell) for cell in measured)


def is_total(text: str) -> bool:
    """Tell whether a label is that of the whole mark: 总分, 合计得分."""
    return _TOTAL.match(clean(text)) is not None


def same_head(head: Mapping[str, Sequence[Cell]], other: Mapping[str, Sequence[Cell]]) -> bool:
    """Tell whether two heads have the same labels in the same columns."""
    first, second = ({(part, c.col, clean(c.text)) for part in one for c in one[part]} for one in (head, other))
    return first == second


def _refines(head: Mapping[str, Sequence[Cell]], cells: Sequence[Cell]) -> bool:
    """Tell whether a row is the second line of a head: it names parts, under labels that span several columns."""
    wide = [cell for given in head.values() for cell in given if cell.colspan > 1]
    named = [cell for cell in cells if part_of(cell.text)]
    filled = [cell for cell in cells if clean(cell.text)]
    return len(named) * 2 > len(filled) and all(any(_overlap(cell, above) for above in wide) for cell in named)


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
    covering = sorted(covering, key=lambda cell: cell.col)
    parts = {part: tuple(_under(given, covering)) for part, given in head.items()}
    if "name" not in head:
        first = min(cell.col for given in head.values() for cell in given)
        parts["name"] = tuple(cell for cell in covering if cell.col < first and _WORD.search(cell.text))
    return Row(parts, tuple(sorted(cells, key=lambda cell: cell.col)))


def _under(given: Sequence[Cell], covering: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the cells of a row that stand under the given labels; a cell over several columns belongs to the first."""
    for cell in covering:
        if any(above.col <= cell.col < above.col + above.colspan and cell is not above for above in given):
            yield cell
