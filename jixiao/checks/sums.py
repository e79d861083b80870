"""Totals against their parts, in prose."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity


def parts(case: Case) -> Iterator[Finding]:
    """Prove that the parts which the words name (其中, 包括, brackets, 合计) add up to the stated total."""
    return statements(case, "sum", "sum.parts", Severity.HIGH)


def single_part(case: Case) -> Iterator[Finding]:
    """Prove that a part named alone (其中福彩公益金) is not larger than its whole."""
    return statements(case, "part", "sum.part", Severity.HIGH)
