"""What the columns of a table say of each other, whatever their heads are called: most rows bear it out.

A rate that is one column's figure ÷ another's in row after row is so in all rows; so is an amount that is a number × a
price, and a growth from one column to another. The row that is not so is told, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import permutations

from parsers.model import Fact, Report
from parsers.relate.entries import Entry, entries_of, lines_of
from parsers.relate.parts import plain
from parsers.relate.relations import Relation, RelationKind
from parsers.relate.votes import unit_of_place
from parsers.votes import nearly_all_hold
from patterns import cue

MOST_COLUMNS = 12
"""A table of more columns has too many pairs for any to be meant."""
WHOLE = Decimal(100)
_TOTAL = cue("accounts", "sum.total")

_Key = tuple[str, int, int, int, tuple[str, ...]]


@dataclass(slots=True)
class _Build:
    """The rows in which three columns could be related in one way: those that hold, and those that do not."""

    held: list[Relation] = field(default_factory=list)
    failed: list[Relation] = field(default_factory=list)
    totals: list[Relation] = field(default_factory=list)
    """Rows of totals that do not hold: theirs may be a mean of the others."""
    told: int = 0
    """How many of those that hold say something: not 100% of equal figures, not a product with one."""


def by_columns(report: Report) -> Iterator[Relation]:
    """Yield the rates, products and growths that most rows of a report's tables bear out."""
    read = entries_of(report)
    for grid in report.grids:
        builds: dict[_Key, _Build] = {}
        for line in lines_of([entry for entry in read.get(grid.ordinal, ()) if plain(entry.fact)]):
            for kind, made, first, second in _triples(line) if len(line) <= MOST_COLUMNS else ():
                key = (kind, made.col, first.col, second.col, made.columns)
                _add(builds.setdefault(key, _Build()), kind, made, first, second)
        for build in builds.values():
            if nearly_all_hold(build.told, len(build.held), len(build.failed)):
                yield from (replace(relation, weight="confirms") for relation in build.held)
                yield from build.failed
                yield from (total for total in build.totals if not _is_mean(total, build, report.facts))


def _triples(line: Sequence[Entry]) -> Iterator[tuple[RelationKind, Entry, Entry, Entry]]:
    """Yield what a figure of a row could be made of: two others, and how."""
    sums = [entry for entry in line if entry.fact.kind in ("amount", "count", "other") and entry.value]
    marks = [entry for entry in line if entry.fact.kind == "score" and entry.value]
    for made in line:
        if made.fact.unit == "%":
            scored = made.fact.role == "awarded"
            shared = marks if scored else [entry for entry in sums if not entry.fact.per]
            for first, second in permutations(shared, 2):
                if first.fact.unit == second.fact.unit or first.fact.kind == second.fact.kind == "count":
                    yield "rate", made, first, second  # 入住人数 ÷ 床位数
                if first.fact.unit == second.fact.unit and not scored:
                    yield "growth", made, first, second
        elif made.fact.kind == "amount" and not made.fact.per:
            for first, second in permutations([entry for entry in sums if entry is not made], 2):
                if first.fact.kind != "amount" and not first.fact.per and second.fact.kind == "amount":
                    yield "product", made, first, second


def _add(build: _Build, kind: RelationKind, made: Entry, first: Entry, second: Entry) -> None:
    result = _result(kind, first, second)
    stated = made.value
    anchor = made.index if kind != "product" else -made.index - 1
    sign = 0 if kind != "growth" else 1 if stated >= 0 else -1
    terms = (first.index, second.index)
    relation = Relation(kind, made.index, terms, "decides", "", anchor, sign=sign, rule="table")
    if abs(result - stated) <= unit_of_place(made.fact) + _slack(kind, result, first, second):
        build.held.append(relation)
        build.told += _says(kind, made, first, second)
    elif stated and not (kind == "rate" and stated == WHOLE < result):  # 100% may be a cap
        (build.totals if _TOTAL.search(made.label) else build.failed).append(relation)


def _is_mean(total: Relation, build: _Build, facts: Sequence[Fact]) -> bool:
    """Tell whether the figure of a row of totals is no quotient or product, but the mean or the sum of the others."""
    stated = facts[total.stated]
    others = [facts[relation.stated].value or Decimal(0) for relation in (*build.held, *build.failed)]
    together = sum(others, Decimal(0))
    near = unit_of_place(stated)
    return any(abs(value - (stated.value or 0)) <= near for value in (together, together / len(others)))


def _result(kind: RelationKind, first: Entry, second: Entry) -> Decimal:
    if kind == "product":
        return first.value * second.value
    share = WHOLE * first.value / second.value
    return share - WHOLE if kind == "growth" else share


def _slack(kind: RelationKind, result: Decimal, first: Entry, second: Entry) -> Decimal:
    """Return by how much a result may be off because its terms are rounded."""
    relative = sum((unit_of_place(entry.fact) / 2 / abs(entry.value) for entry in (first, second)), Decimal(0))
    return relative * abs(result + WHOLE if kind == "growth" else result)


def _says(kind: RelationKind, made: Entry, first: Entry, second: Entry) -> bool:
    if kind == "product":
        return first.value != 1 and second.value / second.fact.scale != 1
    return made.value not in (0, WHOLE)
