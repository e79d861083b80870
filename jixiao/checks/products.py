"""Sums of products: several numbers, each with its standard, and the amount that they come to together.

Classes of people follow each other, each with its standard (小学生500人，每人每年1000元；初中生400人，每人每年1250元),
and one amount is stated of them all. Every standard is for the same time: a year, or twelve months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce

import regex

from jixiao.checks.case import Case
from jixiao.checks.intervals import Interval, UnboundedError, interval
from jixiao.findings import SCANNED, Finding, Severity, Verdict, decimal, named, printed, shown, unit_of, where
from parsers.model import Fact
from parsers.relate.prices import counts_for, is_amount, is_price, significant
from parsers.relate.stretches import Figure, Stretch

AGE = "岁"
"""An age says who is meant; it is no number of persons and no standard."""
MONTHS = 12
LEAST_PAIRS = 2
LEAST_DIGITS = 4
"""An amount of fewer digits may be met by chance."""
NEAR = Fraction(1, 20)
"""A sum that comes so near to an amount was meant to make it."""
TEN_THOUSAND = Decimal(10000)
_TOTAL = regex.compile(r"共|合计|总计|总额|总共|小计")
_PERIODS = regex.compile(r"月|季|学期|天|日|次")

Pair = tuple[Figure, Figure]


def sum_of_products(case: Case) -> Iterator[Finding]:
    """Prove that numbers × standards, summed, are the amount stated of them all (人数×标准＋人数×标准＝金额).

    Accused only where the amount follows in the same sentence as their total, and the sum comes near to it without
    meeting it or would meet it in 元 for 万元.
    """
    for stretch in case.stretches:
        for pairs, figure in _stated(stretch):
            finding = _checked(case, stretch, pairs, figure)
            if finding is not None:
                yield finding


def amounts(case: Case) -> frozenset[int]:
    """Return the amounts that stand by several numbers with their standards: none is the product of one pair."""
    return frozenset(figure.fact_index for stretch in case.stretches for _, figure in _stated(stretch))


def _stated(stretch: Stretch) -> Iterator[tuple[tuple[Pair, ...], Figure]]:
    """Yield runs of numbers with their standards, and the amount right behind or before them."""
    figures = [figure for figure in stretch.figures if figure.fact.unit != AGE]
    at = 0
    while at + 1 < len(figures):
        pairs: list[Pair] = []
        start = at
        while at + 1 < len(figures) and (pair := _pair(figures[at], figures[at + 1])) is not None:
            pairs.append(pair)
            at += 2
        if len(pairs) < LEAST_PAIRS or not _alike(pairs):
            at = max(at, start + 1)
            continue
        if at < len(figures) and _may_be(figures[at], pairs):
            yield tuple(pairs), figures[at]
        elif start and _may_be(figures[start - 1], pairs):
            yield tuple(pairs), figures[start - 1]


def _pair(one: Figure, other: Figure) -> Pair | None:
    """Return two neighbours as a number and its standard, whichever comes first."""
    if one.sentence != other.sentence:
        return None
    for price, count in ((one, other), (other, one)):
        if is_price(price.fact) and price.fact.kind == "amount" and counts_for(price.fact, count.fact):
            exact = price.fact.bound == count.fact.bound == "eq"
            return (count, price) if exact else None
    return None


def _alike(pairs: Sequence[Pair]) -> bool:
    """Tell whether all standards are per the same, and numbers and standards stand in one order."""
    pers = {price.fact.per for _, price in pairs}
    orders = {count.fact_index < price.fact_index for count, price in pairs}
    return len(pers) == len(orders) == 1


def _may_be(figure: Figure, pairs: Sequence[Pair]) -> bool:
    fact = figure.fact
    near = 0 <= abs(figure.sentence - pairs[-1][0].sentence) <= 1
    return near and is_amount(fact) and fact.kind == "amount" and fact.role == "actual" and fact.bound == "eq"


def _checked(case: Case, stretch: Stretch, pairs: Sequence[Pair], figure: Figure) -> Finding | None:
    stated = figure.fact
    per = pairs[0][1].fact.per
    lead = stretch.lead(stretch.figures.index(figure))
    behind = figure.fact_index > pairs[-1][0].fact_index and figure.sentence == pairs[0][0].sentence
    total = behind and bool(_TOTAL.search(lead))
    for factor in (MONTHS, 1) if "月" in per else (2, 1) if "学期" in per else (1,):
        try:
            computed = _computed(pairs, factor)
        except UnboundedError:
            return None
        if interval(stated).meets(computed):
            sure = total or significant(stated) >= LEAST_DIGITS
            return _told(case, pairs, stated, figure.fact_index, factor, Verdict.CONSISTENT) if sure else None
    result = _result(pairs, 1)
    gap = abs(result - _value(stated))
    near = gap <= NEAR * result or _meant(stated).meets(_computed(pairs, 1))
    if total and near and result and not _PERIODS.search(per):
        return _told(case, pairs, stated, figure.fact_index, 1, Verdict.INCONSISTENT)
    return None


def _meant(stated: Fact) -> Interval:
    """Return what an amount would be with 万 added to its unit, or taken away."""
    by = TEN_THOUSAND if stated.scale == 1 else 1 / TEN_THOUSAND
    return interval(stated).times(by)


def _computed(pairs: Sequence[Pair], factor: int) -> Interval:
    products = (interval(count.fact) * interval(price.fact) for count, price in pairs)
    return reduce(Interval.__add__, products).times(Decimal(factor))


def _result(pairs: Sequence[Pair], factor: int) -> Fraction:
    return sum((_value(count.fact) * _value(price.fact) for count, price in pairs), Fraction(0)) * factor


def _value(fact: Fact) -> Fraction:
    return Fraction(fact.value or 0)


def _facts(pairs: Sequence[Pair], stated: Fact) -> tuple[Fact, ...]:
    return (stated, *(figure.fact for pair in pairs for figure in pair))


def _told(case: Case, pairs: Sequence[Pair], stated: Fact, index: int, factor: int, verdict: Verdict) -> Finding:
    holds = verdict is Verdict.CONSISTENT
    terms = " + ".join(
        f"{printed(count.fact)}{unit_of(count.fact)} × {printed(price.fact)}{unit_of(price.fact)}"
        for count, price in pairs
    )
    whole = f"({terms}) × {factor}" if factor != 1 else terms
    result = _result(pairs, factor)
    gap = _value(stated) - result
    slack = interval(stated).half + _computed(pairs, factor).half
    expression = f"{whole} = {shown(result, stated)}"
    place = where(case.report, stated, "zh")
    apart = shown(abs(gap), stated)
    slip = not holds and _meant(stated).meets(_computed(pairs, factor))
    slip_zh, slip_en = ("可能系单位之误（元、万元）。", " A unit (元, 万元) would explain it.") if slip else ("", "")
    scanned = not holds and any(fact.ocr_score is not None for fact in _facts(pairs, stated))
    if scanned:
        slip_zh, slip_en = f"{slip_zh}{SCANNED[0]}", f"{slip_en} {SCANNED[1]}"
    severity = Severity.LOW if scanned else Severity.MEDIUM
    return Finding(
        check_id="price.sum",
        verdict=verdict,
        severity=Severity.NONE if holds else severity,
        stated=named(stated),
        computed=expression,
        message=f"{named(stated)} is stated; the numbers × their standards give {expression}"
        + (": they agree." if holds else f": {apart} apart.{slip_en}"),
        message_zh=f"{f'{place}：' if place else ''}所述{named(stated)}；各类数量×标准合计 {expression}"
        + ("，相符。" if holds else f"，相差{apart}。{slip_zh}"),
        facts=(index, *(figure.fact_index for pair in pairs for figure in pair)),
        difference=decimal(gap),
        tolerance=decimal(slack),
    )
