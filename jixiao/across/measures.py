"""One measure in several reports of one unit: numbers of people and things that nearly agree and do not.

Reports of one unit and year on different projects tell of the same people (参保人数, 在册对象). Two numbers under one
name that lie far apart are of two things; two that nearly meet were likely meant to be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from jixiao.findings import Finding, Severity, Verdict, decimal, named
from jixiao.result import FileResult
from parsers.model import Fact, Report
from parsers.packs import plain
from parsers.relate.prices import significant

Where = tuple[int, int]
Stated = tuple[Where, int, Fact, Report, str]

SHORTEST = 6
"""A shorter name (服务人数) may be that of two things."""
LEAST_DIGITS = 3
NEAR = Fraction(1, 20)


def measures(files: Sequence[FileResult]) -> Iterator[tuple[Where, Finding]]:
    """Yield numbers that nearly agree with those of another project's report of the same unit, with the later report.

    A number that agrees with one of the earlier reports is told of no other.
    """
    groups: dict[tuple[str, ...], list[Stated]] = {}
    for number, file in enumerate(files):
        for at, report in enumerate(file.reports):
            if not (report.organisation and report.project):
                continue
            for index, fact in enumerate(report.facts):
                name = plain(fact.metric)
                if len(name) >= SHORTEST and _counts(fact):
                    whose = (report.organisation, report.region_code, report.year)
                    key = (*whose, fact.unit, name, fact.subject, fact.scope)
                    groups.setdefault(key, []).append(((number, at), index, fact, report, file.file))
    for stated in groups.values():
        told: set[tuple[Where, Fraction]] = set()
        for position, one in enumerate(stated):
            earlier = [other for other in stated[:position] if other[3].project != one[3].project]
            value = _value(one[2])
            if (one[0], value) in told or any(_value(other[2]) == value for other in stated[:position]):
                continue
            near = [other for other in earlier if abs(_value(other[2]) - value) <= NEAR * max(_value(other[2]), value)]
            if near:
                told.add((one[0], value))
                yield one[0], _differs(one, near[-1])


def _counts(fact: Fact) -> bool:
    """Tell whether a figure is a number of its own: a result, exact, not a part, of the report's year."""
    if fact.kind != "count" or fact.role != "actual" or fact.bound != "eq" or fact.per or fact.part_of is not None:
        return False
    if fact.period and not fact.period.startswith(fact.year or "-"):
        return False
    return fact.source != "table" and bool(fact.value) and significant(fact) >= LEAST_DIGITS


def _value(fact: Fact) -> Fraction:
    return Fraction(fact.value or 0)


def _differs(one: Stated, other: Stated) -> Finding:
    _, index, fact, report, _ = one
    _, _, before, earlier, file = other
    gap = _value(fact) - _value(before)
    return Finding(
        check_id="across.same",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.LOW,
        stated=named(fact),
        computed=f"{named(before)} ({file})",
        message=f"{named(fact)} is stated in the report of “{report.project}”, {named(before)} in that of "
        f"“{earlier.project}” ({file}) by the same unit: one number?",
        message_zh=f"“{report.project}”报告称{named(fact)}，同一单位“{earlier.project}”报告（{file}）称{named(before)}，"
        "数值相近而不一致，请核对是否同一口径。",
        facts=(index,),
        quotes=(named(before),),
        difference=decimal(gap),
    )
