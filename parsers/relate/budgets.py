"""How far a budget was used: 年初预算240万元，支出决算264万元，完成年初预算的110%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.relate.part_names import found
from parsers.relate.parts import plain
from parsers.relate.rates import Place
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Stretch
from patterns import cue

_RATE = cue("accounts", "budget.rate")
_BUDGET = cue("accounts", "budget.planned")
_SPENT = cue("accounts", "budget.spent")
_CHANGED = cue("accounts", "budget.changed")
_PLAIN = cue("accounts", "budget.plain")
_KIND = cue("accounts", "budget.kind")


def budgets(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield what completion rates of a budget are of: what was spent of it and the budget named beside."""
    for number, stretch in enumerate(stretches):
        for at, figure in enumerate(stretch.figures):
            if figure.fact.unit == "%" and figure.fact.role == "actual" and plain(figure.fact):
                named = _RATE.search(stretch.lead(at))
                if named is not None:
                    yield from _completed(Place(stretch, number, at), named["base"])


def _completed(rate: Place, name: str) -> Iterator[Relation]:
    near = [place for place in _before(rate) if place.figure.part == rate.figure.part]
    spent = [place for place in near if _is_spent(place)]
    bases = [place for place in near if _is_budget(place, name)]
    bases = bases or [
        place
        for place in _before(rate)
        if place.figure.sentence >= rate.figure.sentence - 1 and _is_budget(place, name)
    ]
    others = [place for place in near if not (_is_spent(place) or _BUDGET.search(place.lead) or _is_change(place))]
    sole = not others and len(_values(spent)) == len(_values(bases)) == 1
    for part in spent:
        for base in bases:
            if part.fact.unit != base.fact.unit or part.figure.fact_index == base.figure.fact_index:
                continue
            weight: Weight = "decides" if sole and _of_one(part, base) else "confirms"
            terms = (part.figure.fact_index, base.figure.fact_index)
            yield Relation(
                "rate", rate.figure.fact_index, terms, weight, "完成预算", rate.figure.fact_index, rule="budget"
            )


def _before(rate: Place) -> list[Place]:
    """Return the amounts before a rate in its stretch, the nearest first."""
    places = [Place(rate.stretch, rate.number, at) for at in range(rate.at - 1, -1, -1)]
    return [place for place in places if place.fact.kind == "amount" and not place.fact.per and plain(place.fact)]


def _values(places: Sequence[Place]) -> set[object]:
    return {place.fact.value for place in places}


def _is_change(place: Place) -> bool:
    return _CHANGED.search(place.lead) is not None or found("other", place.lead) is not None


def _is_spent(place: Place) -> bool:
    return _SPENT.search(place.lead) is not None and not _is_change(place)


def _is_budget(place: Place, name: str) -> bool:
    """Tell whether a figure is the budget that a rate names: 年初预算 is not 调整预算, 预算 may be either."""
    if not _BUDGET.search(place.lead) or _is_change(place) or not place.fact.value:
        return False
    wanted, told = ({kind.lastgroup for kind in _KIND.finditer(text)} for text in (name, place.lead))
    return told == wanted if "first" in wanted else told >= wanted


def _of_one(part: Place, base: Place) -> bool:
    """Tell whether the one that stands second has no name of its own that the first lacks: it is of the same thing."""
    first, second = sorted((part, base), key=lambda place: place.at)
    own = _PLAIN.sub("", second.lead)
    return not own or own in first.name
