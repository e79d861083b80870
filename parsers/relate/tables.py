"""Totals and parts in tables: rows of totals, columns of totals, 其中 in the head, rates of two columns.

A table is read from its cells' places and headers. A total row is one whose label says so (合计, 汇总, 小计); what it
sums are the rows of the same columns above or below it. A column is the total of those under the 其中 to its right, or
the one named 合计 among columns that share their last header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extract.document import Block, Document
from parsers.model import Fact, Grid, Report
from parsers.relate.codes import by_codes, coded_lines
from parsers.relate.entries import Entry, backed, columns_of, entries_of, lines_of, summable, total_of
from parsers.relate.parts import plain
from parsers.relate.relations import Relation, Weight
from parsers.relate.subtotals import members_below, stand_above, total_column, unread
from parsers.relate.votes import with_one_base
from parsers.view import fold
from patterns import cue
from patterns.rules import RateRule, rate_rules

_PLANNED = cue("accounts", "column.planned")
_DONE = cue("accounts", "column.done")
_COMPLETION = cue("accounts", "column.completion")
_EXECUTION = cue("accounts", "column.execution")
_DEDUCTED = cue("accounts", "column.deducted")
_TOTAL = cue("accounts", "sum.total")
_MARKS = cue("accounts", "sum.marks")
_SUBTOTAL = cue("accounts", "sum.subtotal")
_AMONG = cue("accounts", "sum.among")
_LOOSE = cue("accounts", "sum.loose")
_FORMULA = re.compile(r"[(（]?(?P<top>[A-Za-z①-⑨\d]{1,2})\s*[/÷]\s*(?P<base>[A-Za-z①-⑨\d]{1,2})")
_NUMBERED = re.compile(r"^(?:\d{1,2}[、.]|[(（]?[一二三四五六七八九十]{1,2}[)）、.])")
_NUMBERS = tuple(
    re.compile(number)
    for number in (
        r"[一二三四五六七八九十]{1,3}[、.]",
        r"[(（][一二三四五六七八九十]{1,3}[)）]",
        r"\d{1,2}[、.](?!\d)",
        r"[(（]\d{1,2}[)）]",
        r"[A-Z][、.]",
    )
)
UNNUMBERED = len(_NUMBERS)
LEAST_MARKS = 3
"""Fewer marks make no table of indicators."""
_OF_MANY = cue("accounts", "sum.rest")


def tables(document: Document, report: Report) -> Iterator[Relation]:
    """Yield the sums and rates that the heads and labels of a report's tables state."""
    blocks = {table.span: table for table in document.tables}
    entries = entries_of(report)
    for grid in report.grids:
        own = entries.get(grid.ordinal, [])
        found = _of_grid(grid, own, blocks.get(grid.span), report.facts)
        yield from backed(found, own, report.facts)


def _of_grid(grid: Grid, own: Sequence[Entry], block: Block | None, facts: Sequence[Fact]) -> Iterator[Relation]:
    coded, lines, missed = coded_lines(grid, own), lines_of(own), unread(grid, own)
    if coded:
        yield from by_codes(own, coded)
    else:
        for series in columns_of(own):
            if series[0].fact.kind != "score":
                yield from _total_rows(series)
                yield from _numbered(series)
                yield from members_below(series, missed)
    yield from _total_marks(own)
    among = _heads(block) if block is not None else {}
    yield from total_column(lines, missed, facts)
    for line in lines:
        yield from _total_columns(line, among)
        yield from _indicator(line)
    stated = [relation for line in lines for relation in (*_formulas(line), *_rates(line))]
    yield from with_one_base(stated, {entry.index: entry.col for entry in own}, facts)


def _is_total(entry: Entry) -> bool:
    return bool(_TOTAL.search(entry.label))


def _total_rows(series: Sequence[Entry]) -> Iterator[Relation]:
    """Yield the totals of one column: at its head, at its foot, or over the rows that 其中 opens."""
    if any(_LOOSE.search(header) for header in (series[0].columns[-1:] or ("",))):
        return
    totals = [entry for entry in series if _is_total(entry)]
    above_members = stand_above(series)
    for total in totals:
        if _SUBTOTAL.search(total.label):
            yield from () if above_members else _sub(series, total)
            continue
        parts = [entry for entry in series if entry is not total and summable(total, entry)]
        subs = [entry for entry in parts if _SUBTOTAL.search(entry.label)]
        plain_rows = [entry for entry in parts if not _is_total(entry)]
        if len(subs) > 1:
            yield total_of(total, subs, "decides", "小计")
            continue
        below = [entry for entry in plain_rows if entry.row > total.row]
        above = [entry for entry in plain_rows if entry.row < total.row]
        rest = below if not above else above if not below else []
        nested = any(_AMONG.match(entry.label) for entry in rest)
        sure = len(totals) == 1 and len(rest) > 1 and not (nested and above)
        if len(rest) > 1:
            yield total_of(total, rest, _whole(rest) if sure else "confirms", total.label)
        elif rest and len(totals) == 1:
            yield total_of(total, rest, "confirms", total.label)
        yield from _children(total, below)
    for at, (entry, following) in enumerate(pairwise(series), start=1):
        if _AMONG.match(following.label) and not _is_total(entry):
            yield from _children(entry, series[at:])


def _numbered(series: Sequence[Entry]) -> Iterator[Relation]:
    """Yield rows with numbers (一、 over (一) over 1. over (1)) as the sum of those right under them."""
    if any(_LOOSE.search(header) for header in (series[0].columns[-1:] or ("",))):
        return
    levels = [_level(entry.label) for entry in series]
    uppermost = min((level for level in levels if 0 <= level < UNNUMBERED), default=UNNUMBERED)
    for total in (entry for entry, level in zip(series, levels, strict=True) if level < 0):
        parts = [n for n, level in enumerate(levels) if level == uppermost and summable(total, series[n])]
        if 1 < len(parts) < sum(level >= uppermost for level in levels):
            yield total_of(total, [series[n] for n in parts], "decides", total.label)
    for at, total in enumerate(series):
        end = next((n for n in range(at + 1, len(series)) if levels[n] <= levels[at]), len(series))
        inside = [level for level in levels[at + 1 : end] if level < UNNUMBERED]
        if levels[at] == UNNUMBERED or not inside:
            continue
        below = [series[n] for n in range(at + 1, end) if levels[n] == min(inside) and summable(total, series[n])]
        if len(below) > 1:
            yield total_of(total, below, "decides", total.label[:2])


@lru_cache(maxsize=1024)
def _level(label: str) -> int:
    """Return how deep a row's number sets it; a row of totals without a number ends what stands above it."""
    depth = next((depth for depth, number in enumerate(_NUMBERS) if number.match(label)), UNNUMBERED)
    return -1 if depth == UNNUMBERED and _TOTAL.search(label) else depth


def _total_marks(entries: Sequence[Entry]) -> Iterator[Relation]:
    """Yield the total of a table's marks: of all rows, whichever columns they stand in, full and awarded apart."""
    gaps: dict[str, Decimal] = {}
    measured = {entry.row for entry in entries if entry.fact.kind != "score"}
    found: list[tuple[str, Entry, list[Entry], list[Entry]]] = []
    for role in ("full", "awarded"):
        given = [entry for entry in entries if entry.fact.role == role and entry.fact.kind == "score"]
        marks = [entry for entry in given if not _DEDUCTED.search(entry.header)]
        totals = [entry for entry in marks if _MARKS.search(entry.label)]
        if not totals:
            continue
        total = max(totals, key=lambda entry: entry.fact.value or 0)
        beside = [entry for entry in marks if entry.row == total.row and entry is not total]
        budgets = measured if total.row not in measured else set()  # 合计 over a form's budgets has marks as well
        parts = [entry for entry in marks if entry.row in budgets or not _MARKS.search(entry.label)]
        parts = [entry for entry in parts if entry.row != total.row]
        rows = [entry.row for entry in parts]
        if len(parts) < LEAST_MARKS:
            continue
        if len(set(rows)) == len(rows):
            gaps[role] = total.value - sum((part.value for part in parts), Decimal(0))
        found.append((role, total, parts, beside))
    for role, total, parts, beside in found:
        yield total_of(total, parts, _trusted(role, gaps), total.label)
        same = [entry for entry in parts if entry.col == total.col]
        if len(same) > 1:
            yield total_of(total, same, "confirms", total.label)
        if beside:
            nameless = total_of(total, [*parts, *beside], "confirms", total.label)
            yield replace(nameless, anchor=-(10**5) - total.index)


def _trusted(role: str, gaps: Mapping[str, Decimal]) -> Weight:
    """Say what a total of marks can prove: where full marks and awards both fail to add up, a row was not read."""
    if role not in gaps:
        return "confirms"
    other = {"full": "awarded", "awarded": "full"}[role]
    if other not in gaps:
        return "bounds"
    return "decides" if gaps[other] == 0 else "confirms"


def _indicator(line: Sequence[Entry]) -> Iterator[Relation]:
    """Yield what a row of an indicator table states: result and target, and marks in proportion to them."""
    roles = {entry.fact.role: entry for entry in line}
    target, actual = roles.get("target"), roles.get("actual")
    full, awarded = roles.get("full"), roles.get("awarded")
    if full is None or awarded is None:
        return
    rate = next((entry for entry in line if entry.fact.unit == "%" and _EXECUTION.search(_name(entry))), None)
    if rate is not None:
        both = (full.index, rate.index)
        yield Relation("mark", awarded.index, both, "confirms", "执行率", awarded.index, rule="execution")
    if target is None or actual is None or target.fact.unit != actual.fact.unit or target.fact.value is None:
        return
    limited = target.fact.bound in ("ge", "gt", "le", "lt")
    deducted = awarded.fact.value != full.fact.value
    weight: Weight = "decides" if limited and not deducted else "confirms"
    if limited:
        yield Relation("reach", actual.index, (target.index,), weight, _name(target), actual.index, rule="table")
    if deducted and target.fact.value and target.fact.bound in ("ge", "gt", "eq"):
        terms = (full.index, actual.index, target.index)
        yield Relation("mark", awarded.index, terms, "confirms", _name(target), awarded.index, rule="proportion")


def _whole(parts: Sequence[Entry]) -> Weight:
    """Say whether rows make up the whole: not where their labels nest (一、 over 1.), which only agreement can show."""
    marks = {
        ("一" <= entry.label[:1] <= "十", entry.label[:1].isdigit()) for entry in parts if _NUMBERED.match(entry.label)
    }
    return "confirms" if len(marks) > 1 else "decides"


def _sub(series: Sequence[Entry], total: Entry) -> Iterator[Relation]:
    """Yield a subtotal over the rows since the subtotal before it."""
    before = [entry for entry in series if entry.row < total.row]
    last = max((entry.row for entry in before if _is_total(entry)), default=-1)
    parts = [entry for entry in before if entry.row > last and summable(total, entry)]
    if len(parts) > 1:
        yield total_of(total, parts, "decides", total.label)


def _children(total: Entry, below: Sequence[Entry]) -> Iterator[Relation]:
    """Yield the rows that 其中 opens right under a row: that one and those after it, up to the next total."""
    if not below or not _AMONG.match(below[0].label) or below[0].row - total.row > 1:
        return
    parts = []
    for entry in below:
        if _is_total(entry) or not summable(total, entry):
            break
        parts.append(entry)
    if len(parts) > 1:
        yield total_of(total, parts, "decides", "其中")
    for end in range(len(parts) - 1, 1, -1):
        yield total_of(total, parts[:end], "confirms", "其中")


def _heads(block: Block) -> dict[int, list[tuple[int, int, int]]]:
    """Return the 其中 cells of a table by row: their first column, the one after their last, and the head's depth."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for cell in block.cells:
        text = fold(cell.text).strip()
        if _AMONG.match(text) and len(text) <= 3:
            found.setdefault(cell.row, []).append((cell.col, cell.col + cell.colspan, cell.rowspan))
    return found


def _total_columns(line: Sequence[Entry], among: Mapping[int, Sequence[tuple[int, int, int]]]) -> Iterator[Relation]:
    """Yield the totals of one row: a column and those under the 其中 beside it, or the column 合计 of a group."""
    row = line[0].row
    heads = [(head, place[0], place[1]) for head in sorted(among) if head < row for place in among[head]]
    near = [place for place in heads if row - place[0] <= _depth(heads, row)]
    for head, start, stop in near:
        total = next((entry for entry in reversed(line) if entry.col < start), None)
        if total is None:
            continue
        inner = [(a, b) for other, a, b in near if other > head and start <= a and b <= stop]
        parts = [
            entry
            for entry in line
            if start <= entry.col < stop and not any(a <= entry.col < b for a, b in inner) and summable(total, entry)
        ]
        others = [entry for entry in line if entry.col >= stop and _OF_MANY.match(entry.header)]
        if others and summable(total, others[0]):
            yield total_of(total, [*parts, others[0]], "confirms", "其中")
        if len(parts) > 1:
            yield total_of(total, parts, "decides", "其中")
        elif parts:
            yield total_of(total, parts, "confirms", "其中")
    yield from _named_totals(line)


def _depth(heads: Sequence[tuple[int, int, int]], row: int) -> int:
    """Return how far above a row its own head may stand: to the nearest 其中 and the two lines over it."""
    nearest = max((head for head, _, _ in heads), default=row)
    return row - nearest + 2


def _name(entry: Entry) -> str:
    """Return all that the head says of a figure's column."""
    return " ".join(entry.columns)


def _named_totals(line: Sequence[Entry]) -> Iterator[Relation]:
    """Yield the column 合计 over the columns with the same last header: 合计 > 人次 over 一类 > 人次, 二类 > 人次."""
    for total in line:
        if not total.columns or not _TOTAL.search(total.columns[0]) or _LOOSE.search(total.header):
            continue
        leaf = total.columns[1:]
        parts = [
            entry
            for entry in line
            if entry is not total
            and summable(total, entry)
            and entry.columns
            and entry.columns[1:] == leaf
            and not _LOOSE.search(entry.header)
            and not _TOTAL.search(entry.columns[0])
        ]
        if len(parts) > 1:
            yield total_of(total, parts, "decides" if leaf else "confirms", total.columns[0])


def _formulas(line: Sequence[Entry]) -> Iterator[Relation]:
    """Yield a rate whose header gives its formula, 执行率（B/A）, from the columns that bear these letters."""
    for entry in line:
        found = _FORMULA.search(_name(entry)) if entry.fact.unit == "%" else None
        if found is None:
            continue
        top, base = (_lettered(line, found[name]) for name in ("top", "base"))
        if top is not None and base is not None and base.fact.value:
            yield _rate(entry, top, base, "decides", "")


def _lettered(line: Sequence[Entry], letter: str) -> Entry | None:
    mark = re.compile(rf"[(（]{re.escape(letter)}[)）]|^{re.escape(letter)}[、.]")
    return next((entry for entry in line if mark.search(_name(entry))), None)


def _rates(line: Sequence[Entry]) -> Iterator[Relation]:
    """Yield a rate from the columns that a rule of rates.toml names."""
    for entry in line:
        name = _name(entry)
        if entry.fact.unit != "%" or not plain(entry.fact):
            continue
        for rule in rate_rules():
            if rule.rate.search(name):
                yield from _by_columns(rule, entry, line)
        if _COMPLETION.search(name):
            yield from _completed(entry, line)


def _by_columns(rule: RateRule, rate: Entry, line: Sequence[Entry]) -> Iterator[Relation]:
    left = [entry for entry in reversed(line) if entry.col < rate.col and entry.fact.kind in rule.kinds]
    parts = [entry for entry in left if rule.is_part(_name(entry)) and not rule.is_base(_name(entry))]
    bases = [entry for entry in left if rule.is_base(_name(entry)) and entry.fact.value]
    for number, part in enumerate(parts):
        siblings = [base for base in bases if base.fact.unit == part.fact.unit and _of_one_head(base, bases[0])]
        siblings = [base for base in siblings if not rule.is_base(base.header)]
        if len(siblings) > 1 and siblings[0] is not part:  # 第一批, 第二批 under one head: of one of them, or of all
            together = (part.index, *(base.index for base in siblings[::-1]))
            count = len(siblings)
            yield Relation("rate", rate.index, together, "bounds", "", rate.index, bases=count, rule=rule.id)
            for base in siblings:
                yield _rate(rate, part, base, "bounds", rule.id)
            continue
        for count, base in enumerate(base for base in bases if base.fact.unit == part.fact.unit):
            sole = number == count == 0 and len(parts) == 1 and not rule.loose and not rule.graded.search(_name(part))
            yield _rate(rate, part, base, "decides" if sole else "confirms", rule.id)


def _of_one_head(one: Entry, other: Entry) -> bool:
    """Tell whether two columns stand under one head."""
    return len(one.columns) > 1 and one.columns[:-1] == other.columns[:-1]


def _completed(rate: Entry, line: Sequence[Entry]) -> Iterator[Relation]:
    """Yield a completion rate from the columns of what was done and what was planned."""
    left = [entry for entry in reversed(line) if entry.col < rate.col and entry.fact.kind != "rate"]
    done = [entry for entry in left if _DONE.search(_name(entry))]
    planned = [entry for entry in left if _PLANNED.search(_name(entry))]
    for part in done:
        for base in planned:
            if part.fact.unit == base.fact.unit and base.fact.value:
                sole = len(done) == 1 and len(planned) == 1
                yield _rate(rate, part, base, "decides" if sole else "confirms", "completion")


def _rate(rate: Entry, part: Entry, base: Entry, weight: Weight, rule: str) -> Relation:
    return Relation("rate", rate.index, (part.index, base.index), weight, "", rate.index, rule=rule or "formula")
