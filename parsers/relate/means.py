"""Means named by what they are per, though their unit does not say so: 户均, 台均, 村均, 单车平均, and 月均 of a year.

A mean decides where the total and the number stand right before it, and its noun is the total's. What running an
official car costs is of the one total of that name and the one number of cars that a report states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.relate.parts import plain
from parsers.relate.prices import counts_for, is_amount
from parsers.relate.rates import Place, places
from parsers.relate.relations import Relation, Weight
from parsers.relate.shares import akin
from parsers.relate.stretches import Stretch
from patterns import cue

_MEAN = cue("accounts", "mean.stated")
_UNITS = {
    "户": ("户", "家"),
    "台": ("台", "台套"),
    "村": ("村", "个"),
    "校": ("所", "校"),
    "家": ("家", "户"),
    "项": ("项", "个"),
}
_COUNTED = {"村": cue("accounts", "mean.villages"), "项": cue("accounts", "mean.projects")}
"""What the words of a number have to say where its unit is of many things: 42个村."""
_SOME = cue("accounts", "mean.part")
_MONTHS = cue("accounts", "mean.months")
_PER_CAR = cue("accounts", "mean.cars")
_RUNNING = cue("accounts", "mean.running-cars")
_NOT_RUNNING = cue("accounts", "mean.not-running")
_CARS = cue("accounts", "mean.car-number")
CARS = ("辆", "台")
YEAR = 12
MOST = Decimal(10)
"""A mean farther off than this is of another total."""


def means(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the means of a report's prose whose total and number stand right before them, and those of its cars."""
    yield from _per_car(places(stretches))
    for number, stretch in enumerate(stretches):
        for at in range(1, len(stretch.figures)):
            place = Place(stretch, number, at)
            found = _MEAN.match(stretch.lead(at))
            if found is None or place.fact.kind != "amount" or not plain(place.fact) or not place.fact.value:
                continue
            if found["per"] == "月":
                yield from _monthly(place, found["noun"])
            else:
                yield from _per_thing(place, found["per"], found["noun"])


def _per_thing(mean: Place, per: str, noun: str) -> Iterator[Relation]:
    """Yield 贷款2.1亿元，服务企业136家，户均贷款154.4万元, in either order."""
    pair = [place for back in (1, 2) if (place := mean.beside(back)) is not None and plain(place.fact)]
    totals = [place for place in pair if place.fact.kind == "amount" and is_amount(place.fact)]
    counts = [place for place in pair if _counts(place, per)]
    if len(totals) != 1 or len(counts) != 1 or any(counts_for(mean.fact, count.fact) for count in counts):
        return  # told by its unit already
    total, count = totals[0], counts[0]
    quotient = (total.fact.value or Decimal(0)) / (count.fact.value or Decimal(1))
    near = 1 / MOST <= (mean.fact.value or Decimal(0)) / quotient <= MOST
    if any(_SOME.search(place.lead) for place in pair):
        return
    if near and len(noun) > 1 and akin(noun, total.name, 2):
        terms = (total.figure.fact_index, count.figure.fact_index)
        yield Relation("average", mean.figure.fact_index, terms, "decides", "÷", mean.figure.fact_index)


def _per_car(known: Sequence[Place]) -> Iterator[Relation]:
    """Yield 公务用车运行维护费30万元，保有量12辆，单车平均2.5万元, wherever the total and the number of cars stand."""
    amounts = [place for place in known if place.fact.kind == "amount" and is_amount(place.fact)]
    costs = [place for place in amounts if _RUNNING.search(_called(place))]
    sure = [place for place in costs if place.fact.role == "actual" and not _NOT_RUNNING.search(_called(place))]
    cars = [place for place in known if place.fact.unit in CARS and plain(place.fact) and place.fact.value]
    cars = [place for place in cars if not place.fact.per and _CARS.search(place.name)]
    for mean in known:
        if mean.fact.kind != "amount" or not plain(mean.fact) or not mean.fact.value or not _PER_CAR.match(mean.lead):
            continue
        total, number = (_meant(mean, found) for found in (sure, cars))
        pairs = [(cost, count) for cost in costs for count in cars]
        pairs.sort(key=lambda pair: (pair[0] is not total, pair[1] is not number))
        for cost, count in pairs:
            quotient = (cost.fact.value or Decimal(0)) / (count.fact.value or Decimal(1))
            meant = cost is total and count is number and 1 / MOST <= mean.fact.value / quotient <= MOST
            terms = (cost.figure.fact_index, count.figure.fact_index)
            weight: Weight = "decides" if meant else "confirms"
            yield Relation("average", mean.figure.fact_index, terms, weight, "÷", mean.figure.fact_index)


def _called(place: Place) -> str:
    """Return what a figure is called; in a table its row says so too."""
    return f"{place.name} {place.fact.subject}" if place.fact.cell else place.name


def _meant(mean: Place, found: Sequence[Place]) -> Place | None:
    """Return the figure that a mean is of: the nearest before it in its part of the sentence, or one of one value."""
    own = [p for p in found if p.number == mean.number and p.figure.part == mean.figure.part and p.at < mean.at]
    sole = found[0] if len({place.fact.value for place in found}) == 1 else None
    return own[-1] if own else sole


def _counts(place: Place, per: str) -> bool:
    fact = place.fact
    if fact.kind not in ("count", "other") or fact.per or not fact.value or fact.unit not in _UNITS.get(per, (per,)):
        return False
    return fact.unit != "个" or _COUNTED[per].search(f"{place.name}{place.stretch.tail(place.at)}") is not None


def _monthly(mean: Place, noun: str) -> Iterator[Relation]:
    """Yield 1-12月累计发放3260万元，月均发放271.67万元."""
    total = mean.beside(1)
    if total is None or not plain(total.fact) or not is_amount(total.fact):
        return
    if total.fact.kind != "amount" or total.fact.role != "actual":
        return
    found = _MONTHS.search(total.lead)
    if found is None or (noun and not akin(noun, total.name, 2)):
        return
    months = Decimal(found["month"] or YEAR)
    quotient = (total.fact.value or Decimal(0)) / months
    if months > 1 and 1 / MOST <= (mean.fact.value or Decimal(0)) / quotient <= MOST:
        stated = total.figure.fact_index
        yield Relation("product", stated, (mean.figure.fact_index,), "decides", "×", mean.figure.fact_index, months)
