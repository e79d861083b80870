"""What would reconcile a statement that does not hold: two digits changed places, one digit misread, 元 for 万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.checks.recompute import Outcome, recompute
from jixiao.findings import printed, unit_of
from parsers.model import Fact
from parsers.relate.relations import Relation

TEN_THOUSAND = Decimal(10000)
MOST = 4
MUCH = 4
"""A change that reconciles a statement leaves less than this part of the gap."""
_DIGITS = "0123456789"
_ADDED = ("sum", "difference", "balance", "change")
"""Kinds in which a changed digit shows as such in the gap; elsewhere many a digit would do."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A single change to one printed figure after which the statement holds: ``how`` is unit, swap or digit."""

    how: str
    fact: int
    was: str
    becomes: str


def mends(relation: Relation, facts: Sequence[Fact], outcome: Outcome) -> tuple[Mend, ...]:
    """Return the single changes that reconcile a statement, the likeliest kind alone; none where too many would."""
    if relation.kind in ("part", "reach", "size"):
        return ()
    scanned = any(facts[index].ocr_score is not None for index in (relation.stated, *relation.terms))
    ways = [("unit", _units), ("swap", _swaps), ("digit", _digits)]
    for how, changes in ways if scanned or relation.kind in _ADDED else ways[:2]:
        found = [
            Mend(how, index, f"{printed(facts[index])}{unit_of(facts[index])}", f"{printed(fact)}{unit_of(fact)}")
            for index in dict.fromkeys((relation.stated, *relation.terms))
            for fact in changes(facts[index])
            if _holds(relation, facts, index, fact, outcome)
        ]
        if 0 < len(found) <= MOST:
            return tuple(found)
    return ()


def slipped(one: Fact, other: Fact) -> bool:
    """Tell whether one slip of a digit, or two neighbours changed over, leads from one printed figure to another."""
    if one.scale != other.scale or one.value is None or other.value is None:
        return False
    places = max(one.decimals, other.decimals)
    a, b = (f"{abs(value) / one.scale:.{places}f}" for value in (one.value, other.value))
    apart = [at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) != len(b):
        return False
    swapped = len(apart) == 2 and apart[1] - apart[0] == 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
    return len(apart) == 1 or swapped


def _holds(relation: Relation, facts: Sequence[Fact], index: int, fact: Fact, before: Outcome) -> bool:
    if relation.kind == "sum" and not relation.less:  # most changes miss the gap by far: no need to recompute
        by = Fraction((fact.value or 0) - (facts[index].value or 0))
        left = before.difference + (by if index == relation.stated else -by)
        if abs(left) >= abs(before.difference) / MUCH:
            return False
    changed = list(facts)
    changed[index] = fact
    after = recompute(relation, changed)
    return after is not None and after.holds and abs(after.difference) < abs(before.difference) / MUCH


def _units(fact: Fact) -> Iterator[Fact]:
    """Yield an amount with 万 added to its unit or taken away."""
    if fact.kind != "amount" or fact.value is None:
        return
    if fact.scale == 1:
        yield fact._replace(value=fact.value * TEN_THOUSAND, scale=TEN_THOUSAND)
    elif fact.scale == TEN_THOUSAND:
        yield fact._replace(value=fact.value / TEN_THOUSAND, scale=Decimal(1))


def _swaps(fact: Fact) -> Iterator[Fact]:
    """Yield a figure with two neighbouring digits of its printed form changed over."""
    digits, point = _plain(fact)
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            yield _with(fact, turned, point)


def _digits(fact: Fact) -> Iterator[Fact]:
    """Yield a figure with one digit of its printed form replaced."""
    digits, point = _plain(fact)
    for at, old in enumerate(digits):
        for new in _DIGITS:
            if new != old and not (at == 0 and new == "0"):
                yield _with(fact, digits[:at] + new + digits[at + 1 :], point)


def _plain(fact: Fact) -> tuple[str, int]:
    """Return the printed digits without a point, and how many of them are decimals; none of a range."""
    if fact.value is None or fact.value < 0:
        return "", 0
    return printed(fact).replace(".", ""), fact.decimals


def _with(fact: Fact, digits: str, decimals: int) -> Fact:
    return fact._replace(value=Decimal(int(digits)).scaleb(-decimals) * fact.scale)
