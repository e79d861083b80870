"""Numbers, standards and amounts: 31277人 × 320元/人 = 1000.86万元."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.checks.case import Case
from jixiao.checks.products import amounts
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity, Verdict


def product(case: Case) -> Iterator[Finding]:
    """Prove that an amount is the number of persons or things times the standard for each.

    An amount that stands by several numbers with their standards is their sum, not the product of the last.
    """
    several = amounts(case)
    for finding in statements(case, "product", "price.product", Severity.MEDIUM):
        if finding.verdict is not Verdict.INCONSISTENT or finding.facts[0] not in several:
            yield finding


def average(case: Case) -> Iterator[Finding]:
    """Prove that a stated average (人均, 户均, 平均每公里) is the amount over the number."""
    return statements(case, "average", "price.average", Severity.MEDIUM)
