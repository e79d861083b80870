"""Numbers, standards and amounts: 31277人 × 320元/人 = 1000.86万元."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity


def product(case: Case) -> Iterator[Finding]:
    """Prove that an amount is the number of persons or things times the standard for each."""
    return statements(case, "product", "price.product", Severity.MEDIUM)


def average(case: Case) -> Iterator[Finding]:
    """Prove that a stated average (人均, 户均, 平均每公里) is the amount over the number."""
    return statements(case, "average", "price.average", Severity.MEDIUM)
