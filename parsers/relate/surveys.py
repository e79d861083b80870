"""Tables of a survey's answers: each answer's share of all, and a satisfaction made up of the first grades.

What a share is of, and which grades count as satisfied, is what most rows of the table bear out; a row that does not
is told then, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.model import Fact, Report
from parsers.relate.entries import Entry, entries_of, lines_of
from parsers.relate.parts import plain
from parsers.relate.relations import Relation
from parsers.relate.votes import borne_out, holds
from parsers.view import fold
from patterns import cue

_SHARE = cue("accounts", "survey.share")
_GRADE = cue("accounts", "survey.grade")
_SATISFIED = cue("accounts", "survey.satisfied")
_TOTAL = cue("accounts", "survey.total")
LEAST_ANSWERS = 2


def surveys(report: Report) -> Iterator[Relation]:
    """Yield the shares of answers and the satisfaction that the rows of a report's tables state."""
    read = entries_of(report)
    for grid in report.grids:
        heads = {cell.col: fold(cell.text).replace(" ", "") for cell in grid.cells if cell.row == 0}
        entries = [_headed(entry, heads) for entry in read.get(grid.ordinal, ()) if plain(entry.fact)]
        lines = lines_of(entries)
        yield from _voted([relation for line in lines if (relation := _share(line, lines)) is not None], report.facts)
        graded = [(line, grades) for line in lines if len(grades := _grades(line)) > 2]
        for count in range(1, 4):
            made = [_satisfied(line, grades, count) for line, grades in graded]
            yield from _voted([relation for relation in made if relation is not None], report.facts)


def _headed(entry: Entry, heads: Mapping[int, str]) -> Entry:
    """Return a figure with the cell at the top of its column for a header, where the table's head was not known."""
    return entry if entry.columns or not heads.get(entry.col) else replace(entry, columns=(heads[entry.col],))


def _share(line: Sequence[Entry], lines: Sequence[Sequence[Entry]]) -> Relation | None:
    """Return the share of one answer: its number ÷ that of the row 合计, else ÷ those of all rows together."""
    rate = next((entry for entry in line if entry.fact.unit == "%" and _SHARE.search(entry.header)), None)
    part = next((entry for entry in reversed(line) if rate and entry.col < rate.col), None)
    if rate is None or part is None or part.fact.kind != "count" or _TOTAL.search(part.label):
        return None
    column = [entry for other in lines for entry in other if entry.col == part.col and entry.columns == part.columns]
    column = [entry for entry in column if entry.fact.unit == part.fact.unit]
    totals = [entry for entry in column if _TOTAL.search(entry.label)]
    bases = totals if totals else column
    if len(totals) > 1 or len(column) < LEAST_ANSWERS or not sum((base.value for base in bases), Decimal(0)):
        return None
    return _rate(rate, [part], bases, "share")


def _grades(line: Sequence[Entry]) -> list[Entry]:
    """Return the grades of one question that stand in a row, from 非常满意 to 不满意, left of its satisfaction."""
    return [entry for entry in line if _GRADE.search(entry.header) and entry.fact.kind in ("rate", "count")]


def _satisfied(line: Sequence[Entry], grades: Sequence[Entry], count: int) -> Relation | None:
    rates = [entry for entry in line if entry.fact.unit == "%" and _SATISFIED.search(entry.header)]
    if len(rates) != 1 or len({grade.fact.unit for grade in grades}) > 1 or count >= len(grades):
        return None
    rate, first = rates[0], grades[:count]
    if grades[0].fact.unit != "%":
        return _rate(rate, first, grades, "satisfaction")
    terms = tuple(grade.index for grade in first)
    return Relation("sum", rate.index, terms, "decides", "满意", -(10**7) - rate.index, rule="satisfaction")


def _rate(rate: Entry, parts: Sequence[Entry], bases: Sequence[Entry], rule: str) -> Relation:
    terms = tuple(entry.index for entry in (*parts, *bases))
    return Relation("rate", rate.index, terms, "decides", "", rate.index, bases=len(bases), rule=rule)


def _voted(made: Sequence[Relation], facts: Sequence[Fact]) -> Iterator[Relation]:
    """Yield the relations of one build: those that do not hold decide where the rows bear it out; others confirm."""
    known = borne_out(made, facts)
    for relation in made:  # one off in the last place fills the shares up to a hundred
        yield relation if known and not holds(relation, facts) else replace(relation, weight="confirms")
