"""Facts of tables: a figure takes its unit from its cell, header, row or caption, its name from its headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Block, Document
from parsers.figures.numbers import read_number
from parsers.figures.phrases import is_generic
from parsers.figures.prose import Context, Reading, left_over, read_prose
from parsers.figures.quantities import Measure, unit_named
from parsers.figures.scan import Mark, scan
from parsers.model import Bound, Fact, Grid, GridCell, Quantity
from parsers.tables.cell_facts import fact_of
from parsers.tables.forms import part_of
from parsers.tables.grid_columns import SIGNS, bound_of, caption_unit, column_of, innermost, matches
from parsers.tables.grid_heads import YEAR
from parsers.tables.grid_units import label_of, unit_of
from parsers.tables.grids import Governed, govern
from parsers.tables.labelled_sums import bare_sum, is_money
from parsers.tables.lent_units import with_totals_lent
from parsers.view import View
from patterns import cue

_PER = cue("figures", "figure.each-part")
_DIGITS = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?[万亿]?")
_OUTRIGHT = {
    "target": cue("tables", "table.cue.planned-outright"),
    "actual": cue("tables", "table.cue.reached-outright"),
}
_SUM_LABEL = cue("tables", "table.cue.labelled-sum")
_BLANK = re.compile(r"\(([≥≤]|>=|<=)\s*\*")
_GIVEN = cue("tables", "table.cue.given")
_PAID_EACH = cue("tables", "table.cue.paid-each")
_WITH_SHARE = cue("tables", "table.cue.figure-with-share")
_RUNNING = cue("tables", "table.cue.numbering-row")
_FULL = cue("tables", "table.cue.full-marks")
_TWO_HEADS = cue("tables", "table.cue.two-heads")
LEAST_NAME = 6
"""A shorter name in a remark leans on its row."""
LONGEST_RESULT = 30
"""A longer cell under a goal or a result tells more than what its row is about."""


@dataclass(frozen=True, slots=True)
class GridReading:
    """A table read: its grid, the readings of its cells in order, and the unit that goes on after it."""

    grid: Grid
    readings: tuple[Reading, ...]
    unit: str


def read_grid(
    document: Document, block: Block, ordinal: int, unit: str, context: Context, *, carried: bool = False
) -> GridReading:
    """Read a table; ``unit`` is what the lines above it state, or an earlier table's, if it is ``carried``."""
    governed = govern(document, block, unit, carried=carried)
    scored = _is_scored(governed)
    slipped = {cell.item.cell.row for cell in governed if _out_of_column(cell)}
    if slipped:
        governed = tuple(c._replace(columns=()) if c.item.cell.row in slipped else c for c in governed)
    governed = with_totals_lent(governed, scored)
    readings: list[Reading] = []
    cells: list[GridCell] = []
    for cell in governed:
        place = f"table {ordinal} row {cell.item.cell.row + 1} col {cell.item.cell.col + 1}"
        if cell.item.what == "number" and cell.item.cell.row in slipped:
            reading = left_over(document, cell.item.view.span(0, len(cell.item.view.text)))
        elif cell.item.what == "void" or (cell.item.what != "number" and not scan(cell.item.view)):
            reading = Reading((), (), cell.item.view)
        else:
            reading = _read_cell(document, cell, context._replace(cell=place), scored)
        readings.append(reading)
        cells.append(_grid_cell(cell, reading))
    captions = [cell.caption for cell in governed if cell.caption]
    last = next((cell.unit for cell in reversed(governed) if cell.unit), unit)
    grid = Grid(ordinal, block.span, captions[0] if captions else "", last, tuple(cells), block.place.page)
    return GridReading(grid, tuple(readings), last)


def _grid_cell(cell: Governed, reading: Reading) -> GridCell:
    own = reading.facts[0] if len(reading.facts) == 1 and cell.item.what in ("number", "quantity") else None
    source = cell.item.cell
    return GridCell(
        row=source.row,
        col=source.col,
        text=source.text,
        span=source.span,
        row_header=" > ".join(cell.rows),
        col_header=" > ".join(cell.columns),
        unit=own.unit if own else "",
        value=own.value if own else None,
        page=source.place.page,
    )


def _out_of_column(cell: Governed) -> bool:
    """Tell whether a cell gives its row away as slipped to the side: 530元/人 can be no marks."""
    if cell.item.what != "quantity" or column_of(innermost(cell.columns)).kind != "score":
        return False
    return not cell.item.view.text.rstrip().endswith(("分", "%", "%)"))


def _is_scored(governed: Sequence[Governed]) -> bool:
    """Tell whether bare figures beside indicators are marks: a total of marks, but no column for them."""
    if any(column_of(header).kind == "score" for cell in governed if cell.columns for header in cell.columns):
        return False
    labels = [cell.item.text for cell in governed if cell.item.what == "label"]
    columns = [label for label in labels if column_of(label).kind == "score" and not matches("total", label)]
    return not columns and any(matches("total", label) for label in labels)


def _read_cell(document: Document, cell: Governed, context: Context, scored: bool) -> Reading:
    view = cell.item.view
    what = cell.item.what
    label = cell.rows[-1] if cell.rows else ""
    header = innermost(cell.columns)
    if what == "label" and YEAR.fullmatch(cell.item.text):
        return Reading((), tuple(mark._replace(what="date", quantity=None) for mark in scan(view)), view)
    if what in ("label", "prose"):
        reading = read_prose(document, view, context._replace(headers=(*cell.rows, *cell.columns)))
        if ":" in view.text and any(mark.what == "unread" for mark in reading.marks):
            reading = _labelled(document, cell, reading, context)
        if bare_sum(view.text) is not None and _is_of_money(cell):
            reading = _with_sum(document, cell, reading, context)
        if not reading.facts:
            return reading
        told = tuple(_in_cell(fact, header, what) for fact in reading.facts)
        role = column_of(header).role
        if role == "norm" or (role and len(cell.item.text) <= LONGEST_RESULT):
            told = _of_row(told, cell.rows)
        elif part_of(header) == "reason":  # 上年同期11.8%; what a remark names itself may stand elsewhere too
            told = tuple(one for fact in told for one in (_of_row([fact], cell.rows) if _says_little(fact) else [fact]))
        return reading._replace(facts=told)
    if _is_aside(cell, header, label):
        return Reading((), tuple(mark._replace(what="name", quantity=None) for mark in scan(view)), view)
    if what == "number":
        return _bare(document, cell, context, scored)
    marks = scan(view)
    counted = _beside_share(document, cell, context, scored, marks)
    if counted is not None:
        return counted
    facts = [
        fact_of(document, cell, mark.quantity, "cell", context)
        for mark in marks
        if mark.what == "quantity" and mark.quantity is not None
    ]
    return Reading(tuple(facts), marks, view)


def _is_of_money(cell: Governed) -> bool:
    """Tell whether the head or the label of a cell names money."""
    return column_of(innermost(cell.columns)).money or bool(cell.rows and is_money(cell.rows[-1]))


def _is_aside(cell: Governed, header: str, label: str) -> bool:
    """Tell whether the numeral of a cell is no figure: 电话, 完成时间; but a length of time is (响应时间: 10分钟)."""
    if _RUNNING.match(label):
        return True
    if not (matches("aside", header) or (not header and matches("aside", label))):
        return False
    quantities = (mark.quantity for mark in scan(cell.item.view) if mark.quantity is not None)
    return all(quantity.kind != "duration" for quantity in quantities)


def _says_little(fact: Fact) -> bool:
    """Tell whether a figure's name leaves open what it is of: 同期, 个别村报多座数."""
    return len(fact.metric) < LEAST_NAME or is_generic(fact.metric)


def _of_row(facts: Sequence[Fact], rows: Sequence[str]) -> tuple[Fact, ...]:
    """Return facts told in words (文件下达后30日内) with what their row is about, where they name nothing else."""
    subject = " ".join(dict.fromkeys(label_of(row) for row in rows if not any(char.isdigit() for char in row)))
    return tuple(fact if fact.subject else fact._replace(subject=subject) for fact in facts)


def _in_cell(fact: Fact, header: str, what: str) -> Fact:
    """Return a fact of a cell's words with the role that its column gives: planned, reached, full marks, or a rule.

    Words that name the other outright are believed (…的工作目标 in a result), and what a rule fixes stays a rule in a
    goal's prose and in an indicator's name, but not as the target of an indicator.
    """
    column, role = column_of(header), fact.role
    named = part_of(header) == "name"
    if fact.kind == "score" and column.role == "norm":
        return fact if _FULL.search(fact.sentence) else fact._replace(role="norm")
    if (
        column.role == "norm"
        and role in ("actual", "target")
        and not (column.money or column.kind or _TWO_HEADS.search(header))
    ):
        return fact._replace(role="norm")
    if fact.kind == "score":
        worth = (named or column.role == "full") and role != "norm" and not _GIVEN.search(fact.sentence)
        return fact._replace(role="full") if worth else fact
    sure = "target" if named else column.role
    if sure not in ("target", "actual") or column.money or column.kind or role == sure:
        return fact
    if not (role in ("target", "actual") or (role == "norm" and what == "label" and not named)):
        return fact
    return fact if role in _OUTRIGHT and _OUTRIGHT[role].search(fact.sentence) else fact._replace(role=sure)


def _labelled(document: Document, cell: Governed, reading: Reading, context: Context) -> Reading:
    """Read the bare sums behind labels inside a cell (其中：基本支出：500), where the row's label gives their unit."""
    stated = next((unit for text in reversed(cell.rows) if (unit := caption_unit(text))), cell.corner or cell.unit)
    measure = unit_named(stated) if stated else None
    if measure is None or measure.kind != "amount":
        return reading
    facts, marks = list(reading.facts), []
    for mark in reading.marks:
        label = _SUM_LABEL.search(reading.view.text[: mark.start]) if mark.what == "unread" else None
        if label is not None:
            quantity = _sum_of(reading.view, mark, mark.end, measure)
            fact = fact_of(document, cell, quantity, "row", context)
            facts.append(fact._replace(metric=label["name"], subject="", role="actual"))
            mark = mark._replace(what="quantity", quantity=quantity)
        marks.append(mark)
    facts.sort(key=lambda fact: fact.span.start)
    return reading._replace(facts=tuple(facts), marks=tuple(marks))


def _with_sum(document: Document, cell: Governed, reading: Reading, context: Context) -> Reading:
    """Read the sum without 元 that a cell of money begins with (854万)."""
    mark, rest = reading.marks[0], reading.marks[1:]
    scale = reading.view.text[mark.end : mark.end + 1]
    measure = unit_named(scale + "元") if mark.what == "unread" and mark.start == _start(reading.view.text) else None
    if measure is None:
        return reading
    quantity = _sum_of(reading.view, mark, mark.end + 1, measure)
    fact = fact_of(document, cell, quantity, "row", context)
    sum_mark = mark._replace(end=mark.end + 1, what="quantity", quantity=quantity)
    return reading._replace(facts=(fact, *reading.facts), marks=(sum_mark, *rest))


def _sum_of(view: View, mark: Mark, end: int, measure: Measure) -> Quantity:
    """Return the sum that a numeral up to ``end`` is, in the unit that its labels say."""
    number = read_number(view.text[mark.start : mark.end])
    return Quantity(
        span=view.span(mark.start, end),
        kind=measure.kind,
        unit=measure.name,
        value=number.value * measure.worth,
        decimals=number.decimals,
        scale=measure.worth,
        pattern="table.labelled",
    )


def _start(text: str) -> int:
    return len(text) - len(text.lstrip())


def _beside_share(
    document: Document, cell: Governed, context: Context, scored: bool, marks: tuple[Mark, ...]
) -> Reading | None:
    """Read a bare figure of its column's unit with its share in brackets: 1.50(100%); None for any other cell."""
    found = _WITH_SHARE.match(cell.item.text)
    if found is None or len(marks) != 2 or marks[0].what != "unread" or marks[1].quantity is None:
        return None
    bare = _bare(document, cell._replace(item=cell.item._replace(text=found["figure"])), context, scored)
    if not bare.facts or bare.facts[0].unit == "%":
        return None
    share = fact_of(document, cell, marks[1].quantity, "cell", context)
    return Reading((*bare.facts, share), (*bare.marks, marks[1]), bare.view)


def _per(per: str, headers: Sequence[str]) -> str:
    """Return what a price is for, with the month or year that a head adds: 月补助标准(元/人)."""
    parts = [part for part in _PER.split(per) if part]
    each = next((found["per"] for header in reversed(headers) if (found := _PAID_EACH.search(header))), None)
    if parts and each and not {"月", "年", "季", "季度", "天", "日"} & set(parts):
        parts.append(each)
    return "·".join(parts)


def _bare(document: Document, cell: Governed, context: Context, scored: bool) -> Reading:
    view, text = cell.item.view, cell.item.text
    start = view.text.index(text)
    printed = _DIGITS.search(text)
    number = read_number(printed[0].lstrip("-−+") if printed else text)
    value = -number.value if printed and printed[0][0] in "-−" else number.value
    found = unit_of(cell, scored, value)
    if found is None and number.scale > 1 and _is_of_money(cell):
        found = ("元", "row")  # 年度资金总额: 58万
    start, end = (start + printed.start(), start + printed.end()) if printed else (start, start + len(text))
    name, unit_from = found or ("", "document")
    unit, _, per = name.partition("/")
    if number.scale > 1:  # 1.2万 under (万人) says its scale itself
        unit = unit.lstrip("百千万亿") or unit
    measure = unit_named(unit) if found else None
    if measure is None:
        return Reading((), (Mark(start, end, "unread", ""),), view)
    stated = bound_of(text)
    target = column_of(innermost(cell.columns)).role == "target"
    quantity = Quantity(
        span=view.span(start, end),
        kind=measure.kind,
        unit=measure.name,
        value=value * measure.worth,
        per=_per(per, cell.columns),
        bound=(cell.row.bound or _asked(cell.rows) or stated) if target and stated == "eq" else stated,
        decimals=number.decimals,
        scale=measure.worth * number.scale,
        pattern="table.bare",
    )
    fact = fact_of(document, cell, quantity, unit_from, context, "awarded" if scored and name == "分" else None)
    return Reading((fact,), (Mark(start, end, "quantity", "", quantity),), view)


def _asked(rows: Sequence[str]) -> Bound | None:
    """Return the bound that a row's label states before a blank: 新建栏舍(≥**平方米)."""
    sign = _BLANK.search(rows[-1]) if rows else None
    return SIGNS[sign[1]] if sign else None
