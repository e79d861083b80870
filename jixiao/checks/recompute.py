"""Recompute what a relation states: both sides as intervals, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from jixiao.checks.intervals import (
    Interval,
    UnboundedError,
    as_agreed,
    as_printed,
    cut_off,
    exact,
    half_unit,
    interval,
    sharpened,
)
from jixiao.findings import printed, shown, unit_of
from parsers.model import Fact
from parsers.relate.relations import Relation, RelationKind

RATIO_SLACK = Fraction(1, 200)
"""How far a stated a:b may be off its two figures, relative: such ratios are rounded to whole numbers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A statement recomputed. ``expression`` shows the figures as printed and the result in the stated one's unit."""

    holds: bool
    stated: Interval
    computed: Interval
    difference: Fraction
    """Stated less computed, by the printed values."""
    tolerance: Fraction
    expression: str
    turned: bool = False
    """The size is right and the direction wrong."""
    loosely: bool = False
    """It does not hold as it stands, but would if the round figures among its terms were rounded."""


def recompute(relation: Relation, facts: Sequence[Fact]) -> Outcome | None:
    """Return both sides of a relation between ``facts`` and whether their intervals meet.

    None where nothing can be computed: a figure without bound, or a division by what may be zero.
    """
    stated, terms = facts[relation.stated], [facts[index] for index in relation.terms]
    by = _RECOMPUTE[relation.kind]
    try:
        wide = by(relation, stated, terms)
        fine = _sharp(relation, stated, terms)
        if not wide.holds or fine == terms:
            return wide
        sharp = by(relation, stated, fine)
        return replace(sharp, expression=wide.expression, loosely=not sharp.holds)
    except UnboundedError:
        return None


def _sharp(relation: Relation, stated: Fact, terms: list[Fact]) -> list[Fact]:
    """Return the terms as exact as the figures beside them are printed; a result may be rounded, terms seldom are."""
    if relation.kind in ("part", "reach", "size", "mark", "product"):
        return terms
    return sharpened([*terms, stated])[:-1]


def _value(fact: Fact) -> Fraction:
    return Fraction(fact.value if fact.value is not None else 0)


def _compared(
    relation: Relation,
    stated: Interval,
    computed: Interval,
    value: Fraction,
    result: Fraction,
    expression: str,
    cut: Interval | None = None,
) -> Outcome:
    """Return how a stated interval and a computed one lie; ``cut`` is the stated one if it was cut off, not rounded."""
    turned = False
    slack = stated.half
    if relation.sign and not stated.meets(computed):
        turned = stated.negative().meets(computed)
    if cut is not None and not stated.meets(computed) and cut.meets(computed):
        stated, slack = cut, 2 * slack
    return Outcome(
        holds=stated.meets(computed),
        stated=stated,
        computed=computed,
        difference=value - result,
        tolerance=slack + computed.half,
        expression=expression,
        turned=turned,
    )


def _sum(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    added, less = terms[: len(terms) - relation.less], terms[len(terms) - relation.less :]
    computed = reduce(Interval.__add__, (interval(term) for term in added))
    computed = reduce(Interval.__sub__, (interval(term) for term in less), computed)
    result = sum((_value(term) for term in added), Fraction(0)) - sum((_value(term) for term in less), Fraction(0))
    taken = "".join(f" - {_term(term, stated)}" for term in less)
    sums = " + ".join(_term(term, stated) for term in added)
    expression = f"{sums}{taken} = {shown(result, _finest(terms, stated), 0)}"
    cut = cut_off(stated) if any(half_unit(term) < half_unit(stated) for term in terms) else None
    return _compared(relation, interval(stated), computed, _value(stated), result, expression, cut)


def _difference(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    first, *rest = terms
    computed = reduce(Interval.__sub__, (interval(term) for term in rest), interval(first))
    result = _value(first) - sum((_value(term) for term in rest), Fraction(0))
    shares = " - ".join(_term(term, stated) for term in terms)
    expression = f"{shares} = {shown(result, _finest(terms, stated), 0)}"
    return _compared(relation, interval(stated), computed, _value(stated), result, expression)


def _balance(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    first, came, went = terms
    computed = interval(first) + interval(came) - interval(went)
    result = _value(first) + _value(came) - _value(went)
    flows = f"{_term(first, stated)} + {_term(came, stated)} - {_term(went, stated)}"
    expression = f"{flows} = {shown(result, _finest(terms, stated), 0)}"
    return _compared(relation, interval(stated), computed, _value(stated), result, expression)


def _part(_: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    whole, part = interval(terms[0]), interval(stated)
    holds = part.low is None or whole.high is None or part.low <= whole.high
    sign = "≤" if holds else ">"
    expression = f"{_term(stated, stated)} {sign} {_term(terms[0], stated)}"
    over = max(_value(stated) - _value(terms[0]), Fraction(0))
    return Outcome(holds, part, whole, over, part.half + whole.half, expression)


def _rate(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    parts, bases = terms[: -relation.bases], terms[-relation.bases :]
    share = reduce(Interval.__add__, map(interval, parts))
    whole = reduce(Interval.__add__, map(as_agreed if relation.agreed else interval, bases))
    value, base = (sum((_value(term) for term in side), Fraction(0)) for side in (parts, bases))
    computed = (share / whole).times(100)
    result = 100 * value / base if base else Fraction(0)
    expression = f"{_added(parts, parts[0])} ÷ {_added(bases, parts[0])} = {shown(result, stated)}"
    return _compared(relation, interval(stated), computed, _value(stated), result, expression, cut_off(stated))


def _added(terms: Sequence[Fact], like: Fact) -> str:
    text = " + ".join(_term(term, like) for term in terms)
    return f"({text})" if len(terms) > 1 else text


def _growth(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    now, then = terms
    computed = ((as_printed(now) - as_printed(then)) / as_printed(then)).times(100)
    result = 100 * (_value(now) - _value(then)) / _value(then) if _value(then) else Fraction(0)
    shares = f"({_term(now, now)} - {_term(then, now)}) ÷ {_term(then, now)} = {shown(result, stated)}"
    return _signed(relation, stated, computed, result, shares)


def _change(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    now, then = terms
    computed = as_printed(now) - (exact(then.value or 0) if relation.agreed else as_printed(then))
    result = _value(now) - _value(then)
    shares = f"{_term(now, stated)} - {_term(then, stated)} = {shown(result, _finest(terms, stated), 0)}"
    return _signed(relation, stated, computed, result, shares)


def _signed(relation: Relation, stated: Fact, computed: Interval, result: Fraction, expression: str) -> Outcome:
    """Compare with the stated size in the stated direction; in either direction where none is stated."""
    size, cut, value = interval(stated), cut_off(stated), _value(stated)
    sign = relation.sign or (1 if result >= 0 else -1)
    if sign < 0:
        size, cut, value = size.negative(), cut.negative(), -value
    return _compared(relation, size, computed, value, result, expression, cut if relation.kind == "growth" else None)


def _step(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    return _rate(relation, stated, terms)


def _advance(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    """Return the rate of a change from the figure that it led to; only the size is stated with the rate."""
    now, change = terms
    gone = interval(change).times(relation.sign) if relation.sign > 0 else interval(change).negative()
    computed = (interval(change) / (interval(now) - gone)).times(100)
    then = _value(now) - relation.sign * _value(change)
    result = 100 * _value(change) / then if then else Fraction(0)
    sign = "-" if relation.sign > 0 else "+"
    base = f"({_term(now, now)} {sign} {_term(change, now)})"
    expression = f"{_term(change, now)} ÷ {base} = {shown(result, stated)}"
    plain = replace(relation, sign=0)
    return _compared(plain, interval(stated), computed, _value(stated), result, expression, cut_off(stated))


def _product(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    sides = (as_agreed(term) if _is_standard(term) else interval(term) for term in terms)
    computed = reduce(Interval.__mul__, sides).times(relation.factor)
    result = reduce(lambda a, b: a * b, (_value(term) for term in terms)) * Fraction(relation.factor)
    shares = " × ".join(f"{printed(term)}{unit_of(term)}" for term in terms)
    months = f" × {relation.factor:f}" if relation.factor != 1 else ""
    expression = f"{shares}{months} = {shown(result, stated)}"
    return _compared(relation, interval(stated), computed, _value(stated), result, expression, cut_off(stated))


def _is_standard(fact: Fact) -> bool:
    """Tell whether a price was set (每人每年1万元的标准), not reckoned."""
    return fact.role == "norm" and bool(fact.per) and fact.bound == "eq"


def _average(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    total, count = terms
    computed = (interval(total) / interval(count)).times(1 / relation.factor)
    result = _value(total) / _value(count) / Fraction(relation.factor) if _value(count) else Fraction(0)
    shares = f"{printed(total)}{unit_of(total)} ÷ {printed(count)}{unit_of(count)}"
    expression = f"{shares} = {shown(result, stated)}"
    size, cut, tenth = interval(stated), cut_off(stated), abs(_value(stated)) / 10
    if stated.bound == "approx" and size.half > tenth:  # 约2000元 is no 3000
        size = cut = Interval(_value(stated) - tenth, _value(stated) + tenth)
    return _compared(relation, size, computed, _value(stated), result, expression, cut)


def _ratio(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    one, other = terms
    value = _value(stated)
    size = Interval(value * (1 - RATIO_SLACK), value * (1 + RATIO_SLACK))
    computed = interval(one) / interval(other)
    result = _value(one) / _value(other) if _value(other) else Fraction(0)
    expression = f"{_term(one, one)} : {_term(other, one)} = {shown(result, stated._replace(decimals=4), 0)}"
    return _compared(relation, size, computed, value, result, expression)


def _mark(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    """Return marks in proportion: full × rate, or full × result ÷ target; awards are rounded to their own places."""
    full, result, *target = terms
    share = _value(result) / _value(target[0]) if target else _value(result) / 100
    value = _value(full) * share
    half = Fraction(1, 2) / 10 ** max(stated.decimals, 1)
    size = Interval(_value(stated) - half, _value(stated) + half)
    by = f"{_term(result, result)} ÷ {_term(target[0], result)}" if target else f"{printed(result)}%"
    expression = f"{printed(full)} × {by} = {shown(value, stated)}"
    return _compared(relation, size, exact(value), _value(stated), value, expression)


def _reach(_: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    target = terms[0]
    got, goal = interval(stated), exact(target.value or 0)
    least = target.bound not in ("le", "lt")
    holds = (got.high is None or got.high >= _value(target)) if least else (got.low or 0) <= _value(target)
    sign = ("≥" if holds else "<") if least else ("≤" if holds else ">")
    expression = f"{_term(stated, stated)}{unit_of(stated)} {sign} {_term(target, stated)}{unit_of(target)}"
    return Outcome(holds, got, goal, _value(stated) - _value(target), got.half, expression)


def _size(relation: Relation, stated: Fact, terms: Sequence[Fact]) -> Outcome:
    one, other = as_printed(stated), as_printed(terms[0])
    difference = _value(stated) - _value(terms[0])
    slack = one.half + other.half
    holds = {1: difference > -slack, -1: difference < slack, 0: abs(difference) <= slack}[relation.sign]
    sign = ">" if difference > 0 else "<" if difference < 0 else "="
    expression = f"{printed(stated)}{unit_of(stated)} {sign} {printed(terms[0])}{unit_of(terms[0])}"
    return Outcome(holds, one, other, difference, slack, expression)


def _term(fact: Fact, like: Fact) -> str:
    """Return a figure as printed, with its unit only where that differs from the one beside it."""
    return printed(fact) if unit_of(fact) == unit_of(like) else f"{printed(fact)}{unit_of(fact)}"


def _finest(terms: Sequence[Fact], stated: Fact) -> Fact:
    """Return ``stated`` with as many places as the most exact of all has."""
    if any(unit_of(term) != unit_of(stated) for term in terms):
        return stated._replace(decimals=max(stated.decimals, 4))
    return stated._replace(decimals=max(stated.decimals, *(term.decimals for term in terms)))


_RECOMPUTE: dict[RelationKind, Callable[[Relation, Fact, Sequence[Fact]], Outcome]] = {
    "sum": _sum,
    "part": _part,
    "difference": _difference,
    "balance": _balance,
    "rate": _rate,
    "growth": _growth,
    "change": _change,
    "step": _step,
    "advance": _advance,
    "product": _product,
    "average": _average,
    "ratio": _ratio,
    "mark": _mark,
    "reach": _reach,
    "size": _size,
}
