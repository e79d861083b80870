"""Printed figures as intervals: exact arithmetic, and no statement that rounding alone explains is ever accused."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.checks.intervals import Interval, UnboundedError, as_printed, exact, interval
from jixiao.checks.recompute import recompute
from jixiao.findings import decimal, printed, unit_of
from parsers.model import Fact, Kind
from parsers.relate.relations import Relation, RelationKind
from tests.small_documents import facts

RATIONALS = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """Draw an interval and a value in it."""
    low, high = sorted((draw(RATIONALS), draw(RATIONALS)))
    share = draw(st.fractions(min_value=0, max_value=1))
    return Interval(low, high), low + (high - low) * share


def holds(found: Interval, value: Fraction) -> bool:
    return (found.low is None or found.low <= value) and (found.high is None or value <= found.high)


@given(intervals(), intervals())
def test_arithmetic_keeps_every_value_that_the_figures_may_have(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    (a, x), (b, y) = one, other
    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)
    assert holds(a.negative(), -x)
    if b.low is not None and b.high is not None and (b.low > 0 or b.high < 0):
        assert holds(a / b, x / y)


@given(intervals(), intervals())
def test_meeting_is_mutual_and_parts_by_the_gap(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    a, b = one[0], other[0]
    assert a.meets(b) is b.meets(a)
    assert (a.gap(b) == 0) is a.meets(b)
    assert a.meets(exact(one[1]))


def test_what_may_be_anything_is_refused() -> None:
    with pytest.raises(UnboundedError):
        exact(1) / Interval(Fraction(-1), Fraction(1))
    with pytest.raises(UnboundedError):
        exact(1) * Interval(Fraction(1), None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("支出12.5万元。", "124500", "125500"),
        ("支出3亿元。", "250000000", "350000000"),
        ("合格率98.6%。", "98.55", "98.65"),
        ("惠及群众1200人。", "1200", "1200"),
        ("惠及群众1.2万人。", "11500", "12500"),
        ("惠及群众约1200人。", "1100", "1300"),
        ("培训50余次。", "50", "60"),
        ("项目自评得分96分。", "96", "96"),
        ("覆盖率达到97%以上。", "97", None),
        ("支付率达到八成。", "75", "85"),
    ],
)
def test_what_a_printed_figure_stands_for(text: str, low: str, high: str | None) -> None:
    (fact,) = facts("2023年度某项目绩效自评报告", text)
    assert interval(fact) == Interval(Fraction(low), None if high is None else Fraction(high))


def test_a_limit_that_is_a_base_is_the_figure_that_it_prints() -> None:
    fact = facts("2023年度某项目绩效自评报告", "满意度96%，高于90%，多6个百分点。")[1]
    assert fact.bound == "gt"
    assert as_printed(fact) == Interval(Fraction("89.5"), Fraction("90.5"))


# Statements made of exact values and printed at any places are never accused (at worst they hold loosely).

# None prints as zero: 0万元 says that there was none.

VALUES = st.decimals(min_value=10**4, max_value=10**7, places=4)
PLACES = st.integers(0, 3)


def figure(value: Decimal, places: int, scale: int = 1, unit: str = "元") -> Fact:
    """Return a fact that prints ``value`` with so many places."""
    (like,) = facts("2023年度某项目绩效自评报告", "支出12.5万元。")
    shown = (value / scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    kind: Kind = "rate" if unit == "%" else "amount"
    return like._replace(value=shown * scale, decimals=places, scale=Decimal(scale), unit=unit, kind=kind)


def outcome_of(kind: RelationKind, stated: Fact, *terms: Fact, sign: int = 0) -> bool:
    relation = Relation(kind, 0, tuple(range(1, len(terms) + 1)), "decides", "", sign=sign)
    outcome = recompute(relation, [stated, *terms])
    return outcome is None or outcome.holds or outcome.loosely


@given(st.lists(st.tuples(VALUES, PLACES), min_size=2, max_size=6), PLACES, st.sampled_from([1, 10**4]))
def test_rounding_alone_never_breaks_a_sum(parts: list[tuple[Decimal, int]], places: int, scale: int) -> None:
    terms = [figure(value, own, scale) for value, own in parts]
    total = figure(sum((value for value, _ in parts), Decimal(0)), places, scale)
    assert outcome_of("sum", total, *terms)


@given(VALUES, VALUES, PLACES, PLACES, PLACES)
def test_rounding_alone_never_breaks_a_rate(part: Decimal, base: Decimal, a: int, b: int, c: int) -> None:
    rate = figure(Decimal(100) * part / base, c, unit="%")
    assert outcome_of("rate", rate, figure(part, a), figure(base, b))


@given(VALUES, VALUES, PLACES, PLACES, PLACES)
def test_rounding_alone_never_breaks_a_growth(now: Decimal, then: Decimal, a: int, b: int, c: int) -> None:
    rate = figure(abs(100 * (now - then) / then), c, unit="%")
    assert outcome_of("growth", rate, figure(now, a), figure(then, b), sign=1 if now >= then else -1)


@given(st.lists(VALUES, min_size=2, max_size=5), st.integers(1, 10**6))
def test_a_gap_beyond_all_rounding_is_seen(parts: list[Decimal], units: int) -> None:
    terms = [figure(value, 2) for value in parts]
    total = sum((term.value or Decimal(0) for term in terms), Decimal(0))
    tolerance = Decimal("0.005") * (len(terms) + 1)
    assert not outcome_of("sum", figure(total + tolerance + units, 2), *terms)


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_a_shown_figure_is_the_nearest_of_its_places(value: Fraction) -> None:
    shown = decimal(value, 4)
    assert abs(Fraction(shown) - value) <= Fraction(1, 20000)
    assert "E" not in f"{shown:f}"


def test_a_figure_is_shown_as_it_was_printed() -> None:
    (fact,) = facts("2023年度某项目绩效自评报告", "支出1,250.50万元。")
    assert (printed(fact), unit_of(fact)) == ("1250.50", "万元")
