"""Stated rates against their numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity


def rates(case: Case) -> Iterator[Finding]:
    """Prove that a stated rate (执行率, 到位率, 报销比例, 满意度 …) is the quotient of the figures that it names."""
    return statements(case, "rate", "rate", Severity.HIGH)


def ratio(case: Case) -> Iterator[Finding]:
    """Prove that a stated ratio a:b is that of the two figures beside it."""
    return statements(case, "ratio", "rate.ratio", Severity.MEDIUM)
