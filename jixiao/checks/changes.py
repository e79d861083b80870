"""Stated changes against the two figures that they lie between, and words of size against figures."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity


def growth(case: Case) -> Iterator[Finding]:
    """Prove that a stated growth or fall in percent follows from the two figures, in its direction."""
    return statements(case, "growth", "change.growth", Severity.HIGH)


def difference(case: Case) -> Iterator[Finding]:
    """Prove that a stated increase or decrease (增加343人, 提高1.8个百分点) is the two figures' difference."""
    return statements(case, "change", "change.difference", Severity.HIGH)


def step(case: Case) -> Iterator[Finding]:
    """Prove that a stated growth in percent is the stated increase over the figure before it."""
    return statements(case, "step", "change.step", Severity.HIGH)


def advance(case: Case) -> Iterator[Finding]:
    """Prove that a stated change and its rate (比上年减收1070万元，下降4.2%) fit the figure that they led to."""
    return statements(case, "advance", "change.advance", Severity.HIGH)


def size(case: Case) -> Iterator[Finding]:
    """Prove that words of size (大于, 低于, 提高到, 调减后) fit the figures that they compare."""
    return statements(case, "size", "words.size", Severity.MEDIUM)
