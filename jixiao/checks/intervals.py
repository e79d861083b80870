"""What a printed figure stands for: an interval of half a unit of its last printed place on either side.

The model is that of XBRL Calculations 1.1. Bounds are exact fractions, so no rounding of ours comes in; None is without
bound. Two statements agree where their intervals can meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import regex

from parsers.model import Fact

_UPWARD = regex.compile(r"[余多几]")
_TENTHS = regex.compile(r"[一二两三四五六七八九]成$")
_HALF = Fraction(1, 2)
_CUT = Fraction(999, 1000)
AGREED = 50
"""A goal of 2万人次 is that many, not what they may be rounded to: it leaves a fiftieth open."""


class UnboundedError(ValueError):
    """A product or quotient that could be anything: a figure without bound, or a division by what may be zero."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Everything from ``low`` to ``high``, both included; None is without bound."""

    low: Fraction | None
    high: Fraction | None

    def __add__(self, other: Interval) -> Interval:
        return Interval(_both(self.low, other.low), _both(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return self + other.negative()

    def __mul__(self, other: Interval) -> Interval:
        """Return the product. Raises UnboundedError where a side is without bound."""
        ends = [a * b for a in self._ends() for b in other._ends()]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Return the quotient. Raises UnboundedError where ``other`` can be zero or a side is without bound."""
        low, high = other._ends()
        if low <= 0 <= high:
            raise UnboundedError("a division by what may be zero")
        return self * Interval(1 / high, 1 / low)

    def negative(self) -> Interval:
        """Return the interval of the negated values."""
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def times(self, factor: Decimal | int) -> Interval:
        """Return the interval scaled by an exact, positive factor."""
        by = Fraction(factor)
        return Interval(None if self.low is None else self.low * by, None if self.high is None else self.high * by)

    def meets(self, other: Interval) -> bool:
        """Tell whether a value lies in both."""
        return _reaches(self.high, other.low) and _reaches(other.high, self.low)

    def gap(self, other: Interval) -> Fraction:
        """Return how far the two lie apart, 0 where they meet."""
        if not _reaches(self.high, other.low):
            return (other.low or Fraction(0)) - (self.high or Fraction(0))
        if not _reaches(other.high, self.low):
            return (self.low or Fraction(0)) - (other.high or Fraction(0))
        return Fraction(0)

    @property
    def half(self) -> Fraction:
        """Half the width; 0 for one without bound, which has no tolerance to name."""
        return Fraction(0) if self.low is None or self.high is None else (self.high - self.low) / 2

    def _ends(self) -> tuple[Fraction, Fraction]:
        if self.low is None or self.high is None:
            raise UnboundedError("an interval without bound cannot be multiplied")
        return self.low, self.high


def _both(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _reaches(high: Fraction | None, low: Fraction | None) -> bool:
    return high is None or low is None or high >= low


def exact(value: Decimal | Fraction | int) -> Interval:
    """Return the interval of one exact value."""
    return Interval(Fraction(value), Fraction(value))


def interval(fact: Fact) -> Interval:
    """Return what a figure stands for: half a printed unit around it, more where it is hedged, open where bounded.

    Marks and counts of single things are exact. A hedged figure is known to a unit of its last digit that is not zero.
    """
    if fact.value is None:
        low = None if fact.low is None else Fraction(fact.low)
        return Interval(low, None if fact.high is None else Fraction(fact.high))
    value = Fraction(fact.value)
    if not value and not fact.decimals and fact.kind == "amount":
        return exact(0)  # 0万元 says that there was none
    if fact.bound in ("ge", "gt"):
        return Interval(value, None)
    if fact.bound in ("le", "lt"):
        return Interval(None, value)
    half = half_unit(fact)
    if fact.bound != "approx":
        return Interval(value - half, value + half)
    loose = max(half, _last_digit(fact))
    if _UPWARD.search(fact.quote):
        return Interval(value, value + loose)
    return Interval(value - loose, value + loose)


def as_printed(fact: Fact) -> Interval:
    """Return what a figure stands for where its bound is no limit of its own: 高于90%的目标."""
    return interval(fact._replace(bound="eq"))


def as_agreed(fact: Fact) -> Interval:
    """Return what a number agreed on stands for, a goal or a standard: it is round, not rounded, to a fiftieth."""
    value, half = Fraction(fact.value or 0), half_unit(fact)
    slack = min(half, abs(value) / AGREED)
    return Interval(value - slack, value + slack)


def sharpened(facts: Sequence[Fact]) -> list[Fact]:
    """Return figures that stand together as exact as the most exact of their unit: 1亿元 beside 1.38亿元 is 1.00亿元.

    Trailing zeros are dropped as a rule, so a round figure beside finer ones is seldom rounded.
    """
    finest: dict[tuple[str, Decimal], int] = {}
    for fact in facts:
        key = (fact.unit, fact.scale)
        finest[key] = max(finest.get(key, 0), fact.decimals)
    return [fact._replace(decimals=finest[fact.unit, fact.scale]) for fact in facts]


def cut_off(fact: Fact) -> Interval:
    """Return what a result stands for that was rounded, or cut off after its last place: 66.66% for two thirds.

    What was cut off is less than one unit of that place: 98% is not cut off from 99%.
    """
    rounded, half = interval(fact), half_unit(fact) * _CUT
    if fact.bound != "eq" or rounded.low is None or rounded.high is None:
        return rounded
    if (fact.value or 0) < 0:
        return Interval(rounded.low - half, rounded.high)
    return Interval(rounded.low, rounded.high + half)


def half_unit(fact: Fact) -> Fraction:
    """Return half a unit of a figure's last printed place, in base units; 0 for marks and counts of single things."""
    if fact.kind == "score" or (fact.kind == "count" and fact.decimals == 0 and fact.scale == 1):
        return Fraction(0)
    if fact.kind == "rate" and _TENTHS.search(fact.quote):
        return Fraction(5)
    return Fraction(fact.scale) * _HALF / Fraction(10) ** fact.decimals


def _last_digit(fact: Fact) -> Fraction:
    """Return the worth of the last digit that is not zero, in base units."""
    printed = Fraction(fact.value or 0) / Fraction(fact.scale)
    place = Fraction(1, 10**fact.decimals)
    if printed == 0:
        return place * Fraction(fact.scale)
    while (printed / (place * 10)).denominator == 1:
        place *= 10
    return place * Fraction(fact.scale)
