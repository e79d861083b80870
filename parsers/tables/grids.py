"""Tables as grids: which cells are headers, and which headers govern a cell.

A form may hold several tables under one another: a row that spans all columns is the caption of what follows, and a row
of header words begins a new head. A cell's column header is the path of head cells above it, its row header the path of
labels left of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from extract.document import Block, Cell, Document
from parsers.figures.scan import scan
from parsers.report.covers import field_label
from parsers.tables.grid_columns import (
    NOTHING_SAID,
    Row,
    caption_unit,
    caption_units,
    column_of,
    innermost,
    is_aside,
    is_aside_column,
    is_unit,
    matches,
    read_row,
)
from parsers.tables.grid_heads import (
    NUMBERING,
    YEAR,
    Item,
    headed_by_years,
    heads_block,
    numbers_columns,
    of_sums,
    overlaps,
    total_row,
)
from parsers.view import make_view
from patterns import cue

LONGEST_LABEL = 60
MANY_COLUMNS = 3
_YEARS = cue("tables", "table.cue.years")
_AGES = cue("tables", "table.cue.ages")
_BARE_NUMBER = cue("tables", "table.cue.bare-number")
_SCALED_NUMBER = cue("tables", "table.cue.scaled-number")
_NUMBERED = cue("tables", "table.cue.numbered-name")
_LIMITS = cue("tables", "table.cue.limit-words")
_SPREAD = re.compile(r"[一-龥](?: [一-龥]){1,5}")
"""栏    次, 合    计: a word whose letters typesetting parted."""
_WORDS = re.compile(r"[一-龥]{2}|^[一-龥]\(")
_AMONG = cue("tables", "table.cue.among-head")
_NAMELESS = cue("tables", "table.cue.nameless")
_TOTAL_OF = cue("tables", "table.cue.total-of")
_SENTENCE = re.compile(r"[。;]|,(?!(?<=\d,)\d{3}(?!\d)).*\d|[□☐☑√✓■](?=[^□☐☑√✓■]|$)")
"""A sentence, or a choice of boxes to tick: what stands in a cell is no label."""


class Governed(NamedTuple):
    """A cell and the headers that govern it: paths from the outermost, the caption in force and its unit."""

    item: Item
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    caption: str
    unit: str
    """Unit that the caption in force, or one before it in the same table, states; else empty."""
    own_caption: bool
    """Whether ``unit`` comes from the caption in force, or the line above the table."""
    carried: bool = False
    """Whether ``unit`` was stated for an earlier table."""
    stem: tuple[str, ...] = ()
    """What the total beside a column that names nothing (其他) is the total of."""
    row: Row = NOTHING_SAID
    corner: str = ""
    """Unit that the head states over the labels of the row: 项目资金(万元) in the corner."""
    money: str = ""
    """Unit of money that a label of a row above states: 计划安排资金(万元)."""
    alone: bool = False
    """Whether its row holds one bare figure."""
    sums: bool = False
    """Whether the head has columns of sums (决算数), or of years alone, and none of goals, marks or units."""
    lent: str = ""
    """Unit that the parts beside a total lend it."""


@dataclass(slots=True)
class _State:
    caption: str = ""
    unit: str = ""
    own: bool = False
    carried: bool = False
    head: list[Item] = field(default_factory=list)
    units: list[tuple[Item, str]] = field(default_factory=list)
    """The cells of the head that state a unit."""
    money: str = ""
    """The unit that the last label of a row stated for its money."""
    open: bool = True
    """Whether the head may still grow: no row of data has come since it began."""
    sums: bool = False
    """Whether the head is one of sums."""
    above: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    """The texts of the head over the columns asked for: the rows below it share them."""

    def columns(self, cell: Cell) -> tuple[str, ...]:
        """Return the texts of the head above a cell, from the top, each once and without 其中."""
        if not self.head or cell.row <= self.head[-1].cell.row:
            return _columns(self.head, cell)
        place = (cell.col, cell.colspan)
        if place not in self.above:
            self.above[place] = _columns(self.head, cell)
        return self.above[place]

    def header(self, cell: Cell) -> str:
        """Return the innermost text of the head above a cell that is no unit."""
        return innermost(self.columns(cell))


def classify(document: Document, cell: Cell) -> Item:
    """Say what a cell is by its text alone."""
    view = make_view(document.text, cell.span.start, cell.span.end)
    text = view.text.strip()
    if _SPREAD.fullmatch(text):
        text = text.replace(" ", "")
    if matches("void", text):
        return Item(cell, view, "void", text)
    if _BARE_NUMBER.match(text):
        return Item(cell, view, "number", text)
    if _SENTENCE.search(text) or len(text) > LONGEST_LABEL:
        return Item(cell, view, "prose", text)
    marks = [mark for mark in scan(view) if mark.what == "quantity"]
    if not marks:  # 1.2万, below a head that says of what
        return Item(cell, view, "number" if _SCALED_NUMBER.match(text) else "label", text)
    rest = view.text[: marks[0].start] + "".join(
        view.text[mark.end : following]
        for mark, following in zip(marks, [*(m.start for m in marks[1:]), None], strict=True)
    )
    return Item(cell, view, "label" if _WORDS.search(_LIMITS.sub("", rest)) else "quantity", text)


def govern(document: Document, block: Block, unit: str, *, carried: bool = False) -> tuple[Governed, ...]:
    """Return the cells of a table in reading order with their headers.

    ``unit`` is what stood above the table, or above an earlier one, if it was ``carried``.
    """
    items = [classify(document, cell) for cell in block.cells]
    rows: dict[int, list[Item]] = {}
    for item in items:
        rows.setdefault(item.cell.row, []).append(item)
    tall = [item for item in items if item.what == "label" and item.cell.rowspan > 1]
    width = max((item.cell.col + item.cell.colspan for item in items), default=0)
    state = _State(unit=unit, own=bool(unit) and not carried, carried=carried)
    found: list[Governed] = []
    for row in sorted(rows):
        line = rows[row]
        if _is_caption(line, width):
            text = line[0].text
            stated = caption_units(text)
            state = _State(text, stated or state.unit, bool(stated), state.carried and not stated)
            found.append(Governed(line[0], (), (), text, state.unit, state.own))
            continue
        years = headed_by_years(line, state.head, rows.get(row + 1, ())) if state.open else None
        line = years or line
        if years or _is_head(line, rows, row, state):
            if not state.open:
                state.head, state.units, state.open = [], [], True
            state.head.extend(line)
            state.sums = of_sums(state.head)
            state.above.clear()
            state.units.extend((item, unit) for item in line if (unit := _unit_of(item)) and _over_labels(item, items))
            found.extend(Governed(item, (), (), state.caption, state.unit, state.own) for item in line)
            continue
        if state.open and state.head and numbers_columns(line):
            found.extend(Governed(item, (), (NUMBERING,), state.caption, state.unit, state.own) for item in line)
            continue
        if state.head or any(item.what in ("number", "quantity") for item in line):
            state.open = False
        line = [_as_name(state, item) for item in total_row(state.head, line)]
        spanning = _labels_from_above(tall, row)
        labels = _names(state, spanning + line)
        says = read_row([(state.header(item.cell), item.text, item.what) for item in line])
        corner = _corner(state.units, spanning + line)
        alone = sum(item.what == "number" for item in line) == 1
        money = [unit for item in line if (unit := _unit_of(item)).endswith("元")]
        state.money = money[-1] if money else state.money
        found.extend(
            Governed(
                item,
                columns := () if _crosses(state.head, item) else state.columns(item.cell),
                _rows(labels, item.cell),
                state.caption,
                state.unit,
                state.own,
                state.carried,
                _stem(state.head, columns),
                says,
                corner,
                state.money,
                alone,
                state.sums,
            )
            for item in line
        )
    return tuple(found)


def _crosses(head: Sequence[Item], item: Item) -> bool:
    """Tell whether words lie across the columns of goals and results (存在问题 | …): they stand in neither."""
    if item.cell.colspan < MANY_COLUMNS or item.what not in ("label", "prose"):
        return False
    above = [above for above in head if above.cell.row < item.cell.row and overlaps(above.cell, item.cell)]
    return {"target", "actual"} <= {column_of(label.text).role for label in above}


def _as_name(state: _State, item: Item) -> Item:
    """Return a bare year in a column of years, or an age in one of ages, as the label of its row."""
    if item.what not in ("number", "quantity") or not (item.what == "quantity" or YEAR.fullmatch(item.text)):
        return item
    named = _YEARS if item.what == "number" else _AGES
    return item._replace(what="label") if named.match(state.header(item.cell)) else item


def _unit_of(item: Item) -> str:
    text = item.text
    if item.what != "label" or matches("aside", text):
        return ""  # 类 over the codes of budget lines counts nothing
    return text if is_unit(text) else caption_unit(text)


def _corner(units: Sequence[tuple[Item, str]], line: Sequence[Item]) -> str:
    """Return the unit that the head states over the labels of a row; else the empty text."""
    for head, unit in units:
        below = [item.what for item in line if overlaps(item.cell, head.cell)]
        if "number" not in below and "quantity" not in below and ("label" in below or not below):
            return unit
    return ""


def _over_labels(head: Item, items: Sequence[Item]) -> bool:
    """Tell whether labels stand below a head, and not the figures that its unit is of; or nothing below the first."""
    below = [item.what for item in items if item.cell.row > head.cell.row and overlaps(item.cell, head.cell)]
    first = not any(item.cell.row == head.cell.row and item.cell.col < head.cell.col for item in items)
    return below.count("label") > below.count("number") + below.count("quantity") or (first and not below)


def _is_caption(line: Sequence[Item], width: int) -> bool:
    return len(line) == 1 and width > 1 and line[0].cell.colspan == width and line[0].what in ("label", "quantity")


def _is_head(line: Sequence[Item], rows: dict[int, list[Item]], row: int, state: _State) -> bool:
    """Tell whether a row is (a part of) a head: labels alone, with header words or with figures below its labels."""
    filled = [item for item in line if item.what != "void"]
    if not filled or any(item.what in ("number", "quantity", "prose") for item in filled):
        return False
    if state.head and state.open and all(is_unit(item.text) for item in filled):
        return True
    texts = [item.text for item in filled]
    if _is_field(texts) and (not _figures(rows, row, filled[1].cell) or _own_units(rows, row)):
        under = [item for item in rows.get(row + 1, ()) if item.what == "number"]
        measured = [
            item for item in filled[2:] if _gives_unit(item) and any(overlaps(item.cell, n.cell) for n in under)
        ]
        if not measured:  # 项目名称 | 实施地点 | 下达金额(万元) is a head all the same
            return False
    words = sum(matches("header", text) for text in texts)
    if len(filled) >= 2 and words >= max(1, len(filled) // 3):
        return True
    if len(filled) == 1 and filled[0].cell.colspan > 1 and state.open and len(line) > 1:  # a label over a head below
        below = rows.get(row + 1, ())
        return len(below) > 1 and any(matches("header", item.text) for item in below)
    said = [column_of(text) for text in texts]
    if len(filled) >= 3 and sum(column.named for column in said) * 2 >= len(filled):
        return True
    if [column.role for column in said] == ["target", "actual"]:  # goals, and what became of them
        return True
    if not state.open and heads_block(filled, rows, row):
        return True
    if state.open and state.head:  # the second line of a head
        return any(
            overlaps(item.cell, above.cell) and above.cell.colspan > 1 for item in filled for above in state.head
        )
    return len(filled) >= 2 and state.open and _heads_figures(filled, rows, row)


def _heads_figures(filled: Sequence[Item], rows: dict[int, list[Item]], row: int) -> bool:
    """Tell whether figures stand below the labels of a row, in several columns or under one that gives their unit."""
    if any(item.what in ("number", "quantity") for item in rows[row]):
        return False
    if len(filled) >= MANY_COLUMNS and all(_is_series(rows.get(later, ())) for later in (row + 1, row + 2)):
        return True
    below = [item for later in (row + 1, row + 2) for item in rows.get(later, ()) if item.what == "number"]
    return len({item.cell.col for item in below}) >= 2 or any(
        _gives_unit(item) and any(overlaps(item.cell, figure.cell) for figure in below) for item in filled[1:]
    )


def _is_series(line: Sequence[Item]) -> bool:
    """Tell whether a row is a name and the figures behind it, as in a list and not in a form: 甲县 | 93.6% | 72.4%."""
    filled = [item.what for item in sorted(line, key=lambda item: item.cell.col) if item.what != "void"]
    return len(filled) >= MANY_COLUMNS and filled[0] == "label" and not {*filled[1:]} - {"number", "quantity"}


def _gives_unit(item: Item) -> bool:
    """Tell whether a label states or words a unit: 造林面积(亩), 受益户数."""
    text = item.text
    return bool(caption_unit(text)) or matches("unit", text)


def _own_units(rows: dict[int, list[Item]], row: int) -> bool:
    """Tell whether the figures of the next two rows have labels of their own that give their units: 人员编制 | 65."""
    pairs = [
        (before, item)
        for later in (row + 1, row + 2)
        for before, item in pairwise(sorted(rows.get(later, ()), key=lambda item: item.cell.col))
        if item.what == "number"
    ]
    return bool(pairs) and all(before.what == "label" and _gives_unit(before) for before, _ in pairs)


def _is_field(texts: Sequence[str]) -> bool:
    """Tell whether a row is a field of a form with its value: 项目名称 | 农村公路养护."""
    if len(texts) < 2 or field_label(texts[0].rstrip(":")) is None:
        return False
    return not matches("header", texts[1]) and not column_of(texts[1]).named


def _figures(rows: dict[int, list[Item]], row: int, cell: Cell) -> bool:
    """Tell whether figures stand under the first column of ``cell``, in the two rows below it."""
    below = [item for later in (1, 2) for item in rows.get(row + cell.rowspan - 1 + later, ())]
    return any(
        item.what in ("number", "quantity") and item.cell.col <= cell.col < item.cell.col + item.cell.colspan
        for item in below
    )


def _names(state: _State, labels: Sequence[Item]) -> list[Item]:
    """Return the labels of a row that name what it is about, from the left.

    Behind a name, what was planned or reached in words (达成预期) is none, nor are rules, units and signs, as
    their heads say.
    """
    kept: list[Item] = []
    for item in sorted(labels, key=lambda item: item.cell.col):
        if item.what != "label":
            continue
        header = state.header(item.cell)
        column = column_of(header)
        result = column.role in ("target", "actual", "norm") and not column.money and not column.kind
        if is_aside_column(header) and is_aside(item.text):
            continue
        if kept and (result or is_aside_column(header)) and not _NUMBERED.match(item.text):
            continue
        kept.append(item)
    return kept


def _columns(head: Sequence[Item], cell: Cell) -> tuple[str, ...]:
    """Return the texts of the head above a cell, from the top, each once and without 其中."""
    above = [item for item in head if item.what == "label" and item.cell.row < cell.row and overlaps(item.cell, cell)]
    if cell.colspan > 1:  # a cell over several columns belongs to the first
        first = {item.cell.row for item in above if item.cell.col <= cell.col}
        above = [item for item in above if item.cell.col <= cell.col or item.cell.row not in first]
    texts = [item.text.rstrip(":") for item in sorted(above, key=lambda item: item.cell.row)]
    return tuple(dict.fromkeys(text for text in texts if text and not _AMONG.match(text)))


def _stem(head: Sequence[Item], columns: Sequence[str]) -> tuple[str, ...]:
    """Return what a nameless column (其他, 小计) belongs to: the stem of the total in the same head (固定资产合计)."""
    if not columns or not _NAMELESS.match(columns[-1]):
        return ()
    for item in head:
        if found := _TOTAL_OF.match(item.text):
            return (found["stem"],)
    return ()


def _labels_from_above(tall: Sequence[Item], row: int) -> list[Item]:
    return [item for item in tall if item.cell.row < row < item.cell.row + item.cell.rowspan]


def _rows(labels: Sequence[Item], cell: Cell) -> tuple[str, ...]:
    """Return the texts of the labels left of a cell, from the outermost, each once; ``labels`` are in order."""
    return tuple(dict.fromkeys(item.text for item in labels if item.cell.col < cell.col))
