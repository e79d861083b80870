"""The same indicator over places: values that stand out by median and absolute deviation, and 元 for 万元.

All arithmetic is exact. Rates, marks and amounts per person or thing are compared; totals are not, since they grow with
the place: of those only a figure is told that is ten thousand times too large or small to lie among the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.findings import Finding, Severity, Verdict, decimal, named, unit_of
from jixiao.panel import panel_rows
from jixiao.result import FileResult
from jixiao.tables import fact_ids, plain
from parsers.model import Fact
from parsers.packs import Indicator, Pack, indicators

PLACES = 8
"""Fewer places say nothing of what is usual."""
FAR = Fraction(35, 10) / Fraction(6745, 10000)
"""So many median absolute deviations from the median is far: a modified z-score of 3.5 (Iglewicz and Hoaglin)."""
FAR_FROM_MANY = Fraction(35, 10) * Fraction(12533, 10000)
"""The same in mean absolute deviations, for where most places have one value."""
SLIGHT = Fraction(1, 10)
"""A value this near to the median, relative, does not stand out, however much the others agree."""
TEN_THOUSAND = 10000
APART = 100
"""A slip of the unit leaves a figure so many times beyond the others."""
TAIL = 10
"""One value of so many at either end may be such a slip itself."""
LOOSE = 10
"""What was meant lies within so many times the range of the others."""

Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Value:
    """What a place's reports state of an indicator, and the fact that says so."""

    place: tuple[str, ...]
    year: str
    where: Where
    index: int
    fact: Fact

    @property
    def value(self) -> Fraction:
        return Fraction(self.fact.value or 0)


@dataclass(frozen=True, slots=True)
class _Group:
    """The values of an indicator that can be compared: of one year, or of all where a year has too few places."""

    indicator: Indicator
    years: str
    values: tuple[_Value, ...]


def side_by_side(files: Sequence[FileResult], packs: Sequence[Pack]) -> Iterator[tuple[Where, Finding]]:
    """Yield what stands out of each indicator of ``packs`` over the places of a run, with the report that states it."""
    for group in _groups(files, packs):
        yield from _outliers(group)
        yield from _slips(group)


def _outliers(group: _Group) -> Iterator[tuple[Where, Finding]]:
    """Yield the values that stand out among those of at least eight places."""
    if group.indicator.kind not in ("rate", "score") and not group.values[0].fact.per:
        return
    numbers = [value.value for value in group.values]
    middle = _median(numbers)
    gaps = [abs(number - middle) for number in numbers]
    spread, far = _median(gaps), FAR
    if not spread:
        spread, far = sum(gaps, Fraction(0)) / len(gaps), FAR_FROM_MANY
    for value, gap in zip(group.values, gaps, strict=True):
        if gap > far * spread and gap > SLIGHT * abs(middle):
            yield value.where, _standing_out(group, value, middle, spread)


def _slips(group: _Group) -> Iterator[tuple[Where, Finding]]:
    """Yield totals that lie far beyond those of all other places, and among them with 万 added or taken away.

    Projects are of any size: theirs are not compared, nor what differs a hundredfold anyway.
    """
    one = group.indicator
    if one.kind not in ("amount", "count") or group.values[0].fact.per or one.of == "project":
        return
    ordered = sorted(value.value for value in group.values if value.value > 0)
    if len(ordered) < PLACES:
        return
    few = max(len(ordered) // TAIL, 1)
    low, high = ordered[few], ordered[-1 - few]
    if high > low * APART:
        return
    for value in group.values:
        fact = value.fact
        if fact.scale == 1 and 0 < value.value * APART < low:
            meant, becomes = value.value * TEN_THOUSAND, f"{plain(fact.value or Decimal(0))}万{fact.unit}"
        elif fact.scale == TEN_THOUSAND and value.value > high * APART:
            meant = value.value / TEN_THOUSAND
            becomes = f"{plain(decimal(meant, 2))}{fact.unit}"
        else:
            continue
        if low / LOOSE <= meant <= high * LOOSE:
            yield value.where, _slip(group, value, becomes, low, high)


def _groups(files: Sequence[FileResult], packs: Sequence[Pack]) -> Iterator[_Group]:
    """Yield the values of each indicator by year, where so many places have one, and those left of all years."""
    known = indicators(packs)
    for name, values in _values(files, packs, known).items():
        years: dict[str, list[_Value]] = {}
        for value in values:
            years.setdefault(value.year, []).append(value)
        rest: list[_Value] = []
        for year in sorted(years):
            if len({value.place for value in years[year]}) >= PLACES:
                yield _Group(known[name[0]], year, tuple(years[year]))
            else:
                rest += years[year]
        if len({value.place for value in rest}) >= PLACES:
            span = f"{rest[0].year}–{rest[-1].year}" if rest[0].year != rest[-1].year else rest[0].year
            yield _Group(known[name[0]], span, tuple(rest))


def _values(
    files: Sequence[FileResult], packs: Sequence[Pack], known: dict[str, Indicator]
) -> dict[tuple[str, str], list[_Value]]:
    """Return what the panel holds of each indicator, by what it is per; values that are no plausible ones are out."""
    facts: dict[str, tuple[Where, int, Fact]] = {}
    for number, file in enumerate(files):
        for at, report in enumerate(file.reports):
            ids = fact_ids(report, f"{file.sha256[:12]}-{report.ordinal}")
            for index, (fact_id, fact) in enumerate(zip(ids, report.facts, strict=True)):
                if fact.indicator:
                    facts[fact_id] = ((number, at), index, fact)
    found: dict[tuple[str, str], list[_Value]] = {}
    seen: set[tuple[str, str]] = set()
    for row in panel_rows(files, packs):
        place = (row["region_code"], row["province"], row["city"], row["county"])
        for name, one in known.items():
            stated = facts.get(row[f"{name}_fact"])
            if stated is None or (name, row[f"{name}_fact"]) in seen:
                continue  # what is the place's stands in each of its rows
            seen.add((name, row[f"{name}_fact"]))
            where, index, fact = stated
            if fact.bound in ("eq", "approx") and one.plausible(fact.value):
                found.setdefault((name, fact.per), []).append(_Value(place, row["year"], where, index, fact))
    return found


def _median(numbers: Sequence[Fraction]) -> Fraction:
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _standing_out(group: _Group, value: _Value, middle: Fraction, spread: Fraction) -> Finding:
    fact, one = value.fact, group.indicator
    usual = f"{plain(decimal(middle, 2))}{fact.unit}"
    places = len({other.place for other in group.values})
    sign = ">" if value.value > middle else "<"
    higher = ("高", "high") if sign == ">" else ("低", "low")
    return Finding(
        check_id=f"across.outlier.{one.id}",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.LOW,
        stated=named(fact),
        computed=f"{plain(fact.value or Decimal(0))}{fact.unit} {sign} {usual}",
        message=f"{named(fact)} stands out as {higher[1]} among {places} places ({one.en}, {group.years}: "
        f"median {usual}, deviation {plain(decimal(spread, 2))}). That does not make it wrong: look at what it counts.",
        message_zh=f"{named(fact)}，在{places}个地区的“{one.zh}”（{group.years}）中明显偏{higher[0]}"
        f"（中位数{usual}，绝对离差{plain(decimal(spread, 2))}）。偏离不等于有误，请核对口径。",
        facts=(value.index,),
        difference=decimal(value.value - middle),
        tolerance=decimal(spread),
    )


def _slip(group: _Group, value: _Value, becomes: str, least: Fraction, most: Fraction) -> Finding:
    fact, one = value.fact, group.indicator
    low, high = (_printed(number, fact) for number in (least, most))
    count = len(group.values)
    return Finding(
        check_id=f"across.unit.{one.id}",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.LOW,
        stated=named(fact),
        computed=f"{low} … {high}",
        message=f"{named(fact)} lies far beyond what most of {count} reports state of {one.en} "
        f"({group.years}: {low} to {high}); {becomes} would be of their size.",
        message_zh=f"{named(fact)}，远离{count}个“{one.zh}”数值的通常范围（{group.years}：{low}至{high}）；"
        f"若为{becomes}则相当，可能系单位之误。",
        facts=(value.index,),
    )


def _printed(number: Fraction, like: Fact) -> str:
    return f"{plain(decimal(number / Fraction(like.scale), 2))}{unit_of(like)}"
