"""Values outside the range in which the indicator packs say that such values lie. These never accuse."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict, named, where
from jixiao.tables import plain
from parsers.model import Fact
from parsers.packs import Indicator
from patterns.rules import limits

TEN_THOUSAND = Decimal(10000)
HUNDRED = Decimal(100)
_WHOLE = regex.compile(r"合计|汇总|总计")
_WIDER = regex.compile(r"全国|我国|各省")


def plausible(case: Case) -> Iterator[Finding]:
    """Tell of values outside the range that an indicator pack gives, and where 元 for 万元 would explain one.

    Rates are held against any range; amounts and counts only where the report's place is known and they are a whole.
    """
    for index, fact in enumerate(case.report.facts):
        one = case.indicators.get(fact.indicator) if fact.indicator else None
        if one is None or fact.role != "actual" or fact.value is None or one.plausible(fact.value):
            continue
        becomes = _mended(fact, one)
        if _comparable(case, fact, becomes) and not _told_already(fact):
            yield _outside(case, index, one, becomes)


def _comparable(case: Case, fact: Fact, becomes: str) -> bool:
    report = case.report
    if fact.kind == "rate" or fact.per:
        return True
    if not (report.province or report.city or report.county) or _WIDER.search(fact.sentence):
        return False
    if fact.source == "table" and not _WHOLE.search(fact.subject):
        return False
    return bool(becomes)


def _told_already(fact: Fact) -> bool:
    """Tell whether a limit by nature speaks of this rate: shares over a hundred per cent."""
    value = fact.value or Decimal(0)
    return fact.unit == "%" and any(value > limit.most and limit.covers(fact.metric) for limit in limits())


def _mended(fact: Fact, one: Indicator) -> str:
    """Return what the figure would be with 万 added to its unit or taken away, or per cent for a decimal fraction.

    Empty where neither brings it into the range.
    """
    value = fact.value or Decimal(0)
    if fact.unit == "%" and 0 < value <= 1 and one.plausible(value * HUNDRED):
        return f"{plain(value * HUNDRED)}%"
    if fact.scale == 1 and one.plausible(value * TEN_THOUSAND):
        return f"{plain(value)}万{fact.unit}"
    if fact.scale == TEN_THOUSAND and one.plausible(value / TEN_THOUSAND):
        return f"{plain(value / TEN_THOUSAND)}{fact.unit}"
    return ""


def _outside(case: Case, index: int, one: Indicator, becomes: str) -> Finding:
    fact = case.report.facts[index]
    value = fact.value or Decimal(0)
    low, high = plain(one.low), plain(one.high)
    sign, edge = ("<", one.low) if value < one.low else (">", one.high)
    place = where(case.report, fact, "zh")
    unit = "单位之误" if fact.unit != "%" else "小数未换算为百分数"
    usual = f"不在“{one.zh}”的常见范围（{low}–{high}{one.unit}）内"
    hint_zh = f"；可能系{unit}：{named(fact)} → {becomes}" if becomes else ""
    hint_en = f"; the unit may be meant otherwise: {becomes}" if becomes else ""
    return Finding(
        check_id=f"range.{one.id}",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.LOW,
        stated=named(fact),
        computed=f"{plain(value)} {sign} {plain(edge)}",
        message=f"{named(fact)} lies outside of what is usual for {one.en} ({low} to {high} {one.unit}){hint_en}.",
        message_zh=f"{f'{place}：' if place else ''}{named(fact)}，{usual}{hint_zh}。",
        facts=(index,),
        difference=value - edge,
        tolerance=Decimal(0),
    )
