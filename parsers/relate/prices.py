"""Number × standard = amount, and amount ÷ number = average, in prose.

The standard says what it is per (人, 亩, 公里·年); a number counts the same thing. Three figures side by side decide;
the same figures farther off, or joined by their names alone, can only confirm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.model import Fact
from parsers.relate.parts import plain
from parsers.relate.rates import Place, places
from parsers.relate.relations import Relation, Weight
from parsers.relate.shares import akin, earlier
from parsers.relate.stretches import Stretch
from patterns import cue

MONTHS = Decimal(12)
TEN = Decimal(10)
_SAME = {
    "生": "人",
    "名": "人",
    "位": "人",
    "车": "辆",
    "床日": "床日",
    "批": "批次",
    "家庭": "户",
    "所": "所",
}
_AVERAGE = cue("changes", "price.average")
_AMOUNT = cue("changes", "price.amount")
_MONTHLY = cue("changes", "price.monthly")
_PER_PERSON = ("年", "学年", "月")
_SPENT = cue("changes", "price.spent")
_ON_IT = cue("changes", "price.spent-on")
_SLIP = Decimal("1.25")
"""A slip of the pen changes a mean by no more as a rule."""
_DAYS = ("天", "日", "工作日")
LEAST_DIGITS = 4
MOST_COUNTS = 6
MOST_AMOUNTS = 30


def products(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the products that prices, numbers and amounts of a report's prose can make."""
    known = places(stretches)
    amounts = [place for place in known if is_amount(place.fact)]
    for place in known:
        if not is_price(place.fact):
            continue
        counts = list(_counts(place, known))
        if _AVERAGE.search(place.name) and place.fact.role != "norm":
            yield from _averages(place, counts, amounts)
            yield from (relation for relation in _products(place, counts, amounts) if relation.weight == "decides")
        else:
            yield from _products(place, counts, amounts)


def is_price(fact: Fact) -> bool:
    """Tell whether a figure is so much per something, one number of it."""
    return fact.kind in ("amount", "other") and bool(fact.per) and plain(fact) and bool(fact.value)


def is_amount(fact: Fact) -> bool:
    """Tell whether a figure is money or a quantity as a whole, not per something."""
    return fact.kind in ("amount", "other") and not fact.per and plain(fact) and bool(fact.value)


def counts_for(price: Fact, count: Fact) -> bool:
    """Tell whether a number counts what a price is per: 人 for 元/人·月, 亩 for 元/亩."""
    if count.kind not in ("count", "other") or count.per or not plain(count) or not count.value:
        return False
    per = price.per.split("·")[0]
    if per in _PER_PERSON:
        return count.unit == "人"
    if per == "次":
        return count.unit.endswith("次")
    return _SAME.get(per, per) == count.unit or (per == "人" and count.unit == "人次")


def factors(price: Place, count: Place) -> tuple[Decimal, ...]:
    """Return by what a product may have to be multiplied: 12 for a price per month, the days stated for one per day."""
    if _by_day(price.fact):
        around = (figure.fact for figure in price.stretch.figures)
        days = {fact.value for fact in around if fact.kind == "duration" and fact.unit in _DAYS and fact.value}
        return (*sorted(days), Decimal(1))
    if "月" in price.fact.per or _MONTHLY.search(price.name) or _MONTHLY.search(count.name):
        return (MONTHS, Decimal(1))
    if "学期" in price.fact.per:
        return (Decimal(1), Decimal(2))
    return (Decimal(1),)


def _by_day(price: Fact) -> bool:
    """Tell whether a price is for a day of each: how many there were is stated elsewhere, or not at all."""
    return any(time in price.per.split("·")[1:] for time in _DAYS)


def _counts(price: Place, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the numbers that may go with a price: those of its stretch, then those of like names elsewhere."""
    inside = [place for place in known if place.number == price.number and counts_for(price.fact, place.fact)]
    inside.sort(key=lambda place: abs(place.at - price.at))
    yield from inside[:MOST_COUNTS]
    outside = [place for place in known if place.number != price.number and counts_for(price.fact, place.fact)]
    outside.sort(key=lambda place: abs(place.number - price.number))
    yield from outside[:MOST_COUNTS]


def _products(price: Place, counts: Sequence[Place], amounts: Sequence[Place]) -> Iterator[Relation]:
    for count in counts:
        beside = _beside(price, count, amounts)
        near = [] if beside is not None else _near_misses(price, count, amounts)
        for amount in _amounts(price, count, amounts):
            meant = beside is not None and _is(amount, beside)
            for factor in factors(price, count):
                if (meant and _decides(price, count, amount, factor)) or (amount, factor) in near:
                    yield _relation("product", amount, (count, price), "decides", factor)
                elif meant or _plausible(amount, price, count, factor):
                    yield _relation("product", amount, (count, price), "confirms", factor)


def _decides(price: Place, count: Place, amount: Place, factor: Decimal) -> bool:
    """Tell whether three figures side by side must make a product: the words are of an amount, its size is near."""
    timed = "月" in price.fact.per or _by_day(price.fact)
    if factor != 1 or timed or price.fact.bound != "eq" or amount.fact.unit == count.fact.unit:
        return False
    if not _AMOUNT.search(amount.lead):
        return False
    return _within(price, count, amount, factor, TEN)


def _near_misses(price: Place, count: Place, amounts: Sequence[Place]) -> list[tuple[Place, Decimal]]:
    """Return the amounts that a product comes near to without meeting one; none where it meets another."""
    both = [(amount, factor) for amount in amounts for factor in factors(price, count)]
    if any(_meets(price, count, amount, factor) for amount, factor in both):
        return []
    return [(amount, factor) for amount, factor in both if _almost(price, count, amount, factor)]


def _meets(price: Place, count: Place, amount: Place, factor: Decimal) -> bool:
    """Tell whether a product prints as an amount does."""
    product = (price.fact.value or 0) * (count.fact.value or 0) * factor
    unit = amount.fact.scale.scaleb(-amount.fact.decimals)
    return abs(product - (amount.fact.value or 0)) <= unit


def _almost(price: Place, count: Place, amount: Place, factor: Decimal) -> bool:
    """Tell whether a number and a standard side by side come so near to what was spent that it must be meant.

    Monthly means and a monthly standard make a year's amount of the same name; otherwise two per cent are near.
    """
    if price.number != count.number or abs(price.at - count.at) != 1 or not _side_by_side(price, count):
        return False
    if not _SPENT.search(amount.name) or amount.fact.kind != "amount" or amount.fact.cell:
        return False
    monthly = factor == MONTHS and bool(_MONTHLY.search(count.name)) and bool(_MONTHLY.search(price.name))
    if monthly:
        return akin(amount.name, count.name) and _within(price, count, amount, factor, Decimal("1.25"))
    standard = price.fact.role == "norm" and "月" not in price.fact.per and not _by_day(price.fact)
    return factor == 1 and standard and _within(price, count, amount, factor, Decimal("1.02"))


def _within(price: Place, count: Place, amount: Place, factor: Decimal, most: Decimal) -> bool:
    product = (price.fact.value or 0) * (count.fact.value or 0) * factor
    return bool(product) and 1 / most <= (amount.fact.value or 0) / product <= most


def _side_by_side(price: Place, count: Place) -> bool:
    return price.figure.sentence == count.figure.sentence


def _plausible(stated: Place, price: Place, count: Place, factor: Decimal) -> bool:
    """Tell whether a product found by its figures is more than chance: a printed figure so exact, or alike names.

    A price per month makes a month's amount only beside it.
    """
    if "月" in price.fact.per and factor == 1 and stated.number != price.number:
        return False
    others = [place for place in (price, count) if place.number != stated.number]
    digits = significant(stated.fact)
    if not others:
        return digits >= LEAST_DIGITS - 1
    if len(others) == 1:
        return digits >= LEAST_DIGITS or akin(stated.name, others[0].name, 3)
    return akin(stated.name, count.name) and (digits > LEAST_DIGITS or akin(stated.name, price.name, 3))


def significant(fact: Fact) -> int:
    """Return how many digits of a printed figure count: no leading zeros, no trailing ones of a whole number."""
    digits = f"{(fact.value or 0) / fact.scale:.{fact.decimals}f}".replace(".", "").lstrip("0")
    return len(digits.rstrip("0")) if fact.decimals == 0 else len(digits)


def _beside(price: Place, count: Place, amounts: Sequence[Place]) -> Place | None:
    """Return the amount right after a price and a number side by side, in the same part of their sentence."""
    if price.number != count.number or abs(price.at - count.at) != 1:
        return None
    last = max(price.at, count.at)
    following = [place for place in amounts if place.number == price.number and place.at == last + 1]
    same = [place for place in following if place.figure.part == price.figure.part]
    both = price.figure.sentence == count.figure.sentence
    return same[0] if same and both else None


def _amounts(price: Place, count: Place, amounts: Sequence[Place]) -> list[Place]:
    """Return the amounts that a product may be, the nearest first."""
    fit = [place for place in amounts if place.fact.unit == price.fact.unit or price.fact.kind == "other"]
    fit = [place for place in fit if place.figure.fact_index not in (price.figure.fact_index, count.figure.fact_index)]
    fit.sort(
        key=lambda place: (abs(place.number - count.number), abs(place.figure.fact_index - count.figure.fact_index))
    )
    return fit[:MOST_AMOUNTS]


def _averages(price: Place, counts: Sequence[Place], amounts: Sequence[Place]) -> Iterator[Relation]:
    """Yield a stated average as an amount ÷ a number; the nearest of both before it in its sentence decide."""
    before = [place for place in earlier(price) if place.figure.part == price.figure.part]
    own = next((place for place in before if any(_is(place, count) for count in counts)), None)
    total = next((place for place in before if any(_is(place, amount) for amount in amounts)), None)
    named = _total_of(own, price, amounts) if own is not None and total is None else None
    if own is not None and named is not None:
        yield _relation("average", price, (named, own), "decides", Decimal(1))
    for count in counts:
        for amount in _amounts(price, count, amounts):
            if amount.fact.kind != price.fact.kind:
                continue
            decides = own is not None and total is not None and _is(count, own) and _is(amount, total)
            sure = decides and price.fact.unit == amount.fact.unit and len(before) <= 4
            for factor in factors(price, count):
                weight: Weight = "decides" if sure and factor == 1 else "confirms"
                if weight == "decides" or _likely(price, count, amount):
                    yield _relation("average", price, (amount, count), weight, factor)


def _total_of(count: Place, price: Place, amounts: Sequence[Place]) -> Place | None:
    """Return the one amount of a report that was spent on what is counted beside a mean, named just as that is.

    住院救助支出2716万元 stands elsewhere; 住院救助2.14万人次，次均救助1269元.
    """
    spent = [place for place in amounts if place.fact.unit == price.fact.unit and place.fact.role == "actual"]
    named = [(place, _ON_IT.sub("", place.lead)) for place in spent]
    own = [place for place, name in named if LEAST_DIGITS <= len(name) < len(place.lead) and count.lead.endswith(name)]
    if len({place.fact.value for place in own}) != 1:
        return None
    return own[0] if _within(price, count, own[0], Decimal(1), _SLIP) else None


def _likely(price: Place, count: Place, amount: Place) -> bool:
    """Tell whether a quotient found by its figures is more than chance."""
    near = abs(amount.number - price.number) <= 1 and abs(count.number - price.number) <= 1
    named = akin(amount.name, count.name) or akin(amount.name, price.name)
    return named or (near and significant(price.fact) >= LEAST_DIGITS) or amount.number == price.number


def _is(one: Place, other: Place) -> bool:
    return one.figure.fact_index == other.figure.fact_index


def _relation(kind: str, stated: Place, terms: Sequence[Place], weight: Weight, factor: Decimal) -> Relation:
    return Relation(
        "average" if kind == "average" else "product",
        stated.figure.fact_index,
        tuple(term.figure.fact_index for term in terms),
        weight,
        "×" if kind == "product" else "÷",
        stated.figure.fact_index,
        factor,
    )
