"""Other figures that give a stated rate: where some do, the reading that would accuse it may not be what was meant.

占比63.1% beside 全市35.5亿元 and 预算支出710亿元 may be of either. The nearer the figures and the more exact the rate,
the less is it chance that they fit: a whole percentage is asked of its own paragraph only, one with two decimals of the
whole report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.model import Fact
from parsers.relate.parts import plain
from parsers.relate.rates import Place, quotient_is
from parsers.relate.relations import Relation
from patterns.rules import RateRule, rate_rules

EXACT = 2
"""A rate with so many decimals is met by chance nowhere."""
NEXT = 1
"""One with a decimal is looked for in so many paragraphs before and after its own."""
LONGEST_RUN = 8
"""So many figures in a row may be meant together: 三个行业合计占…."""
FARTHEST = 16
"""So many figures from a rate may other parts of its base stand: a sentence may be as long as a report."""
WHOLE = Decimal(100)
"""Any figure told twice gives this rate, and so do all parts of a total."""


def alibis(found: Sequence[Relation], known: Sequence[Place]) -> Iterator[Relation]:
    """Yield the other readings that give a rate which one of the ``found`` would call wrong, as excuses."""
    index = {place.figure.fact_index: place for place in known}
    rules = {rule.id: rule for rule in rate_rules()}
    for relation in found:
        if relation.kind == "rate" and relation.weight == "decides" and len(relation.terms) == 2:
            rate, part, base = (index.get(at) for at in (relation.stated, *relation.terms))
            if rate is None or part is None or base is None or quotient_is(rate.fact, part.fact, base.fact):
                continue
            near = [place for place in known if _in_reach(rate, place) and _alike(part.fact, place.fact)]
            rule = rules.get(relation.rule)
            near = [place for place in near if not _barred(rule, place)]
            terms = next(_readings(rate, part, base, near, named=relation.named), None)
            if terms is not None:
                yield replace(relation, terms=terms, weight="excuses")
            elif both := () if relation.named else _of_both(rate, near):
                yield replace(relation, terms=both, bases=len(both) - 1, weight="excuses")


def _readings(
    rate: Place, part: Place, base: Place, near: Sequence[Place], *, named: bool
) -> Iterator[tuple[int, ...]]:
    """Yield the terms of the readings that give a rate: of another base, of another part, of several parts.

    Where its base is ``named`` just so, no other base is meant.
    """
    for other in () if named else near:
        if other.figure.fact_index != part.figure.fact_index and quotient_is(rate.fact, part.fact, other.fact):
            yield part.figure.fact_index, other.figure.fact_index
    beside = [place for place in near if place.number == rate.number and abs(place.at - rate.at) <= FARTHEST]
    here = [place for place in beside if place.figure.sentence == rate.figure.sentence]
    for other in here:
        if other.figure.fact_index != base.figure.fact_index and quotient_is(rate.fact, other.fact, base.fact):
            yield other.figure.fact_index, base.figure.fact_index
    for first in range(len(here) if rate.fact.value != WHOLE else 0):
        for end in range(first + 2, min(first + LONGEST_RUN, len(here)) + 1):
            run = [place for place in here[first:end] if place.figure.fact_index != base.figure.fact_index]
            together = sum((place.fact.value or Decimal(0) for place in run), Decimal(0))
            wholes = (base, *(place for place in beside if place not in run and not named))
            for whole in wholes if len(run) > 1 else ():
                if quotient_is(rate.fact, part.fact._replace(value=together), whole.fact):
                    yield (*(place.figure.fact_index for place in run), whole.figure.fact_index)


def _of_both(rate: Place, near: Sequence[Place]) -> tuple[int, ...]:
    """Return the terms of a rate of what stands right before it together: 74所自办，12所由企业供餐，自办率86.05%."""
    here = [place for place in near if place.number == rate.number and place.at < rate.at]
    here = [place for place in here if place.figure.sentence == rate.figure.sentence][-LONGEST_RUN:]
    for first in range(len(here) - 1):
        run = here[first:]
        together = sum((place.fact.value or Decimal(0) for place in run), Decimal(0))
        total = any(2 * (place.fact.value or 0) == together for place in run[2:])  # 300万元和200万元，合计500万元
        for one in () if total else run:
            if quotient_is(rate.fact, one.fact, one.fact._replace(value=together)):
                return (one.figure.fact_index, *(place.figure.fact_index for place in run))
    return ()


def _barred(rule: RateRule | None, place: Place) -> bool:
    """Tell whether a rate's rule shuts a figure out both as part and as base: an 执行率 is of no 剩余指标."""
    return rule is not None and bool(rule.not_base.search(place.name) and rule.not_part.search(place.name))


def _in_reach(rate: Place, place: Place) -> bool:
    """Tell whether a figure is so near a rate, for how exact it is, that it may be what the rate is of."""
    if rate.fact.value == WHOLE:
        return place.number == rate.number and place.figure.sentence == rate.figure.sentence
    if rate.fact.decimals >= EXACT:
        return True
    if bool(place.fact.cell) != bool(rate.fact.cell):
        return False
    return abs(place.number - rate.number) <= (NEXT if rate.fact.decimals else 0)


def _alike(part: Fact, other: Fact) -> bool:
    return other.unit == part.unit and other.kind == part.kind and not other.per and plain(other) and bool(other.value)
