"""The unit of a bare figure in a table: from its column's header, its row's label, or what a caption states."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from parsers.figures.quantities import unit_named
from parsers.model import UnitFrom
from parsers.tables.grid_columns import Column, caption_unit, column_of, innermost, is_unit, matches
from parsers.tables.grids import Governed
from patterns import cue, matcher

_NUMBERING = cue("tables", "table.cue.label-number")
_MOST_MARKS = Decimal(100)
_SOURCE = cue("tables", "table.cue.money-source")
_WHOLE = cue("tables", "table.cue.whole")
_UNIT_CAPTION = cue("tables", "table.cue.unit-caption")
_DONE = cue("tables", "table.cue.done-sum")
_OPEN_HEAD = cue("tables", "table.cue.open-head")
_MEASURED = cue("tables", "table.cue.measured-head")
UNSCALED = ("%", "分", "倍", "")
"""Units that a label's words imply (执行率, 得分, 系数) whatever unit stands over the label's group."""


def unit_of(cell: Governed, scored: bool, value: Decimal) -> tuple[str, UnitFrom] | None:
    """Return the unit of a bare figure, and where it was found: header, row, caption or document."""
    column = column_of(innermost(cell.columns))
    result = column.named and not column.money and column.kind != "score" and not _under_money(cell.columns)
    if scored and result and value <= _MOST_MARKS:
        return "分", "row"
    if cell.row.unit and not column.kind and (result or (cell.row.stated and _is_open(innermost(cell.columns)))):
        return cell.row.unit, "row"
    found = _header_unit(cell, column) or _row_unit(cell, column)
    if found is not None:
        return found
    if column.kind:  # 考核分, 比例(A:B): what a caption or corner states for sums is not theirs
        return ("分", "header") if column.kind == "score" else None
    if cell.money and not cell.columns and cell.rows and _SOURCE.match(label_of(cell.rows[-1])):
        return cell.money, "row"
    if cell.corner and cell.columns and not result and not column.kind:
        return cell.corner, "header"
    if cell.lent:
        return cell.lent, "row"
    if not cell.unit:
        return None
    unit = _suited(cell) if result and not _is_done_sum(cell) else _chosen(cell)
    return (unit, "caption" if cell.own_caption else "document") if unit else None


def _under_money(columns: tuple[str, ...]) -> bool:
    """Tell whether a column stands under a head of money: 资金 over 计划 | 支出."""
    return any(suits("元", head) for head in columns[:-1])


def _is_done_sum(cell: Governed) -> bool:
    """Tell whether a figure under 完成数 is money that was got or spent, as those beside it are, and no result."""
    return cell.sums and cell.own_caption and _DONE.match(innermost(cell.columns)) is not None


def _is_open(header: str) -> bool:
    """Tell whether a header leaves the unit open, for a column of units to state it: 2022年, not 较上年±%."""
    return not caption_unit(header) and _worded(header) is None


def _chosen(cell: Governed) -> str:
    """Return which of the units of a caption a figure has, by its column's header or else its row's label.

    A unit of money that was stated for an earlier table goes on for what is called money alone, and so does any where
    the figure's column has no head.
    """
    units = cell.unit.split("、")
    head = innermost(cell.columns)
    if _MEASURED.search(head) and not any(suits(unit, head) for unit in units):
        return ""
    if len(units) == 1 and not cell.carried and (cell.columns or _is_plain_row(cell)):
        return cell.unit
    measure = unit_named(units[0].partition("/")[0])
    if len(units) == 1 and (measure is None or measure.kind != "amount"):
        return cell.unit
    for name in (*reversed(cell.columns), *reversed(cell.rows)):
        suiting = [unit for unit in units if suits(unit, name)]
        if suiting or matches("suits", name):  # a head of something else rules out what the row is called
            return suiting[0] if len(suiting) == 1 else ""
    return ""


def _suited(cell: Governed) -> str:
    """Return which unit of a figure's own caption its header's words alone are of: 计划里程 under 单位:公里、万元.

    A head that is open (计划, 完成) leaves it to the one above it: 建设面积.
    """
    units = cell.unit.split("、") if cell.own_caption else []
    heads = (head for head in reversed(cell.columns) if units and not is_unit(head))
    for head in heads:
        suiting = [unit for unit in units if suits(unit, head)]
        if suiting or matches("suits", head) or not _OPEN_HEAD.fullmatch(head):
            return suiting[0] if len(suiting) == 1 else ""
    return ""


def _is_plain_row(cell: Governed) -> bool:
    """Tell whether a label and its one figure stand under a caption for all: 单位:万元, not 项目资金(万元)."""
    if not cell.alone or not cell.rows:
        return False
    return not cell.caption or _UNIT_CAPTION.search(cell.caption) is not None or _WHOLE.match(cell.rows[-1]) is not None


@lru_cache(maxsize=4096)
def suits(unit: str, name: str) -> bool:
    """Tell whether a header's words are of a unit: 面积 of 亩, 金额 of 万元, 标准 of 元/亩."""
    form, _, per = unit.partition("/")
    measure = unit_named(form)
    if measure is None:
        return False
    of = "price" if per else "money" if measure.kind == "amount" else measure.name
    found = ((pattern.set["units"], pattern.regex.search(name)) for pattern in matcher("tables", "suits").patterns)
    return (of == "money" and column_of(name).money) or any(
        match is not None and (of in units.split() or match.groupdict().get("unit") == of) for units, match in found
    )


def _header_unit(cell: Governed, column: Column) -> tuple[str, UnitFrom] | None:
    units = (text if is_unit(text) else caption_unit(text) for text in reversed(cell.columns))
    at, stated = next(((at, unit) for at, unit in enumerate(units) if unit), (0, None))
    worded = _worded(cell.columns[-1]) if (stated is None or at) and cell.columns else None
    if (stated is None or at) and cell.columns and (column.kind or not column.named or worded not in (None, *UNSCALED)):
        if stated is None and worded and worded not in UNSCALED and worded not in cell.unit.split("、"):
            caption = _suited(cell)
            if caption:  # 受益人数 under 单位:万人、万元
                return caption, "caption"
        stated = worded if stated is None or worded in UNSCALED else stated
    return None if stated is None else (stated, "header")


def _row_unit(cell: Governed, column: Column) -> tuple[str, UnitFrom] | None:
    label = label_of(cell.rows[-1]) if cell.rows else ""
    worded = _worded(label)
    if worded == "%" and not cell.columns and cell.row.shares:  # 合格率 ≥95% 100% 5: marks, under no head
        return None
    if worded == "分" or (worded == "%" and not column.money):  # 增长率 under 单位:万元
        return worded, "row"
    if not column.kind or column.money:
        units = (caption_unit(text) for text in reversed(cell.rows))
        at, stated = next(((at, unit) for at, unit in enumerate(units) if unit), (0, None))
        if stated is not None:
            return worded if at and worded in UNSCALED else stated, "row"
    result = column.named and not column.money and column.kind != "score"
    by_word = result or not (column.named or (cell.columns and cell.unit))
    return (worded, "row") if worded is not None and by_word else None


@lru_cache(maxsize=4096)
def _worded(text: str) -> str | None:
    """Return the unit that a header's or label's words imply (人数, 得分, 执行率); empty for a bare coefficient."""
    pattern = matcher("tables", "unit").first(text)
    return pattern.set["unit"] if pattern is not None else None


@lru_cache(maxsize=4096)
def label_of(text: str) -> str:
    """Return a label without its number and mark."""
    shorter = _NUMBERING.sub("", text)
    while shorter != text:
        text, shorter = shorter, _NUMBERING.sub("", shorter)
    return text
