"""One measure stated more than once in a report: in two places of the text, or in the text and a table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import regex

from jixiao.checks.case import Case
from jixiao.checks.intervals import as_printed
from jixiao.checks.mends import slipped
from jixiao.findings import Finding, Severity, Verdict, decimal, named, printed, unit_of, where
from parsers.model import Fact
from parsers.relate.part_names import found
from parsers.relate.parts import plain
from parsers.relate.prices import significant
from parsers.relate.shares import akin
from parsers.relate.stretches import Figure

_IDLE = regex.compile(
    r"[\s“”\"'.、()（）]|实际|全年|本年|年度|累计|总计|合计|共计|共|已|此项|其中|全[市县区省]|[我本][市县区省局单位]|"
    r"保障|实施|开展|完成|发放(?=.{4})|支付(?=.{4})|涉及|达到?"
)
_COUNTER = regex.compile(r"(?:人数|户数|个数|家数|项数|份数|次数|人次|总数|数量|数|金额|总额)$")
_TOTAL_ROW = regex.compile(r"合计|总计|汇总|总额")
_GENERIC_RATE = regex.compile(
    r"^[占为]|^(?:完成|同比|环比|较|比|年初|年度|预算)|^(?:预算|资金)?(?:满意度|完成率|执行率|使用率|覆盖率|到位率|支付率|合格率|增长|提高|下降)$"
)
_WHOSE = regex.compile(
    r"儿童|老人|老年人|人员|人口|对象|职工|居民|学生|幼儿|教师|农户|群众|家庭|户|机构|医院|药店|学校|幼儿园|企业|单位|村|项目支出|基本支出"
)
"""Names that say by themselves whose figure it is."""
SHORTEST = 4
VALUES = 2
LEAST_DIGITS = 3
TEN_THOUSAND = 10000

Key = tuple[str, str, str, str]


def same(case: Case) -> Iterator[Finding]:
    """Prove that a measure stated more than once (in the text, in a table's total) has one value.

    Two values are told only where they lie so near that one must be meant for the other, or differ by 元 for 万元.
    """
    groups: dict[Key, list[Figure]] = {}
    for stretch in case.stretches:
        for at, figure in enumerate(stretch.figures):
            name = _name(figure.fact)
            if len(name) >= SHORTEST and _stands_alone(figure.fact) and not found("other", stretch.lead(at)):
                groups.setdefault((figure.fact.kind, figure.fact.unit, figure.fact.per, name), []).append(figure)
    for figures in groups.values():
        if len(figures) > 1:
            yield from _compared(case, figures)


def _name(fact: Fact) -> str:
    return str(_COUNTER.sub("", _IDLE.sub("", fact.metric)))


def _stands_alone(fact: Fact) -> bool:
    """Tell whether a figure is a result of its own: in a table, only that of a row of totals."""
    if fact.role != "actual" or not plain(fact) or not fact.value:
        return False
    if fact.kind == "rate" and (fact.unit != "%" or _GENERIC_RATE.search(fact.metric)):
        return False
    if fact.source == "table" and fact.unit_from != "text":
        return bool(_TOTAL_ROW.search(fact.subject))
    return True


def _compared(case: Case, figures: list[Figure]) -> Iterator[Finding]:
    facts = case.report.facts
    first = figures[0]
    alike = [other for other in figures[1:] if _same(first.fact, other.fact) and _comparable(first.fact, other.fact)]
    if alike:
        yield _finding(
            case, first, alike[-1], Verdict.CONSISTENT, (first.fact_index, *(other.fact_index for other in alike))
        )
    if len({figure.fact.value for figure in figures}) > VALUES:
        return  # a name that several things share
    for place, one in enumerate(figures):
        for other in figures[place + 1 :]:
            if _meet(one.fact, other.fact) or not _comparable(one.fact, other.fact) or not _mistaken(one, other):
                continue
            told = facts[other.fact_index].value
            if not any(facts[earlier.fact_index].value == told for earlier in figures[: figures.index(other)]):
                yield _finding(case, other, one, Verdict.INCONSISTENT, (other.fact_index, one.fact_index))
            break


def _same(one: Fact, other: Fact) -> bool:
    """Tell whether two figures show one value; 30万元 is too round to be 29.99万元 elsewhere, 1.7% to be 1.7%."""
    exact = min(significant(one), significant(other)) >= LEAST_DIGITS
    return _meet(one, other) and (exact or (one.value == other.value and one.kind != "rate"))


def _meet(one: Fact, other: Fact) -> bool:
    """Tell whether two figures can be one: alike where they are printed alike, else within their rounding."""
    if (one.decimals, one.scale, one.bound) == (other.decimals, other.scale, other.bound):
        return one.value == other.value
    return as_printed(one).meets(as_printed(other))


def _comparable(one: Fact, other: Fact) -> bool:
    """Tell whether two figures of one name are of one period, one subject and two sentences."""
    years = {fact.period[:4] for fact in (one, other) if fact.period} - {one.year}
    if years or one.sentence == other.sentence:
        return False
    if one.scope and other.scope and one.scope != other.scope:
        return False
    if one.kind == "rate":
        return one.subject == other.subject
    if _WHOSE.search(one.metric):
        return True
    return not (one.subject and other.subject) or akin(one.subject, other.subject, 2)


def _mistaken(one: Figure, other: Figure) -> bool:
    """Tell whether one of two values must be meant for the other: a slip lies between them, or 元 for 万元.

    Two values that are merely near are more often a plan and its result, or two years.
    """
    a, b = Fraction(one.fact.value or 0), Fraction(other.fact.value or 0)
    low, high = sorted((abs(a), abs(b)))
    exact = min(significant(one.fact), significant(other.fact)) >= LEAST_DIGITS
    return exact and bool(low) and (slipped(one.fact, other.fact) or high == low * TEN_THOUSAND)


def _finding(case: Case, stated: Figure, other: Figure, verdict: Verdict, facts: tuple[int, ...]) -> Finding:
    one, two = stated.fact, other.fact
    equal = verdict is Verdict.CONSISTENT
    sign = "=" if equal else "≠"
    gap = Fraction(one.value or 0) - Fraction(two.value or 0)
    places = [where(case.report, fact, "zh") for fact in (one, two)]
    return Finding(
        check_id="repeat.same",
        verdict=verdict,
        severity=Severity.NONE if equal else Severity.MEDIUM,
        stated=named(one),
        computed=f"{printed(one)}{unit_of(one)} {sign} {printed(two)}{unit_of(two)}",
        message=f"{named(one)} is stated, and {named(two)} elsewhere"
        + (": they agree." if equal else ": they differ."),
        message_zh=f"{places[0]}：{named(one)}；{places[1]}：{named(two)}，"
        + ("前后一致。" if equal else "前后不一。"),
        facts=facts,
        difference=decimal(gap),
        tolerance=decimal(as_printed(one).half + as_printed(two).half),
    )
