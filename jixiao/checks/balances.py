"""Balances: what came in less what went out is what is left, unless an opening balance is stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import regex

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity, Verdict, decimal, named, printed, shown, unit_of, where
from parsers.model import Fact
from parsers.relate.parts import plain
from parsers.view import fold

_INCOME = regex.compile(r"收入(?:合计|总计|总额)?$")
_SPENDING = regex.compile(r"支出(?:合计|总计|总额)?$")
_SPENT_IN_ALL = regex.compile(r"支出(?:合计|总计|总额)$|^(?:总|全年)支出$")
_LEFT = regex.compile(r"结余|结转")
_CLOSING = regex.compile(r"年末|期末|累计")
_BUDGET = regex.compile(r"预算|额度|年初|上年结[转余]|期初")
_OPENING = regex.compile(r"(?:上年|年初|期初|上年末|以前年度|历年)[^。;\d]{0,14}\d")


def closing(case: Case) -> Iterator[Finding]:
    """Prove that the opening balance, and income less spending, is the closing balance that a paragraph states."""
    return statements(case, "balance", "balance.closing", Severity.HIGH)


def opening(case: Case) -> Iterator[Finding]:
    """Prove that income less spending gives the closing balance, or that an opening balance explains it.

    Where none is stated and more would be needed than the whole year's income, the figures cannot stand together.
    """
    facts = case.report.facts
    if _OPENING.search(fold(case.text())):
        return
    parts = {
        part
        for relation in case.relations
        if relation.kind in ("sum", "part") and relation.weight != "confirms"
        for part in (relation.terms if relation.kind == "sum" else (relation.stated,))
    }
    groups: dict[int | None, list[int]] = {}
    for index, fact in enumerate(facts):
        if fact.kind == "amount" and fact.role == "actual" and not fact.per and not fact.cell and plain(fact):
            groups.setdefault(fact.section_index, []).append(index)
    for group in groups.values():
        incomes = [i for i in group if _INCOME.search(facts[i].metric) and i not in parts]
        spent = [i for i in group if _SPENDING.search(facts[i].metric) and i not in parts]
        spent = [i for i in spent if _SPENT_IN_ALL.search(facts[i].metric)] or spent
        left = [i for i in group if _LEFT.search(facts[i].metric) and _CLOSING.search(_words(facts[i]))]
        if len(incomes) == 1 and spent and len(left) == 1:
            yield _balance(case, incomes[0], spent, left[0])


def _words(fact: Fact) -> str:
    return f"{fact.metric}{fact.sentence if fact.period.endswith('-12-31') else ''}"


def _balance(case: Case, income: int, spent: Sequence[int], left: int) -> Finding:
    facts = case.report.facts
    got, rest = Fraction(facts[income].value or 0), Fraction(facts[left].value or 0)
    gone = sum((Fraction(facts[index].value or 0) for index in spent), Fraction(0))
    needed = rest + gone - got
    slack = sum((Fraction(facts[i].scale) / 2 / 10 ** facts[i].decimals for i in (income, *spent, left)), Fraction(0))
    verdict, severity = Verdict.UNCHECKABLE, Severity.LOW
    if abs(needed) <= slack:
        verdict, severity = Verdict.CONSISTENT, Severity.NONE
    elif needed > got:
        verdict, severity = Verdict.INCONSISTENT, Severity.MEDIUM
    like = facts[left]
    sums = " - ".join(f"{printed(facts[index])}" for index in (income, *spent))
    over = shown(got - gone, like, 0)
    due = shown(needed, like, 0)
    place = where(case.report, like, "zh")
    same = verdict is Verdict.CONSISTENT
    return Finding(
        check_id="balance.opening",
        verdict=verdict,
        severity=severity,
        stated=f"{like.metric}{printed(like)}{unit_of(like)}",
        computed=f"{sums} = {over}",
        message=f"Income less spending is {over}, the closing balance {printed(like)}{unit_of(like)}"
        + (": they agree." if same else f": an opening balance of {due} is needed and none is stated."),
        message_zh=f"{place}：收入减支出为{over}，年末结余{printed(like)}{unit_of(like)}"
        + ("，相符。" if same else f"；需有年初结余{due}方能平衡，报告未列。"),
        facts=(left, income, *spent),
        difference=decimal(needed),
        tolerance=decimal(slack),
    )


def carried(case: Case) -> Iterator[Finding]:
    """Confirm that what one year's report of a project leaves is what the next year's report begins with."""
    report = case.report
    for other in case.others:
        if not report.project or other.project != report.project or not other.year < report.year:
            continue
        left = {fact.value: fact for fact in other.facts if fact.kind == "amount" and _LEFT.search(fact.metric)}
        for index, fact in enumerate(report.facts):
            if fact.value not in left or not _BUDGET.search(fact.metric) or not fact.value:
                continue
            before = left[fact.value]
            yield Finding(
                check_id="balance.carried",
                verdict=Verdict.CONSISTENT,
                severity=Severity.NONE,
                stated=named(fact),
                computed=f"{other.year}: {named(before)}",
                message=f"{named(fact)} is what the report of {other.year} leaves: {named(before)}.",
                message_zh=f"{named(fact)}与{other.year}年度报告{named(before)}相符。",
                facts=(index,),
                quotes=(before.quote,),
                difference=Decimal(0),
                tolerance=Decimal(0),
            )
            return
