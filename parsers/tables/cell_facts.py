"""The fact of a table's cell: its name from its headers, its role and period from what these say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.document import Document, Span
from parsers.figures.dates import PART_OF_YEAR, part_of_year, read_period
from parsers.figures.periods import says_period
from parsers.figures.prose import Context
from parsers.figures.quantities import per_in_label
from parsers.model import Fact, Kind, Quantity, Role, UnitFrom
from parsers.tables.grid_columns import Column, caption_unit, column_of, is_unit, matches
from parsers.tables.grid_heads import YEAR
from parsers.tables.grid_units import label_of
from parsers.tables.grids import Governed
from patterns import cue

_GOAL = cue("tables", "table.cue.goal-label")
_SIGNED = ("≥", "≤", ">=", "<=")
"""A sign asks for something where no header says more: ≥95%."""
_WORTH = cue("tables", "table.cue.worth")
_STANDARD = cue("tables", "table.cue.standard")
_BORNE = cue("tables", "table.cue.borne-share")
_YEARS = cue("tables", "table.cue.years")
_DATED = cue("tables", "table.cue.dated")
_BARE_SHARE = cue("tables", "table.cue.bare-share")
LONGEST_DATE = 8
"""A longer label with a date in it is about something else."""


def fact_of(
    document: Document,
    cell: Governed,
    quantity: Quantity,
    unit_from: UnitFrom,
    context: Context,
    role: Role | None = None,
) -> Fact:
    """Return the fact that a cell states, its name from the headers of its column and row."""
    span: Span = quantity.span
    column = _governing(cell.columns)
    rows = [label_of(row) for row in cell.rows]
    leaf = rows[-1] if rows else ""
    if column.named and not leaf:  # no row has a name: 预算数 over 公务用车购置及运行费 over 小计
        metric, subject = _joined(tuple(text for text in cell.columns if not _DATED.fullmatch(text))), rows
    elif column.named or not cell.columns:
        metric = leaf + (_undated(cell.columns) if column.named else "")
        subject = [*_groups(cell.columns), *rows[:-1]]
    elif leaf and not _undated(cell.columns):  # columns of years: the row names what was measured
        metric, subject = leaf, rows[:-1]
    else:
        metric, subject = _joined((*cell.stem, *cell.columns)), rows
    place = cell.item.cell.place
    return Fact(
        span=span,
        quote=document.text[span.start : span.end],
        kind=quantity.kind,
        unit=quantity.unit,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        per=per_in_label(quantity.kind, quantity.per, leaf),
        bound=quantity.bound,
        role=role or _role(column, quantity.kind, (leaf, *cell.columns), cell.item.text),
        metric=metric or cell.caption,
        subject=" ".join(dict.fromkeys(subject)),
        scope="",
        section=" > ".join((*context.headings, cell.caption) if cell.caption else context.headings),
        section_index=context.section_index,
        period=_period(cell.columns, cell.rows, context.year),
        year=context.year,
        sentence=document.text[span.start : span.end],
        source="table",
        unit_from=unit_from,
        decimals=quantity.decimals,
        scale=quantity.scale,
        pattern=quantity.pattern,
        page=place.page,
        bbox=place.bbox,
        cell=context.cell,
        ocr_score=place.ocr_score,
    )


@lru_cache(maxsize=1024)
def _period(columns: tuple[str, ...], rows: tuple[str, ...], year: str) -> str:
    """Return the period that headers name: a year, the year's end (年末结转), the year before (上年决算数)."""
    for header in (*reversed(columns), *(row for row in reversed(rows) if len(row) <= LONGEST_DATE)):
        if says_period("header_dated", header):
            return read_period(header, year)
        if YEAR.fullmatch(header):
            return header
        spell = PART_OF_YEAR.fullmatch(header) if year else None
        if spell is not None:
            return part_of_year(spell, year)
    for header in (*reversed(columns), *reversed(rows)) if year else ():
        if says_period("header_last_year_end", header):
            return f"{int(year) - 1}-12-31"
        if says_period("header_year_end", header):
            return f"{year}-12-31"
        if says_period("header_last_year", header):
            return str(int(year) - 1)
    return ""


@lru_cache(maxsize=1024)
def _governing(columns: tuple[str, ...]) -> Column:
    """Return what the innermost header that is a word of a form says of its column."""
    return next((column for header in reversed(columns) if (column := column_of(header)).named), column_of(""))


@lru_cache(maxsize=1024)
def _undated(columns: tuple[str, ...]) -> str:
    """Return the innermost header that is no unit and no date, with the one above it where it says little by itself."""
    told = [text for text in columns if not (_DATED.fullmatch(text) or _YEARS.match(text) or is_unit(text))]
    return "".join(told[-2:] if told and _BARE_SHARE.match(told[-1]) else told[-1:])


@lru_cache(maxsize=1024)
def _groups(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the heads over several columns that say whose these are: 宫颈癌筛查 over 任务数 | 完成数."""
    above = (text for text in columns[:-1] if not (is_unit(text) or matches("header", text) or column_of(text).named))
    return tuple(text for text in above if not (_DATED.search(text) or caption_unit(text).endswith("元")))


@lru_cache(maxsize=1024)
def _joined(columns: tuple[str, ...]) -> str:
    """Return the column path as one name, without parents that their children name already (结余 > 累计结余)."""
    names = [text for text in columns if not is_unit(text)]
    return "".join(text for text, child in zip(names, [*names[1:], ""], strict=False) if text not in child)


def _role(column: Column, kind: Kind, labels: Sequence[str], text: str) -> Role:
    if column.role is not None:
        if column.kind == "score" and kind != "score":
            return "full" if column.role == "full" and kind == "rate" else "actual"  # a weight of 40%
        return column.role
    if kind == "score":  # a table of marks may lie on its side: 标准分 beside the indicators' columns
        return "full" if _WORTH.fullmatch(text) or column_of(labels[0]).role == "full" else "awarded"
    if kind in ("amount", "other") and any(_STANDARD.search(label) for label in labels):
        return "norm"
    if kind == "rate" and _BORNE.search(" ".join(labels)):
        return "norm"
    return "target" if _GOAL.search(labels[0]) or text.startswith(_SIGNED) else "actual"
