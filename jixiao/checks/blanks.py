"""What is missing: placeholders left in, fields of the cover left blank. These never accuse: nothing was stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict
from parsers.model import Grid
from parsers.view import fold
from patterns.rules import TextRule, fields_to_fill, placeholder_rules

COVER = 1200
"""So many characters from the start of a report its cover can take."""
LEAST_CELLS = 4
"""A table with fewer cells to fill is a line of a form."""
AROUND = 160
"""So many characters on either side of a table may say why it is empty."""
_WHY = regex.compile(r"无(?!误)|不涉及|未(?:发生|安排|涉及|开展)|没有|空表|不适用|为零|为0|略")


def placeholders(case: Case) -> Iterator[Finding]:
    """Tell of placeholders of a template (XX万元, **人) that were left in the report."""
    return _found(case.text(), placeholder_rules(), "blank.placeholder")


def fields(case: Case) -> Iterator[Finding]:
    """Tell of fields of the cover (项目单位, 填报日期) that were left blank."""
    return _found(case.text()[:COVER], fields_to_fill(), "blank.field")


def tables(case: Case) -> Iterator[Finding]:
    """Tell of tables with a head and nothing below it, where no word on either side says why."""
    for grid in case.report.grids:
        if not _is_empty(grid):
            continue
        text = case.document.text
        if _WHY.search(fold(text[max(0, grid.span.start - AROUND) : grid.span.end + AROUND])):
            continue
        heads = tuple(dict.fromkeys("".join(c.text.split()) for c in grid.cells if c.text.strip() and not c.col_header))
        name = grid.caption or "、".join(heads[:4])
        page_en = f" on page {grid.page}" if grid.page else ""
        page_zh = f"第{grid.page}页" if grid.page else ""
        yield Finding(
            check_id="blank.table",
            verdict=Verdict.UNCHECKABLE,
            severity=Severity.LOW,
            stated=name,
            computed="",
            message=f"Table {grid.ordinal}{page_en} ({name}) is empty, and no word says why.",
            message_zh=f"{page_zh}表{grid.ordinal}（{name}）为空表，未说明原因。",
            quotes=heads,
        )


def _is_empty(grid: Grid) -> bool:
    """Tell whether a table has columns with heads and no word in any cell under them but for the rows' labels."""
    below = [cell for cell in grid.cells if cell.col_header and cell.col]
    return len(below) >= LEAST_CELLS and not any(cell.text.strip() for cell in below)


def _found(text: str, rules: Sequence[TextRule], check_id: str) -> Iterator[Finding]:
    """Yield one finding for each rule that matches: the first place, and how many there are."""
    for rule in rules:
        places = [_around(text, found) for found in rule.regex.finditer(text)]
        if not places:
            continue
        blank = "field" in check_id
        more_en = f" ({len(places)} places)" if len(places) > 1 else ""
        more_zh = f"（共{len(places)}处）" if len(places) > 1 else ""
        yield Finding(
            check_id=f"{check_id}.{rule.id}",
            verdict=Verdict.UNCHECKABLE,
            severity=Severity.LOW,
            stated=places[0],
            computed="",
            message=f"{rule.en[:1].upper()}{rule.en[1:]}{' is blank' if blank else ''}{more_en}: {places[0]}",
            message_zh=f"{rule.zh}{'为空' if blank else ''}{more_zh}：“{places[0]}”。",
            quotes=tuple(dict.fromkeys(places)),
        )


def _around(text: str, found: regex.Match[str]) -> str:
    return "".join(text[max(0, found.start() - 12) : found.end() + 8].split())
