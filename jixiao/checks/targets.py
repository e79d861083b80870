"""Results against the targets that the text claims to have met."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity


def reached(case: Case) -> Iterator[Finding]:
    """Prove that a result which is said to meet a target (实现不低于95%的目标, 超额完成) does meet it."""
    return statements(case, "reach", "target.reached", Severity.HIGH)
