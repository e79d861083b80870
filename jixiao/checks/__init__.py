"""The checks: everything that a report states and its other figures can prove or refute.

A check is a function from a case to findings, with a name, a severity and a docstring that says what it proves.
Nothing is rewritten; what agrees is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.document import Document
from jixiao.checks import (
    acts,
    balances,
    blanks,
    changes,
    contents,
    copies,
    dates,
    grades,
    limits,
    marks,
    prices,
    products,
    ranges,
    rates,
    repeats,
    sums,
    targets,
)
from jixiao.checks.case import Case, case_of
from jixiao.findings import Finding, Verdict
from parsers.model import Report
from parsers.packs import Pack
from patterns.rules import merged, using

Check = Callable[[Case], Iterable[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    sums.parts,
    sums.single_part,
    rates.rates,
    rates.ratio,
    prices.product,
    prices.average,
    products.sum_of_products,
    targets.reached,
    marks.in_proportion,
    marks.deducted,
    marks.within_full,
    marks.tree,
    marks.total,
    marks.stated_twice,
    grades.grade,
    changes.growth,
    changes.difference,
    changes.step,
    changes.advance,
    changes.size,
    balances.closing,
    balances.opening,
    balances.carried,
    repeats.same,
    dates.filled,
    dates.data_after,
    dates.left_over,
    acts.order,
    limits.over,
    limits.tiers,
    limits.ceiling,
    limits.mean,
    ranges.plausible,
    copies.another_project,
    copies.same_paragraph,
    blanks.placeholders,
    blanks.fields,
    blanks.tables,
    contents.chapters,
    contents.annexes,
)


def check(
    document: Document, report: Report, reports: Sequence[Report] = (), packs: Sequence[Pack] = ()
) -> tuple[Finding, ...]:
    """Return what the checks find in one report of ``document``, check by check; ``reports`` are all of its reports.

    ``packs`` are those that named its facts; their rules come before those of jixiao.
    """
    with using(merged(pack.rules for pack in packs)):
        case = case_of(document, report, reports, packs)
        return tuple(_once(finding for run in CHECKS for finding in run(case)))


_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RATES_OF_CHANGE = frozenset(["change.growth", "change.step", "change.advance"])


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what another check has told already: a sum of the same figures, a rate of change from other figures.

    A total of marks that is wrong in its table is wrong in the tree of indicators by as much.
    """
    seen: set[tuple[frozenset[int], Verdict]] = set()
    totals: set[tuple[str, Decimal | None]] = set()
    for finding in findings:
        total = ("".join(_NUMBER.findall(finding.stated)[-1:]), finding.difference)
        if finding.verdict is Verdict.INCONSISTENT and finding.check_id.startswith("sum.parts"):
            totals.add(total)
        if finding.verdict is Verdict.INCONSISTENT and finding.check_id == "marks.tree" and total in totals:
            continue
        key = (frozenset(finding.facts), finding.verdict)
        if finding.check_id in _RATES_OF_CHANGE:
            key = (frozenset(finding.facts[:1]), finding.verdict)
        if finding.check_id.startswith(("sum.", "change.")) and key in seen:
            continue
        seen.add(key)
        yield finding
