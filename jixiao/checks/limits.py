"""Limits by nature: shares over a hundred per cent, scales of tiers, and means outside of their tiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import regex

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict, decimal, named, printed, shown, unit_of, where
from parsers.model import Fact
from parsers.relate.shares import akin
from parsers.relate.stretches import Figure, Stretch
from patterns.rules import Limit, limits

_COUNTED = ("count", "amount")
_INCLUDED = regex.compile(r"\(?含$")
LEAST_TIERS = 2


@dataclass(slots=True)
class _Tier:
    """A step of a scale: from ``low`` to ``high``, None where open, and the rate that holds in it."""

    low: Decimal | None
    high: Decimal | None
    rate: Figure
    figures: list[int] = field(default_factory=list)


def over(case: Case) -> Iterator[Finding]:
    """Prove that no share (参保率, 覆盖率, 合格率, 满意度) exceeds a hundred per cent; only the breach is told."""
    for stretch in case.stretches:
        for at, figure in enumerate(stretch.figures):
            fact = figure.fact
            if fact.unit != "%" or fact.value is None or fact.role in ("target", "norm", "full"):
                continue
            for limit in limits():
                if fact.value > limit.most and limit.covers(fact.metric):
                    yield _over(case, stretch, at, limit)
                    break


def _over(case: Case, stretch: Stretch, at: int, limit: Limit) -> Finding:
    figure = stretch.figures[at]
    fact = figure.fact
    before = [other for other in stretch.figures[:at] if other.sentence == figure.sentence]
    counted = [other for other in before if other.fact.kind in _COUNTED and other.fact.value and not other.fact.per]
    computed = f"{printed(fact)}% > {limit.most}%"
    base = ""
    if counted and fact.value:
        whole = Fraction(counted[-1].fact.value or 0) * 100 / Fraction(fact.value)
        base = shown(whole, counted[-1].fact)
        computed += f"; {printed(counted[-1].fact)} ÷ {printed(fact)}% = {base}"
    place = where(case.report, fact, "zh")
    return Finding(
        check_id=f"limit.{limit.id}",
        verdict=Verdict.INCONSISTENT,
        severity=Severity(limit.severity),
        stated=named(fact),
        computed=computed,
        message=f"{named(fact)}: {limit.en}" + (f"; it implies a base of {base}." if base else "."),
        message_zh=f"{place}：{named(fact)}，{limit.zh}" + (f"；由此推算的基数为{base}。" if base else "。"),
        facts=(figure.fact_index, *(other.fact_index for other in counted[-1:])),
        difference=(fact.value or Decimal(0)) - limit.most,
        tolerance=Decimal(0),
    )


def tiers(case: Case) -> Iterator[Finding]:
    """Prove that a scale of tiers (3万元以下50%，3万元以上55%) leaves no gap and does not overlap; it only confirms."""
    for stretch in case.stretches:
        for scale in _scales(stretch):
            if any(one.high != two.low for one, two in pairwise(scale)):
                continue
            steps = "，".join(f"{_bound(tier.low)}–{_bound(tier.high)}：{printed(tier.rate.fact)}%" for tier in scale)
            facts = tuple(dict.fromkeys(index for tier in scale for index in (*tier.figures, tier.rate.fact_index)))
            quotes = tuple(case.report.facts[index].quote for index in facts)
            place = where(case.report, scale[0].rate.fact, "zh")
            yield Finding(
                check_id="limit.tiers",
                verdict=Verdict.CONSISTENT,
                severity=Severity.NONE,
                stated="；".join(quotes),
                computed=steps,
                message=f"The tiers join without gap or overlap: {steps}.",
                message_zh=f"{place}：分段标准首尾相接，无缺口或重叠：{steps}。",
                facts=facts,
            )


def ceiling(case: Case) -> Iterator[Finding]:
    """Prove that what a rule pays at its threshold is within its ceiling (超过5万元按5%，不超过5000元); it confirms."""
    for stretch in case.stretches:
        figures = stretch.figures
        for at in range(2, len(figures)):
            top = figures[at].fact
            if top.kind != "amount" or top.bound != "le" or top.role != "norm" or top.value is None:
                continue
            rate = next((f for f in reversed(figures[:at]) if f.fact.unit == "%" and f.fact.role == "norm"), None)
            before = [f for f in figures[:at] if rate is not None and f.fact_index < rate.fact_index]
            floor = next(
                (f for f in reversed(before) if f.fact.bound in ("ge", "gt") and f.fact.kind == "amount"), None
            )
            if rate is None or floor is None or floor.sentence != figures[at].sentence or not rate.fact.value:
                continue
            paid = Fraction(floor.fact.value or 0) * Fraction(rate.fact.value) / 100
            if not paid or paid > top.value:
                continue
            sums = f"{printed(floor.fact)}{unit_of(floor.fact)} × {printed(rate.fact)}% = {shown(paid, top)}"
            yield Finding(
                check_id="limit.ceiling",
                verdict=Verdict.CONSISTENT,
                severity=Severity.NONE,
                stated=named(top),
                computed=f"{sums} ≤ {printed(top)}{unit_of(top)}",
                message=f"At its threshold the rule pays {sums}, within the ceiling of {printed(top)}{unit_of(top)}.",
                message_zh=(
                    f"{where(case.report, top, 'zh')}：起点处应付 {sums}，未超过上限{printed(top)}{unit_of(top)}。"
                ),
                facts=(figures[at].fact_index, rate.fact_index, floor.fact_index),
            )


def mean(case: Case) -> Iterator[Finding]:
    """Prove that an overall rate lies within the tiers that it is the mean of; only the breach is told."""
    facts = case.report.facts
    bases: dict[int, tuple[int, ...]] = {}
    for relation in case.relations:
        if relation.kind == "rate":
            bases.setdefault(relation.stated, relation.terms)
    for stretch in case.stretches:
        for scale in _scales(stretch):
            least = min(scale, key=lambda tier: tier.rate.fact.value or 0)
            most = max(scale, key=lambda tier: tier.rate.fact.value or 0)
            condition = facts[scale[0].figures[0]].metric if scale[0].figures else ""
            for figure in stretch.figures:
                fact = figure.fact
                if fact.role != "actual" or fact.unit != "%" or fact.value is None or figure.fact_index not in bases:
                    continue
                base = facts[bases[figure.fact_index][-1]]
                if not akin(condition, base.metric) or not akin(least.rate.fact.metric, fact.metric, 3):
                    continue
                low, high = least.rate.fact.value or Decimal(0), most.rate.fact.value or HIGHEST
                if low <= fact.value <= high:
                    continue
                yield _outside(case, figure.fact_index, bases[figure.fact_index], least if fact.value < low else most)


HIGHEST = Decimal(100)


def _outside(case: Case, index: int, terms: Sequence[int], tier: _Tier) -> Finding:
    facts = case.report.facts
    fact, base, bound = facts[index], facts[terms[-1]], tier.rate.fact
    value, edge = fact.value or Decimal(0), bound.value or Decimal(0)
    sign = "<" if value < edge else ">"
    due = shown(Fraction(base.value or 0) * Fraction(edge) / 100, base)
    place = where(case.report, fact, "zh")
    return Finding(
        check_id="limit.mean",
        verdict=Verdict.INCONSISTENT,
        severity=Severity.MEDIUM,
        stated=named(fact),
        computed=f"{printed(fact)}% {sign} {printed(bound)}%; {printed(base)} × {printed(bound)}% = {due}",
        message=(
            f"{named(fact)} lies outside of the tiers that it is a mean of ({sign} {printed(bound)}%): "
            f"at {printed(bound)}% it would be {due}."
        ),
        message_zh=(
            f"{place}：{named(fact)}，{'低于最低' if sign == '<' else '高于最高'}分段比例{printed(bound)}%；"
            f"按该比例应为{due}。"
        ),
        facts=(index, *terms, tier.rate.fact_index, *tier.figures),
        difference=decimal(Fraction(value - edge)),
        tolerance=Decimal(0),
    )


def _scales(stretch: Stretch) -> Iterator[list[_Tier]]:
    """Yield the scales of a stretch: tiers that follow one another, each limits and then a rate."""
    scale: list[_Tier] = []
    pending: list[Figure] = []
    sentence = -1
    for figure in stretch.figures:
        fact = figure.fact
        if figure.sentence != sentence and not _goes_on(scale, pending, figure):
            yield from _closed(scale)
            scale, pending = [], []
        sentence = figure.sentence
        if fact.kind == "amount" and fact.role in ("norm", "actual") and not fact.per:
            pending.append(figure)
        elif fact.unit == "%" and fact.role == "norm" and fact.value is not None and pending:
            low, high = _limits(pending)
            if low is None and high is None:
                yield from _closed(scale)
                scale, pending = [], []
                continue
            if scale and low is not None and scale[-1].high is not None and low < scale[-1].high:
                yield from _closed(scale)
                scale = []
            scale.append(_Tier(low, high, figure, [limit.fact_index for limit in pending]))
            pending = []
    yield from _closed(scale)


def _goes_on(scale: Sequence[_Tier], pending: Sequence[Figure], figure: Figure) -> bool:
    return bool(scale) and not pending and figure.fact.kind == "amount" and figure.fact.bound in ("gt", "ge")


def _closed(scale: list[_Tier]) -> Iterator[list[_Tier]]:
    bounded = [tier for tier in scale if tier.low is not None or tier.high is not None]
    if len(bounded) >= LEAST_TIERS and len({tier.low for tier in scale}) == len(scale):
        yield scale


def _limits(figures: Sequence[Figure]) -> tuple[Decimal | None, Decimal | None]:
    """Return what the figures before a tier's rate bound: below, above, or a range; an included limit is no other."""
    low: Decimal | None = None
    high: Decimal | None = None
    for figure in figures:
        fact: Fact = figure.fact
        if fact.value is None:
            low, high = fact.low, fact.high
        elif fact.bound in ("ge", "gt"):
            low = fact.value
        elif fact.bound in ("le", "lt"):
            high = fact.value
    return low, high


def _bound(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
