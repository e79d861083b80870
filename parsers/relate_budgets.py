"""How far a budget was used: 年初预算240万元，支出决算264万元，完成年初预算的110%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.part_names import found
from parsers.relate_rates import Place
from parsers.relate_sums import plain
from parsers.relations import Relation, Weight
from parsers.stretches import Stretch

_NAMES = r"(?:年初|期初|调整后?的?|追加后|全年|年度|本年度?|当年|部门|单位|总)*预算"
_RATE = regex.compile(
    rf"(?:完成了?(?P<base>{_NAMES})(?:数|总额|额)?的|(?P<base>{_NAMES})(?:支出|收入|总体|数)?完成率)(?:比例)?(?:为|达到?|约|近)*$"
)
_BUDGET = regex.compile(r"预算(?:总额|总数|数|额|资金|金额|批复|安排)*(?:共|计|合计|为|是|约|有)*$")
_SPENT = regex.compile(
    r"(?:决算|支出|执行|完成|拨付|使用|收入)(?:支出|决算|总额|总数|总计|合计|数|额|资金|金额)*(?:共|计|合计|为|是|了|达到?|约)*$"
)
_CHANGED = regex.compile(r"追加|[调核压缩扣追]减|调增|增加|减少|收回|结[转余]|上年")
_PLAIN = regex.compile(
    r"\d{4}年度?|年初|期初|调整后?的?|全年|年度|本年度?|当年|实际|累计|决算|预算|支出|收入|执行|完成|拨付|使用|安排|批复|财政拨款"
    r"|资金|金额|总额|总数|总计|合计|总|共|计|数|额|为|是|了|达到?|约|已|的|其|有|\s"
)
_KINDS = ("年初", "调整", "全年")
"""Words for which of a year's budgets is meant."""


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
            if part.fact.unit != base.fact.unit or part.figure.index == base.figure.index:
                continue
            weight: Weight = "decides" if sole and _of_one(part, base) else "confirms"
            terms = (part.figure.index, base.figure.index)
            yield Relation("rate", rate.figure.index, terms, weight, "完成预算", rate.figure.index, rule="budget")


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
    lead = place.lead
    named = _BUDGET.search(lead) and not _is_change(place) and place.fact.value
    return bool(named) and all((kind in name) == (kind in lead) for kind in _KINDS if _KINDS[0] in name or kind in name)


def _of_one(part: Place, base: Place) -> bool:
    """Tell whether the one that stands second has no name of its own that the first lacks: it is of the same thing."""
    first, second = sorted((part, base), key=lambda place: place.at)
    own = _PLAIN.sub("", second.lead)
    return not own or own in first.name
